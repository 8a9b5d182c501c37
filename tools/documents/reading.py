"""Reading one value of one kind at the start of a text, or wherever a text holds one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tools.documents.prose import fold
from tools.documents.schema import FieldSchema, Kind, Shared
from tools.documents.values import addresses, names
from tools.documents.values.companies import find_companies, legal_form_at_end
from tools.documents.values.countries import find_countries, read_country
from tools.documents.values.dates import Century, DateRules, Order, find_dates, read_date
from tools.documents.values.found_addresses import find_addresses
from tools.documents.values.money import find_amounts, plain, read_amount, read_figure
from tools.documents.values.numbers import find_percents, passes, shown
from tools.documents.values.periods import read_period

_NUMBER = r"(?=[^\n]*\d)[A-Z0-9][A-Z0-9./_-]{2,30}(?: [A-Z0-9./_-]{2,30}){0,5}"
_IBAN = r"[A-Z]{2} ?\d{2}(?: ?[A-Z0-9]){11,30}"
"""ISO 13616: country, check digits, up to 30 letters and digits, in groups or not."""
_A_DAY = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}[./-]\d{2}[./-]\d{2}")
_FEWEST_LETTERS = 2
_LOWER_WORD = re.compile(r"(?<![\w.])[a-z\u00df-\u00ff]{3,}(?![\w.])")
_NAME_WORD = r"(?:(?:['\u2019](?=[ts]\b))?[^\W\d_][\w'\u2019.-]*|&)"
_PERSON = re.compile(rf"{_NAME_WORD}(?:[ ,]+{_NAME_WORD}){{0,6}}")
CAPITALISED = re.compile(
    r"(?:[^\W\d_a-z][\w'\u2019-]*\.?)(?: (?:(?:van|von|de|der|den|del|della|di|da|dos|la|le|el|bin"
    r"|ibn|al|af|ten|ter|['\u2019][ts]) )*(?:[dl]['\u2019])?[^\W\d_a-z][\w'\u2019-]*\.?){1,5}"
)
_LONGEST_TEXT = 200
_KEEPS_POINT = {Kind.NAME, Kind.TEXT}
"""A company's legal form may end in a point."""


@dataclass(frozen=True)
class Rules:
    """What a document's own conventions are, seen from the case's day."""

    today: date
    shared: Shared
    order: Order | None = None
    dollar: str | None = None
    currency: str = ""
    """The only one that the document names."""
    order_sure: bool = True
    """The order of day and month follows from dates or language, not from the country alone."""

    def dates(self, century: Century | None, order: Order | None = None) -> DateRules:
        """Give the rules for one field; a label may state its own order."""
        return DateRules(self.today, order or self.order, century)


class Reading(NamedTuple):
    """Characters `start` to `end` of the text that was read, and what they mean."""

    start: int
    end: int
    normalised: str
    currency: str = ""

    def moved(self, by: int) -> "Reading":
        """Give it with positions of a text that begins so many characters earlier."""
        return self._replace(start=self.start + by, end=self.end + by)


def read_value(
    text: str, field: FieldSchema, rules: Rules, *, order: Order | None = None
) -> Reading | None:
    """Read the value that a cell or the rest of a cell holds; None if it is none of the kind."""
    bare = text.rstrip(" \t\n;,*") if field.kind in _KEEPS_POINT else text.rstrip(" \t\n.;,*")
    bare = bare.removesuffix(".") if bare.endswith("..") else bare
    start = len(bare) - len(bare.lstrip())
    if not bare.strip():
        return None
    if field.kind is Kind.DATE:
        return _date(bare, field, rules.dates(field.century, order))
    if field.kind is Kind.MONEY:
        return _money(bare, field, rules)
    if field.kind is Kind.PERCENT:
        share = next(find_percents(bare, bare=True), None)
        return share and Reading(share.start, share.end, share.value)
    if field.kind is Kind.COUNTRY:
        return _country(bare, start)
    if field.kind is Kind.NUMBER:
        return _number(bare, start, field)
    return _words(bare, start, field, rules)


def _date(text: str, field: FieldSchema, rules: DateRules) -> Reading | None:
    if field.part:
        period = read_period(text, rules)
        if period is None:
            return None
        chosen = period[0] if field.part == "first" else period[1]
        return Reading(chosen.start, chosen.end, chosen.day.isoformat())
    found = read_date(text, rules)
    return found and Reading(found.start, found.end, found.day.isoformat())


def _money(text: str, field: FieldSchema, rules: Rules) -> Reading | None:
    if not (field.bare or field.signed):
        hit = read_amount(text, dollar=rules.dollar)
        return hit and Reading(hit.start, hit.end, plain(hit.money.amount), hit.money.currency)
    figure = read_figure(text, dollar=rules.dollar, signed=field.signed)
    if figure is None or not (figure.currency or field.bare):
        return None
    currency = figure.currency or rules.currency
    return Reading(figure.start, figure.end, plain(figure.amount), currency)


