"""The document types and their fields in words, for the guide and the command line."""

from collections.abc import Iterator

from tools.documents.schema import FieldSchema, Library


def types_table(library: Library) -> str:
    """Write the table of types and fields of `docs/documents.md`; required fields carry a star."""
    return "\n".join(("| type | fields |", "|---|---|", *_rows(library)))


def _rows(library: Library) -> Iterator[str]:
    for document in library.documents:
        fields = ", ".join(map(field_words, document.fields))
        yield f"| `{document.type.value}` | {fields} |"


def field_words(field: FieldSchema) -> str:
    """Write one field: name, star, what stands for it, whether it comes several times."""
    other = " or ".join(f"`{name}`" for name in field.instead)
    words = f"`{field.name}`" + ("*" if field.required else "")
    words += f" (or {other})" if other else ""
    return words + (" (several)" if field.many else "")
