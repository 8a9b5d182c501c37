"""The remarks column of an OFAC entry: birth dates, nationalities, numbers, weak aliases."""

import re
from collections.abc import Callable
from typing import NamedTuple

from tools.screening.entities import ANY_NUMBER, EntityDraft
from tools.screening.sources.values import birth_dates, country_code, partial_date


class _Number(NamedTuple):
    """A form of number: what stands before it, the property, and how it may look."""

    label: str
    properties: tuple[str, ...]
    """The first that the entry's schema knows is used."""
    shape: str = r"\S+(?: \S+)*?"


_NUMBERS = (
    _Number(r"(?:Additional )?Passport", ("passportNumber", *ANY_NUMBER), r"\S+"),
    _Number(r"Vessel Registration Identification IMO", ("imoNumber",), r"\d{7}"),
    _Number(r"(?:Company|Identification) Number IMO", ANY_NUMBER, r"\d{7}"),
    _Number(r"MMSI", ("mmsi",), r"\d+"),
    _Number(r"Legal Entity Number", ("leiCode",), r"[A-Z0-9]{18,20}"),
    _Number(r"SWIFT/BIC", ("swiftBic",), r"[A-Z0-9]{8,11}"),
    _Number(r"Unified Social Credit Code(?: \(USCC\))?", ("uscCode",), r"[A-Z0-9]{18}"),
    _Number(r"Digital Currency Address - [A-Z0-9]+", ANY_NUMBER, r"\S{16,}"),
    _Number(r"Aircraft Tail Number", ("registrationNumber",), r"[A-Z0-9-]+"),
    _Number(r"Aircraft Manufacturer's Serial Number(?: \(MSN\))?", ("serialNumber",), r"\S+"),
    _Number(
        r"(?:Tax ID No\.|RUC|NIT|R\.F\.C\.|RIF|V\.A\.T\. Number|Italian Fiscal Code|RTN|"
        r"C\.U\.I\.T\.)",
        ("taxNumber", *ANY_NUMBER),
    ),
    _Number(
        r"(?:Registration Number|Registration ID|Business Registration Number|Company Number|"
        r"Commercial Registry Number|C\.R\. No\.|Folio Mercantil No\.|Matricula Mercantil No\.?|"
        r"Chamber of Commerce Number|Trade License No\.|Business Number|Government Gazette Number)",
        ("registrationNumber",),
    ),
    _Number(
        r"(?:National ID No\.|Identification Number|Cedula No\.|Personal ID Card|Residency Number|"
        r"National Foreign ID Number|D\.N\.I\.|C\.U\.R\.P\.|C\.U\.I\.|Driver's License No\.|"
        r"SSN|Travel Document Number|Stateless Person ID Card|Kenyan ID No\.|Birth Certificate "
        r"Number|Diplomatic Passport|Credencial electoral|Electoral Registry No\.)",
        ANY_NUMBER,
    ),
)
_AFTER_NUMBER = r"(?=\s*(?:\(|issued\b|expires\b|$))"
_PATTERNS = tuple(
    (re.compile(rf"^{n.label}\s*(?:#\s*)?({n.shape}){_AFTER_NUMBER}"), n.properties)
    for n in _NUMBERS
)
_NAMED = re.compile(r"^(a\.k\.a\.|f\.k\.a\.|n\.k\.a\.) '(.+)'$")
_NAME_PROPERTIES = {"a.k.a.": "weakAlias", "f.k.a.": "previousName", "n.k.a.": "alias"}
_PARTS = re.compile(r";\s+(?=[A-Za-z])")


def read_remarks(draft: EntityDraft, remarks: str, *, around: int) -> None:
    """Add to `draft` whatever its remarks say in a form that a match can use."""
    for part in _PARTS.split(remarks.rstrip(". ")):
        text = part.strip().removeprefix("alt. ").removeprefix("Alt. ")
        if not _read_words(draft, text, around):
            read_number(draft, text)


def _read_words(draft: EntityDraft, text: str, around: int) -> bool:
    """Read a part that begins with a known word; False if it does not."""
    if found := _NAMED.match(text):
        # OFAC prints weak aliases in quotation marks in the remarks, nowhere else.
        prop = _NAME_PROPERTIES[found[1]]
        draft.add_any(prop, found[2])
        return True
    for word, read in _WORDS.items():
        if text.startswith(word):
            read(draft, text.removeprefix(word).strip(), around)
            return True
    return False


def read_number(draft: EntityDraft, text: str) -> bool:
    """Read a kind of number and the number behind it; False if that is no kind known here."""
    for pattern, properties in _PATTERNS:
        if found := pattern.match(text):
            draft.add_to_first(properties, found[1])
            return True
    return False


def _birth(draft: EntityDraft, text: str, around: int) -> None:
    if draft.has("birthDate"):
        draft.add("birthDate", *birth_dates(text, around=around))


def _birth_place(draft: EntityDraft, text: str, around: int) -> None:
    if draft.has("birthPlace"):
        draft.add("birthPlace", text)
        draft.add("birthCountry", country_code(text.rpartition(", ")[2]))


def _founded(draft: EntityDraft, text: str, around: int) -> None:
    if draft.has("incorporationDate"):
        draft.add("incorporationDate", partial_date(text))


def _country(name: str) -> Callable[[EntityDraft, str, int], None]:
    def read(draft: EntityDraft, text: str, around: int) -> None:
        draft.add(name if draft.has(name) else "country", country_code(text))

    return read


def _gender(draft: EntityDraft, text: str, around: int) -> None:
    if draft.has("gender"):
        draft.add("gender", text.lower())


_WORDS: dict[str, Callable[[EntityDraft, str, int], None]] = {
    "DOB ": _birth,
    "POB ": _birth_place,
    "nationality ": _country("nationality"),
    "citizen ": _country("citizenship"),
    "Gender ": _gender,
    "Organization Established Date ": _founded,
}
