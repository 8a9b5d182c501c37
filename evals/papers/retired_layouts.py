"""Arrangements and heads of the second holdout, retired on 2026-11-23: train and tune have them."""

from evals.papers.draft import Head
from evals.papers.sheet import HEIGHT, MARGIN, Layout, Rows, Sheet

HEADS = (5, 6, 7)
"""Issuer in the foot of the page; heading at the right; heading white on a band."""


def ends(sheet: Sheet, rows: Rows) -> None:
    """Write labels at the left margin and values at the right one, a hairline below each."""
    for label, value in rows:
        sheet.need(12)
        used = sheet.text(label, width=sheet.width * 0.46, grey=70)
        left = sheet.x + sheet.width * 0.48
        used = max(used, sheet.text(value, x=left, width=sheet.width * 0.52, align="R"))
        sheet.down(used + 0.9)
        sheet.rule(grey=215)
        sheet.down(1.1)


def halves(sheet: Sheet, rows: Rows) -> None:
    """Write two blocks side by side: the first rows in the left one, the others in the right."""
    left, whole, top = sheet.x, sheet.width, sheet.y
    sheet.need(14.0 * ((len(rows) + 1) // 2))
    top, half, deepest = sheet.y, (len(rows) + 1) // 2, sheet.y
    for place, part in enumerate((rows[:half], rows[half:])):
        sheet.x, sheet.width = left + place * (whole / 2 + 3), whole / 2 - 3
        sheet.y = top
        room = sheet.width * 0.44
        for label, value in part:
            named = label if label.endswith((".", "?")) else f"{label}:"
            used = sheet.text(named, width=room - 1, size=sheet.size - 1.5, grey=60)
            used = max(used, sheet.text(value, x=sheet.x + room, width=sheet.width - room))
            sheet.down(used + 1.9)
        deepest = max(deepest, sheet.y)
    sheet.x, sheet.width, sheet.y = left, whole, deepest + 2


def cells(sheet: Sheet, rows: Rows) -> None:
    """Write a form of ruled cells, two to a line, with the label on a grey band."""
    left, whole = sheet.x, sheet.width
    size = max(6.5, sheet.size - 3)
    for index in range(0, len(rows), 2):
        pair = rows[index : index + 2]
        sheet.need(20)
        top, wide, deepest = sheet.y, whole / len(pair), 0.0
        for place, (label, value) in enumerate(pair):
            sheet.x, sheet.width, sheet.y = left + place * wide + 1, wide - 2, top
            lines = 2 if sheet.breadth(label, size) > sheet.width - 2 else 1
            sheet.pdf.set_fill_color(236)
            band = lines * size * 0.47 + 1
            sheet.pdf.rect(sheet.x - 1, top, wide, band, style="F")
            sheet.down(0.5)
            sheet.text(label, size=size, grey=50)
            sheet.y = top + band + 0.8
            sheet.down(sheet.text(value) + 1)
            deepest = max(deepest, sheet.y - top)
        sheet.pdf.set_draw_color(110)
        for place in range(len(pair)):
            sheet.pdf.rect(left + place * wide, top, wide, deepest)
        sheet.y = top + deepest
    sheet.x, sheet.width = left, whole
    sheet.down(3)


def captions(sheet: Sheet, rows: Rows) -> None:
    """Write values on a line, as filled in, each with its label in small print below the line."""
    for label, value in rows:
        sheet.need(16)
        sheet.down(sheet.text(value) + 0.5)
        sheet.rule(grey=90)
        sheet.down(0.4)
        sheet.down(sheet.text(label, size=max(6.5, sheet.size - 3.5), grey=90) + 2.2)


def running(sheet: Sheet, rows: Rows) -> None:
    """Write a value straight after its label and a colon."""
    for label, value in rows:
        sheet.need(12)
        named = label if label.endswith("?") else f"{label}:"
        room = sheet.breadth(named, sheet.size) + 2.5
        if room > sheet.width * 0.7:
            sheet.down(sheet.text(named) + 0.2)
            room = 6.0
        else:
            sheet.text(named)
        used = sheet.text(value, x=sheet.x + room, width=sheet.width - room, bold=True)
        sheet.down(used + 1.6)


def striped(sheet: Sheet, rows: Rows) -> None:
    """Write rows on bands of two shades; labels end with a colon at a line in the middle."""
    middle = sheet.width * 0.4
    for index, (label, value) in enumerate(rows):
        sheet.need(14)
        tall = max(
            sheet.breadth(label, sheet.size) / (middle - 6),
            sheet.breadth(value, sheet.size, bold=True) / (sheet.width - middle - 6),
        )
        height = (int(tall) + 1) * sheet.size * 0.47 + 2.4
        if index % 2 == 0:
            sheet.pdf.set_fill_color(240, 243, 246)
            sheet.pdf.rect(sheet.x, sheet.y, sheet.width, height, style="F")
        sheet.down(1.2)
        named = label if label.endswith((".", "?")) else f"{label}:"
        used = sheet.text(named, width=middle - 2, align="R", grey=70)
        left = sheet.x + middle + 2
        used = max(used, sheet.text(value, x=left, width=sheet.width - middle - 3))
        sheet.down(max(used + 1.2, height - 1.2))
    sheet.down(2)


RETIRED: dict[str, Layout] = {
    "ends": ends, "halves": halves, "cells": cells, "captions": captions, "running": running,
    "striped": striped,
}  # fmt: skip


def put_head(sheet: Sheet, head: Head, style: int, issuer: str) -> None:
    """Write the head of a paper; `issuer` is its title where an issuer's name is that."""
    size = 16 if len(head.title) < 34 else 12.5
    if style == 5 and issuer:
        _at_foot(sheet, issuer)
        if head.under:
            sheet.down(sheet.text(head.under, size=15, bold=True) + 1)
        sheet.down(7)
    elif style == 7:
        sheet.pdf.set_fill_color(*sheet.tint)
        sheet.pdf.rect(0, 0, 210, 24, style="F")
        sheet.y = 8
        sheet.pdf.set_draw_color(*sheet.tint)
        sheet.text(head.title, size=size, bold=True, colour=(255, 255, 255))
        sheet.y = 28
        if head.under:
            sheet.down(sheet.text(head.under, size=11, bold=True, grey=60))
        sheet.down(6)
    else:
        sheet.down(sheet.text(head.title, size=size, bold=True, colour=sheet.tint, align="R") + 1)
        if head.under:
            sheet.down(sheet.text(head.under, size=10.5, grey=60, align="R") + 1)
        sheet.down(8)


def _at_foot(sheet: Sheet, issuer: str) -> None:
    back, sheet.y = sheet.y, HEIGHT - MARGIN + 10.5
    sheet.rule(x=sheet.x, grey=120)
    sheet.down(0.6)
    sheet.text(issuer, size=8.5, bold=True, colour=sheet.tint, align="C")
    sheet.y = back
