"""The consolidated list of the UN Security Council as XML."""

from typing import TYPE_CHECKING

from casegate.errors import ListRefused
from tools.screening.entities import EntityDraft
from tools.screening.sources import SANCTION, ParsedList
from tools.screening.sources.markup import elements, first_text, texts
from tools.screening.sources.values import birth_dates, country_code, day_of, years_between

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NAME = "un-sc"
ROOT = "CONSOLIDATED_LIST"
_SECTIONS = frozenset({"INDIVIDUALS", "ENTITIES"})
WEAK = "Low"
FORMER = "f.k.a."
_NAME_TAGS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_PLACE_TAGS = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")
_PASSPORT = ("passport", "pasaporte", "passeport")


def parse_un(data: bytes, *, around: int) -> ParsedList:
    """Read the XML; names in their original script are kept as aliases.

    Raises:
        ListRefused: no XML, an XML that declares entities, or one without both sections.
    """
    found = elements(data, ROOT, frozenset(_SECTIONS))
    published = day_of(next(found).get("dateGenerated", ""))
    drafts: list[EntityDraft] = []
    seen: set[str] = set()
    for section in found:
        seen.add(section.tag)
        drafts += [_person(node, around) for node in section.iterfind("INDIVIDUAL")]
        drafts += [_entity(node) for node in section.iterfind("ENTITY")]
    if seen != _SECTIONS:
        raise ListRefused("not the UN consolidated list: INDIVIDUALS or ENTITIES is missing")
    if len({draft.id for draft in drafts}) != len(drafts):
        raise ListRefused("a DATAID stands twice")
    return ParsedList(NAME, tuple(draft.built() for draft in drafts), published)


def _named(node: "Element", schema: str, aliases: str) -> EntityDraft:
    parts = [first_text(node, tag) for tag in _NAME_TAGS]
    name = " ".join(part for part in parts if part)
    number = first_text(node, "DATAID")
    if not number or not name:
        raise ListRefused("an entry has no DATAID or no name")
    draft = EntityDraft(f"un-{number}", schema, name)
    draft.add_names("name", [name])
    draft.add("topics", SANCTION)
    draft.add("program", first_text(node, "UN_LIST_TYPE"), first_text(node, "REFERENCE_NUMBER"))
    draft.add_names("alias", texts(node, "NAME_ORIGINAL_SCRIPT"))
    for alias in node.iterfind(aliases):
        quality = first_text(alias, "QUALITY")
        prop = {WEAK: "weakAlias", FORMER: "previousName"}.get(quality, "alias")
        draft.add_names(prop, [n for text in texts(alias, "ALIAS_NAME") for n in text.split(";")])
    for place in (*node.iterfind("INDIVIDUAL_ADDRESS"), *node.iterfind("ENTITY_ADDRESS")):
        draft.add_address(*(first_text(place, tag) for tag in _PLACE_TAGS))
    draft.add("notes", *texts(node, "COMMENTS1"))
    return draft


def _person(node: "Element", around: int) -> EntityDraft:
    draft = _named(node, "Person", "INDIVIDUAL_ALIAS")
    parts = [text for tag in _NAME_TAGS if (text := first_text(node, tag))]
    draft.add_names("firstName", parts[:1])
    draft.add_names("lastName", parts[1:][-1:])
    for value in (*texts(node, "NATIONALITY/VALUE"), *texts(node, "NATIONALITY")):
        draft.add("nationality", country_code(value))
    for value in texts(node, "INDIVIDUAL_PLACE_OF_BIRTH/COUNTRY"):
        draft.add("birthCountry", country_code(value))
    for place in node.iterfind("INDIVIDUAL_PLACE_OF_BIRTH"):
        town = [first_text(place, tag) for tag in ("CITY", "STATE_PROVINCE")]
        draft.add("birthPlace", ", ".join(part for part in town if part))
    draft.add("gender", first_text(node, "GENDER").lower())
    draft.add("position", *texts(node, "DESIGNATION/VALUE"))
    for birth in node.iterfind("INDIVIDUAL_DATE_OF_BIRTH"):
        draft.add("birthDate", *_births(birth, around))
    for paper in node.iterfind("INDIVIDUAL_DOCUMENT"):
        _add_paper(draft, paper)
    return draft


def _births(node: "Element", around: int) -> tuple[str, ...]:
    first, last = first_text(node, "FROM_YEAR"), first_text(node, "TO_YEAR")
    if first.isdigit() and last.isdigit():
        return years_between(first, last)
    text = first_text(node, "DATE") or first_text(node, "YEAR")
    if not text:
        return ()
    circa = "circa " if first_text(node, "TYPE_OF_DATE") == "APPROXIMATELY" else ""
    return birth_dates(circa + text, around=around)


def _add_paper(draft: EntityDraft, paper: "Element") -> None:
    kinds = (
        f"{first_text(paper, 'TYPE_OF_DOCUMENT')} {first_text(paper, 'TYPE_OF_DOCUMENT2')}".lower()
    )
    passport = any(word in kinds for word in _PASSPORT)
    draft.add("passportNumber" if passport else "idNumber", *texts(paper, "NUMBER"))


def _entity(node: "Element") -> EntityDraft:
    draft = _named(node, "Organization", "ENTITY_ALIAS")
    for value in texts(node, "ENTITY_ADDRESS/COUNTRY"):
        draft.add("country", country_code(value))
    return draft
