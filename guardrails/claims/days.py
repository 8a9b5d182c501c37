"""Days, months, years and spans in the forms that people write."""

import functools
import re
from collections.abc import Iterator
from datetime import date

from casegate.model.narrative import ClaimKind
from casegate.narrative.format import MONTHS
from guardrails.claims.mention import Form, Hint, Mention, Reading

_SHORT = {name[:3].casefold(): n for n, name in enumerate(MONTHS, start=1)}
_MONTH = "(?:" + "|".join(MONTHS) + r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d)"
_YEAR = r"(?:19|20)\d\d(?!\d)"
_WEEKDAY = r"(?:(?P<weekday>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+(?:the\s+)?)?"
_TO = r"\s*(?:-|to|through|thru|until|till|and)\s*"
_WEEKDAYS = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")
_CUE = r"\b(?:in|of|during|since|from|to|until|through|for|and|early|mid|late|between|by|year)"


_NAMED = re.compile("Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec", re.IGNORECASE)
_WITHOUT_DIGITS = frozenset({"month_alone"})
_WITHOUT_NAMES = frozenset({"iso_range", "iso", "numeric", "iso_month", "year"})


@functools.cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
        return re.compile(pattern, flags)

    return (
        ("iso_range", compiled(
            rf"(?<![\d-])(?P<a>{_YEAR}-\d\d-\d\d)\s*(?:/|to|-|until|through)\s*"
            rf"(?P<b>{_YEAR}-\d\d-\d\d)(?![\d-])")),
        ("iso", compiled(
            rf"{_WEEKDAY}(?<![\d-])(?P<y>{_YEAR})(?P<s>[-/.])(?P<m>\d\d?)(?P=s)(?P<d>\d\d?)"
            rf"(?![\d-])")),
        ("month_range", compiled(
            rf"\b(?P<m>{_MONTH})\s+(?P<d>{_DAY}){_TO}(?P<d2>{_DAY})(?:,?\s+(?P<y>{_YEAR}))?",
            re.IGNORECASE)),
        ("day_range", compiled(
            rf"(?<![\d.,$])\b(?P<d>{_DAY}){_TO}(?P<d2>{_DAY})\s+(?:of\s+)?(?P<m>{_MONTH})"
            rf"(?:,?\s+(?P<y>{_YEAR}))?")),
        ("long", compiled(
            rf"{_WEEKDAY}\b(?P<m>{_MONTH})\s+(?:the\s+)?(?P<d>{_DAY})(?:,?\s+(?P<y>{_YEAR}))?",
            re.IGNORECASE)),
        ("day_first", compiled(
            rf"{_WEEKDAY}(?<![\d.,$])\b(?P<d>{_DAY})(?:\s+(?:day\s+)?of\s+|\s+|-)(?P<m>{_MONTH})"
            rf"(?:(?:,?\s+|-)(?P<y>{_YEAR}))?")),
        ("numeric", compiled(
            r"(?<![\d./-])(?P<a>\d\d?)(?P<s>[/.-])(?P<b>\d\d?)(?P=s)(?P<y>(?:19|20)?\d\d)"
            r"(?![\d/-])(?!\.\d)")),
        ("month", compiled(
            rf"\b(?P<m>{_MONTH})(?:,?\s+(?:of\s+)?|\s*-\s*)(?P<y>{_YEAR})", re.IGNORECASE)),
        ("iso_month", compiled(rf"(?<![\d-])(?P<y>{_YEAR})-(?P<m>0[1-9]|1[0-2])(?![\d-])")),
        ("month_alone", compiled(
            rf"(?:(?<=\bin )|(?<=\bof )|(?<=\bsince )|(?<=\bduring )|(?<=\bfor )|(?<=\bfrom )"
            rf"|(?<=\bto )|(?<=\band )|(?<=\bearly )|(?<=\blate )|(?<=\bmid-))"
            rf"(?P<m>{_MONTH})(?!\s+\d)")),
        ("year", compiled(rf"{_CUE}\s+(?P<y>{_YEAR})(?![\d,.-]*\d)", re.IGNORECASE)),
    )  # fmt: skip


