"""Transaction files to canonical rows: strict, with every problem named by line and column."""

import io
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq

from casegate.errors import CurrencyMixed, TransactionsInvalid
from casegate.hashing import sha256_hex
from casegate.model.party import Account
from casegate.model.transaction import TransactionSet
from tools.transactions.columns import BASE, CANONICAL, Column
from tools.transactions.read import read_rows

SHOWN_PROBLEMS = 20

SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("account", pa.string()),
        ("booked_at", pa.timestamp("us", "UTC")),
        ("direction", pa.string()),
        ("amount", pa.decimal128(18, 2)),
        ("currency", pa.string()),
        ("channel", pa.string()),
        ("counterparty", pa.string()),
        ("counterparty_account", pa.string()),
        ("counterparty_country", pa.string()),
        ("place", pa.string()),
        ("description", pa.string()),
    ]
)
"""Of the canonical Parquet file: the columns of `Transaction`, sorted by `booked_at` and `id`."""


@dataclass(frozen=True)
class Loaded:
    """Canonical rows as a Parquet file, and the record of them."""

    parquet: bytes
    set: TransactionSet


@dataclass(frozen=True)
class _Refused:
    """What a cell should have been."""

    expected: str


class _Problems:
    """Collects what is wrong, without the values: a shifted row may hold personal data."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    @property
    def full(self) -> bool:
        return len(self._lines) > SHOWN_PROBLEMS

    def add(self, where: str, column: str, what: str) -> None:
        self._lines.append(f"{where}, column `{column}`: {what}")

    def add_row(self, where: str, what: str) -> None:
        self._lines.append(f"{where}: {what}")

    def raise_if_any(self) -> None:
        if not self._lines:
            return
        shown = self._lines[:SHOWN_PROBLEMS]
        more = f"; the first {SHOWN_PROBLEMS} are shown" if self.full else ""
        raise TransactionsInvalid(f"problems in the file{more}: " + "; ".join(shown))


def load(data: bytes, filename: str, *, accounts: Sequence[Account] | None) -> Loaded:
    """Read a CSV or Parquet file into canonical rows.

    `accounts` are those of the case: a row on another account, or in another currency than its
    account, is a problem. None accepts any account.

    Raises:
        TransactionsInvalid: names up to 20 problems by line and column.
        CurrencyMixed: several currencies, and `amount_base`, `currency_base` don't settle it.
    """
    rows = read_rows(data, filename, [column.name for column in (*CANONICAL, *BASE)])
    known = None if accounts is None else {a.number: a.currency for a in accounts}
    table = _Table(known)
    for where, cells in rows:
        if isinstance(cells, str):
            table.problems.add_row(where, cells)
        else:
            table.add(where, cells)
        if table.problems.full:
            break
    return _store(data, table.finish())


class _Table:
    """Values by column, each distinct cell read once."""

    def __init__(self, accounts: dict[str, str] | None) -> None:
        self.problems = _Problems()
        self._accounts = accounts
        self._memo: dict[str, dict[str, object]] = {c.name: {} for c in (*CANONICAL, *BASE)}
        self._values: dict[str, list[object]] = {c.name: [] for c in CANONICAL}
        self._base: list[tuple[object, object]] = []
        self._ids: set[object] = set()

    def add(self, where: str, cells: dict[str, str]) -> None:
        row = {c.name: self._cell(c, where, cells.get(c.name, "")) for c in CANONICAL}
        base = [self._cell(c, where, cells[c.name]) for c in BASE if cells.get(c.name)]
        self._base.append((base[0], base[1]) if len(base) == 2 else (None, None))
        if row["id"] in self._ids:
            self.problems.add(where, "id", "stands in an earlier line too")
        self._ids.add(row["id"])
        self._check_account(where, row["account"])
        for name, value in row.items():
            self._values[name].append(value)

    def _cell(self, column: Column, where: str, cell: str) -> object:
        memo = self._memo[column.name]
        if cell not in memo:
            try:
                memo[cell] = column.read(cell)
            except ValueError as expected:
                memo[cell] = _Refused(str(expected))
        value = memo[cell]
        if isinstance(value, _Refused):
            self.problems.add(where, column.name, value.expected)
            return object()
        return value

    def _check_account(self, where: str, account: object) -> None:
        if (
            self._accounts is not None
            and isinstance(account, str)
            and account not in self._accounts
        ):
            self.problems.add(where, "account", "is no account of this case")

    def finish(self) -> pa.Table:
        self.problems.raise_if_any()
        if not self._values["id"]:
            raise TransactionsInvalid("the file holds a header but no entries")
        if len(set(self._values["currency"])) > 1:
            self._use_base()
        elif self._accounts is not None:
            self._check_currencies(self._accounts)
        return pa.table(self._values, schema=SCHEMA).sort_by(
            [("booked_at", "ascending"), ("id", "ascending")]
        )

    def _check_currencies(self, accounts: dict[str, str]) -> None:
        currency = self._values["currency"][0]
        used: Collection[object] = set(self._values["account"])
        if any(accounts[str(number)] != currency for number in used):
            raise CurrencyMixed(
                f"the entries are in {currency}, but not every account of the case is",
                remedy="Send the currency of the account, as the case bundle has it.",
            )

    def _use_base(self) -> None:
        """Take the base amounts; the original stays readable in `description`."""
        if None in {base for _, base in self._base} or len({base for _, base in self._base}) > 1:
            counts = Counter(str(currency) for currency in self._values["currency"])
            found = ", ".join(f"{n} in {currency}" for currency, n in sorted(counts.items()))
            raise CurrencyMixed(f"entries in several currencies: {found}")
        values = self._values
        values["description"] = [
            f"{currency} {amount}" + (f"; {text}" if text else "")
            for currency, amount, text in zip(
                values["currency"], values["amount"], values["description"], strict=True
            )
        ]
        values["amount"] = [amount for amount, _ in self._base]
        values["currency"] = [currency for _, currency in self._base]


def _store(data: bytes, table: pa.Table) -> Loaded:
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    parquet = out.getvalue()
    days = table["booked_at"]
    return Loaded(
        parquet=parquet,
        set=TransactionSet(
            sha256=sha256_hex(data),
            parquet=sha256_hex(parquet),
            rows=table.num_rows,
            currency=table["currency"][0].as_py(),
            first=days[0].as_py().date(),
            last=days[table.num_rows - 1].as_py().date(),
        ),
    )


def rows_of(parquet: bytes) -> Iterator[dict[str, object]]:
    """Give the canonical rows back, each with the fields of `Transaction`."""
    for batch in pq.ParquetFile(io.BytesIO(parquet)).iter_batches():
        yield from batch.to_pylist()
