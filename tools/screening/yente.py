"""Screens on a yente server over OpenSearch: for lists that one machine has outgrown.

The server finds candidates and scores them by its own `logic-v2`; what is a hit, in which band,
what agrees and what contradicts is worked out here, as for the lists on disk. The server is asked
for scores without contradictions (their weights almost zero): it would leave a hit out whose
contradictions take the score away.
"""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import httpx
from followthemoney import model

from casegate.desk.ports import Clock
from casegate.errors import ScreeningUnavailable
from casegate.hashing import content_hash
from casegate.model.base import Json
from casegate.model.evidence import Coverage, Hit, ListVersion
from casegate.model.party import PartySchema
from casegate.model.screening import Matcher, ScreenAnswer, ScreenQuery
from tools.screening.agreement import shared_numbers
from tools.screening.asked import Asked, understood
from tools.screening.comparing import QUALIFIERS, WEIGHTS
from tools.screening.entities import ListEntity
from tools.screening.features import SAME_NUMBER
from tools.screening.judging import judged, worst_last
from tools.screening.policy import POLICY_FILE, policy_at
from tools.screening.prepared import ORGANIZATION, PERSON, UNKNOWN, query_properties
from tools.screening.scoring import Score, score_of
from tools.screening.yente_wire import MOST_QUERIES, Dataset, Scored, YenteWire

ALGORITHM = "logic-v2"
_TRIES = 3
_DIGITS = 4
_ALMOST_NOTHING = 1e-9
"""A weight of zero would leave the feature out of the explanations as well."""
_SERVICE_HOLDS = timedelta(minutes=5)
_CROWDED = "more entries may be meant than the server was asked for"
_VERSION_DATE = "%Y%m%d%H%M%S"


@dataclass
class _Found:
    """What the server gave for one query, all forms together."""

    entries: list[Scored] = field(default_factory=list)
    crowded: bool = False
    """As many entries as were asked for, all so alike that further ones may be hits too."""


