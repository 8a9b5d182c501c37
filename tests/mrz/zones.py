"""Zones made by the book, for tests: the reverse of the parser, written apart from it."""

from typing import NamedTuple

VALUES = {char: value for value, char in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
VALUES["<"] = 0


def digit(text: str) -> str:
    """Give the check digit of ICAO 9303-3, 4.9."""
    return str(sum(VALUES[char] * (7, 3, 1)[i % 3] for i, char in enumerate(text)) % 10)


def fill(text: str, length: int) -> str:
    """Fill up with fillers, or cut."""
    return text[:length].ljust(length, "<")


class Holder(NamedTuple):
    """What a zone says."""

    surname: str
    given: str
    number: str
    state: str
    nationality: str
    birth: str
    sex: str
    expiry: str
    optional: str


def make_zone(form: str, holder: Holder) -> tuple[str, ...]:
    """Write a zone of a format."""
    names = holder.surname.replace(" ", "<") + "<<" + holder.given.replace(" ", "<")
    dates = holder.birth + digit(holder.birth) + holder.sex + holder.expiry + digit(holder.expiry)
    if form == "TD1":
        return _cards(holder, names, dates)
    length = 36 if form in {"TD2", "MRV-B"} else 44
    code = "V<" if form.startswith("MRV") else "P<" if form == "TD3" else "I<"
    first = fill(code + fill(holder.state, 3) + names, length)
    number = fill(holder.number, 9)
    row = number + digit(number) + fill(holder.nationality, 3) + dates
    if form.startswith("MRV"):
        return first, fill(row + holder.optional, length)
    if form == "TD3":
        personal = fill(holder.optional, 14)
        row += personal + digit(personal)
    else:
        row += fill(holder.optional, 7)
    return first, row + digit(row[:10] + row[13:20] + row[21:])


def _cards(holder: Holder, names: str, dates: str) -> tuple[str, ...]:
    number = holder.number
    shown = number[:9] + "<" + number[9:] + digit(number) if len(number) > 9 else (
        fill(number, 9) + digit(fill(number, 9))
    )  # fmt: skip
    first = fill("I<" + fill(holder.state, 3) + shown, 30)
    row = dates + fill(holder.nationality, 3) + fill(holder.optional, 11)
    row += digit(first[5:] + row[:7] + row[8:15] + row[18:29])
    return first, row, fill(names, 30)
