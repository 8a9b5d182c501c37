"""Scores a query against list entries with nomenklatura's `LogicV2`, each part explained.

The matcher's own caches know an entity by its id alone: a second query under a used id would be
scored by the names of the first. So names are taken apart outside them (`comparing`), every query
that is compared gets an id that was never used, every list entry one that holds its content's hash.
"""

import importlib.metadata
from dataclasses import dataclass

from followthemoney import model
from nomenklatura.matching.logic_v2.model import LogicV2
from rapidfuzz import fuzz

from casegate.hashing import content_hash
from casegate.model.screening import Matcher, ScreenQuery
from tools.screening.comparing import QUALIFIERS, WEIGHTS, Comparer
from tools.screening.entities import ListEntity
from tools.screening.features import NAME_FEATURES, SAME_NUMBER, SOUND, SPELLING, WORDING
from tools.screening.index import INDEX_FORMAT
from tools.screening.policy import ScreeningPolicy
from tools.screening.prepared import (
    ORGANIZATION,
    PERSON,
    UNKNOWN,
    PreparedEntries,
    PreparedEntry,
    PreparedQuery,
)
from tools.screening.queries import NewToken
from tools.screening.sound import best_sound
from tools.screening.versions import PARSER_VERSION
from tools.screening.wording import Rarity, Wording, any_word

_LIBRARIES = ("nomenklatura", "rigour", "followthemoney")
_DIGITS = 4
_ENTRIES_IN_MEMORY = 4096
SCORER_VERSION = 2
"""Counts every change in how a score is made that neither policy nor libraries show."""


@dataclass(frozen=True)
class Score:
    """A pair's score. `base` is what names and numbers say; `score` counts contradictions in."""

    score: float
    base: float
    name: float
    features: dict[str, float]
    """Weighted parts by feature name; qualifiers are negative."""


class Scorer:
    """Compares. Its configuration is made once and never changes."""

    def __init__(
        self, *, policy: ScreeningPolicy, threshold: float, candidates: int, new_token: NewToken
    ) -> None:
        self._policy = policy
        self._comparer = Comparer()
        self._wording = Wording(policy.wording)
        self._new_token = new_token
        self._entry = PreparedEntries(_ENTRIES_IN_MEMORY)
        versions = {name: importlib.metadata.version(name) for name in _LIBRARIES}
        described = {
            "algorithm": LogicV2.NAME,
            "versions": versions,
            "weights": WEIGHTS,
            "options": self._comparer.config.config,
            "policy": policy.model_dump(mode="json"),
            "threshold": threshold,
            "candidates": candidates,
            "parser": PARSER_VERSION,
            "index": INDEX_FORMAT,
            "scorer": SCORER_VERSION,
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
        """Turn a query into what is compared, under ids that were never used before."""
        return PreparedQuery(query, self._new_token)

    def score(
        self,
        query: PreparedQuery,
        entity: ListEntity,
        *,
        same_number: bool = False,
        rarity: Rarity = any_word,
    ) -> Score:
        """Compare one pair.

        `same_number` says that an exact lookup found a shared number: it then counts even where
        the matcher's own comparison of numbers asks for a valid check digit, and whatever kind of
        party the entry is. `rarity` tells how rare a word is in the lists in force.
        """
        entry = self._entry(entity)
        more = {SAME_NUMBER: WEIGHTS[SAME_NUMBER]} if same_number else {}
        form = query.like(entity.schema)
        parts = self._comparer.parts(form, entry.analysed) | more
        if _base(parts) < 1.0 and query.given is not None and entry.has_initials:
            other = self._comparer.parts(query.given, entry.analysed) | more
            parts = max(parts, other, key=lambda found: (_base(found), sum(found.values())))
        if same_number or form.proxy.schema.can_match(entry.analysed.proxy.schema):
            parts |= self._own(query, entry, rarity, over=_base(parts))
        return score_of(parts)

    def _own(
        self, query: PreparedQuery, entry: PreparedEntry, rarity: Rarity, *, over: float
    ) -> dict[str, float]:
        """Give the features beside the matcher's own; one that can't reach `over` is left out."""
        schema, policy = entry.entity.schema, self._policy
        found: dict[str, float] = {}
        if schema in policy.spelling_schemas and policy.spelling_weight > over:
            best = max(
                (fuzz.ratio(a, b) for a in query.sorted_words for b in entry.sorted_words),
                default=0.0,
            )
            found[SPELLING] = best / 100 * policy.spelling_weight
        if (weight := _weight(policy.wording.weights, schema)) > over:
            found[WORDING] = self._wording.best(query.words, entry.words, rarity) * weight
        if (weight := _weight(policy.sound.weights, schema)) > over:
            sound = best_sound(query.names, entry.sounds, shortest=policy.sound.shortest)
            found[SOUND] = sound * weight
        return {name: value for name, value in found.items() if value}


def _base(parts: dict[str, float]) -> float:
    return max((value for name, value in parts.items() if name not in QUALIFIERS), default=0.0)


def score_of(parts: dict[str, float], *, at_least: float = 0.0) -> Score:
    """Take the best of what names and numbers say, then add the qualifiers to it.

    The arithmetic of `LogicV2.compute_score`. `at_least` is what somebody else knows that names and
    numbers come to.
    """
    base = max(at_least, _base(parts))
    told = parts if base else {}
    qualified = base + sum(value for name, value in told.items() if name in QUALIFIERS)
    return Score(
        score=round(min(1.0, max(0.0, qualified)), _DIGITS),
        base=round(base, _DIGITS),
        name=round(max((told.get(name, 0.0) for name in NAME_FEATURES), default=0.0), _DIGITS),
        features={name: round(value, _DIGITS) for name, value in sorted(told.items())},
    )


def _weight(weights: dict[str, float], schema: str) -> float:
    kinds = (weight for kind, weight in weights.items() if model[schema].is_a(kind))
    return next(kinds, 0.0)
