"""The schemas as data in `schemas/`, with each language's words, checked when they are loaded."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from tools.documents.prose import fold
from tools.documents.schema import DocumentSchema, FieldSchema, Library, Shared
from tools.documents.words import Words, together

# `Date of birth (dd/mm/yyyy)`: the order is read from the paper, with any label.
_ORDER_NOTE = re.compile(r"\s*\([dmyajtgr]{2,4}[/. -][dmyajtgr/. -]+\)$")


class _LabelSets(BaseModel):
    """Sets of labels by name; schemas name one as `@name`."""

    model_config = ConfigDict(frozen=True, extra="allow")
    __pydantic_extra__: dict[str, tuple[str, ...]]
    version: int

    @property
    def names(self) -> frozenset[str]:
        """Give the names of all sets."""
        return frozenset(self.__pydantic_extra__)

    def spelled_out(self, label: str, words: Words) -> tuple[str, ...]:
        """Give the labels that an entry stands for; the languages' own words come last."""
        if not label.startswith("@"):
            return (label,)
        return (*self.__pydantic_extra__[label[1:]], *words.labels_of(label[1:]))


@cache
def library() -> Library:
    """Load the schemas, once a process.

    Raises:
        pydantic.ValidationError: a schema file breaks its own schema.
    """
    folder = Path(__file__).parent / "schemas"
    files = sorted(path for path in folder.glob("*.yaml") if not path.name.startswith("_"))
    words = together(
        Words.model_validate(_load(path)) for path in sorted(folder.glob("words/*.yaml"))
    )
    sets = _LabelSets.model_validate(_load(folder / "_labels.yaml"))
    documents = tuple(
        _spelled_out(DocumentSchema.model_validate(_load(path)), sets, words) for path in files
    )
    shared = Shared.model_validate(_load(folder / "_shared.yaml"))
    _check(words, documents, sets)
    return Library(
        documents=documents,
        shared=shared.model_copy(update={"other_labels": (*shared.other_labels, *words.other)}),
    )


def _check(words: Words, documents: Sequence[DocumentSchema], sets: _LabelSets) -> None:
    owners = {f"{d.type.value}.{field.name}" for d in documents for field in d.fields}
    unknown = words.unknown(types=(d.type.value for d in documents), owners=owners | sets.names)
    if unknown:
        raise ValueError(f"Words for no type, set or field: {', '.join(sorted(unknown))}.")


def _spelled_out(document: DocumentSchema, sets: _LabelSets, words: Words) -> DocumentSchema:
    name = document.type.value

    def labels(field: FieldSchema) -> tuple[str, ...]:
        own = [word for label in field.labels for word in sets.spelled_out(label, words)]
        own += words.labels_of(f"{name}.{field.name}")
        return tuple(dict.fromkeys(fold(_ORDER_NOTE.sub("", label)) for label in own))

    fields = (field.model_copy(update={"labels": labels(field)}) for field in document.fields)
    title = (*document.cues.title, *words.titles.get(name, ()))
    body = (*document.cues.body, *words.body.get(name, ()))
    cues = document.cues.model_copy(update={"title": title, "body": body})
    return document.model_copy(update={"fields": tuple(fields), "cues": cues})


def _load(path: Path) -> object:
    # The same safe loader in C, where the library was built with it: thirty thousand labels.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text("utf-8"), Loader=loader)  # noqa: S506 - both are safe loaders
