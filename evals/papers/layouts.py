"""How papers of train and tune look; the holdout's ways are its own (`held_layouts`)."""

from random import Random  # noqa: TID251 - only the type; the seeded instance is an argument

from evals.papers.draft import Block, Draft, Foot, Head, Lines, Pairs, Prose, Table, Title, Zone
from evals.papers.retired_layouts import HEADS, RETIRED, put_head
from evals.papers.sheet import Layout, Rows, Sheet, is_latin

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
_FULL_FONTS = ("Roboto", "SourceSerif")
"""Those that have letters beyond Latin 1."""
_HEADS = (0, 1, 2, *HEADS)


def draw(draft: Draft, rng: Random, *, odd: str = "") -> tuple[bytes, str]:
    """Draw a paper; give the PDF and the layout's name. `odd` is a value set in two fonts."""
    name = rng.choice(sorted(SEEN))
    latin = all(is_latin(text) for text in texts_of(draft))
    family = rng.choice(_FONTS if latin else _FULL_FONTS)
    size = rng.choice((9.5, 10.0, 10.5, 11.0)) - (1.0 if family == "Courier" else 0)
    sheet = Sheet(family, size, rng.choice(_TINTS))
    sheet.odd = odd
    style = _Style(SEEN[name], rng.choice(_HEADS), boxed=rng.random() < 0.4, issuer=_issuer(draft))
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


class _Style:
    """How one paper draws its blocks."""

    def __init__(self, layout: Layout, head: int, *, boxed: bool, issuer: str) -> None:
        self._layout, self._head, self._boxed, self._issuer = layout, head, boxed, issuer

    def put(self, sheet: Sheet, block: Block) -> None:
        match block:
            case Head():
                self._put_head(sheet, block)
            case Title(text):
                sheet.need(20)
                sheet.down(2)
                sheet.down(sheet.text(text, bold=True, size=sheet.size + 1, colour=sheet.tint) + 2)
            case Pairs():
                self._put_pairs(sheet, block)
            case Lines():
                self._put_lines(sheet, block)
            case Table(head, rows, widths, amounts):
                sheet.need(24)
                sheet.table(head, rows, widths, amounts, boxed=self._boxed)
            case Prose(text):
                sheet.need(24)
                sheet.down(sheet.text(text) + 3.5)
            case Zone(lines):
                sheet.down(6)
                sheet.zone(lines)
            case Foot(text):
                sheet.y = 282
                sheet.text(text, size=7, grey=130)

    def _put_head(self, sheet: Sheet, head: Head) -> None:
        if self._head in HEADS:
            put_head(sheet, head, self._head, self._issuer)
            return
        size = 17 if len(head.title) < 34 else 13
        align = "C" if self._head == 1 else "L"
        if self._head == 2:
            sheet.pdf.set_fill_color(*sheet.tint)
            sheet.pdf.rect(0, 0, 210, 9, style="F")
        sheet.down(sheet.text(head.title, size=size, bold=True, colour=sheet.tint, align=align) + 1)
        if head.under:
            sheet.down(sheet.text(head.under, size=11, grey=80, align=align) + 1)
        if self._head != 1:
            sheet.rule()
        sheet.down(6)

    def _put_pairs(self, sheet: Sheet, pairs: Pairs) -> None:
        if not pairs.portrait:
            self._layout(sheet, pairs.rows)
            sheet.down(3)
            return
        top = sheet.y
        sheet.portrait(sheet.x, top, 36, 46)
        sheet.x, sheet.width = sheet.x + 42, sheet.width - 42
        self._layout(sheet, pairs.rows)
        sheet.x, sheet.width = sheet.x - 42, sheet.width + 42
        sheet.y = max(sheet.y, top + 64)

    def _put_lines(self, sheet: Sheet, lines: Lines) -> None:
        width = 80.0 if lines.right else sheet.width
        left = sheet.x + sheet.width - 80 if lines.right else sheet.x
        for line in lines.lines:
            sheet.need(8)
            if line:
                sheet.down(sheet.text(line, x=left, width=width))
            else:
                sheet.down(sheet.size * 0.47)
        sheet.down(5)
