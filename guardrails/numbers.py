"""The dated numbers of policy, per jurisdiction: `guardrails/policy/<jurisdiction>.yaml`.

A file holds `jurisdiction`, `currency` and a list of entries, each with `key`, `value`,
`effective_from`, `effective_to`, `source` and `confidence`. Keys are declared here, with their
type; an entry with an unknown key, or two entries of one key in force on one day, is refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal, Protocol

import yaml
from pydantic import Field, ValidationError

from casegate.errors import RulesInvalid
from casegate.model.base import Country, Currency, Record

FOLDER = Path(__file__).with_name("policy")


class NumberType(StrEnum):
    """What a policy entry holds."""

    WHOLE = "whole number"
    MONEY = "money"
    """Plain decimal in the file's currency; conditions see minor units."""
    NAMES = "names"


@dataclass(frozen=True)
class Declared:
    """One key that a policy file may hold."""

    key: str
    type: NumberType
    meaning: str


_W, _M, _N = NumberType.WHOLE, NumberType.MONEY, NumberType.NAMES

DECLARED: tuple[Declared, ...] = (
    Declared("list_max_age_days", _W, "age of a loaded list above which screening is stale"),
    Declared("sar_threshold", _M, "aggregate from which suspicious activity must be reported"),
    Declared("sar_deadline_days", _W, "days from detection to filing, subject identified"),
    Declared("sar_deadline_no_subject_days", _W, "the same when no subject is identified"),
    Declared("ctr_threshold", _M, "cash in or out of one person in one day that is reported"),
    Declared("ctr_deadline_days", _W, "days from a reportable cash transaction to its report"),
    Declared("identity_attributes", _N, "attributes that identify a person"),
    Declared("entity_identity_attributes", _N, "attributes that identify a company"),
    Declared("decision_bearing_fields", _N, "fields of documents that decisions rest on"),
    Declared("mandatory_evidence_kyc_person", _N, "evidence kinds such a case must have"),
    Declared("mandatory_evidence_kyc_entity", _N, "evidence kinds such a case must have"),
    Declared("mandatory_evidence_aml_alert", _N, "evidence kinds such a case must have"),
    Declared("mandatory_evidence_screening_alert", _N, "evidence kinds such a case must have"),
    Declared("amount_typologies", _N, "typologies that rest on amounts near a threshold alone"),
    Declared("evasion_predicates", _N, "facts that point to evasion beside such amounts"),
    Declared("evasion_places", _W, "places of such deposits from which they point to evasion"),
)

BY_KEY: Mapping[str, Declared] = {declared.key: declared for declared in DECLARED}


class Entry(Record):
    """One dated value with its source."""

    key: str
    value: int | str | tuple[str, ...]
    effective_from: date
    effective_to: date | None = None
    source: str = Field(min_length=1)
    confidence: Literal["verified", "from_memory"]
    note: str = ""

    def in_force(self, at: date) -> bool:
        """Tell whether the entry holds on a day; both ends are included."""
        return self.effective_from <= at and (self.effective_to is None or at <= self.effective_to)


class PolicyFile(Record):
    """A policy file as it stands on disk."""

    jurisdiction: Country
    currency: Currency
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Numbers:
    """The values in force in one jurisdiction on one day; a key without a value is absent."""

    currency: str | None
    values: Mapping[str, int | Decimal | tuple[str, ...]]

    def whole(self, key: str) -> int | None:
        """Give a whole number, None when no policy says it."""
        value = self.values.get(key)
        return value if isinstance(value, int) else None

    def money(self, key: str) -> Decimal | None:
        """Give an amount in `currency`, None when no policy says it."""
        value = self.values.get(key)
        return value if isinstance(value, Decimal) else None

    def names(self, key: str) -> tuple[str, ...] | None:
        """Give a list of names, None when no policy says it."""
        value = self.values.get(key)
        return value if isinstance(value, tuple) else None


