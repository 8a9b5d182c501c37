"""Where each part of a zone stands, for the five formats.

Sources: ICAO 9303-4 (8th edition, 2021) 4.2.2 for TD3; 9303-5 4.2.2 for TD1; 9303-6 4.2.2 for
TD2; 9303-7 4.2.2 for MRV-A and MRV-B; 9303-3 4.9 for the check digits.
"""

from enum import Enum
from typing import NamedTuple

ORDER = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WEIGHTS = (7, 3, 1)


class Place(NamedTuple):
    """Characters `start` to `end` of one line of the zone, counted from 0."""

    line: int
    start: int
    end: int


class Made(Enum):
    """Which characters a place may hold."""

    LETTERS = "letters"
    DIGITS = "digits"
    ANY = "any"


class Format(NamedTuple):
    """One format of a zone."""

    name: str
    lines: int
    length: int
    codes: str
    """Letters that the first line may begin with."""
    names: Place
    state: Place
    number: Place
    number_check: Place
    nationality: Place
    birth: Place
    birth_check: Place
    sex: Place
    expiry: Place
    expiry_check: Place
    optional: tuple[Place, ...]
    optional_check: Place | None
    composite: tuple[Place, ...]
    """What the composite check digit covers, in order; empty where there is none."""
    composite_check: Place | None

    def made_of(self) -> tuple[tuple[str, Place, Made], ...]:
        """Give each place whose kind of character is laid down, with the field it belongs to."""
        digits = [
            ("document_number", self.number_check),
            ("date_of_birth", self.birth),
            ("date_of_birth", self.birth_check),
            ("expiry_date", self.expiry),
            ("expiry_date", self.expiry_check),
        ]
        if self.optional_check:
            digits.append(("optional", self.optional_check))
        if self.composite_check:
            digits.append(("composite", self.composite_check))
        letters = (
            ("issuing_state", self.state),
            ("nationality", self.nationality),
            ("sex", self.sex),
            ("names", self.names),
        )
        return (
            *((name, place, Made.DIGITS) for name, place in digits),
            *((name, place, Made.LETTERS) for name, place in letters),
        )


def _two_lines(name: str, length: int, codes: str, *, checked: bool) -> Format:
    last = length - 1
    personal = checked and length == 44
    ends = last - 1 if personal else last if checked else length
    total = (Place(1, 0, 10), Place(1, 13, 20), Place(1, 21, last)) if checked else ()
    return Format(
        name, 2, length, codes,
        names=Place(0, 5, length),
        state=Place(0, 2, 5),
        number=Place(1, 0, 9),
        number_check=Place(1, 9, 10),
        nationality=Place(1, 10, 13),
        birth=Place(1, 13, 19),
        birth_check=Place(1, 19, 20),
        sex=Place(1, 20, 21),
        expiry=Place(1, 21, 27),
        expiry_check=Place(1, 27, 28),
        optional=(Place(1, 28, ends),),
        optional_check=Place(1, 42, 43) if personal else None,
        composite=total,
        composite_check=Place(1, last, length) if checked else None,
    )  # fmt: skip


TD3 = _two_lines("TD3", 44, "P", checked=True)
MRV_A = _two_lines("MRV-A", 44, "V", checked=False)
TD2 = _two_lines("TD2", 36, "ACIP", checked=True)
MRV_B = _two_lines("MRV-B", 36, "V", checked=False)
TD1 = Format(
    "TD1", 3, 30, "ACI",
    names=Place(2, 0, 30),
    state=Place(0, 2, 5),
    number=Place(0, 5, 14),
    number_check=Place(0, 14, 15),
    nationality=Place(1, 15, 18),
    birth=Place(1, 0, 6),
    birth_check=Place(1, 6, 7),
    sex=Place(1, 7, 8),
    expiry=Place(1, 8, 14),
    expiry_check=Place(1, 14, 15),
    optional=(Place(0, 15, 30), Place(1, 18, 29)),
    optional_check=None,
    composite=(Place(0, 5, 30), Place(1, 0, 7), Place(1, 8, 15), Place(1, 18, 29)),
    composite_check=Place(1, 29, 30),
)  # fmt: skip
FORMATS = (TD3, MRV_A, TD2, MRV_B, TD1)


def check_digit(text: str) -> str:
    """Give the check digit of a text: weights 7, 3, 1 from the left, modulo 10; `<` counts 0.

    Source: ICAO 9303-3, 4.9.
    """
    values = (0 if char == "<" else ORDER.index(char) for char in text)
    return str(sum(value * _WEIGHTS[i % 3] for i, value in enumerate(values)) % 10)
