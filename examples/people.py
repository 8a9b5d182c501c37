"""Fictional people and places: every name, number and address is invented."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random  # noqa: TID251 - only the type; the seeded instance is an argument

GIVEN = (
    ("Maribel", "F"), ("Odette", "F"), ("Tamsin", "F"), ("Petra", "F"), ("Linnea", "F"),
    ("Rosalind", "F"), ("Ingrid", "F"), ("Corinne", "F"), ("Edwin", "M"), ("Lucas", "M"),
    ("Anselm", "M"), ("Rowan", "M"), ("Gareth", "M"), ("Tobias", "M"), ("Fergus", "M"),
    ("Clement", "M"),
)  # fmt: skip
MIDDLE = ("Ann", "Joy", "Lee", "Blair", "Quinn", "Dale", "Sage", "Wren")
SURNAMES = (
    "Tennerby", "Harrowgate", "Lindqvale", "Ashcombe", "Pellwright", "Marlowick", "Thistlewood",
    "Brackenridge", "Winterbourne", "Osterfeld", "Quillfeather", "Fairhollow", "Dunmoreland",
    "Stellerby", "Kestrelford", "Applegarth", "Norrowby", "Holmquist-Vane",
)  # fmt: skip
STREETS = (
    "Harbour Street", "Lantern Lane", "Orchard Row", "Millrace Road", "Gull Terrace",
    "Copperfield Avenue", "Saltmarsh Drive", "Foundry Street",
)  # fmt: skip
TOWNS = (
    ("Port Ellery", "ME", "04699"), ("Quincemere", "OH", "44599"), ("Lake Verity", "MN", "55899"),
    ("Marrow Bay", "OR", "97199"), ("Alder Notch", "VT", "05799"), ("Tallow Creek", "NC", "27599"),
)  # fmt: skip
OCCUPATIONS = (
    "dental hygienist", "school librarian", "surveyor", "piano teacher", "electrician",
    "physiotherapist", "software tester", "pastry chef",
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """A person as all papers of one bundle agree on."""

    given: str
    surname: str
    sex: str
    born: date
    birthplace: str
    street: str
    town: str
    nationality: str
    """ISO 3166-1 alpha-2."""
    country_name: str
    country_code: str
    """ICAO 9303 three-letter code."""
    passport: str
    issued: date
    expires: date
    occupation: str

    @property
    def name(self) -> str:
        """Given names, then surname."""
        return f"{self.given} {self.surname}"

    @property
    def address(self) -> str:
        """The address on one line."""
        return f"{self.street}, {self.town}"


def a_date(rng: Random, first: date, last: date) -> date:
    """Pick a day between `first` and `last`, both included."""
    return first + timedelta(days=rng.randint(0, (last - first).days))


def address(rng: Random) -> tuple[str, str]:
    """Make a street line and a town line."""
    town, state, code = rng.choice(TOWNS)
    return f"{rng.randint(3, 188)} {rng.choice(STREETS)}", f"{town}, {state} {code}"


def person(rng: Random, *, not_named: tuple[str, ...] = ()) -> Person:
    """Make a person of the United States; `not_named` are surnames already taken."""
    given, sex = rng.choice(GIVEN)
    street, town = address(rng)
    issued = a_date(rng, date(2021, 2, 1), date(2025, 10, 31))
    return Person(
        given=f"{given} {rng.choice(MIDDLE)}",
        surname=rng.choice([s for s in SURNAMES if s not in not_named]),
        sex=sex,
        born=a_date(rng, date(1958, 1, 1), date(1990, 12, 31)),
        birthplace=rng.choice(TOWNS)[0],
        street=street,
        town=town,
        nationality="US",
        country_name="United States of America",
        country_code="USA",
        passport=f"{rng.choice('ABCDEHJK')}{rng.randint(10_000_000, 99_999_999)}",
        issued=issued,
        expires=issued.replace(year=issued.year + 10, day=min(issued.day, 28)),
        occupation=rng.choice(OCCUPATIONS),
    )


def account_number(rng: Random) -> str:
    """Make a ten-digit account number; the prefix 990 marks it as invented."""
    return f"990{rng.randint(1_000_000, 9_999_999)}"
