"""Documents: parsed in a child process, read field by field, every value with its place."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.documents.classify import no_answer
    from tools.documents.limits import Limits
    from tools.documents.ocr.file import read_file
    from tools.documents.ocr.reader import Reader
    from tools.documents.ocr.warm import WarmReader
    from tools.documents.parsed import Page, Parsed, Word
    from tools.documents.read import Ask, ReadResult, read_document
    from tools.documents.sandbox import parse
    from tools.documents.whole import DocumentReader, ReadFile

DOCUMENTS_VERSION = "3.1.0"
"""Changes whenever the same file could give another reading."""

__all__ = [
    "DOCUMENTS_VERSION",
    "Ask",
    "DocumentReader",
    "Limits",
    "Page",
    "Parsed",
    "ReadFile",
    "ReadResult",
    "Reader",
    "WarmReader",
    "Word",
    "no_answer",
    "parse",
    "read_document",
    "read_file",
]

_HOME = {
    "Limits": "limits",
    "Page": "parsed",
    "Parsed": "parsed",
    "Word": "parsed",
    "Ask": "read",
    "no_answer": "classify",
    "ReadResult": "read",
    "read_document": "read",
    "parse": "sandbox",
    "Reader": "ocr.reader",
    "WarmReader": "ocr.warm",
    "read_file": "ocr.file",
    "DocumentReader": "whole",
    "ReadFile": "whole",
}


def __getattr__(name: str) -> object:
    # The child process imports this package for every file: what it has no use for stays out.
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
