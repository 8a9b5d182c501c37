"""Fictional people and companies, as every paper about them agrees on."""

from dataclasses import dataclass
from datetime import date, timedelta

from evals.papers.numbers import company_number, document_number
from evals.papers.setting import TODAY, Setting


@dataclass(frozen=True)
class Person:
    """A person."""

    given: str
    surname: str
    sex: str
    born: date
    birthplace: str
    address: str
    town: str
    country: str
    number: str
    issued: date
    expires: date

    @property
    def name(self) -> str:
        """Given names, then surname."""
        return f"{self.given} {self.surname}"


@dataclass(frozen=True)
class Company:
    """A company."""

    name: str
    number: str
    founded: date
    address: str
    country: str


def a_day(setting: Setting, first: date, last: date) -> date:
    """Choose a day between two, both included."""
    return first + timedelta(days=setting.rng.randint(0, (last - first).days))


def an_address(setting: Setting) -> tuple[str, str]:
    """Make an address on one line, and its town."""
    rng = setting.rng
    town, _, code = setting.pick("towns").partition(";")
    address = rng.choice(setting.country["address"]).format(
        n=rng.randint(2, 188), f=rng.randint(1, 9), street=setting.pick("streets"),
        town=town, code=code, p="RM" if setting.code == "IT" else "",
    )  # fmt: skip
    return address, town


def a_person(setting: Setting) -> Person:
    """Make a person of the setting's country."""
    sex = setting.rng.choice("FM")
    address, town = an_address(setting)
    issued = a_day(setting, date(2019, 1, 10), date(2026, 6, 30))
    years = 10 if issued.year > 2016 else 5
    return Person(
        given=setting.pick("women" if sex == "F" else "men"),
        surname=setting.pick("surnames"),
        sex=sex,
        born=a_day(setting, date(1948, 1, 1), date(2006, 12, 31)),
        birthplace=setting.pick("towns").partition(";")[0].partition(",")[0],
        address=address,
        town=town.partition(",")[0],
        country=setting.code,
        number=document_number(setting.rng, setting.code),
        issued=issued,
        expires=issued.replace(year=issued.year + years, day=min(issued.day, 28)),
    )


def a_company(setting: Setting) -> Company:
    """Make a company of the setting's country."""
    return Company(
        name=setting.pick("firms"),
        number=company_number(setting.rng, setting.code),
        founded=a_day(setting, date(1994, 2, 1), TODAY - timedelta(days=400)),
        address=an_address(setting)[0],
        country=setting.code,
    )