@dataclass(frozen=True)
class Policy:
    """All policy files of an installation."""

    files: Mapping[str, PolicyFile]
    overrides: Mapping[str, int]
    """Whole numbers that this installation sets otherwise, in every known jurisdiction."""

    def at(self, jurisdiction: str, day: date) -> Numbers:
        """Give the numbers in force; an unknown jurisdiction has none, so its cases are held."""
        file = self.files.get(jurisdiction)
        if file is None:
            return Numbers(None, {})
        values = {e.key: typed(e) for e in file.entries if e.in_force(day)}
        return Numbers(file.currency, {**values, **self.overrides})


def typed(entry: Entry) -> int | Decimal | tuple[str, ...]:
    """Read an entry's value as its key declares it.

    Raises:
        ValueError: unknown key, or a value of another type.
    """
    declared = BY_KEY.get(entry.key)
    if declared is None:
        raise ValueError(f"`{entry.key}` is not declared; known are {sorted(BY_KEY)}")
    if declared.type is _W and isinstance(entry.value, int) and entry.value >= 0:
        return entry.value
    if declared.type is _N and isinstance(entry.value, tuple):
        return entry.value
    if declared.type is _M and isinstance(entry.value, str):
        try:
            return Decimal(entry.value)
        except ArithmeticError:
            pass
    raise ValueError(f"`{entry.key}` must be {declared.type}, got {type(entry.value).__name__}")


def read_policy(folder: Path = FOLDER) -> tuple[dict[str, PolicyFile], list[str]]:
    """Read every policy file; gives them by jurisdiction, and all problems found."""
    files: dict[str, PolicyFile] = {}
    problems: list[str] = []
    for path in sorted(folder.glob("??.yaml")):
        try:
            file = PolicyFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        except (OSError, yaml.YAMLError) as bad:
            problems.append(f"{path.name}: can't be read: {type(bad).__name__}")
            continue
        except ValidationError as bad:
            problems += [f"{path.name}: {line}" for line in _lines(bad)]
            continue
        problems += [f"{path.name}: {line}" for line in _problems(file.entries)]
        if file.jurisdiction in files:
            problems.append(f"{path.name}: a second file for {file.jurisdiction}")
        files[file.jurisdiction] = file
    return files, problems


def _problems(entries: Sequence[Entry]) -> list[str]:
    found = []
    for number, entry in enumerate(entries):
        try:
            typed(entry)
        except ValueError as bad:
            found.append(str(bad))
        if entry.effective_to is not None and entry.effective_to < entry.effective_from:
            found.append(f"`{entry.key}` ends before it begins")
        found += [
            f"`{entry.key}` has two values that overlap, from {entry.effective_from} and from "
            f"{other.effective_from}"
            for other in entries[number + 1 :]
            if other.key == entry.key and overlap(entry, other)
        ]
    return found


class Dated(Protocol):
    """Anything with a first and, mostly, an open last day."""

    @property
    def effective_from(self) -> date: ...
    @property
    def effective_to(self) -> date | None: ...


def overlap(first: Dated, second: Dated) -> bool:
    """Tell whether two dated things are ever in force on one day; both ends are included."""
    return first.effective_from <= (second.effective_to or date.max) and second.effective_from <= (
        first.effective_to or date.max
    )


def _lines(bad: ValidationError) -> list[str]:
    return [
        f"`{'.'.join(map(str, e['loc']))}`: {e['msg']}"
        for e in bad.errors(include_input=False, include_url=False)
    ]


def minor(amount: Decimal) -> int:
    """Give an amount in minor units (cents), rounded up so that it never is too low."""
    return int((amount * 100).to_integral_value(ROUND_CEILING))


@cache
def _shipped(folder: Path) -> Policy:
    files, problems = read_policy(folder)
    if problems:
        raise RulesInvalid("; ".join(problems))
    return Policy(files, {})


def numbers_at(jurisdiction: str, day: date, folder: Path = FOLDER) -> Numbers:
    """Give the numbers of a jurisdiction on a day, read once a process.

    Raises:
        RulesInvalid: names every problem of every policy file.
    """
    return _shipped(folder).at(jurisdiction, day)
