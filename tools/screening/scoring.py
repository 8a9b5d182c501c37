"""Scores a query against list entries with nomenklatura's `LogicV2`, each part explained.

The matcher caches names by entity id alone: a second query under a used id is scored by the names
of the first. So every compared query gets an id that was never used, and every list entry one that
holds its content's hash.
"""

import importlib.metadata
from dataclasses import dataclass
from functools import lru_cache

from followthemoney import EntityProxy, model
from nomenklatura.matching.logic_v2.model import LogicV2
from rapidfuzz import fuzz
from rigour.ids.imo import IMO

from casegate.hashing import content_hash
from casegate.model.screening import Matcher, ScreenQuery
from tools.screening.entities import ListEntity
from tools.screening.index import INDEX_FORMAT
from tools.screening.names import romanised, tidy, words
from tools.screening.policy import ScreeningPolicy
from tools.screening.queries import NewToken
from tools.screening.sources.values import country_code
from tools.screening.versions import PARSER_VERSION

_LIBRARIES = ("nomenklatura", "rigour", "followthemoney")
_DIGITS = 4
SAME_NUMBER = "identifier_match"
PERSON, ORGANIZATION, UNKNOWN, VESSEL = "Person", "Organization", "LegalEntity", "Vessel"
SPELLING = "spelling_match"
"""The feature beside the matcher's own: see `spelling_weight` in the policy."""


@dataclass(frozen=True)
class Score:
    """A pair's score. `base` is what names and numbers say; `score` counts contradictions in."""

    score: float
    base: float
    name: float
    features: dict[str, float]
    """Weighted parts by feature name; qualifiers are negative."""


@dataclass(frozen=True)
class PreparedQuery:
    """A query as entities that the matcher takes."""

    plain: dict[str, EntityProxy]
    """By schema: a party of unknown kind is compared as a person with persons and as an
    organisation with organisations, because names of each are taken apart differently."""
    given: EntityProxy | None
    """The person again, every word a given name: `Viktor Arkadyevich Orlov` meets
    `ORLOV, Viktor A.` only if the matcher may take any word for the one behind the initial."""
    names: tuple[str, ...]

    def like(self, schema: str) -> EntityProxy:
        """Give the form that is compared with entries of a schema."""
        if len(self.plain) == 1:
            return next(iter(self.plain.values()))
        kinds = (kind for kind in (PERSON, ORGANIZATION) if model[schema].is_a(kind))
        return self.plain[next(kinds, UNKNOWN)]


