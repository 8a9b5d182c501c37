"""Published XML, read element by element: nothing that declares entities, nothing cut off."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from defusedxml import DefusedXmlException, ElementTree

from casegate.errors import ListRefused

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DECLARED = b"<!DOCTYPE"
_HEAD = 4096


def elements(data: bytes, root: str, wanted: frozenset[str]) -> Iterator["Element"]:
    """Give the root as it begins, then every wanted element once it is whole; without namespaces.

    An element is emptied when the next one is asked for, so a list of 100 MB takes little memory.

    Raises:
        ListRefused: no XML, another root, one that declares a document type or is cut off.
    """
    try:
        if _DECLARED in data[:_HEAD].upper():
            raise ListRefused("an XML file with a document type declaration is not safe to read")
        events = ElementTree.iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True)
        yield from _wanted(events, root, wanted)
    except (ElementTree.ParseError, DefusedXmlException, LookupError, ValueError) as bad:
        raise ListRefused(f"not an XML file that is safe to read: {type(bad).__name__}") from None


def _wanted(
    events: Iterator[tuple[str, "Element"]], root: str, wanted: frozenset[str]
) -> Iterator["Element"]:
    first = True
    inside = 0
    for event, element in events:
        element.tag = element.tag.rpartition("}")[2]
        if first:
            if element.tag != root:
                raise ListRefused(f"the XML file begins with {element.tag[:40]!r}, not {root!r}")
            first = False
            yield element
            continue
        if element.tag not in wanted:
            continue
        inside += 1 if event == "start" else -1
        if event == "end" and not inside:
            yield element
            element.clear()


def text_of(node: "Element | None") -> str:
    """Give an element's own text with single blanks; nothing for no element."""
    return " ".join((node.text or "").split()) if node is not None else ""


def texts(node: "Element", path: str) -> Iterator[str]:
    """Give the texts at a path that say something: lists write `na` for nothing."""
    for found in node.iterfind(path):
        text = text_of(found)
        if text and text.lower() != "na":
            yield text


def first_text(node: "Element", path: str) -> str:
    """Give the first text at a path; empty when there is none."""
    return next(texts(node, path), "")
