"""The OFAC SDN list in its legacy CSV form: `sdn.csv` with three files beside it.

`alt.csv` holds the aliases, `add.csv` the addresses, `sdn_comments.csv` the ends of remarks that
are longer than their column.

Source of the layout: OFAC, "Specially Designated Nationals list: data formats": no header line,
`-0-` for null, one last line that holds only 0x1A.
"""

import csv
import io
from collections import defaultdict
from dataclasses import dataclass

from casegate.errors import ListRefused
from tools.screening.entities import EntityDraft
from tools.screening.sources import SANCTION, ParsedList
from tools.screening.sources.remarks import read_remarks
from tools.screening.sources.values import country_code

NAME = "ofac-sdn"
NULL = "-0-"
END_OF_FILE = "\x1a"
SDN_COLUMNS = 12
ALT_COLUMNS = 5
ADD_COLUMNS = 6
COMMENT_COLUMNS = 2
LONGEST_REMARKS = 1000
"""Characters of the remarks column; what is longer goes on in `sdn_comments.csv`."""

# `-0-` in the type column means company or organisation; Organization matches both.
SCHEMAS = {"individual": "Person", "vessel": "Vessel", "aircraft": "Airplane", "": "Organization"}
ALIAS_PROPERTIES = {"aka": "alias", "nka": "alias", "fka": "previousName"}


@dataclass(frozen=True)
class SdnFiles:
    """The bytes of the files beside `sdn.csv`; None for one that was not given."""

    aliases: bytes | None = None
    addresses: bytes | None = None
    comments: bytes | None = None


@dataclass(frozen=True)
class _Beside:
    """Rows of the files beside the list by the number of the entry."""

    aliases: dict[str, list[tuple[str, str]]]
    addresses: dict[str, list[list[str]]]
    comments: dict[str, str]

    def left(self) -> int:
        """Count the rows of entries that the list did not have."""
        names = sum(len(rows) for rows in self.aliases.values())
        places = sum(len(rows) for rows in self.addresses.values())
        return names + places + len(self.comments)


def parse_sdn(data: bytes, files: SdnFiles, *, around: int) -> ParsedList:
    """Read `sdn.csv` and what is beside it.

    Raises:
        ListRefused: a row with another number of columns (a cut-off file), an unknown type, a
            doubled number.
    """
    beside = _beside(files)
    drafts: dict[str, EntityDraft] = {}
    for line, row in _rows(data, SDN_COLUMNS):
        if row[0] in drafts:
            raise ListRefused(f"row {line}: entry {row[0]!r} stands twice")
        row[11] = _whole_remarks(row[11], beside.comments.pop(row[0], ""))
        draft = _entry(line, row, beside.aliases.pop(row[0], []), around)
        for address in beside.addresses.pop(row[0], []):
            draft.add_address(*address)
            if draft.schema != "Person":
                draft.add("country", country_code(address[-1]))
        drafts[row[0]] = draft
    entities = tuple(draft.built() for draft in drafts.values())
    return ParsedList(NAME, entities, unmatched_aliases=beside.left())


def _beside(files: SdnFiles) -> _Beside:
    names: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for line, row in _rows(files.aliases or b"", ALT_COLUMNS):
        if row[2] not in ALIAS_PROPERTIES:
            raise ListRefused(f"alias file, row {line}: unknown kind of alias {row[2]!r}")
        names[row[0]].append((ALIAS_PROPERTIES[row[2]], row[3]))
    places: dict[str, list[list[str]]] = defaultdict(list)
    for _, row in _rows(files.addresses or b"", ADD_COLUMNS):
        if any(row[2:5]):
            places[row[0]].append(row[2:5])
    comments = {row[0]: row[1] for _, row in _rows(files.comments or b"", COMMENT_COLUMNS)}
    return _Beside(names, places, comments)


def _whole_remarks(remarks: str, more: str) -> str:
    """Join remarks with what did not fit: the cut goes through words, and lost a blank if any."""
    if not more:
        return remarks
    return (remarks.ljust(LONGEST_REMARKS) if len(remarks) < LONGEST_REMARKS else remarks) + more


def _rows(data: bytes, columns: int) -> list[tuple[int, list[str]]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    rows = []
    try:
        for line, row in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), 1):
            cells = [_cell(value) for value in row]
            if not any(cells):
                continue
            if len(cells) != columns or not cells[0].isdigit():
                raise ListRefused(
                    f"row {line}: expected {columns} columns that begin with a number, "
                    f"got {len(cells)}"
                )
            rows.append((line, cells))
    except csv.Error as bad:
        raise ListRefused(f"not a CSV file of OFAC's layout: {bad}") from None
    return rows


def _cell(value: str) -> str:
    bare = value.strip().strip(END_OF_FILE).strip()
    return "" if bare == NULL else bare


def _entry(line: int, row: list[str], aliases: list[tuple[str, str]], around: int) -> EntityDraft:
    number, name, kind, programs, title, call_sign, vessel_type = row[:7]
    flag, owner, remarks = row[9], row[10], row[11]
    if kind not in SCHEMAS or not name:
        raise ListRefused(f"row {line}: no name, or unknown type of entry {kind!r}")
    person = kind == "individual"
    draft = EntityDraft(f"ofac-{number}", SCHEMAS[kind], name)
    for prop, value in (("name", name), *aliases):
        draft.add_any(prop, value)
    draft.add("program", *programs.replace("] [", ";").strip("[] ").split(";"))
    draft.add("topics", SANCTION)
    if person:
        draft.add("position", title)
    if kind == "vessel":
        draft.add("callSign", call_sign)
        draft.add("type", vessel_type)
        draft.add("flag", country_code(flag) if flag else None)
        draft.add("notes", f"Owner: {owner}" if owner else None)
    draft.add("notes", remarks)
    read_remarks(draft, remarks, around=around)
    return draft
