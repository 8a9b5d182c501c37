"""Transaction files load exactly, or are refused with every problem named."""

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casegate.errors import CurrencyMixed, InputError, TransactionsInvalid
from casegate.hashing import sha256_hex
from casegate.model.party import Account
from casegate.model.transaction import Transaction
from tools.transactions.columns import CANONICAL
from tools.transactions.load import load, rows_of

HEADER = ",".join(column.name for column in CANONICAL)
ROW = "T1,990100,2026-03-04T10:15:00Z,in,9500.00,USD,cash,,,,Harbour Street,deposit"
ACCOUNTS = (Account(number="990100", holder="P1", currency="USD"),)


def with_cell(column: str, cell: str, row: str = ROW) -> str:
    cells = row.split(",")
    cells[[c.name for c in CANONICAL].index(column)] = cell
    return ",".join(cells)


def file(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *rows]).encode() + b"\n"


def refused(data: bytes, name: str = "transactions.csv") -> str:
    with pytest.raises(TransactionsInvalid) as caught:
        load(data, name, accounts=ACCOUNTS)
    return caught.value.message


def test_a_good_file_gives_canonical_rows_and_its_record() -> None:
    data = file(with_cell("id", "T2"), with_cell("booked_at", "2026-03-01"))
    loaded = load(data, "transactions.csv", accounts=ACCOUNTS)
    first, second = [Transaction.model_validate(_plain(r)) for r in rows_of(loaded.parquet)]
    assert (first.id, first.booked_at) == ("T1", datetime(2026, 3, 1, tzinfo=UTC))
    assert (second.id, second.amount, second.place) == ("T2", Decimal("9500.00"), "Harbour Street")
    assert (loaded.set.rows, loaded.set.currency) == (2, "USD")
    assert loaded.set.sha256 == sha256_hex(data)
    assert loaded.set.parquet == sha256_hex(loaded.parquet)
    assert (str(loaded.set.first), str(loaded.set.last)) == ("2026-03-01", "2026-03-04")


def _plain(row: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if value is not None}


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("id", ""),
        ("id", "T 1"),
        ("account", ""),
        ("account", "990999"),
        ("booked_at", ""),
        ("booked_at", "04/03/2026"),
        ("booked_at", "2026-02-30"),
        ("booked_at", "2026-03-04T25:00:00Z"),
        ("booked_at", "20260304"),
        ("booked_at", "0001-01-01T00:00:00+14:00"),
        ("direction", "credit"),
        ("direction", "IN"),
        ("amount", ""),
        ("amount", "-9500.00"),
        ("amount", "+9500.00"),
        ("amount", "0.00"),
        ("amount", "9500.005"),
        ("amount", "1e4"),
        ("amount", "NaN"),
        ("amount", "$9500"),
        ("amount", "9 500"),
        ("amount", "12345678901234567"),
        ("amount", "\u0661\u0662"),
        ("currency", "usd"),
        ("currency", ""),
        ("channel", "bitcoin"),
        ("counterparty_country", "USA"),
        ("counterparty", "x" * 501),
        ("counterparty", "a\x07b"),
        ("description", "a\u202eb"),
    ],
)
def test_a_bad_cell_is_named_by_line_and_column_and_not_repeated(column: str, cell: str) -> None:
    message = refused(file(ROW, with_cell("id", "T2"), with_cell(column, cell, "T3" + ROW[2:])))
    assert f"line 4, column `{column}`" in message
    assert message.count("line ") == 1
    if len(cell) > 4:
        assert cell not in message


def test_all_problems_of_a_file_are_told_at_once() -> None:
    message = refused(
        file(with_cell("amount", "-1"), with_cell("channel", "x", "T2" + ROW[2:]), "T3,990100")
    )
    assert "line 2, column `amount`" in message
    assert "line 3, column `channel`" in message
    assert "line 4: expected 12 cells, got 2" in message


