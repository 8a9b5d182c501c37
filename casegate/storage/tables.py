"""The tables: what is queried as columns, the record itself as JSON text.

Moments are text as `casegate.clock.stamp` writes them, so that both databases sort and compare them
alike. The migrations build these tables; a test compares the two.
"""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()


def _case_id(*, nullable: bool = False) -> Column[str]:
    return Column("case_id", String, ForeignKey("case.id"), nullable=nullable, index=True)


def _record() -> Column[str]:
    return Column("record", Text, nullable=False)


case = Table(
    "case",
    metadata,
    Column("id", String, primary_key=True),
    Column("scope", String, nullable=False),
    Column("reference", String, nullable=False),
    Column("submitted_by", String, nullable=False, index=True),
    Column("status", String, nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("assignee", String, index=True),
    Column("run_id", String),
    Column("title", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("proposed", String),
    Column("outcome", String),
    Column("rating", String),
    Column("amount", String),
    Column("currency", String),
    _record(),
    UniqueConstraint("scope", "reference"),
)

bundle = Table(
    "bundle",
    metadata,
    Column("case_id", String, ForeignKey("case.id"), primary_key=True),
    Column("content_hash", String, nullable=False),
    _record(),
)

document = Table(
    "document",
    metadata,
    Column("id", String, primary_key=True),
    _case_id(),
    Column("sha256", String, nullable=False),
    Column("read_by", String),
    _record(),
    UniqueConstraint("case_id", "sha256"),
)

transaction_file = Table(
    "transaction_file",
    metadata,
    Column("case_id", String, ForeignKey("case.id"), primary_key=True),
    Column("filename", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("read_by", String),
    Column("record", Text),
)

evidence = Table(
    "evidence",
    metadata,
    Column("case_id", String, ForeignKey("case.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("run_id", String, nullable=False, index=True),
    Column("call_hash", String, nullable=False),
    Column("content_hash", String, nullable=False),
    _record(),
    UniqueConstraint("run_id", "call_hash"),
)

fact = Table(
    "fact",
    metadata,
    Column("case_id", String, ForeignKey("case.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("run_id", String, nullable=False, index=True),
    _record(),
)

completion = Table(
    "completion",
    metadata,
    Column("id", String, primary_key=True),
    _case_id(),
    Column("run_id", String, nullable=False),
    Column("key", String, nullable=False),
    Column("request_hash", String, nullable=False, index=True),
    Column("request", Text, nullable=False),
    Column("reference", Text, nullable=False),
    _record(),
    UniqueConstraint("run_id", "key"),
)

profile = Table(
    "profile",
    metadata,
    Column("run_id", String, primary_key=True),
    _case_id(),
    _record(),
)

assessment = Table(
    "assessment",
    metadata,
    Column("run_id", String, primary_key=True),
    _case_id(),
    _record(),
)

proposal = Table(
    "proposal",
    metadata,
    Column("id", String, primary_key=True),
    _case_id(),
    Column("run_id", String, nullable=False, unique=True),
    Column("status", String, nullable=False),
    _record(),
)

ruling = Table(
    "ruling",
    metadata,
    Column("subject", String, primary_key=True),
    Column("stage", String, primary_key=True),
    _case_id(),
    _record(),
)

decision = Table(
    "decision",
    metadata,
    Column("id", String, primary_key=True),
    _case_id(),
    Column("maker", String, nullable=False),
    Column("evidence_hash", String),
    Column("status", String, nullable=False),
    _record(),
)

approval = Table(
    "approval",
    metadata,
    Column("id", String, primary_key=True),
    _case_id(),
    Column("decision_id", String, ForeignKey("decision.id"), nullable=False, unique=True),
    _record(),
)

label = Table(
    "label",
    metadata,
    Column("case_id", String, ForeignKey("case.id"), primary_key=True),
    Column("proposal_id", String, primary_key=True),
    Column("field", String, primary_key=True),
    _record(),
)

field_review = Table(
    "field_review",
    metadata,
    Column("id", String, primary_key=True),
    _case_id(),
    Column("run_id", String, nullable=False, index=True),
    Column("document_id", String, ForeignKey("document.id"), nullable=False),
    _record(),
)

document_review = Table(
    "document_review",
    metadata,
    Column("id", String, primary_key=True),
    _case_id(),
    Column("run_id", String, nullable=False, index=True),
    Column("document_id", String, ForeignKey("document.id"), nullable=False),
    _record(),
)

field_label = Table(
    "field_label",
    metadata,
    Column("review", String, ForeignKey("field_review.id"), primary_key=True),
    _case_id(),
    _record(),
)

recheck = Table(
    "recheck",
    metadata,
    Column("review", String, primary_key=True),
    _case_id(),
    Column("run_id", String, nullable=False, index=True),
    _record(),
)

hit_review = Table(
    "hit_review",
    metadata,
    Column("id", String, primary_key=True),
    _case_id(),
    _record(),
)

suppression = Table(
    "suppression",
    metadata,
    Column("id", String, primary_key=True),
    _case_id(),
    Column("customer", String, nullable=False, index=True),
    Column("entity_id", String, nullable=False),
    _record(),
)

suppression_end = Table(
    "suppression_end",
    metadata,
    Column("suppression", String, ForeignKey("suppression.id"), primary_key=True),
    _record(),
)

answered = Table(
    "answered",
    metadata,
    Column("actor", String, primary_key=True),
    Column("key_hash", String, primary_key=True),
    Column("request_hash", String, nullable=False),
    Column("answer", Text),
    Column("created_at", String, nullable=False),
)

problem = Table(
    "problem",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    _case_id(),
    Column("run_id", String, nullable=False),
    Column("content_hash", String, nullable=False),
    _record(),
    UniqueConstraint("run_id", "content_hash"),
)

step = Table(
    "step",
    metadata,
    Column("run_id", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    _case_id(),
    Column("node", String, nullable=False),
    Column("at", String, nullable=False),
)

event = Table(
    "event",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("id", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("at", String, nullable=False),
    Column("actor", String, nullable=False),
    Column("case_id", String, index=True),
    Column("payload", Text, nullable=False),
    Column("prev_hash", String, nullable=False),
    Column("hash", String, nullable=False),
)

checkpoint = Table(
    "checkpoint",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    _record(),
)

job = Table(
    "job",
    metadata,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    _case_id(),
    Column("run_id", String, nullable=False),
    Column("decision_id", String),
    Column("state", String, nullable=False),
    Column("created_at", String, nullable=False),
)
Index("ix_job_state_created", job.c.state, job.c.created_at)

user = Table(
    "user",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("roles", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("demo", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", String),
)

session = Table(
    "session",
    metadata,
    Column("token_hash", LargeBinary(32), primary_key=True),
    Column("user_id", String, ForeignKey("user.id"), nullable=False, index=True),
    Column("created_at", String, nullable=False),
    Column("expires_at", String, nullable=False),
)
