"""Seals a table inside a migration: its rows are never deleted or changed."""

import sqlalchemy as sa
from alembic import op


def seal(table: str, *open_columns: str) -> None:
    """Refuse every delete, and every change of a column that is not among `open_columns`."""
    columns = [
        f'"{column["name"]}"'
        for column in sa.inspect(op.get_bind()).get_columns(table)
        if column["name"] not in open_columns
    ]
    if op.get_bind().dialect.name == "sqlite":
        _sqlite(table, ", ".join(columns))
    else:
        _postgresql(table, ", ".join(columns))


def _sqlite(table: str, columns: str) -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"
    op.execute(
        f'CREATE TRIGGER seal_{table}_update BEFORE UPDATE OF {columns} ON "{table}" {refuse}'
    )
    op.execute(f'CREATE TRIGGER seal_{table}_delete BEFORE DELETE ON "{table}" {refuse}')


def _postgresql(table: str, columns: str) -> None:
    # `casegate_sealed` was made by the first migration.
    run = "EXECUTE FUNCTION casegate_sealed()"
    op.execute(
        f'CREATE TRIGGER seal_{table}_update BEFORE UPDATE OF {columns} ON "{table}" '
        f"FOR EACH ROW {run}"
    )
    op.execute(f'CREATE TRIGGER seal_{table}_delete BEFORE DELETE ON "{table}" FOR EACH ROW {run}')
    op.execute(
        f'CREATE TRIGGER seal_{table}_truncate BEFORE TRUNCATE ON "{table}" '
        f"FOR EACH STATEMENT {run}"
    )