def test_after_twenty_problems_the_message_says_that_there_are_more() -> None:
    bad = [with_cell("amount", "-1", f"T{n}{ROW[2:]}") for n in range(30)]
    message = refused(file(*bad))
    assert message.count("column `amount`") == 20
    assert "the first 20 are shown" in message
    assert "shown" not in refused(file(*bad[:20]))


def test_an_id_that_stands_twice_is_refused() -> None:
    assert "line 3, column `id`: stands in an earlier line too" in refused(file(ROW, ROW))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "the file is empty"),
        (b" \n\n", "the file is empty"),
        (file(), "header but no entries"),
        (file(ROW, header=HEADER + ",mood"), "unknown column 'mood'"),
        (file(ROW, header=HEADER.replace("amount", "Amount")), "column `amount` is missing"),
        (file(ROW, header=HEADER.replace("place", "id")), "column `id` stands twice"),
        (file(ROW, header=HEADER.replace(",", ";")), "got semicolons"),
        (ROW.encode(), "is the header line missing"),
        (file(ROW) + b"T2,990100,\xff", "line 3: expected text in UTF-8"),
        (file(ROW) + b'T2,"9901', "line 3: broken quotes"),
        (file(ROW) + b'"' + b"x" * 200_000 + b'",', "line 3"),
    ],
)
def test_a_file_that_is_no_table_of_entries_is_refused(data: bytes, says: str) -> None:
    assert says in refused(data)


@pytest.mark.parametrize("name", ["transactions.xlsx", "transactions", "transactions.parquet"])
def test_a_name_that_the_content_does_not_keep_is_refused(name: str) -> None:
    refused(file(ROW), name)


def test_line_numbers_count_line_breaks_inside_quotes() -> None:
    message = refused(
        file(with_cell("description", '"two\nlines"'), with_cell("amount", "0", "T2" + ROW[2:]))
    )
    assert "line 4, column `amount`" in message


def test_several_currencies_without_base_amounts_are_refused() -> None:
    with pytest.raises(CurrencyMixed, match="1 in EUR, 2 in USD"):
        load(
            file(ROW, with_cell("id", "T2"), with_cell("currency", "EUR", "T3" + ROW[2:])),
            "transactions.csv",
            accounts=ACCOUNTS,
        )


def test_several_currencies_add_up_in_the_base_amounts() -> None:
    header = HEADER + ",amount_base,currency_base"
    euro = with_cell("currency", "EUR", with_cell("amount", "9000.00", "T2" + ROW[2:]))
    data = file(ROW + ",9500.00,USD", euro + ",9810.00,USD", header=header)
    rows = list(rows_of(load(data, "transactions.csv", accounts=ACCOUNTS).parquet))
    assert [(r["amount"], r["currency"]) for r in rows] == [
        (Decimal("9500.00"), "USD"),
        (Decimal("9810.00"), "USD"),
    ]
    assert rows[1]["description"] == "EUR 9000.00; deposit"


@pytest.mark.parametrize("last", [",9810.00,GBP", ",,"], ids=["two base currencies", "one missing"])
def test_base_amounts_must_settle_every_row(last: str) -> None:
    header = HEADER + ",amount_base,currency_base"
    euro = with_cell("currency", "EUR", "T2" + ROW[2:])
    with pytest.raises(CurrencyMixed):
        load(file(ROW + ",9500.00,USD", euro + last, header=header), "t.csv", accounts=None)


def test_entries_in_another_currency_than_their_account_are_refused() -> None:
    with pytest.raises(CurrencyMixed, match="the entries are in EUR"):
        load(file(with_cell("currency", "EUR")), "transactions.csv", accounts=ACCOUNTS)


def test_any_account_is_taken_where_no_case_names_its_accounts() -> None:
    data = file(with_cell("account", "990999"))
    assert load(data, "transactions.csv", accounts=None).set.rows == 1
    assert "line 2, column `account`" in refused(data)


