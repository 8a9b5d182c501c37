"""How the value of a role is written, and read back: one form for each output style."""

import functools
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from casegate.model.fact import RoleType, RoleValue
from casegate.model.narrative import OutputKind

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_CODE = re.compile(r"[a-z]+(?:_[a-z0-9]+)+")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_MONTH_LIST = re.compile(r"(?:0?[1-9]|1[0-2])(?:,\s*(?:0?[1-9]|1[0-2]))*")
_LONG_DATE = re.compile(rf"({'|'.join(MONTHS)}) (\d{{1,2}}), (\d{{4}})")
_MONEY = re.compile(r"(?:\$|([A-Z]{3}) )(-?\d[\d,]*\.\d{2})")
_DURATION = re.compile(r"([\d,]+) (day|hour|month)s?")
_COUNTRY_CODE = re.compile(r"[A-Z]{2}")


class Style(StrEnum):
    """How dates are written: FinCEN filings in words, everything else in ISO 8601."""

    LONG = "long"
    ISO = "iso"


def style_of(output: OutputKind) -> Style:
    """Give the style of a kind of text."""
    return Style.LONG if output is OutputKind.SAR_NARRATIVE else Style.ISO


def show(value: RoleValue, style: Style) -> str:
    """Write a role's value as a narrative has it.

    Words of a source keep their letters; white space and control characters become one blank,
    codes such as `cash_structuring` lose their underscores, a country code becomes a name.
    """
    if value.type in _WRITERS:
        return _WRITERS[value.type](value, style)
    return plain(value.value)


def read(text: str, kind: RoleType, style: Style) -> RoleValue | None:
    """Read back what `show` wrote; None for anything else.

    Names, accounts, places and words come back as written, without their codes.
    """
    try:
        return _READERS[kind](text, style) if kind in _READERS else RoleValue(type=kind, value=text)
    except (ValueError, InvalidOperation):
        return None


def plain(text: str) -> str:
    """Turn every run of blanks and control characters into one blank."""
    if text.isprintable():
        return " ".join(text.split())
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


@functools.cache
def country_name(value: str) -> str:
    """Name the country of an ISO 3166-1 alpha-2 code; any other text stays as it is."""
    if not _COUNTRY_CODE.fullmatch(value):
        return value
    from rigour.territories import get_territory

    territory = get_territory(value.lower())
    return territory.name if territory is not None else value


def long_date(day: date) -> str:
    """Write a day as `March 4, 2026`."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year:04d}"


def _money(value: RoleValue, _: Style) -> str:
    sign = "$" if value.unit == "USD" else f"{value.unit} "
    return f"{sign}{Decimal(value.value):,.2f}"


def _date(iso: str, style: Style) -> str:
    day = date.fromisoformat(iso)
    return long_date(day) if style is Style.LONG else day.isoformat()


def _span(value: RoleValue, style: Style) -> str:
    first, last = value.value.split("/")
    return f"{_date(first, style)} to {_date(last, style)}"


def _duration(value: RoleValue, _: Style) -> str:
    number = int(value.value)
    return f"{number:,} {value.unit.removesuffix('s')}{'' if number == 1 else 's'}"


def _words(text: str) -> str:
    if found := _MONTH.fullmatch(text):
        return f"{MONTHS[int(found[2]) - 1]} {found[1]}"
    if _MONTH_LIST.fullmatch(text):
        names = [MONTHS[int(number) - 1] for number in text.split(",")]
        return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    return text.replace("_", " ") if _CODE.fullmatch(text) else text


def _read_money(text: str, _: Style) -> RoleValue | None:
    found = _MONEY.fullmatch(text)
    if found is None:
        return None
    amount = Decimal(found[2].replace(",", ""))
    return RoleValue(type=RoleType.MONEY, value=f"{amount:.2f}", unit=found[1] or "USD")


def _read_day(text: str, style: Style) -> str:
    if style is Style.ISO:
        return date.fromisoformat(text).isoformat()
    found = _LONG_DATE.fullmatch(text)
    if found is None:
        raise ValueError("not a day in words")
    return date(int(found[3]), MONTHS.index(found[1]) + 1, int(found[2])).isoformat()


def _read_date(text: str, style: Style) -> RoleValue | None:
    return RoleValue(type=RoleType.DATE, value=_read_day(text, style))


def _read_span(text: str, style: Style) -> RoleValue | None:
    first, _, last = text.partition(" to ")
    both = f"{_read_day(first, style)}/{_read_day(last, style)}"
    return RoleValue(type=RoleType.SPAN, value=both)


def _read_count(text: str, _: Style) -> RoleValue | None:
    return RoleValue(type=RoleType.COUNT, value=str(int(text.replace(",", ""))))


def _read_percent(text: str, _: Style) -> RoleValue | None:
    number = text.removesuffix(" percent")
    Decimal(number)
    return RoleValue(type=RoleType.PERCENT, value=number) if number != text else None


def _read_multiple(text: str, _: Style) -> RoleValue | None:
    number = text.removesuffix(" times")
    Decimal(number)
    return RoleValue(type=RoleType.MULTIPLE, value=number) if number != text else None


def _read_duration(text: str, _: Style) -> RoleValue | None:
    found = _DURATION.fullmatch(text)
    if found is None:
        return None
    number = found[1].replace(",", "")
    return RoleValue(type=RoleType.DURATION, value=number, unit=f"{found[2]}s")


_READERS: dict[RoleType, Callable[[str, Style], RoleValue | None]] = {
    RoleType.MONEY: _read_money,
    RoleType.DATE: _read_date,
    RoleType.SPAN: _read_span,
    RoleType.COUNT: _read_count,
    RoleType.PERCENT: _read_percent,
    RoleType.MULTIPLE: _read_multiple,
    RoleType.DURATION: _read_duration,
}

_WRITERS: dict[RoleType, Callable[[RoleValue, Style], str]] = {
    RoleType.MONEY: _money,
    RoleType.DATE: lambda v, style: _date(v.value, style),
    RoleType.SPAN: _span,
    RoleType.COUNT: lambda v, _: f"{int(v.value):,}",
    RoleType.PERCENT: lambda v, _: f"{v.value} percent",
    RoleType.MULTIPLE: lambda v, _: f"{v.value} times",
    RoleType.DURATION: _duration,
    RoleType.PLACE: lambda v, _: country_name(plain(v.value)),
    RoleType.TEXT: lambda v, _: _words(plain(v.value)),
}

_CHANNELS = {"ach": "ACH", "wire": "wire transfer", "internal": "internal transfer",
             "other": "another channel"}  # fmt: skip


def show_role(role: str, value: RoleValue, style: Style) -> str:
    """Write the value of a named role; the channel codes of transactions become words."""
    if role == "channel":
        return _CHANNELS.get(value.value, show(value, style))
    return show(value, style)
