"""A list as a plain CSV table with a header line.

Columns; only the first three must be there. `;` parts several values of one cell. A line that
begins with `#` is a comment.

    id             the list's own key, unique
    schema         Person, Organization, Company, LegalEntity, Vessel or Airplane
    name           `LAST, First` tells the family name of a person; any other form does not
    aliases        spellings that mean the same entry
    weak_aliases   nicknames and short forms; count less
    birth_date     2001-02-03, 2001-02 or 2001; of a person
    gender         male or female; of a person
    country        codes or English names; nationality of a person, flag of a vessel
    identifiers    kind:number; kinds are passport, id, tax, registration, lei, imo, mmsi,
                   bic, wallet
    program        why the entry is listed
    list           name of the list, the same in every row; the file's name without it
    published      date of the list, the same in every row
    topics         what the entry is listed for: sanction, pep, adverse-media, watchlist, or a topic
                   of FollowTheMoney such as role.rca; without it what was said for the whole file
"""

import csv
import io
from collections.abc import Iterator
from datetime import date

from followthemoney.types import registry

from casegate.errors import ListRefused
from tools.screening.entities import ANY_NUMBER, EntityDraft, ListEntity
from tools.screening.sources import FTM_TOPICS, SANCTION, ParsedList, Topic
from tools.screening.sources.values import country_code, partial_date

REQUIRED = ("id", "schema", "name")
COLUMNS = (
    *REQUIRED, "aliases", "weak_aliases", "birth_date", "gender", "country", "identifiers",
    "program", "list", "published", "topics",
)  # fmt: skip
SCHEMAS = ("Person", "Organization", "Company", "LegalEntity", "Vessel", "Airplane")
NUMBERS = {
    "passport": ("passportNumber", "idNumber", "registrationNumber"),
    "id": ("idNumber", "registrationNumber"),
    "tax": ("taxNumber", "registrationNumber"),
    "registration": ("registrationNumber",),
    "lei": ("leiCode",),
    "imo": ("imoNumber", "registrationNumber"),
    "mmsi": ("mmsi",),
    "bic": ("swiftBic",),
    "wallet": ANY_NUMBER,
}

Row = dict[str, str]


def parse_table(data: bytes, name: str, *, topic: str = SANCTION) -> ParsedList:
    """Read the table.

    Args:
        name: the list's name where the table has no column `list`.
        topic: what entries are listed for that tell no topic themselves.

    Raises:
        ListRefused: names the row and column that can't be read. Nothing is skipped.
    """
    found: dict[str, ListEntity] = {}
    list_name = published = ""
    for line, row in _rows(data):
        told = row.get("list", "") or name, row.get("published", "")
        if not found:
            list_name, published = told
        elif told != (list_name, published):
            raise ListRefused(f"row {line}: `list` and `published` must be the same in every row")
        entity = _entry(line, row, list_name, topic).built()
        if entity.id in found:
            raise ListRefused(f"row {line}: a value of the column `id` stands twice")
        found[entity.id] = entity
    day = _published(published) if published else None
    return ParsedList(list_name or name, tuple(found.values()), day)


def _rows(data: bytes) -> Iterator[tuple[int, Row]]:
    """Give the rows one by one: a million of them need not be in memory together."""
    lines = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline="")
    plain = (line for line in lines if not line.startswith("#"))
    reader = csv.DictReader(plain, strict=True)
    try:
        header = reader.fieldnames or []
        if unknown := sorted(set(header) - set(COLUMNS)):
            raise ListRefused(f"unknown columns {unknown}; known are {list(COLUMNS)}")
        if missing := sorted(set(REQUIRED) - set(header)):
            raise ListRefused(f"columns {missing} are missing")
        for row in reader:
            yield reader.line_num, _cells(reader.line_num, row)
    except UnicodeDecodeError:
        raise ListRefused("the table is not UTF-8") from None
    except csv.Error as bad:
        raise ListRefused(f"not a CSV table: {bad}") from None


def _cells(line: int, row: dict[str | None, str | list[str] | None]) -> Row:
    """Check that a row has a cell for every column and no more: a cut-off file has fewer."""
    cells: Row = {}
    for column, value in row.items():
        if column is None or not isinstance(value, str):
            raise ListRefused(f"row {line} has another number of columns than the header")
        cells[column] = value.strip()
    return cells


def _published(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ListRefused(f"column `published` is no date: {text!r}") from None


def _entry(line: int, row: Row, list_name: str, topic: str) -> EntityDraft:
    if row["schema"] not in SCHEMAS:
        raise ListRefused(f"row {line}: `schema` must be one of {', '.join(SCHEMAS)}")
    if not row["id"] or not row["name"]:
        raise ListRefused(f"row {line}: `id` or `name` is empty")
    draft = EntityDraft(f"{list_name}-{row['id']}", row["schema"], row["name"])
    for prop, values in (
        ("name", [row["name"]]),
        ("alias", _parts(row, "aliases")),
        ("weakAlias", _parts(row, "weak_aliases")),
    ):
        for value in values:
            draft.add_any(prop, value)
    draft.add("program", *_parts(row, "program"))
    draft.add("topics", *(_topics(line, row) or [topic]))
    _add_attributes(draft, line, row)
    return draft


def _topics(line: int, row: Row) -> list[str]:
    spelled = {topic.value: code for topic, code in FTM_TOPICS.items()}
    topics = [spelled.get(text, text) for text in _parts(row, "topics")]
    if unknown := [topic for topic in topics if topic not in registry.topic.names]:
        raise ListRefused(
            f"row {line}: unknown topic {unknown[0]!r}; known are {', '.join(Topic)} and "
            "FollowTheMoney's own"
        )
    return topics


def _parts(row: Row, column: str) -> list[str]:
    return [part.strip() for part in row.get(column, "").split(";") if part.strip()]


def _add_attributes(draft: EntityDraft, line: int, row: Row) -> None:
    for text in _parts(row, "birth_date"):
        day = partial_date(text)
        if day is None or not draft.has("birthDate"):
            raise ListRefused(f"row {line}: `birth_date` is no date, or not of a person")
        draft.add("birthDate", day)
    if row.get("gender") and draft.has("gender"):
        draft.add("gender", row["gender"].lower())
    prop = {"Person": "nationality", "Vessel": "flag"}.get(draft.schema, "country")
    for text in _parts(row, "country"):
        code = country_code(text)
        if code is None:
            raise ListRefused(f"row {line}: unknown country in `country`")
        draft.add(prop, code)
    for text in _parts(row, "identifiers"):
        kind, colon, number = text.partition(":")
        known = next((p for p in NUMBERS.get(kind.strip(), ()) if draft.has(p)), None)
        if not colon or known is None:
            raise ListRefused(
                f"row {line}: `identifiers` wants kind:number, known kinds are {', '.join(NUMBERS)}"
            )
        draft.add(known, number)
