"""The OFAC SDN list in its legacy CSV form: `sdn.csv` with `alt.csv` beside it.

Source of the layout: OFAC, "Specially Designated Nationals list: data formats": no header line,
`-0-` for null, one last line that holds only 0x1A.
"""

import csv
import io
from collections import defaultdict

from casegate.errors import ListRefused
from tools.screening.entities import EntityDraft
from tools.screening.sources import ParsedList
from tools.screening.sources.remarks import read_remarks
from tools.screening.sources.values import country_code

NAME = "ofac-sdn"
NULL = "-0-"
END_OF_FILE = "\x1a"
SDN_COLUMNS = 12
ALT_COLUMNS = 5

# `-0-` in the type column means company or organisation; Organization matches both.
SCHEMAS = {"individual": "Person", "vessel": "Vessel", "aircraft": "Airplane", "": "Organization"}
ALIAS_PROPERTIES = {"aka": "alias", "nka": "alias", "fka": "previousName"}


def parse_sdn(data: bytes, aliases: bytes | None, *, around: int) -> ParsedList:
    """Read `sdn.csv` and, where there is one, `alt.csv`.

    Raises:
        ListRefused: a row with another number of columns (a cut-off file), an unknown type, a
            doubled number.
    """
    names: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for line, row in _rows(aliases or b"", ALT_COLUMNS):
        if row[2] not in ALIAS_PROPERTIES:
            raise ListRefused(f"alias file, row {line}: unknown kind of alias {row[2]!r}")
        names[row[0]].append((ALIAS_PROPERTIES[row[2]], row[3]))
    drafts: dict[str, EntityDraft] = {}
    for line, row in _rows(data, SDN_COLUMNS):
        if row[0] in drafts:
            raise ListRefused(f"row {line}: entry {row[0]!r} stands twice")
        drafts[row[0]] = _entry(line, row, names.pop(row[0], []), around)
    entities = tuple(draft.built() for draft in drafts.values())
    return ParsedList(NAME, entities, unmatched_aliases=sum(map(len, names.values())))


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
        if person:
            draft.add_person(prop, value)
        else:
            draft.add_names(prop, [value])
    draft.add("program", *programs.replace("] [", ";").strip("[] ").split(";"))
    draft.add("topics", "sanction")
    if person:
        draft.add("position", title)
    if kind == "vessel":
        draft.add("callSign", call_sign)
        draft.add("type", vessel_type)
        draft.add("flag", country_code(flag) if flag else None)
        draft.add("notes", f"Owner: {owner}" if owner else None)
    read_remarks(draft, remarks, around=around)
    return draft
