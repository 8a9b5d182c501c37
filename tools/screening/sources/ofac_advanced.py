"""OFAC's list as advanced XML: original scripts, documents, date ranges, weak aliases.

Source of the layout: OFAC, "Advanced Sanctions Data Model": values point by number into
`ReferenceValueSets`, `Locations` and `IDRegDocuments`, which all stand before `DistinctParties`.
Entries have the numbers of the CSV form (`FixedRef`), so both forms are one list.
"""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from casegate.errors import ListRefused
from tools.screening.entities import ANY_NUMBER, EntityDraft
from tools.screening.names import scripts
from tools.screening.sources import SANCTION, ParsedList
from tools.screening.sources.markup import elements, first_text
from tools.screening.sources.ofac import NAME
from tools.screening.sources.ofac_references import Place, References, dates_of
from tools.screening.sources.remarks import read_number
from tools.screening.sources.values import country_code

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

CONSOLIDATED = "ofac-cons"
"""The list of all that OFAC lists outside the SDN list, published in the same form."""
ROOT = "Sanctions"
_WANTED = frozenset(
    {
        "DateOfIssue", "ReferenceValueSets", "Location", "IDRegDocument", "DistinctParty",
        "SanctionsEntry",
    }
)  # fmt: skip
_SDN = "SDN List"
SCHEMAS = {
    "Entity": "Organization",
    "Individual": "Person",
    "Vessel": "Vessel",
    "Aircraft": "Airplane",
}
ALIASES = {"Name": "name", "F.K.A.": "previousName"}
"""By kind of alias; any other kind is an `alias`."""
_FAMILY = ("Last Name", "Maiden Name", "Matronymic")
_UNPARTED = frozenset({"Han", "Hangul", "Hiragana", "Katakana"})
"""Scripts in which the family name stands first and no blank behind it."""


def parse_advanced(data: bytes, *, around: int) -> ParsedList:
    """Read the XML.

    Raises:
        ListRefused: no XML of this layout, one that points at values or parties it does not hold,
            or a doubled number.
    """
    references = References()
    drafts: dict[str, EntityDraft] = {}
    lists: set[str] = set()
    published: date | None = None
    for node in elements(data, ROOT, _WANTED):
        match node.tag:
            case "DateOfIssue":
                published = _issued(node)
            case "ReferenceValueSets":
                references.add_words(node)
            case "Location":
                references.add_place(node)
            case "IDRegDocument":
                references.add_paper(node)
            case "DistinctParty":
                _add_party(drafts, _Party(node, references, around))
            case "SanctionsEntry":
                lists.add(references.word("List", node.get("ListID")))
                _add_programs(drafts, node, references)
    if not lists:
        raise ListRefused("the file has no sanctions entries")
    name = NAME if _SDN in lists else CONSOLIDATED
    return ParsedList(name, tuple(draft.built() for draft in drafts.values()), published)


def _issued(node: "Element") -> date | None:
    parts = [first_text(node, part) for part in ("Year", "Month", "Day")]
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        return None


def _add_party(drafts: dict[str, EntityDraft], party: "_Party") -> None:
    if party.profile in drafts:
        raise ListRefused(f"party {party.number} stands twice")
    drafts[party.profile] = party.draft()


def _add_programs(drafts: dict[str, EntityDraft], node: "Element", references: References) -> None:
    draft = drafts.get(node.get("ProfileID", ""))
    if draft is None:
        raise ListRefused(f"a sanctions entry is about {node.get('ProfileID')!r}, which is missing")
    for measure in node.iterfind("SanctionsMeasure"):
        if references.word("SanctionsType", measure.get("SanctionsTypeID")) == "Program":
            draft.add("program", first_text(measure, "Comment"))


