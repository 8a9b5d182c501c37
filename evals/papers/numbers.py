"""Invented numbers with right check digits, and machine readable zones.

Sources: ICAO 9303-3 section 4.9 (check digits), 9303-4 (TD3), 9303-5 (TD1), 9303-6 (TD2); ISO 13616
(IBAN); ISO 17442 (LEI).
"""

import unicodedata
from dataclasses import dataclass
from datetime import date
from random import Random  # noqa: TID251 - only the type; the seeded instance is an argument

_ORDER = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LETTERS = "ACEFGHJKLMNPRTVWXYZ"
_SPELLED = str.maketrans(
    {"Ä": "AE", "Ö": "OE", "Ü": "UE", "ß": "SS", "Ø": "OE", "Å": "AA", "Æ": "AE", "Ł": "L",
     "'": "", ".": "", ",": ""}
)  # fmt: skip
_DOCUMENT = {
    "GB": "999999999", "IE": "AA9999999", "US": "999999999", "DE": "CNNNNNNNN", "AT": "A9999999",
    "CH": "A9999999", "FR": "99AA99999", "BE": "AA999999", "ES": "AAA999999", "IT": "AA9999999",
    "NL": "AANNNNNN9", "PT": "AA999999", "PL": "AA9999999",
}  # fmt: skip
_BANK = {
    "GB": "AAAA99999999999999", "IE": "AAAA99999999999999", "DE": "999999999999999999",
    "AT": "9999999999999999", "CH": "99999999999999999", "FR": "99999999999999999999999",
    "BE": "999999999999", "ES": "99999999999999999999", "IT": "A9999999999999999999999",
    "NL": "AAAA9999999999", "PT": "999999999999999999999", "PL": "999999999999999999999999",
}  # fmt: skip
_COMPANY = {
    "GB": "0{0:07d}", "IE": "{0:06d}", "US": "7{0:06d}", "DE": "HRB {0:05d}", "AT": "FN {0:06d}k",
    "CH": "CHE-{0:09d}", "FR": "{0:09d}", "BE": "0{0:09d}", "ES": "B{0:08d}", "IT": "MI-{0:07d}",
    "NL": "{0:08d}", "PT": "5{0:08d}", "PL": "0000{0:06d}",
}  # fmt: skip


def shaped(rng: Random, shape: str) -> str:
    """Fill a shape: `9` a digit, `A` a letter, `N` either, other signs stay."""
    parts = {"9": "0123456789", "A": _LETTERS, "N": _LETTERS + "0123456789"}
    return "".join(rng.choice(parts[sign]) if sign in parts else sign for sign in shape)


def document_number(rng: Random, country: str) -> str:
    """Make a number for a passport or card."""
    number = shaped(rng, _DOCUMENT[country])
    return number if any(c.isdigit() for c in number[1:]) else f"{number[:-1]}4"


def iban(rng: Random, country: str) -> str:
    """Make an IBAN with right check digits, national ones included where the library knows them."""
    from stdnum import iban as checked

    while True:
        number = country + "00" + shaped(rng, _BANK[country])
        number = country + checked.calc_check_digits(number) + number[4:]
        if _national(country, number):
            return number


def _national(country: str, number: str) -> bool:
    from stdnum import iban as checked

    return country not in {"BE", "ES"} or bool(checked.is_valid(number))


def spaced(number: str, step: int = 4) -> str:
    """Print a number in groups."""
    return " ".join(number[i : i + step] for i in range(0, len(number), step))


def company_number(rng: Random, country: str) -> str:
    """Make a number as the country's register prints them."""
    shape = _COMPANY[country]
    digits = int(shape.split(":0")[1].split("d")[0])
    return shape.format(rng.randint(10 ** (digits - 1), 10**digits - 1))


def lei(rng: Random) -> str:
    """Make a Legal Entity Identifier with right check digits."""
    from stdnum.iso7064 import mod_97_10

    body = shaped(rng, "999900NNNNNNNNNNNN")
    return body + str(mod_97_10.calc_check_digits(body))


def check_digit(text: str) -> str:
    """Give the check digit of part of a zone: weights 7, 3, 1, modulo 10."""
    values = (0 if char == "<" else _ORDER.index(char) for char in text)
    return str(sum(value * (7, 3, 1)[i % 3] for i, value in enumerate(values)) % 10)


def zone_name(surname: str, given: str, width: int) -> str:
    """Write a name as zones do: ASCII, fillers for blanks, cut to the width."""
    parts = []
    for name in (surname, given):
        upper = name.upper().translate(_SPELLED)
        plain = unicodedata.normalize("NFKD", upper).encode("ascii", "ignore").decode()
        parts.append(plain.replace("-", "<").replace(" ", "<"))
    return "<<".join(parts).ljust(width, "<")[:width]


@dataclass(frozen=True)
class ZoneText:
    """What a zone says."""

    kind: str
    """`P`, `I` or `V`."""
    state: str
    nationality: str
    surname: str
    given: str
    number: str
    born: date
    sex: str
    expires: date


def _checked(text: str) -> str:
    return text + check_digit(text)


def td3(zone: ZoneText) -> tuple[str, ...]:
    """Make the two lines of a passport."""
    number, born, expires = _parts(zone)
    personal = _checked("<" * 14)
    first = f"{zone.kind}<{zone.state:<<3}" + zone_name(zone.surname, zone.given, 39)
    composite = check_digit(number + born + expires + personal)
    return first, f"{number}{zone.nationality:<<3}{born}{zone.sex}{expires}{personal}{composite}"


def td2(zone: ZoneText) -> tuple[str, ...]:
    """Make the two lines of a large card."""
    number, born, expires = _parts(zone)
    first = f"{zone.kind}<{zone.state:<<3}" + zone_name(zone.surname, zone.given, 31)
    rest = "<" * 7
    composite = check_digit(number + born + expires + rest)
    return first, f"{number}{zone.nationality:<<3}{born}{zone.sex}{expires}{rest}{composite}"


def td1(zone: ZoneText) -> tuple[str, ...]:
    """Make the three lines of a card."""
    number, born, expires = _parts(zone)
    first = f"{zone.kind}<{zone.state:<<3}{number}" + "<" * 15
    composite = check_digit(first[5:] + born + expires + "<" * 11)
    second = f"{born}{zone.sex}{expires}{zone.nationality:<<3}" + "<" * 11 + composite
    return first, second, zone_name(zone.surname, zone.given, 30)


def _parts(zone: ZoneText) -> tuple[str, str, str]:
    return (
        _checked(zone.number.ljust(9, "<")),
        _checked(zone.born.strftime("%y%m%d")),
        _checked(zone.expires.strftime("%y%m%d")),
    )
