"""What goes over the wire beside the records of `casegate.model`. Clients load it too."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field, SecretStr

from casegate.access.principals import Principal
from casegate.audit.event import StoredEvent
from casegate.model.base import Money, Record, Sha256
from casegate.model.case import Case, CaseStatus, Disposition
from casegate.model.decision import Outcome
from casegate.model.document import CopyReason, DocumentAnswer, FieldAnswer
from casegate.model.narrative import SentenceText
from casegate.model.proposal import RiskLevel
from casegate.model.screening import HitAnswer
from casegate.model.transaction import Transaction


class Credentials(Record):
    """Who signs in."""

    user: Annotated[str, Field(min_length=1, max_length=200, examples=["ana"])]
    password: Annotated[SecretStr, Field(max_length=1000)]


class Session(Record):
    """A session that was opened. The token goes into `Authorization: Bearer <token>`."""

    token: str
    expires_at: datetime
    principal: Principal


class QueueRow(Record):
    """A case as a queue shows it."""

    case: Case
    title: str
    subject: str
    """Name of the first subject."""
    reference: str
    proposed: Disposition | None = None
    outcome: Outcome | None = None
    """What the gate said of the proposal."""
    rating: RiskLevel | None = None
    amount: Money | None = None
    """The largest total among the facts that the narrative must hold."""


class QueuePage(Record):
    """Some cases, newest first."""

    rows: tuple[QueueRow, ...]
    next: str | None = None
    """Pass as `after` for the following page; None on the last."""


class CaseProgress(Record):
    """How far a case is: all that an API client sees of it. No outcome, no finding, no name."""

    id: str
    reference: str
    status: CaseStatus
    """Coarse: `received`, `processing`, `ready_for_review` while people work on it, `closed`."""
    received_at: datetime
    documents: int


class StepView(Record):
    """A step of the run that prepares a case."""

    node: str
    at: datetime


class Progress(Record):
    """The steps that the newest run has entered, oldest first."""

    steps: tuple[StepView, ...]


class TransactionsStored(Record):
    """That a transaction file was kept; the worker reads it when the case runs."""

    sha256: Sha256


class TransactionPage(Record):
    """Rows of a case, oldest first."""

    rows: tuple[Transaction, ...]
    total: int
    next: int | None = None
    """Pass as `after` for the following page; None on the last."""


class CheckRequest(Record):
    """A text to check against the records of a case. Nothing is stored."""

    sentences: Annotated[tuple[SentenceText, ...], Field(max_length=500)]
    disposition: Disposition | None = None
    """Which kind of text it is to be; None means the proposal's."""


class FieldReviewRequest(Record):
    """What a person says of a value that was read."""

    answer: FieldAnswer
    value: Annotated[str, Field(max_length=1000)] | None = None
    """For a correction: what stands on the document, in any form that the reader takes."""


class GivenValue(Record):
    """A value that a person reads on the document and the reader did not."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    """Field name of the document's type, such as one of the document's `missing`."""
    value: Annotated[str, Field(max_length=1000)]


class DocumentReviewRequest(Record):
    """What a person does with a document."""

    answer: DocumentAnswer
    reason: Annotated[str, Field(max_length=1000)] = ""
    """Needed unless the answer is `accept`; for colleagues, never told to who sent it."""
    reason_code: CopyReason | None = None
    """With `ask_again`: what whoever sent it is told; `other` when left out."""


Reason = Annotated[str, Field(max_length=1000)]
"""Why, for colleagues and for whoever reads the case later; never blank."""
Key = Annotated[str, Field(min_length=1, max_length=300)]


class HitReviewRequest(Record):
    """What a person says of a screening hit, which its party, list and entry name."""

    party: Key
    list: Key
    entity_id: Key
    answer: HitAnswer
    reason: Reason


class HitSecondRequest(Record):
    """What a second person says of a colleague's word on a hit."""

    agrees: bool
    reason: Reason
    suppress_until: date | None = None
    """With a false positive that both agree on: the first day on which the same hit on the same
    customer asks for a person again. Left out, nothing is suppressed."""


class SuppressionEndRequest(Record):
    """Why a suppression ends before its day."""

    reason: Reason


class ApprovalRequest(Record):
    """A second person's answer on exactly the content that they read."""

    decision_id: str
    content_hash: Sha256
    """Of the decision as it was shown; anything else is refused."""
    approved: bool
    note: Annotated[str, Field(max_length=10_000)] = ""


class Events(Record):
    """The events of a case, oldest first."""

    events: tuple[StoredEvent, ...]


class Health(Record):
    """Whether the service runs, or is ready to serve."""

    status: str
