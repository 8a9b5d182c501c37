"""How papers of the holdout are put on the page: data beside the window, totals in a ruled row."""

from evals.papers.draft import Block, Head, Lines, Pairs, Table
from evals.papers.held_layouts import databox, put_head
from evals.papers.sheet import HEIGHT, MARGIN, Layout, Sheet
from evals.papers.style import Style

_WINDOW = 86.0
"""Millimetres from the margin to what stands at the right of an address."""
_TOTALLED = frozenset({"payslip", "invoice", "proof_of_address"})


class HeldStyle(Style):
    """How one paper of the holdout draws its blocks."""

    def __init__(self, layout: Layout, head: int, *, boxed: bool, issuer: str, type_: str) -> None:
        super().__init__(layout, head, boxed=boxed, issuer=issuer)
        self._totalled = type_ in _TOTALLED
        self._balanced = type_ == "bank_statement"
        self._right_photo = type_ == "identity_card"
        self._window: tuple[float, float] | None = None

    def put(self, sheet: Sheet, block: Block) -> None:
        window, self._window = self._window, None
        match block:
            case Pairs(rows, False) if window and self._boxed and len(rows) < 9:
                left, whole, bottom = sheet.x, sheet.width, sheet.y
                sheet.x, sheet.width, sheet.y = left + _WINDOW, whole - _WINDOW, window[0]
                databox(sheet, rows)
                sheet.x, sheet.width = left, whole
                sheet.y = max(bottom, sheet.y) + 3
            case Lines(lines, True) if window and len(lines) == 1:
                back, sheet.y = sheet.y, window[1] - sheet.size * 0.47
                sheet.text(lines[0], align="R", x=sheet.x + _WINDOW, width=sheet.width - _WINDOW)
                sheet.y = back
            case _:
                super().put(sheet, block)

    def _put_head(self, sheet: Sheet, head: Head) -> None:
        put_head(sheet, head, self._head)

    def _put_lines(self, sheet: Sheet, lines: Lines) -> None:
        top = sheet.y
        super()._put_lines(sheet, lines)
        # Only an address is as short as that: a box beside longer lines would cover them.
        if not lines.right and lines.lines and all(len(line) < 46 for line in lines.lines):
            self._window = (top, sheet.y - 5)

    def _put_pairs(self, sheet: Sheet, pairs: Pairs) -> None:
        if not pairs.portrait:
            if len(pairs.rows) == 1 and self._balanced:
                self._put_balance(sheet, pairs)
                return
            super()._put_pairs(sheet, pairs)
            return
        top, left, whole = sheet.y, sheet.x, sheet.width
        if self._right_photo:
            sheet.portrait(left + whole - 32, top, 32, 41)
            sheet.width = whole - 38
        else:
            sheet.portrait(left, top, 34, 44)
            sheet.x, sheet.width = left + 39, whole - 39
        self._layout(sheet, pairs.rows)
        sheet.x, sheet.width = left, whole
        sheet.y = max(sheet.y, top + 60)

    def _put_balance(self, sheet: Sheet, pairs: Pairs) -> None:
        left, whole = sheet.x, sheet.width
        sheet.x, sheet.width = left + whole - 92, 92
        databox(sheet, pairs.rows)
        sheet.x, sheet.width = left, whole
        sheet.down(3)

    def _put_table(self, sheet: Sheet, table: Table) -> None:
        sheet.need(24)
        self._row(sheet, table, table.head, bold=True)
        for index, row in enumerate(table.rows):
            if sheet.y + 8 > HEIGHT - MARGIN:
                sheet.need(20)
                self._row(sheet, table, table.head, bold=True)
            last = self._totalled and index == len(table.rows) - 1
            if last:
                sheet.rule(grey=40)
            self._row(sheet, table, row, bold=last)
        sheet.rule(grey=40)
        sheet.down(5)

    def _row(self, sheet: Sheet, table: Table, row: tuple[str, ...], *, bold: bool) -> None:
        left, size, used = sheet.x, min(sheet.size, 9.5), 0.0
        if row is table.head:
            sheet.rule(grey=40)
        sheet.down(0.9)
        for index, (share, cell) in enumerate(zip(table.widths, row, strict=True)):
            room, fit = share * sheet.width, size
            amount = index >= len(table.widths) - table.amounts
            while amount and fit > 6 and sheet.breadth(cell, fit, bold=bold) > room - 3:
                fit -= 0.5
            if cell:
                align = "R" if amount else "L"
                used = max(
                    used,
                    sheet.text(
                        cell, x=left + 0.5, width=room - 1, size=fit, bold=bold, align=align
                    ),
                )
            left += room
        sheet.down(used + 0.9)
        if row is table.head:
            sheet.rule(grey=40)
