"""The consolidated list of persons, groups and entities under EU financial sanctions, as XML.

The layout is version 1.1 of the European Commission's file `xmlFullSanctionsList`: one
`sanctionEntity` for each entry, its values in attributes, one `nameAlias` for each spelling.
"""

from typing import TYPE_CHECKING

from casegate.errors import ListRefused
from tools.screening.entities import ANY_NUMBER, EntityDraft
from tools.screening.sources import SANCTION, ParsedList
from tools.screening.sources.markup import elements, text_of
from tools.screening.sources.values import (
    birth_dates,
    country_code,
    day_of,
    partial_date,
    years_between,
)
from tools.screening.sources.wallets import wallet_addresses

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NAME = "eu-fsf"
ROOT, ENTRY = "export", "sanctionEntity"
SCHEMAS = {"person": "Person", "enterprise": "Organization"}
_CLASSES = {"P": "person", "E": "enterprise"}
GENDERS = {"M": "male", "F": "female"}
NUMBERS = {
    "passport": ("passportNumber", *ANY_NUMBER),
    "swiftbic": ("swiftBic", *ANY_NUMBER),
    "imo": ("imoNumber", *ANY_NUMBER),
    "regnumber": ("registrationNumber",),
    "fiscalcode": ("taxNumber", *ANY_NUMBER),
}
"""By code of the kind of number; any other kind is an `idNumber`."""
_LOW_QUALITY = ("low quality", "lo quality")


def parse_eu(data: bytes, *, around: int) -> ParsedList:
    """Read the XML; every spelling in every language is kept.

    Raises:
        ListRefused: no XML of this layout, one that declares a document type, a doubled id.
    """
    found = elements(data, ROOT, frozenset({ENTRY}))
    published = day_of(next(found).get("generationDate", ""))
    drafts: dict[str, EntityDraft] = {}
    for node in found:
        draft = _entry(node, around)
        if draft.id in drafts:
            raise ListRefused(f"entry {draft.id} stands twice")
        drafts[draft.id] = draft
    return ParsedList(NAME, tuple(draft.built() for draft in drafts.values()), published)


def _entry(node: "Element", around: int) -> EntityDraft:
    number = node.get("logicalId", "")
    if not number.isdigit():
        raise ListRefused("an entry has no `logicalId`, or one that is no number")
    subject = node.find("subjectType")
    code = subject.get("code", "") if subject is not None else ""
    if code not in SCHEMAS and subject is not None:
        code = _CLASSES.get(subject.get("classificationCode", ""), "")
    names = [(alias, _whole(alias)) for alias in node.iterfind("nameAlias")]
    names = [(alias, name) for alias, name in names if name]
    if code not in SCHEMAS or not names:
        raise ListRefused(f"entry {number}: no name, or neither person nor enterprise")
    main = next((name for alias, name in names if not _is_weak(alias)), names[0][1])
    draft = EntityDraft(f"eu-{number}", SCHEMAS[code], main)
    draft.add_names("name", [main])
    for alias, name in names:
        _add_name(draft, alias, name, main)
    draft.add("topics", SANCTION)
    draft.add("program", *(rule.get("programme") for rule in node.iterfind("regulation")))
    draft.add("program", node.get("euReferenceNumber"))
    _add_attributes(draft, node, around)
    return draft


def _whole(alias: "Element") -> str:
    parts = (alias.get(name, "") for name in ("firstName", "middleName", "lastName"))
    return " ".join((alias.get("wholeName", "").strip() or " ".join(parts)).split())


def _is_weak(alias: "Element") -> bool:
    said = text_of(alias.find("remark")).lower()
    return alias.get("strong", "true") == "false" or any(word in said for word in _LOW_QUALITY)


def _add_name(draft: EntityDraft, alias: "Element", name: str, main: str) -> None:
    weak = _is_weak(alias)
    if name != main:
        draft.add_names("weakAlias" if weak else "alias", [name])
    if draft.schema != "Person":
        return
    if not weak:
        draft.add_names("firstName", [alias.get("firstName", "")])
        draft.add_names("lastName", [alias.get("lastName", "")])
    draft.add("position", alias.get("function"))
    draft.add("gender", GENDERS.get(alias.get("gender", "")))


def _add_attributes(draft: EntityDraft, node: "Element", around: int) -> None:
    for birth in node.iterfind("birthdate"):
        _add_birth(draft, birth, around)
    for citizenship in node.iterfind("citizenship"):
        draft.add_to_first(("nationality", "country"), _country(citizenship))
    for paper in node.iterfind("identification"):
        known = NUMBERS.get(paper.get("identificationTypeCode", ""), ANY_NUMBER)
        draft.add_to_first(known, paper.get("number"), paper.get("latinNumber"))
    for place in node.iterfind("address"):
        lines = [place.get(name) for name in ("street", "poBox", "zipCode", "place", "city")]
        if any(lines):
            draft.add_address(*lines, place.get("region"), _country_name(place))
        if draft.schema != "Person":
            draft.add("country", _country(place))
    for remark in node.iterfind("remark"):
        text = text_of(remark)
        draft.add("notes", text)
        draft.add_to_first(ANY_NUMBER, *wallet_addresses(text))


def _add_birth(draft: EntityDraft, birth: "Element", around: int) -> None:
    if not draft.has("birthDate"):
        return
    draft.add("birthPlace", birth.get("city"), birth.get("place"))
    draft.add("birthCountry", _country(birth))
    if birth.get("calendarType", "GREGORIAN") != "GREGORIAN":
        # The same numbers would name another day.
        return
    first, last = birth.get("yearRangeFrom", ""), birth.get("yearRangeTo", "")
    if first.isdigit() and last.isdigit():
        draft.add("birthDate", *years_between(first, last))
        return
    parts = [birth.get(name, "") for name in ("year", "monthOfYear", "dayOfMonth")]
    day = birth.get("birthdate") or "-".join(part.zfill(2) for part in parts if part)
    if partial_date(day):
        circa = "circa " if birth.get("circa") == "true" else ""
        draft.add("birthDate", *birth_dates(circa + day, around=around))


def _country_name(node: "Element") -> str:
    name = node.get("countryDescription", "")
    return "" if name == "UNKNOWN" else name


def _country(node: "Element") -> str | None:
    return country_code(_country_name(node)) or country_code(node.get("countryIso2Code", ""))
