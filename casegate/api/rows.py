"""Canonical Parquet rows as transactions."""

from io import BytesIO

import pyarrow.parquet as pq

from casegate.model.transaction import Transaction


def read_rows(parquet: bytes, *, after: int, limit: int) -> tuple[tuple[Transaction, ...], int]:
    """Give `limit` rows that come after the first `after`, and how many there are in all.

    The file's columns are the fields of `Transaction`; other columns are left out.
    """
    file = pq.ParquetFile(BytesIO(parquet))
    names = [name for name in file.schema_arrow.names if name in Transaction.model_fields]
    part = file.read(columns=names).slice(after, limit)
    rows = tuple(Transaction.model_validate(_plain(row)) for row in part.to_pylist())
    return rows, file.metadata.num_rows


def _plain(row: dict[str, object]) -> dict[str, object]:
    """Leave empty cells out, so that the field's own default stands."""
    return {name: value for name, value in row.items() if value is not None}
