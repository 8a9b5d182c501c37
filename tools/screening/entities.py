"""A list entry in FollowTheMoney's shape, and how loaders build one."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from followthemoney import model

from casegate.hashing import sha256_hex
from tools.screening.names import romanised, tidy

NAME_PROPERTIES = ("name", "alias", "previousName", "weakAlias", "abbreviation")
ANY_NUMBER = ("idNumber", "registrationNumber")
"""For numbers of kinds that FollowTheMoney has no property for, wallets among them: its own schema
of wallets would be an entry beside the one that is to be found by the address."""
IDENTIFIER_TYPE = "identifier"
PERSON = "Person"


@dataclass(frozen=True)
class ListEntity:
    """One entry of a list: FollowTheMoney schema and properties, values sorted."""

    id: str
    """The list's own key with the list's prefix: `ofac-36`, `un-6908555`."""
    schema: str
    caption: str
    """The name as the list prints it, such as `ORLOV, Pyotr`."""
    properties: dict[str, tuple[str, ...]]

    def as_json(self) -> dict[str, Any]:
        """Give the FollowTheMoney JSON form."""
        return {
            "id": self.id,
            "schema": self.schema,
            "caption": self.caption,
            "properties": {name: list(values) for name, values in self.properties.items()},
        }

    @classmethod
    def of_json(cls, data: dict[str, Any]) -> "ListEntity":
        """Read back what `as_json` gave."""
        properties = {name: tuple(values) for name, values in data["properties"].items()}
        return cls(data["id"], data["schema"], data["caption"], properties)

    def row(self) -> bytes:
        """Give the canonical JSON form, in which only texts and lists of texts stand.

        For those `json.dumps` writes the bytes of RFC 8785, ten times as fast as `canonical_json`.

        Raises:
            UnicodeEncodeError: a text has half a character, which a JSON escape can spell.
        """
        return json.dumps(
            self.as_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":")
        ).encode()

    @cached_property
    def content_hash(self) -> str:
        """Hash everything a match could depend on; another hash means another entry."""
        return sha256_hex(self.row())

    def get(self, name: str) -> tuple[str, ...]:
        """Give a property's values; empty when there is none."""
        return self.properties.get(name, ())

    def names(self) -> tuple[str, ...]:
        """Give every name, weak aliases included, each once."""
        return tuple(dict.fromkeys(n for prop in NAME_PROPERTIES for n in self.get(prop)))

    def identifiers(self) -> tuple[str, ...]:
        """Give every identifying number as the list prints it."""
        return tuple(
            value
            for name, values in self.properties.items()
            if is_identifier(self.schema, name)
            for value in values
        )


def is_identifier(schema: str, name: str) -> bool:
    """Tell whether a property of a schema holds an identifying number that may be matched."""
    prop = model[schema].get(name)
    return prop is not None and prop.type.name == IDENTIFIER_TYPE and bool(prop.matchable)


@dataclass
class EntityDraft:
    """Collects one entry while its rows are read; values of unknown properties are a bug."""

    id: str
    schema: str
    caption: str
    _values: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.caption = " ".join(self.caption.split())

    def add(self, name: str, *values: str | None) -> None:
        """Add values to a property; empty ones are left out."""
        prop = model[self.schema].get(name)
        if prop is None:
            raise KeyError(f"{self.schema} has no property {name}")
        kept = {" ".join(value.split()) for value in values if value and value.strip()}
        if prop.format:
            # The matcher compares numbers of a known format in that format's own spelling.
            kept = {prop.type.clean(value, format=prop.format) or value for value in kept}
        if kept:
            # The schema's own string: a name from a file would be another one for every entry.
            self._values.setdefault(prop.name, set()).update(kept)

    def add_to_first(self, names: Iterable[str], *values: str | None) -> None:
        """Add values to the first of some properties that this entry's schema knows, if any."""
        known = next((name for name in names if self.has(name)), None)
        if known is not None:
            self.add(known, *values)

    def add_address(self, *parts: str | None) -> None:
        """Add one address from its parts, in the order in which they are printed."""
        self.add("address", ", ".join(" ".join(p.split()) for p in parts if p and p.strip()))

    def add_names(self, name: str, values: Iterable[str]) -> None:
        """Add names with joined initials split."""
        self.add(name, *(tidy(value) for value in values))

    def add_person(self, name: str, value: str) -> None:
        """Add a person's name; `LAST, First` also tells which part is the family name.

        The matcher takes an initial for a given name only when it knows the given names.
        """
        last, comma, first = (part.strip() for part in value.partition(","))
        self.add_names(name, [f"{first} {last}" if comma else last])
        if comma:
            self.add_names("firstName", [first])
            self.add_names("lastName", [last])

    def add_any(self, name: str, value: str) -> None:
        """Add a name as this entry's schema takes it: only a person's has a family name."""
        if self.schema == PERSON:
            self.add_person(name, value)
        else:
            self.add_names(name, [value])

    def has_name(self) -> bool:
        """Tell whether the entry has a main name yet."""
        return bool(self._values.get("name"))

    def any_name(self) -> str:
        """Give the first name of whatever kind; empty when there is none."""
        found = (sorted(self._values.get(prop, ())) for prop in NAME_PROPERTIES)
        return next((names[0] for names in found if names), "")

    def has_topic(self) -> bool:
        """Tell whether the source says what the entry is listed for."""
        return bool(self._values.get("topics"))

    def has(self, name: str) -> bool:
        """Tell whether this entry's schema knows a property."""
        return name in model[self.schema].properties

    def built(self) -> ListEntity:
        """Finish the entry: names in other scripts also get a spelling in Latin letters."""
        for prop in NAME_PROPERTIES[:3]:
            for name in sorted(self._values.get(prop, ())):
                self.add("alias", romanised(name))
        self._values.setdefault("alias", set()).difference_update(self._values["name"])
        properties = {name: tuple(sorted(v)) for name, v in sorted(self._values.items()) if v}
        return ListEntity(self.id, self.schema, self.caption, properties)