texts = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=12)
rows = st.fixed_dictionaries(
    {
        "account": st.just("990100"),
        "booked_at": st.integers(0, 4_000_000_000).map(lambda s: datetime.fromtimestamp(s, UTC)),
        "direction": st.sampled_from(("in", "out")),
        "amount": st.decimals(Decimal("0.01"), Decimal("9999999999999999.99"), places=2),
        "currency": st.just("USD"),
        "channel": st.sampled_from(("cash", "wire", "card", "ach", "check", "internal", "other")),
        "counterparty": texts,
        "counterparty_account": texts,
        "counterparty_country": st.sampled_from((None, "US", "CY")),
        "place": texts,
        "description": texts,
    }
)


def as_csv(entries: list[dict[str, object]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, [c.name for c in CANONICAL])
    writer.writeheader()
    for entry in entries:
        booked = entry["booked_at"]
        assert isinstance(booked, datetime)
        writer.writerow({**entry, "booked_at": booked.isoformat()})
    return out.getvalue().encode()


@settings(max_examples=60, deadline=None)
@given(st.lists(rows, min_size=1, max_size=8))
def test_what_was_written_is_read_back_from_csv_and_from_parquet(
    made: list[dict[str, object]],
) -> None:
    entries: list[dict[str, object]] = [{"id": f"T{n}", **row} for n, row in enumerate(made)]
    from_csv = load(as_csv(entries), "t.csv", accounts=ACCOUNTS)
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(entries), out)
    from_parquet = load(out.getvalue(), "t.parquet", accounts=ACCOUNTS)
    expected = sorted(entries, key=lambda e: (e["booked_at"], e["id"]))
    assert list(rows_of(from_csv.parquet)) == expected
    assert from_parquet.parquet == from_csv.parquet


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_no_bytes_ever_end_in_anything_but_rows_or_a_refusal(data: bytes) -> None:
    for sent in (data, file(ROW) + data, b"PAR1" + data):
        for name in ("t.csv", "t.parquet"):
            try:
                assert load(sent, name, accounts=ACCOUNTS).set.rows >= 1
            except InputError:
                continue


MOMENT = pa.array([datetime(2026, 3, 4, 10, 15, tzinfo=UTC)], pa.timestamp("us", "UTC"))


def parquet_of(**columns: pa.Array) -> bytes:
    row = dict(zip((c.name for c in CANONICAL), ROW.split(","), strict=True))
    table = {name: pa.array([cell]) for name, cell in row.items()} | columns
    out = io.BytesIO()
    pq.write_table(pa.table(table), out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("amount", pa.array([9500], pa.int64())),
        ("amount", pa.array([Decimal("9500.0000")], pa.decimal128(20, 4))),
        ("booked_at", MOMENT.cast(pa.timestamp("ns"))),
        ("booked_at", MOMENT.cast(pa.timestamp("us", "Europe/Berlin"))),
        ("account", pa.array([990100], pa.int32())),
    ],
)  # fmt: skip
def test_typed_parquet_columns_are_read_as_their_text_would_be(
    column: str, values: pa.Array
) -> None:
    plain = load(file(ROW), "t.csv", accounts=ACCOUNTS)
    typed = load(parquet_of(**{column: values}), "t.parquet", accounts=ACCOUNTS)
    assert typed.parquet == plain.parquet


@pytest.mark.parametrize(
    ("column", "values", "says"),
    [
        ("amount", pa.array([9500.0], pa.float64()), "type double is not taken"),
        (
            "amount",
            pa.array([Decimal("9500.0050")], pa.decimal128(20, 4)),
            "row 1, column `amount`",
        ),
        ("amount", pa.array([-9500], pa.int64()), "row 1, column `amount`"),
        ("booked_at", pa.array([20260304], pa.int64()), "type int64 is not taken"),
        ("id", pa.array([None], pa.string()), "row 1, column `id`"),
    ],
)
def test_parquet_columns_that_could_mislead_are_refused(
    column: str, values: pa.Array, says: str
) -> None:
    assert says in refused(parquet_of(**{column: values}), "t.parquet")


def test_a_parquet_file_that_breaks_off_is_refused() -> None:
    whole = parquet_of()
    for cut in (10, len(whole) // 2, len(whole) - 5):
        refused(whole[:cut], "t.parquet")
