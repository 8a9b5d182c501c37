"""From a file on disk to a parsed list: unpacking, hashing, the right loader, the date."""

import gzip
import io
import re
import zlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from casegate.errors import InvalidInput, ListRefused
from casegate.hashing import sha256_hex
from tools.screening.policy import ScreeningPolicy
from tools.screening.sources import FTM_TOPICS, LIST_NAME, ParsedList, SourceFormat, Topic
from tools.screening.sources.eu import NAME as EU
from tools.screening.sources.eu import parse_eu
from tools.screening.sources.ftm import parse_ftm
from tools.screening.sources.ofac import NAME as OFAC
from tools.screening.sources.ofac import SdnFiles, parse_sdn
from tools.screening.sources.ofac_advanced import parse_advanced
from tools.screening.sources.table import parse_table
from tools.screening.sources.uk import UK_SL, parse_uk
from tools.screening.sources.un import NAME as UN
from tools.screening.sources.un import parse_un

GZIP = b"\x1f\x8b"
LARGEST = 2_000_000_000
"""Bytes of an unpacked list; the largest public one (all of OpenSanctions) stays below."""
_DATE_IN_NAME = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")
_LONGEST_NAME = 64
_NAMED = {
    SourceFormat.OFAC_SDN: OFAC,
    SourceFormat.OFAC_ADVANCED: OFAC,
    SourceFormat.UN_SC: UN,
    SourceFormat.EU_FSF: EU,
    SourceFormat.UK_SL: UK_SL,
}
_FREE = (SourceFormat.CSV, SourceFormat.FTM)
"""Formats of lists whose name and topic the one who loads them chooses."""


@dataclass(frozen=True)
class ListFiles:
    """A list on disk with all that was said about it."""

    file: Path
    source: SourceFormat
    aliases: Path | None = None
    """OFAC's `alt.csv`."""
    addresses: Path | None = None
    """OFAC's `add.csv`."""
    comments: Path | None = None
    """OFAC's `sdn_comments.csv`."""
    topic: Topic | None = None
    """What the entries are listed for; None: what they say themselves, else sanctions."""
    name: str = ""
    """The list's name; empty: the source's own, or the file's."""

    @property
    def beside(self) -> tuple[Path | None, ...]:
        """The files beside the list, in the order in which they are hashed."""
        return self.aliases, self.addresses, self.comments

    @property
    def expected_name(self) -> str:
        """What the list will be called, as far as one can tell before it is read."""
        return self.name or _NAMED.get(self.source) or _list_name(self.file)


@dataclass(frozen=True)
class ReadList:
    """A parsed list with what names its version."""

    parsed: ParsedList
    sha256: str
    """Of the file; with files beside it, of all of them one after the other."""
    published: date | None
    """From the file's content or, failing that, from its name; None if neither tells."""


def read_list(
    path: Path, source: SourceFormat, *, aliases: Path | None, policy: ScreeningPolicy
) -> ReadList:
    """Read a list file with at most an alias file beside it: `read_files` tells the rest."""
    return read_files(ListFiles(path, source, aliases=aliases), policy=policy)


def read_files(files: ListFiles, *, policy: ScreeningPolicy) -> ReadList:
    """Read a list, packed with gzip or not.

    Raises:
        InvalidInput: a file is missing, or something was said that does not go with the source.
        ListRefused: the list can't be read to its end.
    """
    check_said(files)
    data = _bytes(files.file)
    more = [_bytes(path) if path else None for path in files.beside]
    sha256 = sha256_hex(b"".join((data, *(found or b"" for found in more))))
    parsed = _parse(files, _unpacked(data), [_unpacked(m) if m else m for m in more], policy)
    return ReadList(parsed, sha256, parsed.published or _date_in(files.file.name))


def check_said(files: ListFiles) -> None:
    """Check what was said about a list, before anything is read.

    Raises:
        InvalidInput: something does not go with the source, or the name is none.
    """
    if any(files.beside) and files.source is not SourceFormat.OFAC_SDN:
        raise InvalidInput(
            "`--aliases`, `--addresses` and `--comments` go with `--source ofac-sdn` alone"
        )
    if (files.topic or files.name) and files.source not in _FREE:
        raise InvalidInput("`--topic` and `--name` go with `--source csv` and `ftm` alone")
    if files.name and not LIST_NAME.match(files.name):
        raise InvalidInput("`--name` has small letters, digits, `_` and `-` alone, at most 64")


def _parse(
    files: ListFiles, data: bytes, more: list[bytes | None], policy: ScreeningPolicy
) -> ParsedList:
    around = policy.approximate_birth_years
    topic = FTM_TOPICS[files.topic or Topic.SANCTION]
    match files.source:
        case SourceFormat.OFAC_SDN:
            return parse_sdn(data, SdnFiles(*more), around=around)
        case SourceFormat.OFAC_ADVANCED:
            return parse_advanced(data, around=around)
        case SourceFormat.UN_SC:
            return parse_un(data, around=around)
        case SourceFormat.EU_FSF:
            return parse_eu(data, around=around)
        case SourceFormat.UK_SL:
            return parse_uk(data)
        case SourceFormat.FTM:
            return parse_ftm(data, files.expected_name, topic=topic)
        case SourceFormat.CSV:
            return parse_table(data, files.expected_name, topic=topic)


def _date_in(name: str) -> date | None:
    found = _DATE_IN_NAME.search(name)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def _list_name(path: Path) -> str:
    """Name a list after its file: `demo_2026-01-31.csv` gives `demo`."""
    stem = _DATE_IN_NAME.sub("", path.name.partition(".")[0])
    plain = re.sub(r"[^a-z0-9_]+", "-", stem.lower()).strip("-_")
    return plain[:_LONGEST_NAME] or "list"


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as bad:
        raise InvalidInput(f"{path.name} can't be read: {bad.strerror}") from None


def _unpacked(data: bytes) -> bytes:
    if not data.startswith(GZIP):
        return data
    try:
        with gzip.open(io.BytesIO(data)) as packed:
            content = packed.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error) as bad:
        raise ListRefused(f"the packed file is broken: {type(bad).__name__}") from None
    if len(content) > LARGEST:
        raise ListRefused(f"unpacked, the file is larger than {LARGEST} bytes")
    return content