class _Party:
    """One `DistinctParty` and what it points at."""

    def __init__(self, node: "Element", references: References, around: int) -> None:
        self.number = node.get("FixedRef", "")
        profile = node.find("Profile")
        if profile is None or not self.number.isdigit():
            raise ListRefused("a party has no number or no profile")
        self.profile = profile.get("ID", "")
        self._node = node
        self._profile = profile
        self._references = references
        self._around = around

    def draft(self) -> EntityDraft:
        """Build the entry."""
        identities = self._profile.findall("Identity")
        names = [name for identity in identities for name in self._names(identity)]
        main = next((name for prop, name in names if prop == "name"), "")
        if not main:
            raise ListRefused(f"party {self.number} has no name")
        draft = EntityDraft(f"ofac-{self.number}", self._schema(), main)
        for prop, name in names:
            draft.add_any("alias" if prop == "name" and name != main else prop, name)
        for identity in identities:
            for paper in self._references.papers.pop(identity.get("ID", ""), ()):
                if not read_number(draft, f"{paper.kind} {paper.number}"):
                    draft.add_to_first(ANY_NUMBER, paper.number)
        # In some files features stand beside the profile instead of inside it.
        for feature in (*self._profile.iterfind("Feature"), *self._node.iterfind("Feature")):
            self._add_feature(draft, feature)
        draft.add("notes", first_text(self._node, "Comment"))
        draft.add("topics", SANCTION)
        return draft

    def _schema(self) -> str:
        sub = self._references.element("PartySubType", self._profile.get("PartySubTypeID"))
        word = self._references.word("PartySubType", self._profile.get("PartySubTypeID"))
        if word not in SCHEMAS:
            word = self._references.word("PartyType", sub.get("PartyTypeID"))
        if word not in SCHEMAS:
            raise ListRefused(f"party {self.number} is of unknown type {word!r}")
        return SCHEMAS[word]

    def _names(self, identity: "Element") -> list[tuple[str, str]]:
        """Give property and name of each spelling, `LAST, First` where it is parted so."""
        groups = {
            group.get("ID", ""): self._references.word("NamePartType", group.get("NamePartTypeID"))
            for group in identity.iterfind("NamePartGroups/MasterNamePartGroup/NamePartGroup")
        }
        found = []
        for alias in sorted(identity.iterfind("Alias"), key=_primary_first):
            kind = self._references.word("AliasType", alias.get("AliasTypeID"))
            weak = alias.get("LowQuality") == "true"
            prop = "weakAlias" if weak else ALIASES.get(kind, "alias")
            found += [(prop, _name(node, groups)) for node in alias.iterfind("DocumentedName")]
        return [(prop, name) for prop, name in found if name]

    def _add_feature(self, draft: EntityDraft, feature: "Element") -> None:
        kind = self._references.word("FeatureType", feature.get("FeatureTypeID")).rstrip(":")
        for version in feature.iterfind("FeatureVersion"):
            for period in version.iterfind("DatePeriod"):
                if prop := _DATES.get(kind):
                    days = dates_of(period, around=self._around)
                    draft.add_to_first((prop,), *days)
            for at in version.iterfind("VersionLocation"):
                place = self._references.places.get(at.get("LocationID", ""))
                if place is not None and kind in _PLACES:
                    _PLACES[kind](draft, place)
            for detail in version.iterfind("VersionDetail"):
                self._add_detail(draft, kind, detail)

    def _add_detail(self, draft: EntityDraft, kind: str, detail: "Element") -> None:
        pointed = detail.get("DetailReferenceID")
        text = " ".join((detail.text or "").split())
        if pointed is not None:
            text = self._references.word("DetailReference", pointed)
        if not text:
            return
        if kind in _TEXTS:
            draft.add_to_first((_TEXTS[kind],), text.lower() if kind == "Gender" else text)
        else:
            read_number(draft, f"{kind} {text}")


def _primary_first(alias: "Element") -> bool:
    return alias.get("Primary") != "true"


def _name(node: "Element", groups: dict[str, str]) -> str:
    family: list[str] = []
    given: list[str] = []
    for value in node.iterfind("DocumentedNamePart/NamePartValue"):
        text = " ".join((value.text or "").split())
        part = groups.get(value.get("NamePartGroupID", ""), "")
        (family if part in _FAMILY else given).append(text)
    last, first = " ".join(family), " ".join(given)
    if not last or not first:
        return last or first
    if scripts(last) & _UNPARTED:
        return last + first
    return f"{last}, {first}"


def _country(names: tuple[str, ...]) -> Callable[[EntityDraft, Place], None]:
    def add(draft: EntityDraft, place: Place) -> None:
        draft.add_to_first(names, country_code(place.country))

    return add


def _add_home(draft: EntityDraft, place: Place) -> None:
    if place.address:
        draft.add_address(*place.address, place.country)
    if draft.schema != "Person":
        draft.add("country", country_code(place.country))


def _add_birth_place(draft: EntityDraft, place: Place) -> None:
    if draft.has("birthPlace"):
        draft.add("birthPlace", ", ".join(place.address))
        draft.add("birthCountry", country_code(place.country))


_PLACES: dict[str, Callable[[EntityDraft, Place], None]] = {
    "Location": _add_home,
    "Place of Birth": _add_birth_place,
    "Nationality Country": _country(("nationality", "country")),
    "Citizenship Country": _country(("citizenship", "country")),
    "Registration Country": _country(("jurisdiction", "country")),
    "Nationality of Registration": _country(("jurisdiction", "country")),
    "Vessel Flag": _country(("flag", "country")),
}
_DATES = {"Birthdate": "birthDate", "Organization Established Date": "incorporationDate"}
_TEXTS = {
    "Gender": "gender",
    "Title": "position",
    "Place of Birth": "birthPlace",
    "Vessel Call Sign": "callSign",
    "VESSEL TYPE": "type",
}
