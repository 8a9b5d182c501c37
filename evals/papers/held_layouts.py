"""How papers of the holdout look: arrangements and heads that no other split has.

The third holdout's, of 2026-11-23, modelled on papers as they are: data pages of passports, cards,
licences with the numbers of EU directive 2006/126, statements with a box of data, forms, registers.
Written without sight of the reader and not by its builder.
"""

from evals.papers.draft import Head
from evals.papers.sheet import Layout, Rows, Sheet

HEADS = (8, 9, 10)
"""A mark beside the name; name and title on one line over a thick rule; centred under the state."""
_SMALL = 6.5


def datapage(sheet: Sheet, rows: Rows) -> None:
    """Write small captions over values, three to a line; long ones take the room of two."""
    left, whole = sheet.x, sheet.width
    for line in _lines_of(sheet, rows, whole / 3 - 2):
        sheet.need(18)
        top, deepest, column = sheet.y, 0.0, 0
        for (label, value), span in line:
            sheet.x, sheet.y = left + column * whole / 3, top
            sheet.width = span * whole / 3 - 2
            sheet.down(sheet.text(label, size=_SMALL, grey=90) + 0.2)
            sheet.down(sheet.text(value, bold=True))
            deepest = max(deepest, sheet.y - top)
            column += span
        sheet.x, sheet.width, sheet.y = left, whole, top + deepest + 2


def _lines_of(sheet: Sheet, rows: Rows, room: float) -> list[list[tuple[tuple[str, str], int]]]:
    lines: list[list[tuple[tuple[str, str], int]]] = [[]]
    for row in rows:
        wide = max(sheet.breadth(row[0], _SMALL), sheet.breadth(row[1], sheet.size, bold=True))
        span = 1 if wide < room - 2 else 2 if wide < 2 * room else 3
        if sum(taken for _, taken in lines[-1]) + span > 3:
            lines.append([])
        lines[-1].append((row, span))
    return lines


def card(sheet: Sheet, rows: Rows) -> None:
    """Write captions over values in two columns, the left one, which is wider, filled first."""
    left, whole, top = sheet.x, sheet.width, sheet.y
    half, deepest = (len(rows) + 1) // 2, sheet.y
    for start, share, part in ((0.0, 0.56, rows[:half]), (0.58, 0.42, rows[half:])):
        sheet.x, sheet.width, sheet.y = left + start * whole, share * whole, top
        for label, value in part:
            sheet.down(sheet.text(label, size=_SMALL, colour=sheet.tint) + 0.1)
            sheet.down(sheet.text(value, size=sheet.size + 0.5) + 1.5)
        deepest = max(deepest, sheet.y)
    sheet.x, sheet.width, sheet.y = left, whole, deepest


def licence(sheet: Sheet, rows: Rows) -> None:
    """Write numbers, or short labels, in small print with the values close behind them."""
    for label, value in rows:
        sheet.need(10)
        room = max(8.0, sheet.breadth(label, sheet.size - 2) + 3)
        top = sheet.y
        sheet.y += 0.5
        sheet.text(label, size=sheet.size - 2, width=room, colour=sheet.tint)
        sheet.y = top
        sheet.down(sheet.text(value, x=sheet.x + room, width=sheet.width - room, bold=True) + 0.7)


def databox(sheet: Sheet, rows: Rows) -> None:
    """Write a ruled box with labels at its left side and values at its right one."""
    left, whole, top = sheet.x, sheet.width, sheet.y
    sheet.need(8.0 * len(rows))
    top = sheet.y
    sheet.x, sheet.width = left + 2, whole - 4
    sheet.down(1.6)
    size = sheet.size - 1
    while size > 7.5 and _widest(sheet, rows, size) > sheet.width * 0.64:
        size -= 0.5
    room = min(max(_widest(sheet, rows, size) + 4, sheet.width * 0.45), sheet.width * 0.66)
    for label, value in rows:
        used = sheet.text(label, width=sheet.width - room, size=size, grey=60)
        at = sheet.x + sheet.width - room
        used = max(used, sheet.text(value, x=at, width=room, size=size, align="R"))
        sheet.down(used + 1.2)
    sheet.x, sheet.width = left, whole
    sheet.pdf.set_draw_color(120)
    sheet.pdf.set_line_width(0.3)
    sheet.pdf.rect(left, top, whole, sheet.y - top)
    sheet.down(2)


def _widest(sheet: Sheet, rows: Rows, size: float) -> float:
    return max(sheet.breadth(value, size) for _, value in rows)


def strip(sheet: Sheet, rows: Rows) -> None:
    """Write a table of one line: a head of labels, their values below, up to four to a line."""
    left, whole = sheet.x, sheet.width
    size = sheet.size - 1
    for index in range(0, len(rows), 4 if len(rows) != 5 else 3):
        part = rows[index : index + (4 if len(rows) != 5 else 3)]
        sheet.need(22)
        wide, top = whole / len(part), sheet.y
        lines = max(1 + int(sheet.breadth(name, size - 1.5) / (wide - 4)) for name, _ in part)
        band = lines * (size - 1.5) * 0.47 + 1.4
        sheet.pdf.set_fill_color(228)
        sheet.pdf.rect(left, top, whole, band, style="F")
        deepest = 0.0
        for place, (label, value) in enumerate(part):
            sheet.x, sheet.width = left + place * wide + 1, wide - 2
            sheet.y = top + 0.7
            sheet.text(label, size=size - 1.5)
            sheet.y = top + band + 0.9
            deepest = max(deepest, sheet.text(value, size=size))
        sheet.x, sheet.width, sheet.y = left, whole, top + band + deepest + 1.8
        sheet.rule(grey=120)
        sheet.down(2)


