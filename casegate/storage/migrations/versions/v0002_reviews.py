"""Reviews of documents and their values, and answers under idempotency keys."""

import sqlalchemy as sa
from alembic import op

from casegate.storage.migrations.seal import seal

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_SEALED = ("field_review", "document_review", "field_label", "recheck")


def upgrade() -> None:
    """Create the tables, then seal those that only grow."""
    _create_review("field_review")
    _create_review("document_review")
    op.create_table(
        "field_label",
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["review"], ["field_review.id"]),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"]),
        sa.PrimaryKeyConstraint("review"),
    )
    op.create_index("ix_field_label_case_id", "field_label", ["case_id"])
    op.create_table(
        "recheck",
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"]),
        sa.PrimaryKeyConstraint("review"),
    )
    op.create_index("ix_recheck_case_id", "recheck", ["case_id"])
    op.create_index("ix_recheck_run_id", "recheck", ["run_id"])
    op.create_table(
        "answered",
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("request_hash", sa.String(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("actor", "key_hash"),
    )
    for table in _SEALED:
        seal(table)


def downgrade() -> None:
    """What people said of documents is never thrown away."""
    raise NotImplementedError("reviews of documents can't be undone; restore a backup instead")


def _create_review(table: str) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"]),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(f"ix_{table}_case_id", table, ["case_id"])
    op.create_index(f"ix_{table}_run_id", table, ["run_id"])
