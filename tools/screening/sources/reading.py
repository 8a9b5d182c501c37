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
from tools.screening.sources import ParsedList, SourceFormat
from tools.screening.sources.ftm import parse_ftm
from tools.screening.sources.ofac import parse_sdn
from tools.screening.sources.table import parse_table
from tools.screening.sources.un import parse_un

GZIP = b"\x1f\x8b"
LARGEST = 2_000_000_000
"""Bytes of an unpacked list; the largest public one (all of OpenSanctions) stays below."""
_DATE_IN_NAME = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")


@dataclass(frozen=True)
class ReadList:
    """A parsed list with what names its version."""

    parsed: ParsedList
    sha256: str
    """Of the file; with an alias file, of both one after the other."""
    published: date | None
    """From the file's content or, failing that, from its name; None if neither tells."""


def read_list(
    path: Path, source: SourceFormat, *, aliases: Path | None, policy: ScreeningPolicy
) -> ReadList:
    """Read a list file, packed with gzip or not.

    Raises:
        InvalidInput: a file is missing, or `aliases` is given for another source than OFAC.
        ListRefused: the file can't be read to its end.
    """
    if aliases is not None and source is not SourceFormat.OFAC_SDN:
        raise InvalidInput("`--aliases` goes with `--source ofac-sdn` alone")
    data = _bytes(path)
    more = _bytes(aliases) if aliases else b""
    parsed = _parse(_unpacked(data), _unpacked(more), source, _list_name(path), policy)
    return ReadList(parsed, sha256_hex(data + more), parsed.published or _date_in(path.name))


def _parse(
    data: bytes, aliases: bytes, source: SourceFormat, name: str, policy: ScreeningPolicy
) -> ParsedList:
    around = policy.approximate_birth_years
    match source:
        case SourceFormat.OFAC_SDN:
            return parse_sdn(data, aliases, around=around)
        case SourceFormat.UN_SC:
            return parse_un(data, around=around)
        case SourceFormat.FTM:
            return parse_ftm(data, name)
        case SourceFormat.CSV:
            return parse_table(data, name)


def _date_in(name: str) -> date | None:
    found = _DATE_IN_NAME.search(name)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def _list_name(path: Path) -> str:
    """Name a list after its file: `demo_2026-01-31.csv` gives `demo`."""
    stem = _DATE_IN_NAME.sub("", path.name.partition(".")[0])
    return re.sub(r"[^a-z0-9_]+", "-", stem.lower()).strip("-_") or "list"


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