class Scorer:
    """Compares. Its configuration is made once and never changes."""

    def __init__(
        self, *, policy: ScreeningPolicy, threshold: float, candidates: int, new_token: NewToken
    ) -> None:
        self._policy = policy
        self._config = LogicV2.default_config()
        self._new_token = new_token
        self._qualifiers = {feature.name for feature in LogicV2.features if feature.qualifier}
        self._weights = {feature.name: feature.weight for feature in LogicV2.features}
        versions = {name: importlib.metadata.version(name) for name in _LIBRARIES}
        described = {
            "algorithm": LogicV2.NAME,
            "versions": versions,
            "weights": self._weights,
            "options": self._config.config,
            "policy": policy.model_dump(mode="json"),
            "threshold": threshold,
            "candidates": candidates,
            "parser": PARSER_VERSION,
            "index": INDEX_FORMAT,
        }
        library = " ".join(f"{name} {version}" for name, version in versions.items())
        self.matcher = Matcher(
            name=f"{LogicV2.NAME} ({library})",
            config_hash=content_hash(described),
            threshold=threshold,
            candidates=candidates,
        )

    def warm(self) -> None:
        """Load the matcher's name data, some 0.4 GB and several seconds of work."""
        name = "Anna Example"
        query = self.prepare(ScreenQuery(id="warm", name=name))
        for schema in (PERSON, ORGANIZATION, UNKNOWN):
            self.score(query, ListEntity(f"warm-{schema}", schema, name, {"name": (name,)}))

    def prepare(self, query: ScreenQuery) -> PreparedQuery:
        """Turn a query into entities under ids that were never used before."""
        asked = query.schema_.value
        names = _names(query)
        schemata = (PERSON, ORGANIZATION, UNKNOWN) if asked == UNKNOWN else (asked,)
        plain = {schema: self._proxy(schema, _properties(query, schema)) for schema in schemata}
        given = None
        if PERSON in plain:
            given = self._proxy(PERSON, {**_properties(query, PERSON), "firstName": list(names)})
        return PreparedQuery(plain, given, names)

    def score(
        self, query: PreparedQuery, entity: ListEntity, *, same_number: bool = False
    ) -> Score:
        """Compare one pair.

        `same_number` says that an exact lookup found a shared number: it then counts even where
        the matcher's own comparison of numbers asks for a valid check digit.
        """
        candidate = _candidate(entity)
        more = {SPELLING: self._spelling(query, entity)}
        if same_number:
            more[SAME_NUMBER] = self._weights[SAME_NUMBER]
        best = self._compare(query.like(entity.schema), candidate, more)
        if query.given is not None and entity.schema == PERSON and has_initials(entity):
            other = self._compare(query.given, candidate, more)
            best = max(best, other, key=lambda found: (found.base, found.score))
        return best

    def _compare(self, query: EntityProxy, candidate: EntityProxy, more: dict[str, float]) -> Score:
        """Take the best of what names and numbers say, then add the qualifiers to it.

        The same arithmetic as `LogicV2.compute_score`, with `more` features.
        """
        explained = LogicV2.compare(query, candidate, self._config).explanations
        parts = {n: e.score * self._weights[n] for n, e in explained.items() if e.score}
        parts |= {name: value for name, value in more.items() if value}
        base = max((v for n, v in parts.items() if n not in self._qualifiers), default=0.0)
        qualified = base + sum(v for n, v in parts.items() if n in self._qualifiers)
        return Score(
            score=round(min(1.0, max(0.0, qualified)), _DIGITS),
            base=round(base, _DIGITS),
            name=round(max(parts.get("name_match", 0.0), parts.get(SPELLING, 0.0)), _DIGITS),
            features={name: round(value, _DIGITS) for name, value in sorted(parts.items())},
        )

    def _spelling(self, query: PreparedQuery, entity: ListEntity) -> float:
        if entity.schema not in self._policy.spelling_schemas:
            return 0.0
        ours = {_sorted_words(name) for name in query.names}
        theirs = {_sorted_words(name) for name in entity.names()}
        best = max((fuzz.ratio(a, b) for a in ours for b in theirs), default=0.0)
        return best / 100 * self._policy.spelling_weight

    def _proxy(self, schema: str, properties: dict[str, list[str]]) -> EntityProxy:
        data = {"id": f"query-{self._new_token()}", "properties": properties}
        return EntityProxy(model[schema], data)


def _names(query: ScreenQuery) -> tuple[str, ...]:
    """Give all spellings: as asked, then in Latin letters."""
    names = [tidy(name) for name in (query.name, *query.other_names)]
    latin = [spelled for name in names if (spelled := romanised(name)) is not None]
    return tuple(dict.fromkeys([*names, *latin]))


def _properties(query: ScreenQuery, schema: str) -> dict[str, list[str]]:
    known = model[schema].properties
    first, *others = _names(query)
    codes = [code for country in query.countries if (code := country_code(country))]
    found = {
        "name": [first],
        "alias": others,
        "birthDate" if "birthDate" in known else "incorporationDate": list(query.births),
        "nationality" if "nationality" in known else "country": codes,
        "gender": [gender.lower() for gender in query.genders],
        "idNumber" if "idNumber" in known else "registrationNumber": list(query.ids),
    }
    if schema == VESSEL:
        found["imoNumber"] = [number for value in query.ids if (number := IMO.normalize(value))]
    return {name: values for name, values in found.items() if values and name in known}


@lru_cache(maxsize=50_000)
def _sorted_words(name: str) -> str:
    return " ".join(sorted(words(name)))


def has_initials(entity: ListEntity) -> bool:
    """Tell whether a name of the entry has a word of one letter."""
    return _has_initials(entity.names())


@lru_cache(maxsize=20_000)
def _has_initials(names: tuple[str, ...]) -> bool:
    return any(len(word) == 1 for name in names for word in words(name))


def _candidate(entity: ListEntity) -> EntityProxy:
    properties = {name: list(values) for name, values in entity.properties.items()}
    data = {"id": f"{entity.id}@{entity.content_hash[:16]}", "properties": properties}
    return EntityProxy(model[entity.schema], data)
