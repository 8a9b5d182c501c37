"""Files to rows of text cells, before anything is believed of their content."""

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import PurePath

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from casegate.errors import TransactionsInvalid
from tools.transactions.columns import CANONICAL

MAX_ROWS = 5_000_000
"""Of one file. A limit of this program's memory, not a policy."""
_REQUIRED = tuple(column.name for column in CANONICAL if column.required)
_MAGIC = b"PAR1"

Rows = Iterator[tuple[str, dict[str, str] | str]]
"""Each row: where it stands (`line 4`, `row 4`), and its cells by column, or what is wrong."""


def read_rows(data: bytes, filename: str, known: Sequence[str]) -> Rows:
    """Read a file whose name and content agree on one of the two formats.

    Raises:
        TransactionsInvalid: the file or its header can't be read.
    """
    suffix = PurePath(filename).suffix.lower()
    if suffix not in {".csv", ".parquet"}:
        raise TransactionsInvalid("expected a file named *.csv or *.parquet")
    if not data.strip():
        raise TransactionsInvalid("the file is empty")
    if data.startswith(_MAGIC) != (suffix == ".parquet"):
        raise TransactionsInvalid(f"the file is named *{suffix}, but its content is another format")
    return _parquet_rows(data, known) if suffix == ".parquet" else _csv_rows(data, known)


def _check_header(names: Sequence[str], known: Sequence[str]) -> None:
    """Refuse a header with unknown, doubled or missing columns, all named at once."""
    recognised = set(names) & set(known)
    if not recognised:
        # Without one known column the first line may be data, which no message repeats.
        raise TransactionsInvalid("line 1 names no known column: is the header line missing?")
    problems = [f"unknown column {name[:40]!r}" for name in names if name not in known]
    problems += [f"column `{name}` stands twice" for name in known if names.count(name) > 1]
    problems += [f"column `{name}` is missing" for name in _REQUIRED if name not in names]
    if problems:
        raise TransactionsInvalid("line 1: " + "; ".join(problems[:20]))


def _csv_rows(data: bytes, known: Sequence[str]) -> Rows:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        line = data.count(b"\n", 0, bad.start) + 1
        raise TransactionsInvalid(f"line {line}: expected text in UTF-8") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    first = next(_lines(reader), [])
    names = [] if isinstance(first, str) else [name.strip() for name in first]
    if len(names) == 1 and ";" in names[0]:
        raise TransactionsInvalid("line 1: expected commas between the columns, got semicolons")
    _check_header(names, known)
    return _cells(reader, names)


def _cells(reader: "csv._reader", names: list[str]) -> Rows:  # type: ignore[name-defined,unused-ignore]
    for count, row in enumerate(_lines(reader)):
        if not row:
            continue
        where = f"line {reader.line_num}"
        if isinstance(row, str):
            yield where, row
        elif len(row) != len(names):
            yield where, f"expected {len(names)} cells, got {len(row)}"
        elif count >= MAX_ROWS:
            raise TransactionsInvalid(f"expected at most {MAX_ROWS} entries in one file")
        else:
            yield where, dict(zip(names, (cell.strip() for cell in row), strict=True))


def _lines(reader: "csv._reader") -> Iterator[list[str] | str]:  # type: ignore[name-defined,unused-ignore]
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            # After broken quotes nobody knows where the next row begins.
            yield "broken quotes, or a cell that is too long; the rest was not read"
            return


def _parquet_rows(data: bytes, known: Sequence[str]) -> Rows:
    try:
        file = pq.ParquetFile(io.BytesIO(data))
        names = file.schema_arrow.names
        rows = file.metadata.num_rows
    except (pa.ArrowException, OSError):
        raise TransactionsInvalid("the Parquet file can't be read") from None
    _check_header(names, known)
    if rows > MAX_ROWS:
        raise TransactionsInvalid(f"expected at most {MAX_ROWS} entries in one file")
    for field in file.schema_arrow:
        if not _is_text_like(field):
            raise TransactionsInvalid(
                f"column `{field.name}`: a Parquet column of type {field.type} is not taken; "
                "money is decimal, integer or text, moments are timestamps, dates or text"
            )
    return _batches(file)


def _is_text_like(field: pa.Field) -> bool:
    kind = field.type
    is_text = pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_null(kind)
    if field.name == "booked_at":
        return bool(is_text or pa.types.is_timestamp(kind) or pa.types.is_date(kind))
    if field.name in {"amount", "amount_base"}:
        return bool(is_text or pa.types.is_decimal(kind) or pa.types.is_integer(kind))
    return bool(is_text or pa.types.is_integer(kind))


def _batches(file: pq.ParquetFile) -> Rows:
    row = 0
    try:
        for batch in file.iter_batches():
            columns = {f.name: _as_text(batch.column(f.name)) for f in batch.schema}
            for index in range(batch.num_rows):
                row += 1
                yield f"row {row}", {name: cells[index] for name, cells in columns.items()}
    except (pa.ArrowException, OSError):
        yield f"row {row + 1}", "the Parquet file breaks off; the rest was not read"


def _as_text(column: pa.Array) -> list[str]:
    """Write each value as its CSV cell would be."""
    if pa.types.is_timestamp(column.type):
        column = pc.strftime(
            column.cast(pa.timestamp("s", "UTC"), safe=False), "%Y-%m-%dT%H:%M:%SZ"
        )
    if pa.types.is_decimal(column.type):
        return [_as_money(value) for value in column.to_pylist()]
    return [("" if value is None else str(value).strip()) for value in column.to_pylist()]


def _as_money(value: Decimal | None) -> str:
    """Write with two places if nothing is lost; more places stay and are refused later."""
    if value is None:
        return ""
    short = round(value, 2)
    return f"{short if short == value else value:f}"
