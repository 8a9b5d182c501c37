"""What papers print, language by language: files that add to the words of the schemas.

One file a language, so that whoever speaks it can read and mend it whole; a new language is one
file more.
"""

from collections.abc import Iterable, Mapping
from functools import reduce

from pydantic import BaseModel, ConfigDict


class Words(BaseModel):
    """One language's words, or those of several together."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: str
    """ISO 639-1."""
    titles: Mapping[str, tuple[str, ...]] = {}
    """What papers of a type call themselves."""
    body: Mapping[str, tuple[str, ...]] = {}
    """What papers of a type say and others rarely do."""
    labels: Mapping[str, tuple[str, ...]] = {}
    """By set of `_labels.yaml`, or by `type.field`."""
    other: tuple[str, ...] = ()
    """Labels of what no field wants."""

    def labels_of(self, owner: str) -> tuple[str, ...]:
        """Give the labels of a set or of `type.field`."""
        return tuple(self.labels.get(owner, ()))

    def unknown(self, *, types: Iterable[str], owners: Iterable[str]) -> frozenset[str]:
        """Give the keys that name no type, no set and no field: slips of whoever wrote them."""
        known_types, known_owners = set(types), set(owners)
        named = {*self.titles, *self.body} - known_types
        return frozenset(named | (set(self.labels) - known_owners))


def together(several: Iterable[Words]) -> Words:
    """Put the words of all languages together, in the order of the files."""
    return reduce(_joined, several, Words(language="all"))


def _joined(first: Words, second: Words) -> Words:
    return Words(
        language=first.language,
        titles=_merged(first.titles, second.titles),
        body=_merged(first.body, second.body),
        labels=_merged(first.labels, second.labels),
        other=(*first.other, *second.other),
    )


def _merged(
    first: Mapping[str, tuple[str, ...]], second: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    keys = dict.fromkeys((*first, *second))
    return {key: (*first.get(key, ()), *second.get(key, ())) for key in keys}
