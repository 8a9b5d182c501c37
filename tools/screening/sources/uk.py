"""The UK's lists as CSV: the UK Sanctions List (FCDO) and OFSI's consolidated list of targets.

Which of the two a file is, its header tells. Both have a line with the date before the header and
several rows for one entry: one for each spelling, address or document.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from casegate.errors import ListRefused
from tools.screening.entities import ANY_NUMBER, EntityDraft
from tools.screening.sources import SANCTION, ParsedList
from tools.screening.sources.values import country_code
from tools.screening.sources.wallets import wallet_addresses

UK_SL, OFSI = "uk-sl", "uk-ofsi"
GIVEN = tuple(f"name {number}" for number in range(1, 6))
FAMILY = "name 6"
SCHEMAS = {"individual": "Person", "entity": "Organization", "ship": "Vessel"}
_PRIMARY, _FORMER = "primary name", "fka"
_LARGEST_HEAD = 5
"""Lines within which the header stands."""


@dataclass(frozen=True)
class _Layout:
    """The columns of one of the two files, in small letters."""

    name: str
    key: str
    kind: str
    name_type: str
    quality: str
    script: str
    birth: str
    numbers: tuple[tuple[str, tuple[str, ...]], ...]
    texts: tuple[tuple[str, str], ...]
    countries: tuple[tuple[str, tuple[str, ...]], ...]
    address: tuple[str, ...]
    registration: str = ""
    notes: str = "other information"


_PASSPORT = ("passportNumber", *ANY_NUMBER)
_FCDO = _Layout(
    name=UK_SL,
    key="unique id",
    kind="designation type",
    name_type="name type",
    quality="alias strength",
    script="name non-latin script",
    birth="d.o.b",
    numbers=(
        ("passport number", _PASSPORT),
        ("national identifier number", ANY_NUMBER),
        ("imo number", ("imoNumber",)),
        ("hull identification number (hin)", ("registrationNumber",)),
    ),
    texts=(
        ("position", "position"), ("gender", "gender"), ("town of birth", "birthPlace"),
        ("type of ship", "type"), ("regime name", "program"),
    ),
    countries=(
        ("nationality(/ies)", ("nationality",)), ("country of birth", ("birthCountry",)),
        ("current believed flag of ship", ("flag",)),
    ),
    address=(*(f"address line {n}" for n in range(1, 7)), "address postal code", "address country"),
    registration="business registration number (s)",
)  # fmt: skip
_CONLIST = _Layout(
    name=OFSI,
    key="group id",
    kind="group type",
    name_type="alias type",
    quality="alias quality",
    script="name non-latin script",
    birth="dob",
    numbers=(
        ("passport number", _PASSPORT),
        ("national identification number", ANY_NUMBER),
    ),
    texts=(("position", "position"), ("town of birth", "birthPlace"), ("regime", "program")),
    countries=(("nationality", ("nationality",)), ("country of birth", ("birthCountry",))),
    address=(*(f"address {n}" for n in range(1, 7)), "post/zip code", "country"),
)
_LAYOUTS = (_FCDO, _CONLIST)
_PARTS = re.compile(r"\(\d{1,2}\)|\|")
_DAY = re.compile(r"^(\d\d|dd)/(\d\d|mm)/(\d{4})$", re.IGNORECASE)
_DATED = re.compile(r"(\d{1,2}[-/ ](?:\d{2}|[A-Za-z]{3})[-/ ]\d{4})")
_LABELLED = re.compile(
    r"\b(INN|OGRN|TIN|Tax ID(?: No\.?)?|SWIFT(?:/BIC)?|LEI|IMO)\b[\s:#-]*([A-Z0-9]{7,20})\b"
)
_LABELS = {
    "INN": "innCode", "OGRN": "ogrnCode", "TIN": "taxNumber", "TAX": "taxNumber",
    "SWIFT": "swiftBic", "LEI": "leiCode", "IMO": "imoNumber",
}  # fmt: skip

Row = dict[str, str]


def parse_uk(data: bytes) -> ParsedList:
    """Read either of the two files.

    Raises:
        ListRefused: another header, a row with another number of cells than the header (a cut-off
            file), an unknown kind of entry, an entry of two kinds or without a name.
    """
    try:
        lines = data.decode("utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError:
        lines = data.decode("cp1252", errors="replace").splitlines(keepends=True)
    layout, at = _layout(lines)
    drafts: dict[str, EntityDraft] = {}
    for number, row in _rows(lines[at:], at):
        key = row[layout.key]
        if not key:
            raise ListRefused(f"row {number}: column `{layout.key}` is empty")
        draft = drafts.get(key)
        if draft is None:
            draft = drafts[key] = EntityDraft(f"uk-{key}", _schema(number, row, layout), "")
        elif draft.schema != _schema(number, row, layout):
            raise ListRefused(f"row {number}: entry {key!r} is of two kinds")
        _add_row(draft, row, layout)
    for draft in drafts.values():
        _name_it(draft)
    published = _published("".join(lines[:at]))
    return ParsedList(layout.name, tuple(d.built() for d in drafts.values()), published)


def _layout(lines: list[str]) -> tuple[_Layout, int]:
    """Find the header; give the layout and the number of its line."""
    for at, line in enumerate(lines[:_LARGEST_HEAD]):
        columns = {cell.strip().lower() for cell in next(csv.reader([line]), [])}
        for layout in _LAYOUTS:
            if {layout.key, layout.kind, layout.name_type, FAMILY} <= columns:
                return layout, at
    raise ListRefused("neither the UK Sanctions List nor OFSI's consolidated list: no such header")


def _rows(lines: list[str], before: int) -> Iterator[tuple[int, Row]]:
    reader = csv.reader(io.StringIO("".join(lines), newline=""), strict=True)
    try:
        header = [cell.strip().lower() for cell in next(reader)]
        for cells in reader:
            number = before + reader.line_num
            if not any(cells):
                continue
            if len(cells) != len(header):
                raise ListRefused(
                    f"row {number}: {len(cells)} cells under a header of {len(header)}"
                )
            yield number, dict(zip(header, (cell.strip() for cell in cells), strict=True))
    except csv.Error as bad:
        raise ListRefused(f"not a CSV file: {bad}") from None


def _schema(number: int, row: Row, layout: _Layout) -> str:
    kind = row[layout.kind].lower()
    if kind not in SCHEMAS:
        raise ListRefused(f"row {number}: unknown kind of entry {row[layout.kind]!r}")
    return SCHEMAS[kind]


def _add_row(draft: EntityDraft, row: Row, layout: _Layout) -> None:
    _add_name(draft, row, layout)
    draft.add("topics", SANCTION)
    for column, prop in layout.texts:
        for text in _parts(row, column):
            draft.add_to_first((prop,), text.lower() if prop == "gender" else text)
    for column, props in layout.countries:
        for text in _parts(row, column):
            draft.add_to_first(props, country_code(text))
    for column, props in layout.numbers:
        draft.add_to_first(props, *_parts(row, column))
    for text in _parts(row, layout.birth):
        if draft.has("birthDate"):
            draft.add("birthDate", _birth(text))
    _add_place(draft, row, layout)
    _add_registrations(draft, row.get(layout.registration, ""))
    notes = row.get(layout.notes, "")
    draft.add("notes", notes)
    draft.add_to_first(ANY_NUMBER, *wallet_addresses(notes))


def _add_name(draft: EntityDraft, row: Row, layout: _Layout) -> None:
    family, given = row[FAMILY], " ".join(row.get(n, "") for n in GIVEN if row.get(n))
    if draft.schema == "Person" and family and given:
        name = f"{family}, {given}"
    else:
        name = " ".join(part for part in (given, family) if part)
    kind = row[layout.name_type].lower()
    weak = row.get(layout.quality, "").lower().startswith("low")
    prop = "weakAlias" if weak else "previousName" if kind == _FORMER else "alias"
    if kind == _PRIMARY and name and not draft.caption:
        draft.caption, prop = name, "name"
    elif name == draft.caption:
        prop = "name"
    if name:
        draft.add_any(prop, name)
    draft.add_names("weakAlias" if weak else "alias", [row.get(layout.script, "")])


def _name_it(draft: EntityDraft) -> None:
    """Refuse an entry without a name; one without a primary one goes by its first alias."""
    if draft.has_name():
        return
    spare = draft.any_name()
    if not spare:
        raise ListRefused(f"entry {draft.id} has no name")
    draft.caption = spare
    draft.add_names("name", [spare])


def _add_place(draft: EntityDraft, row: Row, layout: _Layout) -> None:
    *lines, country = (row.get(column, "") for column in layout.address)
    if any(lines):
        draft.add_address(*lines, country)
    if draft.schema != "Person":
        draft.add("country", country_code(country))


def _add_registrations(draft: EntityDraft, text: str) -> None:
    """Add numbers that say of what kind they are; a text without such a word as it stands."""
    found = _LABELLED.findall(text)
    for label, number in found:
        prop = _LABELS[re.split(r"[ /]", label)[0].upper()]
        draft.add_to_first((prop, "registrationNumber"), number)
    if not found:
        draft.add_to_first(("registrationNumber",), *re.split(r"[;,]|\(\d{1,2}\)", text))


def _parts(row: Row, column: str) -> list[str]:
    return [part.strip(" .;") for part in _PARTS.split(row.get(column, "")) if part.strip(" .;")]


def _birth(text: str) -> str | None:
    """Read `24/10/1972`; `dd`, `mm` and `00` stand for what is not known."""
    found = _DAY.match(text)
    if found is None:
        return None
    day, month, year = found.groups()
    if not month.isdigit() or month == "00":
        return year
    if not day.isdigit() or day == "00":
        return f"{year}-{month}" if 1 <= int(month) <= 12 else None
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _published(head: str) -> date | None:
    found = _DATED.search(head)
    for form in ("%d-%b-%Y", "%d-%m-%Y"):
        try:
            text = re.sub(r"[/ ]", "-", found[1]) if found else ""
            return datetime.strptime(text, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None
