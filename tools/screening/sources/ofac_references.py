"""What OFAC's advanced XML says once and points at: words, places, documents, dates."""

from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casegate.errors import ListRefused
from tools.screening.sources.markup import first_text, text_of
from tools.screening.sources.values import birth_dates, country_code, years_between

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_PLACE_PARTS = ("ADDRESS1", "ADDRESS2", "ADDRESS3", "CITY", "STATE/PROVINCE", "POSTAL CODE",
                "REGION", "Unknown")  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A location."""

    address: tuple[str, ...]
    country: str
    """As the list writes it; empty if it tells none."""


@dataclass(frozen=True)
class Paper:
    """A document or registration of one party."""

    kind: str
    number: str


@dataclass
class References:
    """Fills while the file is read; all of it stands before the parties."""

    words: dict[tuple[str, str], "Element"] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    papers: dict[str, list[Paper]] = field(default_factory=lambda: defaultdict(list))
    """By `IdentityID`."""

    def add_words(self, sets: "Element") -> None:
        """Take the values of all reference sets."""
        for values in sets:
            for value in values:
                self.words[(value.tag, value.get("ID", ""))] = value

    def element(self, kind: str, number: str | None) -> "Element":
        """Give a reference value.

        Raises:
            ListRefused: the file points at a value that it does not hold.
        """
        found = self.words.get((kind, number or ""))
        if found is None:
            raise ListRefused(f"the file has no {kind} {number!r}, which it points at")
        return found

    def word(self, kind: str, number: str | None) -> str:
        """Give the text of a reference value."""
        return text_of(self.element(kind, number))

    def add_place(self, node: "Element") -> None:
        """Take one `Location`."""
        parts: dict[str, str] = {}
        for part in node.iterfind("LocationPart"):
            kind = self.word("LocPartType", part.get("LocPartTypeID"))
            parts[kind] = first_text(part, "LocationPartValue/Value")
        country = ""
        for area in node.iterfind("LocationAreaCode"):
            country = self.element("AreaCode", area.get("AreaCodeID")).get("Description", "")
        for land in node.iterfind("LocationCountry"):
            value = self.element("Country", land.get("CountryID"))
            country = text_of(value) or value.get("ISO2", "")
        if country == "undetermined" or not country:
            country = parts.get("Unknown", "") if country_code(parts.get("Unknown", "")) else ""
        lines = tuple(parts[kind] for kind in _PLACE_PARTS if parts.get(kind))
        self.places[node.get("ID", "")] = Place(lines, country)

    def add_paper(self, node: "Element") -> None:
        """Take one `IDRegDocument`."""
        kind = self.word("IDRegDocType", node.get("IDRegDocTypeID"))
        number = first_text(node, "IDRegistrationNo")
        if number:
            self.papers[node.get("IdentityID", "")].append(Paper(kind, number))


def dates_of(period: "Element", *, around: int) -> tuple[str, ...]:
    """Read a `DatePeriod`: a day, a month, a year, or every year of a range.

    The file writes a year as the days from its first of January to its last of December.
    """
    start, end = period.find("Start"), period.find("End")
    first = _day(start, "From")
    last = _day(end, "To") or _day(start, "To") or first
    if first is None or last is None:
        return ()
    if any(side is not None and side.get("Approximate") == "true" for side in (start, end)):
        years = years_between(str(first[0] - around), str(last[0] + around))
        return years
    if first == last:
        return birth_dates("-".join(_padded(first)), around=around)
    if first[0] != last[0]:
        return years_between(str(first[0]), str(last[0]))
    month = first[:2] == last[:2] and len(last) == 3 and last[2] == monthrange(*first[:2])[1]
    return birth_dates("-".join(_padded(first[: 2 if month else 1])), around=around)


def _day(side: "Element | None", name: str) -> tuple[int, ...] | None:
    if side is None:
        return None
    parts = [first_text(side, f"{name}/{part}") for part in ("Year", "Month", "Day")]
    numbers = tuple(int(part) for part in parts if part.isdigit())
    return numbers or None


def _padded(parts: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(str(part).zfill(4 if at == 0 else 2) for at, part in enumerate(parts))
