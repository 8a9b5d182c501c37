"""How papers of train and tune look; the holdout's ways are its own (`held_layouts`)."""

from random import Random  # noqa: TID251 - only the type; the seeded instance is an argument

from evals.papers import held_layouts
from evals.papers.draft import Draft, Foot, Head, Lines, Pairs, Prose, Table, Title, Zone
from evals.papers.held_layouts import FAMILIES, HELD
from evals.papers.held_style import HeldStyle
from evals.papers.retired_layouts import HEADS, RETIRED
from evals.papers.sheet import Layout, Rows, Sheet, is_latin
from evals.papers.style import Style

_TINTS = ((32, 64, 96), (96, 40, 48), (24, 92, 80), (60, 60, 60), (90, 70, 20))


def beside(sheet: Sheet, rows: Rows) -> None:
    """Write values to the right of their labels."""
    size = sheet.size
    room = min(max(sheet.breadth(label, size) for label, _ in rows) + 8, sheet.width * 0.5)
    for label, value in rows:
        sheet.need(12)
        named = label if label.endswith((".", ":", "?")) else f"{label}:"
        used = sheet.text(named, width=room - 2, grey=80)
        used = max(used, sheet.text(value, x=sheet.x + room, width=sheet.width - room))
        sheet.down(used + 1.8)


def above(sheet: Sheet, rows: Rows) -> None:
    """Write small labels with their values below."""
    for label, value in rows:
        sheet.need(14)
        sheet.down(sheet.text(label, size=sheet.size - 3, grey=110) + 0.3)
        sheet.down(sheet.text(value, bold=True) + 2)


def columns(sheet: Sheet, rows: Rows) -> None:
    """Write labels above values, two to a line."""
    left, whole = sheet.x, sheet.width
    half = whole / 2 - 3
    for index in range(0, len(rows), 2):
        sheet.need(18)
        top, deepest = sheet.y, 0.0
        for place, (label, value) in enumerate(rows[index : index + 2]):
            sheet.x, sheet.width, sheet.y = left + place * (half + 6), half, top
            sheet.down(sheet.text(label, size=sheet.size - 3, grey=110) + 0.3)
            sheet.down(sheet.text(value))
            deepest = max(deepest, sheet.y - top)
        sheet.x, sheet.width, sheet.y = left, whole, top + deepest + 2.4


def grid(sheet: Sheet, rows: Rows) -> None:
    """Write a ruled table of labels and values."""
    room = sheet.width * 0.42
    for label, value in rows:
        sheet.need(14)
        sheet.rule(grey=190)
        sheet.down(1.2)
        used = sheet.text(label, width=room - 3, bold=True, grey=60)
        used = max(used, sheet.text(value, x=sheet.x + room, width=sheet.width - room))
        sheet.down(used + 1.2)
    sheet.rule(grey=190)
    sheet.down(3)


SEEN: dict[str, Layout] = {
    "beside": beside, "above": above, "columns": columns, "grid": grid, **RETIRED,
}  # fmt: skip
_FONTS = ("Helvetica", "Helvetica", "Times", "Roboto", "SourceSerif", "Courier")
_HELD_FONTS = ("Helvetica", "Helvetica", "Helvetica", "Times", "Roboto")
_FULL_FONTS = ("Roboto", "SourceSerif")
"""Those that have letters beyond Latin 1."""
_HEADS = (0, 1, 2, *HEADS)


def draw(draft: Draft, rng: Random, *, odd: str = "") -> tuple[bytes, str]:
    """Draw a paper; give the PDF and the layout's name. `odd` is a value set in two fonts."""
    held = draft.setting.held
    name = rng.choice(FAMILIES.get(draft.type, ("tabbed",)) if held else sorted(SEEN))
    latin = all(is_latin(text) for text in texts_of(draft))
    family = rng.choice((_HELD_FONTS if held else _FONTS) if latin else _FULL_FONTS)
    size = rng.choice((9.5, 10.0, 10.5, 11.0)) - (1.0 if family == "Courier" else 0)
    sheet = Sheet(family, size, rng.choice(_TINTS))
    sheet.odd = odd
    boxed, issuer = rng.random() < 0.4, _issuer(draft)
    style = (
        HeldStyle(
            HELD[name], rng.choice(held_layouts.HEADS), boxed=boxed, issuer=issuer, type_=draft.type
        )
        if held
        else Style(SEEN[name], rng.choice(_HEADS), boxed=boxed, issuer=issuer)
    )
    for block in draft.blocks:
        style.put(sheet, block)
    return sheet.finish(), f"{draft.form}/{name}"


def _issuer(draft: Draft) -> str:
    """Give the issuer's name where the paper's head is that name."""
    head = draft.blocks[0]
    named = {said.printed for said in draft.said if said.name in {"issuer", "employer"}}
    return head.title if isinstance(head, Head) and head.title in named else ""


def texts_of(draft: Draft) -> list[str]:
    """Give every text of a paper."""
    found: list[str] = []
    for block in draft.blocks:
        match block:
            case Head(title, under):
                found += [title, under]
            case Title(text) | Prose(text) | Foot(text):
                found.append(text)
            case Pairs(rows):
                found += [text for row in rows for text in row]
            case Lines(lines) | Zone(lines):
                found += lines
            case Table(head, rows):
                found += [cell for row in (head, *rows) for cell in row]
    return found
