"""What people said of screening hits, and the hits that need no person again."""

import sqlalchemy as sa
from alembic import op

from casegate.storage.migrations.seal import seal

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_SEALED = ("hit_review", "suppression", "suppression_end")


def upgrade() -> None:
    """Create the tables, then seal them: they only grow."""
    op.create_table(
        "hit_review",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_hit_review_case_id", "hit_review", ["case_id"])
    op.create_table(
        "suppression",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("customer", sa.String(), nullable=False),
        sa.Column("entity_id", sa.String(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_suppression_case_id", "suppression", ["case_id"])
    op.create_index("ix_suppression_customer", "suppression", ["customer"])
    op.create_table(
        "suppression_end",
        sa.Column("suppression", sa.String(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["suppression"], ["suppression.id"]),
        sa.PrimaryKeyConstraint("suppression"),
    )
    for table in _SEALED:
        seal(table)


def downgrade() -> None:
    """What people said of hits is never thrown away."""
    raise NotImplementedError("reviews of hits can't be undone; restore a backup instead")
