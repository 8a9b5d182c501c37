"""A statement's balances follow from its entries, or the reviewer is told where they don't."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from casegate.model.document import DocumentType, Signal, SignalLevel, TextSource
from tests.checks.statement_papers import ROWS, Row, statement
from tools.documents import Limits, Parsed, parse
from tools.documents.checks import Seen, check_paper


def signals_of(data: bytes, *, by_ocr: bool = False) -> tuple[Signal, ...]:
    parsed: Parsed = parse(data, "statement.pdf", Limits(seconds=60))
    if by_ocr:
        pages = tuple(page._replace(read_from=TextSource.OCR) for page in parsed.pages)
        parsed = replace(parsed, pages=pages)
    return check_paper(Seen(parsed, DocumentType.BANK_STATEMENT, ()))


def changed(rows: Sequence[Row], number: int, **values: str) -> tuple[Row, ...]:
    return tuple(replace(r, **values) if i == number else r for i, r in enumerate(rows))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(statement(), id="every balance printed"),
        pytest.param(
            statement(changed(ROWS, 1, balance="")), id="a balance left out between two entries"
        ),
        pytest.param(
            statement(heads=("Datum", "Text", "Soll", "Haben", "Saldo")), id="german columns"
        ),
        pytest.param(
            statement(
                tuple(
                    Row(r.day, r.what, into=r.into or f"-{r.out}", balance=r.balance) for r in ROWS
                ),
                heads=("Date", "Details", "", "Amount", "Balance"),
            ),
            id="one signed column",
        ),
        pytest.param(
            statement(
                tuple(Row(r.day, r.what, into=r.into or r.out, balance=r.balance) for r in ROWS),
                heads=("Date", "Details", "", "Amount", "Balance"),
            ),
            id="one column without signs",
        ),
        pytest.param(statement((), closing="2,000.00"), id="no entries"),
    ],
)
def test_a_statement_that_adds_up_gives_no_signal(data: bytes) -> None:
    assert signals_of(data) == ()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(
            statement(changed(ROWS, 1, into="9,400.00")),
            ["3550.00 is printed, 10550.00 would follow"],
            id="an entry raised",
        ),
        pytest.param(
            statement(closing="9,400.00"),
            ["closing balance does not follow", "9400.00 is printed, 3400.00 would follow"],
            id="the closing balance raised",
        ),
        pytest.param(
            statement(opening="8,000.00"),
            ["1150.00 is printed, 7150.00 would follow"],
            id="the opening balance raised",
        ),
    ],
)
def test_a_changed_figure_is_told_with_what_would_follow_and_where(
    data: bytes, said: list[str]
) -> None:
    (signal,) = signals_of(data)
    assert (signal.kind, signal.level) == ("statement_arithmetic", SignalLevel.ALARM)
    assert all(part in signal.message for part in said)
    assert signal.page == 1
    assert signal.boxes


def test_a_changed_balance_breaks_the_step_to_it_and_the_step_from_it() -> None:
    found = signals_of(statement(changed(ROWS, 1, balance="7,550.00")))
    assert [signal.page for signal in found] == [1, 1]


def test_a_page_read_by_ocr_asks_to_be_looked_at_and_does_not_alarm() -> None:
    (signal,) = signals_of(statement(closing="9,400.00"), by_ocr=True)
    assert signal.level is SignalLevel.LOOK


def test_a_statement_that_does_not_add_up_anywhere_is_one_signal() -> None:
    rows = tuple(replace(row, balance=f"{number}7.31") for number, row in enumerate(ROWS, start=3))
    (signal,) = signals_of(statement(rows))
    assert "could not be followed" in signal.message


def test_another_paper_has_no_arithmetic() -> None:
    parsed = parse(statement(closing="9.00"), "s.pdf", Limits(seconds=60))
    assert check_paper(Seen(parsed, DocumentType.INVOICE, ())) == ()
