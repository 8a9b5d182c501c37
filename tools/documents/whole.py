"""A file of unknown origin to a document with values, places and signals: the whole way."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from casegate.model.document import Signal
from casegate.model.party import Party
from tools.documents.checks import Seen, check_paper
from tools.documents.checks.doubt import doubted
from tools.documents.limits import Limits
from tools.documents.ocr.file import read_file
from tools.documents.ocr.reader import Reader
from tools.documents.parsed import Parsed
from tools.documents.read import Ask, ReadResult, read_document


@dataclass(frozen=True)
class DocumentReader:
    """Reads files: the safe parse, OCR, fields, checks."""

    limits: Limits
    pictures: Reader | None
    """Reads pages that are pictures; None where that is switched off."""

    def read(
        self,
        data: bytes,
        filename: str,
        *,
        parties: Sequence[Party],
        on: date,
        ask: Ask,
        depth: int = 0,
    ) -> "ReadFile":
        """Read one file; files inside it are its `members`, each to be read with `depth` + 1."""
        parsed = read_file(data, filename, self.limits, self.pictures, depth=depth)
        result = read_document(parsed, parties=parties, opened_on=on, ask=ask)
        seen = Seen(parsed, result.type, result.fields)
        signals = (*parsed.signals, *result.signals, *check_paper(seen, self.pictures))
        result = replace(result, fields=doubted(result.fields, signals))
        return ReadFile(parsed, result, signals)


@dataclass(frozen=True)
class ReadFile:
    """What one file holds and says."""

    parsed: Parsed
    result: ReadResult
    signals: tuple[Signal, ...]
    """Of the parse, the reading and the checks."""
