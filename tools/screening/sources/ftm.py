"""A list as FollowTheMoney entities, one JSON object a line, as OpenSanctions publishes them."""

import json
from typing import Any

from followthemoney import EntityProxy, model
from followthemoney.exc import InvalidData

from casegate.errors import ListRefused
from tools.screening.entities import EntityDraft
from tools.screening.sources import ParsedList

SCREENED = ("LegalEntity", "Vessel", "Airplane")
"""Schemata, with all that descend from them, that a party can be. Others are left out:
addresses, sanctions and the edges between entities."""
_NAMES = frozenset({"name", "alias", "previousName", "weakAlias", "abbreviation"})


def parse_ftm(data: bytes, name: str) -> ParsedList:
    """Read the lines; an entity keeps its own id.

    Raises:
        ListRefused: a line is no JSON object of a known schema, or an id stands twice.
    """
    drafts: dict[str, EntityDraft] = {}
    for number, line in enumerate(data.splitlines(), 1):
        if not line.strip():
            continue
        proxy = _proxy(number, line)
        if not any(proxy.schema.is_a(schema) for schema in SCREENED):
            continue
        if proxy.id is None or proxy.id in drafts or not proxy.caption:
            raise ListRefused(f"line {number}: no id, no name, or an id that stands twice")
        drafts[proxy.id] = _draft(proxy.id, proxy)
    return ParsedList(name, tuple(draft.built() for draft in drafts.values()))


def _proxy(number: int, line: bytes) -> EntityProxy:
    try:
        data: Any = json.loads(line)
        if not isinstance(data, dict) or model.get(str(data.get("schema"))) is None:
            raise ListRefused(f"line {number}: no object of a known FollowTheMoney schema")
        return EntityProxy.from_dict(data, cleaned=False)
    except (ValueError, TypeError, InvalidData) as bad:
        raise ListRefused(f"line {number}: {type(bad).__name__}") from None


def _draft(entity_id: str, proxy: EntityProxy) -> EntityDraft:
    draft = EntityDraft(entity_id, proxy.schema.name, proxy.caption)
    draft.add_names("name", [proxy.caption])
    for prop, values in proxy.properties.items():
        if prop in _NAMES:
            draft.add_names(prop, values)
        else:
            draft.add(prop, *values)
    return draft
