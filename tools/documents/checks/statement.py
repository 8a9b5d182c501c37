"""The arithmetic of a bank statement: each balance follows from the one before."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from casegate.model.document import DocumentType, Field, Signal, SignalLevel
from tools.documents.checks.ledger import Amount, LedgerLine, ledger
from tools.documents.checks.seen import Seen
from tools.documents.grid import make_grid
from tools.documents.library import library


class _Step(NamedTuple):
    """From one printed balance to the next."""

    before: Amount
    moved: tuple[Amount, ...]
    after: Amount
    closes: bool

    def follows(self) -> bool:
        """Tell whether the movements lead from one balance to the other.

        A column of amounts without any sign allows both directions of a single movement.
        """
        gap = self.after.value - self.before.value
        total = sum((one.value for one in self.moved), Decimal(0))
        if gap == total:
            return True
        free = len(self.moved) == 1 and not self.moved[0].signed
        return free and gap == -total


def balances_follow(seen: Seen) -> Iterator[Signal]:
    """Signal where opening, entries, running balance and closing contradict each other.

    Gives `statement_arithmetic`: one signal for each balance that doesn't follow, as long as most
    do; otherwise one that the arithmetic could not be followed. On a page read by OCR the figure
    itself may be misread, so it asks to be looked at rather than alarms.
    """
    if seen.type is not DocumentType.BANK_STATEMENT:
        return
    lines = ledger(make_grid(seen.parsed, seen.parsed.text, library()))
    steps = list(_steps(_between(lines, seen.fields)))
    broken = [step for step in steps if not step.follows()]
    if not broken:
        return
    if len(steps) > 1 and len(broken) * 2 > len(steps) + 1:
        message = "The arithmetic of the statement could not be followed."
        yield Signal(kind="statement_arithmetic", message=message)
        return
    level = SignalLevel.LOOK if seen.by_ocr() else SignalLevel.ALARM
    for step in broken:
        yield _signal(step, level)


def _signal(step: _Step, level: SignalLevel) -> Signal:
    due = step.before.value + sum((one.value for one in step.moved), Decimal(0))
    what = "closing balance" if step.closes else "balance"
    message = (
        f"The {what} does not follow from the one before: {step.after.value} is printed, "
        f"{due} would follow."
    )
    page = step.after.page
    places = (one.boxes for one in (*step.moved, step.after) if one.page == page)
    boxes = tuple(box for each in places for box in each)
    return Signal(kind="statement_arithmetic", message=message, page=page, level=level, boxes=boxes)


def _between(lines: Sequence[LedgerLine], fields: Sequence[Field]) -> Iterator[LedgerLine]:
    """Put the balances that stand apart from the table, as fields, before and behind its lines."""
    if not any(line.kind == "entry" for line in lines):
        return
    known = {line.kind for line in lines}
    opening = None if "opening" in known else _apart("opening", fields)
    closing = None if "closing" in known else _apart("closing", fields)
    yield from (line for line in (opening, *lines, closing) if line is not None)


def _apart(kind: Literal["opening", "closing"], fields: Sequence[Field]) -> LedgerLine | None:
    field = next((field for field in fields if field.name == f"{kind}_balance"), None)
    if field is None:
        return None
    return LedgerLine(
        kind, balance=Amount(Decimal(field.normalised), True, field.page, field.boxes)
    )


def _steps(lines: Iterable[LedgerLine]) -> Iterator[_Step]:
    before: Amount | None = None
    moved: list[Amount] = []
    for line in lines:
        if line.moved is not None:
            moved.append(line.moved)
        if line.balance is None:
            continue
        if before is not None and line.kind != "opening":
            yield _Step(before, tuple(moved), line.balance, line.kind == "closing")
        if line.kind != "opening" or before is None:
            before, moved = line.balance, []