class YenteScreener:
    """Screens on a yente server. No answer, or an odd one, is `ScreeningUnavailable`."""

    def __init__(
        self,
        http: httpx.Client,
        *,
        dataset: str,
        threshold: float,
        candidates: int,
        clock: Clock,
        wire: YenteWire | None = None,
        policy_file: Path = POLICY_FILE,
    ) -> None:
        """Bind to a server; reads the policy, asks nothing yet.

        Args:
            http: a client with the server's base URL and with timeouts.
            dataset: the server's name of what is searched, such as `default` or `sanctions`.
            threshold: lower edge of the band `review`, as for the lists on disk.
            candidates: how many entries the server gives for each form of a query.
        """
        self._wire = wire or YenteWire(http)
        self._dataset = dataset
        self._threshold = threshold
        self._candidates = candidates
        self._clock = clock
        self._policy = policy_at(clock().date(), policy_file)
        self._matcher: tuple[datetime, Matcher] | None = None

    def versions(self) -> tuple[ListVersion, ...]:
        """Give the indexed versions; empty when none is.

        Raises:
            ScreeningUnavailable: the server does not answer.
        """
        datasets = {dataset.name: dataset for dataset in self._wire.catalog().datasets}
        if self._dataset not in datasets:
            return ()
        loaded = _loaded(datasets, self._dataset)
        if any(dataset.index_version is None for dataset in loaded):
            return ()
        return tuple(_version(dataset) for dataset in loaded)

    def warm(self) -> None:
        """Ask the server for what every answer names; a server that is down is told by `screen`."""
        with contextlib.suppress(ScreeningUnavailable):
            self._described()

    def screen(self, queries: Sequence[ScreenQuery]) -> list[ScreenAnswer]:
        """Answer every query, in order, all against the same list versions."""
        now = self._clock()
        asked = [understood(query, policy=self._policy, today=now.date()) for query in queries]
        for _ in range(_TRIES):
            before = self._in_force()
            matcher = self._described()
            found = self._ask(asked)
            if self._in_force() == before:
                return [
                    self._answer(query, one, found.get(number, _Found()), before, matcher, now)
                    for number, (query, one) in enumerate(zip(queries, asked, strict=True))
                ]
        raise ScreeningUnavailable("the lists are being replaced without a pause")

    def _in_force(self) -> tuple[ListVersion, ...]:
        versions = self.versions()
        if not versions:
            raise ScreeningUnavailable(
                f"the screening server has not indexed `{self._dataset}`",
                remedy="Wait for the indexing (`GET /readyz`), or set CASEGATE_SCREENING_DATASET.",
            )
        return versions

    def _described(self) -> Matcher:
        """Tell what decides a score; asked again every few minutes, as a server may be updated."""
        now = self._clock()
        if self._matcher is not None and now - self._matcher[0] < _SERVICE_HOLDS:
            return self._matcher[1]
        known = {algorithm.name: algorithm for algorithm in self._wire.algorithms().algorithms}
        if ALGORITHM not in known:
            raise ScreeningUnavailable(f"the screening server has no matcher {ALGORITHM}")
        version = self._wire.version()
        described = {
            "algorithm": known[ALGORITHM].model_dump(mode="json"),
            "yente": version,
            "dataset": self._dataset,
            "weights": WEIGHTS,
            "policy": self._policy.model_dump(mode="json"),
            "threshold": self._threshold,
            "candidates": self._candidates,
        }
        matcher = Matcher(
            name=f"{ALGORITHM} (yente {version})",
            config_hash=content_hash(described),
            threshold=self._threshold,
            candidates=self._candidates,
        )
        self._matcher = (now, matcher)
        return matcher

    def _ask(self, asked: Sequence[Asked]) -> dict[int, _Found]:
        """Send every form of every query, and put together what was found by query."""
        forms = {
            f"{number}-{form}": properties
            for number, one in enumerate(asked)
            if one.coverage is not Coverage.UNAVAILABLE
            for form, properties in enumerate(_forms(one.query))
        }
        found: dict[int, _Found] = {}
        weights = {
            name: -_ALMOST_NOTHING if weight < 0 else _ALMOST_NOTHING
            for name, weight in WEIGHTS.items()
            if name in QUALIFIERS
        }
        for batch in _batches(forms):
            answers = self._wire.match(
                self._dataset, batch, algorithm=ALGORITHM, weights=weights, limit=self._candidates
            )
            for key, matches in answers.items():
                one = found.setdefault(int(key.partition("-")[0]), _Found())
                one.entries.extend(matches.results)
                one.crowded |= self._is_crowded(matches.results)
        return found

    def _is_crowded(self, results: Sequence[Scored]) -> bool:
        lowest = min((scored.score for scored in results), default=0.0)
        enough = min(self._policy.corroborate, self._threshold)
        return len(results) >= self._candidates and lowest >= enough

    def _answer(
        self,
        query: ScreenQuery,
        asked: Asked,
        found: _Found,
        versions: tuple[ListVersion, ...],
        matcher: Matcher,
        now: datetime,
    ) -> ScreenAnswer:
        hits: dict[str, Hit] = {}
        for scored in found.entries:
            hit = self._hit(asked.query, scored, versions)
            if hit is not None and (hit.entity_id not in hits or _better(hit, hits[hit.entity_id])):
                hits[hit.entity_id] = hit
        return ScreenAnswer(
            id=query.id,
            coverage=Coverage.DEGRADED if found.crowded else asked.coverage,
            reason="; ".join(filter(None, (asked.reason, _CROWDED if found.crowded else ""))),
            hits=tuple(sorted(hits.values(), key=worst_last)),
            versions=versions,
            matcher=matcher,
            screened_at=now,
        )

    def _hit(
        self, query: ScreenQuery, scored: Scored, versions: tuple[ListVersion, ...]
    ) -> Hit | None:
        entity = _entity(scored)
        same = bool(shared_numbers(query, entity, shortest=self._policy.shortest_identifier))
        version = _of(scored, versions)
        return judged(
            query,
            entity,
            _score(scored, same_number=same),
            list_name=version.list,
            version=version.version,
            policy=self._policy,
            threshold=self._threshold,
        )


