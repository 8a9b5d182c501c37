"""Compares two entities as nomenklatura's `LogicV2` does, with every name taken apart once.

`LogicV2.compare` looks names up in caches that know an entity by its id alone, and takes the names
of every entry apart twice. Here whoever compares hands the names in, so that no cache can mix two
entities up; everything else is the matcher's own code. A test holds both to the same scores.
"""

from collections import defaultdict
from dataclasses import dataclass

from followthemoney import EntityProxy, model
from followthemoney.names import entity_names, schema_type_tag
from followthemoney.types import registry
from nomenklatura.matching.logic_v2.model import LogicV2
from nomenklatura.matching.logic_v2.names.analysis import names_product
from nomenklatura.matching.logic_v2.names.match import match_name_symbolic, match_object_names
from nomenklatura.matching.logic_v2.names.util import part_tags_compatible
from rigour.names import CompareConfig, Name, NameTypeTag

NAME = "name_match"
WEIGHTS = {feature.name: feature.weight for feature in LogicV2.features}
QUALIFIERS = frozenset(feature.name for feature in LogicV2.features if feature.qualifier)
# They compare nothing but identifying numbers; a query without any can't score on them.
_OF_NUMBERS = frozenset(
    name for name in WEIGHTS if name.endswith("_code_match") or name == "identifier_match"
) | {"vessel_imo_mmsi_match", "isin_security_match", "crypto_wallet_address"}
_OTHERS = tuple(feature for feature in LogicV2.features if feature.name != NAME)


@dataclass(frozen=True)
class Analysed:
    """An entity with its names taken apart, as they stand and without those within longer ones."""

    proxy: EntityProxy
    names: frozenset[Name]
    longest: frozenset[Name]
    has_numbers: bool


def analysed(proxy: EntityProxy, *, query: bool) -> Analysed:
    """Take the names of an entity apart; in a query's, any single letter is an initial."""
    names = entity_names(proxy, None, infer_initials=query, consolidate=False)
    return Analysed(
        proxy=proxy,
        names=frozenset(names),
        longest=frozenset(Name.consolidate_names(names)),
        has_numbers=bool(proxy.get_type_values(registry.identifier)),
    )


class Comparer:
    """`LogicV2` with stock weights and options."""

    def __init__(self) -> None:
        self.config = LogicV2.default_config()
        self._names = CompareConfig(
            budget_tolerance=self.config.get_float("nm_fuzzy_cutoff_factor")
        )
        self._weights = tuple(
            self.config.get_float(option)
            for option in ("nm_extra_query_name", "nm_extra_result_name", "nm_family_name_weight")
        )

    def parts(self, query: Analysed, entry: Analysed) -> dict[str, float]:
        """Give the weighted parts that are not zero; qualifiers too, whatever the rest says."""
        ours, theirs = query.proxy.schema, entry.proxy.schema
        if not ours.can_match(theirs) and ours.name != theirs.name:
            return {}
        found = {NAME: self._name(query, entry) * WEIGHTS[NAME]}
        for feature in _OTHERS:
            if feature.name not in _OF_NUMBERS or query.has_numbers:
                result = feature.invoke(query.proxy, entry.proxy, self.config)
                found[feature.name] = result.score * feature.weight
        return {name: value for name, value in found.items() if value}

    def _name(self, query: Analysed, entry: Analysed) -> float:
        """Do what the matcher's `name_match` does, without its caches and words."""
        tag = schema_type_tag(model.common_schema(query.proxy.schema, entry.proxy.schema))
        if tag == NameTypeTag.UNK:
            return 0.0
        if tag == NameTypeTag.OBJ:
            return match_object_names(query.proxy, entry.proxy, self.config).score
        if _literally(query, entry):
            return 1.0
        best = 0.0
        for ours, theirs in names_product(set(query.longest), set(entry.longest)):
            found, _ = match_name_symbolic(ours, theirs, self._names, *self._weights)
            best = max(best, found.score)
            if best == 1.0:
                break
        return best


def _literally(query: Analysed, entry: Analysed) -> bool:
    """Tell whether both have a name in common whose words have the same roles."""
    spelled: dict[str, list[Name]] = defaultdict(list)
    for name in query.names:
        spelled[name.comparable].append(name)
    return any(
        part_tags_compatible(ours, theirs)
        for theirs in entry.names
        for ours in spelled.get(theirs.comparable, ())
    )