def form(sheet: Sheet, rows: Rows) -> None:
    """Write a form: labels at the left, each value in a box of its own."""
    room = sheet.width * 0.38
    for label, value in rows:
        sheet.need(16)
        top = sheet.y
        sheet.y = top + 1
        named = sheet.text(label, width=room - 3, size=sheet.size - 0.5)
        at = sheet.x + room
        tall = max(sheet.text(value, x=at + 1.5, width=sheet.width - room - 3), named) + 2
        sheet.pdf.set_draw_color(140)
        sheet.pdf.set_line_width(0.2)
        sheet.pdf.rect(at, top, sheet.width - room, tall)
        sheet.y = top + tall + 1.4


def sections(sheet: Sheet, rows: Rows) -> None:
    """Write labels as headings of sections on grey, values indented below."""
    for label, value in rows:
        sheet.need(18)
        tall = sheet.size * 0.47 * (1 + int(sheet.breadth(label, sheet.size) / (sheet.width - 6)))
        sheet.pdf.set_fill_color(235)
        sheet.pdf.rect(sheet.x, sheet.y, sheet.width, tall + 1.6, style="F")
        sheet.down(0.8)
        sheet.text(label, x=sheet.x + 1.5, width=sheet.width - 3, bold=True)
        sheet.down(tall + 2)
        sheet.down(sheet.text(value, x=sheet.x + 6, width=sheet.width - 6) + 2.2)


def tabbed(sheet: Sheet, rows: Rows) -> None:
    """Write labels and values at two tab stops, with nothing between them."""
    longest = max(sheet.breadth(label, sheet.size) for label, _ in rows)
    room = min(max(longest + 6, 48.0), sheet.width * 0.55)
    for label, value in rows:
        sheet.need(12)
        used = sheet.text(label, width=room - 2)
        used = max(used, sheet.text(value, x=sheet.x + room, width=sheet.width - room))
        sheet.down(used + 1)


def summary(sheet: Sheet, rows: Rows) -> None:
    """Write a shaded box: labels, and values in bold at a tab stop in the middle."""
    tall, room = 3.0, sheet.width * 0.5
    for label, value in rows:
        lines = max(
            1 + int(sheet.breadth(label, sheet.size) / (room - 8)),
            1 + int(sheet.breadth(value, sheet.size, bold=True) / (sheet.width - room - 8)),
        )
        tall += lines * sheet.size * 0.47 + 1.8
    sheet.need(tall + 4)
    sheet.pdf.set_fill_color(*(225 + part // 9 for part in sheet.tint))
    sheet.pdf.rect(sheet.x, sheet.y, sheet.width, tall, style="F")
    end = sheet.y + tall
    sheet.down(2.2)
    for label, value in rows:
        used = sheet.text(label, x=sheet.x + 3, width=room - 5)
        at = sheet.x + room
        used = max(used, sheet.text(value, x=at, width=sheet.width - room - 3, bold=True))
        sheet.down(used + 1.6)
    sheet.y = max(sheet.y, end) + 2


HELD: dict[str, Layout] = {
    "datapage": datapage, "card": card, "licence": licence, "databox": databox, "strip": strip,
    "form": form, "sections": sections, "tabbed": tabbed, "summary": summary,
}  # fmt: skip
FAMILIES: dict[str, tuple[str, ...]] = {
    "passport": ("datapage", "datapage", "card"),
    "identity_card": ("card", "card", "datapage"),
    "driving_licence": ("licence",),
    "proof_of_address": ("tabbed", "databox", "strip", "summary"),
    "bank_statement": ("databox", "strip", "tabbed"),
    "payslip": ("databox", "strip", "tabbed", "form"),
    "certificate_of_incorporation": ("tabbed", "sections", "form"),
    "register_extract": ("sections", "tabbed", "form", "summary"),
    "ownership_declaration": ("form", "tabbed", "sections"),
    "source_of_funds": ("form", "tabbed", "summary"),
    "account_application": ("form", "form", "sections", "tabbed"),
    "invoice": ("databox", "strip", "tabbed"),
}
"""Which arrangements papers of a type have; a type that isn't here has `tabbed`."""


def put_head(sheet: Sheet, head: Head, style: int) -> None:
    """Write the head of a paper."""
    size = 16.0 if len(head.title) < 34 else 12.5
    if style == 8:
        sheet.pdf.set_fill_color(*sheet.tint)
        sheet.pdf.rect(sheet.x, sheet.y - 3, 11, 11, style="F")
        at = sheet.x + 15
        sheet.down(max(8, sheet.text(head.title, x=at, width=sheet.width - 15, size=size)) + 5)
        if head.under:
            sheet.down(sheet.text(head.under, size=12.5, bold=True) + 4)
    elif style == 9:
        part = sheet.width * (0.6 if head.under else 1.0)
        while max(sheet.breadth(word, size, bold=True) for word in head.title.split()) > part - 5:
            size -= 0.5
        used = sheet.text(head.title, width=part - 3, size=size, bold=True)
        if head.under:
            at = sheet.x + part
            used = max(used, sheet.text(head.under, x=at, width=sheet.width - part, align="R"))
        sheet.down(used + 1.5)
        sheet.pdf.set_fill_color(*sheet.tint)
        sheet.pdf.rect(sheet.x, sheet.y, sheet.width, 0.9, style="F")
        sheet.down(7)
    else:
        if head.under:
            sheet.down(sheet.text(head.under, size=10.5, align="C", colour=sheet.tint) + 1.5)
        sheet.down(sheet.text(head.title, size=size, bold=True, align="C") + 7)
