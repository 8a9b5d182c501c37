"""The consolidated list of the UN Security Council as XML."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from defusedxml import DefusedXmlException, ElementTree

from casegate.errors import ListRefused
from tools.screening.entities import EntityDraft
from tools.screening.sources import ParsedList
from tools.screening.sources.values import birth_dates, country_code, years_between

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NAME = "un-sc"
WEAK = "Low"
FORMER = "f.k.a."
_NAME_TAGS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_PASSPORT = ("passport", "pasaporte", "passeport")


def parse_un(data: bytes, *, around: int) -> ParsedList:
    """Read the XML; names in their original script are kept as aliases.

    Raises:
        ListRefused: no XML, an XML that declares entities, or one without both sections.
    """
    try:
        root = ElementTree.fromstring(data, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException) as bad:
        raise ListRefused(f"not an XML file that is safe to read: {type(bad).__name__}") from None
    people, others = root.find("INDIVIDUALS"), root.find("ENTITIES")
    if root.tag != "CONSOLIDATED_LIST" or people is None or others is None:
        raise ListRefused("not the UN consolidated list: INDIVIDUALS or ENTITIES is missing")
    drafts = [_person(node, around) for node in people.findall("INDIVIDUAL")]
    drafts += [_entity(node) for node in others.findall("ENTITY")]
    if len({draft.id for draft in drafts}) != len(drafts):
        raise ListRefused("a DATAID stands twice")
    published = _day(root.get("dateGenerated", ""))
    return ParsedList(NAME, tuple(draft.built() for draft in drafts), published)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _texts(node: "Element", path: str) -> Iterator[str]:
    for found in node.iterfind(path):
        text = " ".join((found.text or "").split())
        if text and text.lower() != "na":
            yield text


def _first(node: "Element", path: str) -> str:
    return next(_texts(node, path), "")


def _named(node: "Element", schema: str, aliases: str) -> EntityDraft:
    parts = [_first(node, tag) for tag in _NAME_TAGS]
    name = " ".join(part for part in parts if part)
    number = _first(node, "DATAID")
    if not number or not name:
        raise ListRefused("an entry has no DATAID or no name")
    draft = EntityDraft(f"un-{number}", schema, name)
    draft.add_names("name", [name])
    draft.add("topics", "sanction")
    draft.add("program", _first(node, "UN_LIST_TYPE"), _first(node, "REFERENCE_NUMBER"))
    draft.add_names("alias", _texts(node, "NAME_ORIGINAL_SCRIPT"))
    for alias in node.iterfind(aliases):
        quality = _first(alias, "QUALITY")
        prop = {WEAK: "weakAlias", FORMER: "previousName"}.get(quality, "alias")
        draft.add_names(prop, [n for text in _texts(alias, "ALIAS_NAME") for n in text.split(";")])
    return draft


def _person(node: "Element", around: int) -> EntityDraft:
    draft = _named(node, "Person", "INDIVIDUAL_ALIAS")
    parts = [text for tag in _NAME_TAGS if (text := _first(node, tag))]
    draft.add_names("firstName", parts[:1])
    draft.add_names("lastName", parts[1:][-1:])
    for value in (*_texts(node, "NATIONALITY/VALUE"), *_texts(node, "NATIONALITY")):
        draft.add("nationality", country_code(value))
    for value in _texts(node, "INDIVIDUAL_PLACE_OF_BIRTH/COUNTRY"):
        draft.add("birthCountry", country_code(value))
    draft.add("gender", _first(node, "GENDER").lower())
    draft.add("position", *_texts(node, "DESIGNATION/VALUE"))
    for birth in node.iterfind("INDIVIDUAL_DATE_OF_BIRTH"):
        draft.add("birthDate", *_births(birth, around))
    for paper in node.iterfind("INDIVIDUAL_DOCUMENT"):
        _add_paper(draft, paper)
    return draft


def _births(node: "Element", around: int) -> tuple[str, ...]:
    first, last = _first(node, "FROM_YEAR"), _first(node, "TO_YEAR")
    if first.isdigit() and last.isdigit():
        return years_between(first, last)
    text = _first(node, "DATE") or _first(node, "YEAR")
    if not text:
        return ()
    circa = "circa " if _first(node, "TYPE_OF_DATE") == "APPROXIMATELY" else ""
    return birth_dates(circa + text, around=around)


def _add_paper(draft: EntityDraft, paper: "Element") -> None:
    kinds = f"{_first(paper, 'TYPE_OF_DOCUMENT')} {_first(paper, 'TYPE_OF_DOCUMENT2')}".lower()
    passport = any(word in kinds for word in _PASSPORT)
    draft.add("passportNumber" if passport else "idNumber", *_texts(paper, "NUMBER"))


def _entity(node: "Element") -> EntityDraft:
    draft = _named(node, "Organization", "ENTITY_ALIAS")
    for value in _texts(node, "ENTITY_ADDRESS/COUNTRY"):
        draft.add("country", country_code(value))
    return draft
