"""A list as FollowTheMoney entities, one JSON object a line, as OpenSanctions publishes them."""

import io
import json
from collections import defaultdict
from typing import Any, NamedTuple

from followthemoney import EntityProxy, model
from followthemoney.exc import InvalidData

from casegate.errors import ListRefused
from tools.screening.entities import ANY_NUMBER, NAME_PROPERTIES, EntityDraft, ListEntity
from tools.screening.sources import SANCTION, ParsedList

SCREENED = ("LegalEntity", "Vessel", "Airplane")
"""Schemata, with all that descend from them, that a party can be. Others are left out:
addresses, sanctions and the edges between entities."""
HELD = {
    "Passport": ("number", ("passportNumber", *ANY_NUMBER)),
    "Identification": ("number", ANY_NUMBER),
    "CryptoWallet": ("publicKey", ANY_NUMBER),
}
"""Things that have a `holder`, who is to be found by their number: whence it comes, and where it
goes. The most special schema stands first."""
_HOLDER = b'"holder"'


class _Numbers(NamedTuple):
    properties: tuple[str, ...]
    """The first that the holder's schema knows is used."""
    values: tuple[str, ...]


def parse_ftm(data: bytes, name: str, *, topic: str = SANCTION) -> ParsedList:
    """Read the lines; an entity keeps its own id and its own topics.

    Args:
        name: the list's name.
        topic: what entities are listed for that have no topic.

    Raises:
        ListRefused: a line is no JSON object of a known schema, or an id stands twice.
    """
    numbers = _numbers_of_holders(data)
    found: dict[str, ListEntity] = {}
    for number, line in enumerate(io.BytesIO(data), 1):
        if not line.strip():
            continue
        proxy = _proxy(number, line)
        if not any(proxy.schema.is_a(schema) for schema in SCREENED):
            continue
        if proxy.id is None or proxy.id in found or not proxy.caption:
            raise ListRefused(f"line {number}: no id, no name, or an id that stands twice")
        draft = _draft(proxy.id, proxy, topic)
        for properties, values in numbers.pop(proxy.id, ()):
            draft.add_to_first(properties, *values)
        found[proxy.id] = draft.built()
    return ParsedList(name, tuple(found.values()))


def _proxy(number: int, line: bytes) -> EntityProxy:
    try:
        data: Any = json.loads(line)
        if not isinstance(data, dict) or model.get(str(data.get("schema"))) is None:
            raise ListRefused(f"line {number}: no object of a known FollowTheMoney schema")
        return EntityProxy.from_dict(data, cleaned=False)
    except (ValueError, TypeError, InvalidData) as bad:
        raise ListRefused(f"line {number}: {type(bad).__name__}") from None


def _numbers_of_holders(data: bytes) -> dict[str, list[_Numbers]]:
    """Give the numbers of papers and wallets by their holder's id: they may stand before it."""
    found: dict[str, list[_Numbers]] = defaultdict(list)
    for number, line in enumerate(io.BytesIO(data), 1):
        if _HOLDER not in line:
            continue
        proxy = _proxy(number, line)
        for schema, (source, properties) in HELD.items():
            if proxy.schema.is_a(schema):
                for holder in proxy.get("holder"):
                    found[holder].append(_Numbers(properties, tuple(proxy.get(source))))
                break
    return found


def _draft(entity_id: str, proxy: EntityProxy, topic: str) -> EntityDraft:
    draft = EntityDraft(entity_id, proxy.schema.name, proxy.caption)
    draft.add_names("name", [proxy.caption])
    for prop, values in proxy.properties.items():
        if prop in NAME_PROPERTIES:
            draft.add_names(prop, values)
        else:
            draft.add(prop, *values)
    if not draft.has_topic():
        draft.add("topics", topic)
    return draft