def find_days(text: str, *, month_first: bool) -> Iterator[Mention]:
    """Find every day, month and year; what was found is blotted out for the later forms.

    `month_first` says how `03/04/2026` is read: in the United States March 4, elsewhere April 3.
    """
    digits, months = any(c.isdigit() for c in text), bool(_NAMED.search(text))
    for name, form in _forms():
        if not (digits or name in _WITHOUT_DIGITS) or not (months or name in _WITHOUT_NAMES):
            continue
        for found in list(form.finditer(text)):
            yield from _read(name, found, month_first=month_first)
            start = found.start("y") if name == "year" else found.start()
            text = text[:start] + "\0" * (found.end() - start) + text[found.end() :]


def _read(name: str, found: re.Match[str], *, month_first: bool) -> Iterator[Mention]:
    part = found.groupdict()
    match name:
        case "iso_range":
            yield _mention(found.start("a"), part["a"], _ymd(*part["a"].split("-")), Hint.START)
            yield _mention(found.start("b"), part["b"], _ymd(*part["b"].split("-")), Hint.END)
        case "month_range" | "day_range":
            month = _month_number(part["m"])
            first = f"{part['m']} {part['d']}" if name == "month_range" else part["d"]
            end = found.end()
            begin = found.start()
            yield _mention(begin, first, _partial(part["y"], month, part["d"]), Hint.START)
            second = found.string[found.start("d2") : end]
            yield _mention(
                found.start("d2"), second, _partial(part["y"], month, part["d2"]), Hint.END
            )
        case "month" | "iso_month" | "month_alone":
            yield _month(found, part)
        case "year":
            yield Mention(
                ClaimKind.DATE, found.start("y"), found.end("y"), part["y"],
                (Reading(Form.YEAR, part["y"]),),
            )  # fmt: skip
        case _:
            yield _single(name, found, month_first=month_first)


def _single(name: str, found: re.Match[str], *, month_first: bool) -> Mention:
    part = found.groupdict()
    if name == "numeric":
        pair = (part["a"], part["b"])
        month, day = pair if month_first else pair[::-1]
        year = part["y"] if len(part["y"]) == 4 else f"20{part['y']}"
        reading = _ymd(year, month, day)
    elif name == "iso":
        reading = _ymd(part["y"], part["m"], part["d"])
    else:
        reading = _partial(part["y"], _month_number(part["m"]), part["d"])
    return _mention(found.start(), found[0], reading, Hint.NONE, part.get("weekday"))


def _mention(
    start: int, text: str, reading: Reading | None, hint: Hint, weekday: str | None = None
) -> Mention:
    wrong = "" if reading is not None else "no such day"
    if reading is not None and weekday and reading.form is Form.DAY:
        actual = date.fromisoformat(reading.key).weekday()
        if _WEEKDAYS[actual] != weekday.capitalize():
            wrong = f"that day is a {_WEEKDAYS[actual]}day"
    readings = () if reading is None else (reading,)
    return Mention(ClaimKind.DATE, start, start + len(text), text, readings, hint, wrong)


def _month(found: re.Match[str], part: dict[str, str]) -> Mention:
    name = part["m"]
    number = int(name) if name.isdigit() else _month_number(name)
    year = part.get("y")
    reading = (
        Reading(Form.MONTH, f"{year}-{number:02d}")
        if year
        else Reading(Form.MONTH_OF_YEAR, f"{number:02d}")
    )
    return Mention(ClaimKind.DATE, found.start(), found.end(), found[0], (reading,))


def _partial(year: str | None, month: int, day: str) -> Reading | None:
    number = int(re.sub(r"\D", "", day))
    if year is not None:
        return _ymd(year, str(month), str(number))
    found = _ymd("2024", str(month), str(number))  # a leap year: 29 February may be meant
    return None if found is None else Reading(Form.DAY_OF_YEAR, found.key[5:])


def _ymd(year: str, month: str, day: str) -> Reading | None:
    try:
        return Reading(Form.DAY, date(int(year), int(month), int(day)).isoformat())
    except ValueError:
        return None


def _month_number(name: str) -> int:
    return _SHORT[name[:3].casefold()]