def _better(hit: Hit, other: Hit) -> bool:
    return (hit.score, len(hit.agreements)) > (other.score, len(other.agreements))


def _forms(query: ScreenQuery) -> Iterator[Json]:
    """Write a query in each form that is compared, as for the lists on disk.

    A party of unknown kind goes as a person and as an organisation, whose names are taken apart
    differently; a person goes once more with every word a given name, which may stand behind an
    initial.
    """
    unknown = query.schema_ is PartySchema.LEGAL_ENTITY
    for schema in (PERSON, ORGANIZATION, UNKNOWN) if unknown else (query.schema_.value,):
        properties = query_properties(query, schema)
        yield {"schema": schema, "properties": properties}
        if schema == PERSON:
            names = [*properties["name"], *properties.get("alias", [])]
            yield {"schema": schema, "properties": {**properties, "firstName": names}}


def _batches(forms: dict[str, Json]) -> Iterator[dict[str, Json]]:
    left = iter(forms.items())
    while batch := dict(islice(left, MOST_QUERIES)):
        yield batch


def _entity(scored: Scored) -> ListEntity:
    """Read an entry; entities nested in it, such as its addresses, are left out."""
    if model.get(scored.schema_) is None:
        raise ScreeningUnavailable("the screening server has entries of an unknown kind")
    properties = {
        name: tuple(sorted(value for value in values if isinstance(value, str)))
        for name, values in sorted(scored.properties.items())
    }
    kept = {name: values for name, values in properties.items() if values}
    return ListEntity(scored.id, scored.schema_, scored.caption, kept)


def _score(scored: Scored, *, same_number: bool) -> Score:
    """Weigh the explanations.

    A feature that is not known here counts with the server's score, which no feature exceeds.
    """
    parts = {n: e.score * WEIGHTS.get(n, 0.0) for n, e in scored.explanations.items() if e.score}
    if same_number:
        parts[SAME_NUMBER] = WEIGHTS[SAME_NUMBER]
    return score_of(parts, at_least=round(scored.score, _DIGITS))


def _loaded(datasets: dict[str, Dataset], name: str) -> list[Dataset]:
    """Give what of a dataset is indexed: itself, or the members that are loaded."""
    seen, queue, found = {name}, [name], []
    while queue:
        dataset = datasets.get(queue.pop(0))
        if dataset is None:
            continue
        if dataset.load:
            found.append(dataset)
            continue
        more = [child for child in dataset.children if child not in seen]
        seen.update(more)
        queue += more
    return found


def _version(dataset: Dataset) -> ListVersion:
    """Describe an indexed version.

    The server holds the files, so the hash is of what its catalogue says of this version; the list
    counts as loaded when it was exported, which is the careful reading of its age.
    """
    index_version = dataset.index_version or ""
    exported = _moment(dataset, index_version)
    told = {"dataset": dataset.name, "index_version": index_version}
    return ListVersion(
        list=dataset.name,
        version=index_version,
        published=exported.date().isoformat(),
        loaded_at=exported,
        sha256=content_hash(told),
        entities=dataset.entity_count or 0,
    )


def _moment(dataset: Dataset, index_version: str) -> datetime:
    """Tell when the indexed version was exported: by its name, else by the catalogue."""
    with contextlib.suppress(ValueError):
        return datetime.strptime(index_version[:14], _VERSION_DATE).replace(tzinfo=UTC)
    for said in (dataset.last_export, dataset.updated_at):
        with contextlib.suppress(ValueError):
            moment = datetime.fromisoformat(said or "")
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    raise ScreeningUnavailable(
        f"nobody can tell how old `{dataset.name}` is on the screening server",
        remedy="Give the dataset a `version` or `updated_at` in yente's manifest.",
    )


def _of(scored: Scored, versions: tuple[ListVersion, ...]) -> ListVersion:
    """Give the version that an entry is from; what a collection holds is of its version."""
    named = (version for version in versions if version.list in scored.datasets)
    return next(named, versions[0])