def find_values(text: str, field: FieldSchema, rules: Rules) -> Iterator[Reading]:
    """Give every value of a kind with a form of its own; names and free text have none."""
    if field.kind is Kind.DATE:
        for found in find_dates(text, rules.dates(field.century)):
            yield Reading(found.start, found.end, found.day.isoformat())
    elif field.kind is Kind.MONEY:
        for hit in find_amounts(text, dollar=rules.dollar):
            yield Reading(hit.start, hit.end, plain(hit.money.amount), hit.money.currency)
    elif field.kind is Kind.PERCENT:
        for share in find_percents(text):
            yield Reading(share.start, share.end, share.value)
    elif field.kind is Kind.COUNTRY:
        for country in find_countries(text):
            yield Reading(country.start, country.end, country.code)


def is_name(text: str, shared: Shared, *, company: bool = False) -> bool:
    """Tell whether a text can be a name: words only, none of which never stands in one."""
    bare = names.tidy(text)
    if not bare or len(bare) > 120:
        return False
    if company:
        return any(char.isalpha() for char in bare) and len(bare.split()) <= 12
    words = set(re.findall(r"\w+", fold(bare)))
    forbidden = set(shared.not_in_names)
    return bool(_PERSON.fullmatch(bare)) and not words & forbidden


def capitalised_name(text: str, shared: Shared) -> Reading | None:
    """Read the name, of at least two capitalised words, that a text begins with."""
    lead = re.match(r"\s*(?:(?:[A-Z][a-z]{1,4}|[A-Z]{2,3})\.?\s+)?", text)
    starts = {0, lead.end() if lead and _is_title(lead[0], shared) else 0}
    for start in sorted(starts, reverse=True):
        match = CAPITALISED.match(text, start + len(text[start:]) - len(text[start:].lstrip()))
        if match and is_name(match[0], shared):
            name = match[0].rstrip(".")
            return Reading(match.start(), match.start() + len(name), names.tidy(name))
    return None


def whole_name(text: str, shared: Shared) -> Reading | None:
    """Read the name that a text is, but for blanks, commas and points behind it."""
    name = capitalised_name(text, shared)
    return name if name is not None and name.end >= len(text.rstrip(" .,")) else None


def _is_title(text: str, shared: Shared) -> bool:
    return fold(text).strip(" .") in shared.titles


def _country(text: str, start: int) -> Reading | None:
    code = read_country(text)
    end = len(text)
    if code is None:
        head = re.match(r"[^,/()\t\n]+", text[start:])
        code = read_country(head[0]) if head else None
        end = start + len(head[0].rstrip()) if head else end
    return None if code is None else Reading(start, end, code)


def _number(text: str, start: int, field: FieldSchema) -> Reading | None:
    pattern = _IBAN if field.check == "iban" else field.pattern or _NUMBER
    match = re.compile(pattern, re.IGNORECASE).match(text, start)
    if match is None or (match.end() < len(text) and text[match.end()] not in " \t\n(,;/"):
        return None
    if not any(char.isdigit() for char in match[0]):
        return None
    value = match[0].rstrip(" -/.")
    if _A_DAY.fullmatch(value):
        return None
    if field.check and not passes(field.check, value):
        return None
    return Reading(start, start + len(value), shown(value))


def _in_sentence(text: str, field: FieldSchema) -> Reading | None:
    """Read the one address or company that a sentence names, where the text is a sentence."""
    if field.kind is Kind.ADDRESS:
        found = [(hit.start, hit.end) for hit in find_addresses(text)]
    elif field.company:
        found = [(hit.start, hit.end) for hit in find_companies(text)]
    else:
        return None
    if len(found) != 1 or not _LOWER_WORD.search(text[: found[0][0]]):
        return None
    start, end = found[0]
    return Reading(start, end, " ".join(text[start:end].split()))


def _words(text: str, start: int, field: FieldSchema, rules: Rules) -> Reading | None:
    if (named := _in_sentence(text, field)) is not None:
        return named
    if field.kind is Kind.NAME:
        if not is_name(text, rules.shared, company=field.company):
            return None
        return Reading(start, len(text), names.tidy(text))
    if field.kind is Kind.ADDRESS:
        line = addresses.tidy(text)
        told = any(c.isdigit() for c in line) and sum(c.isalpha() for c in line) >= 4
        return Reading(start, len(text), line) if told and len(line) <= _LONGEST_TEXT else None
    if text.endswith(".") and not legal_form_at_end(text):
        text = text.rstrip(" .")
    value = " ".join(text.split())
    if len(value) > _LONGEST_TEXT or not any(char.isalnum() for char in value):
        return None
    if not field.pattern and sum(char.isalpha() for char in value) < _FEWEST_LETTERS:
        # The number of a section.
        return None
    if field.pattern and not re.fullmatch(field.pattern, value, re.IGNORECASE):
        return None
    if field.origin and rules.shared.payment_pattern.search(fold(value)):
        return None
    return Reading(start, len(text), value)
