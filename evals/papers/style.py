"""How the blocks of a paper are put on the page."""

from evals.papers.draft import Block, Foot, Head, Lines, Pairs, Prose, Table, Title, Zone
from evals.papers.retired_layouts import HEADS, put_head
from evals.papers.sheet import Layout, Sheet


class Style:
    """How one paper draws its blocks."""

    def __init__(self, layout: Layout, head: int, *, boxed: bool, issuer: str) -> None:
        self._layout, self._head, self._boxed, self._issuer = layout, head, boxed, issuer

    def put(self, sheet: Sheet, block: Block) -> None:
        """Draw one block at the cursor."""
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
            case Table():
                self._put_table(sheet, block)
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

    def _put_table(self, sheet: Sheet, table: Table) -> None:
        sheet.need(24)
        sheet.table(table.head, table.rows, table.widths, table.amounts, boxed=self._boxed)
