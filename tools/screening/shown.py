"""What a reader of a hit sees of the list entry: bounded, by FollowTheMoney property."""

from tools.screening.entities import ListEntity, is_identifier

MOST_VALUES = 12
LONGEST_VALUE = 300
"""Characters."""
SHOWN = (
    "name", "alias", "previousName", "weakAlias", "birthDate", "incorporationDate", "deathDate",
    "gender", "nationality", "citizenship", "country", "jurisdiction", "flag", "birthPlace",
    "birthCountry", "address", "position", "program", "type", "notes",
)  # fmt: skip
"""Beside every identifying number."""


def shown_entry(entity: ListEntity) -> dict[str, tuple[str, ...]]:
    """Give at most `MOST_VALUES` values of each property that tells a reader who is meant."""
    return {
        name: tuple(_short(value) for value in values[:MOST_VALUES])
        for name, values in entity.properties.items()
        if name in SHOWN or is_identifier(entity.schema, name)
    }


def _short(value: str) -> str:
    return value if len(value) <= LONGEST_VALUE else f"{value[: LONGEST_VALUE - 1]}…"
