"""Documents, what was read from them, and where on the page it stands."""

from enum import StrEnum

from casegate.model.base import Record, Sha256


class DocumentVerdict(StrEnum):
    """How the safe parse of a file ended. The file is kept whatever the verdict."""

    PENDING = "pending"
    PARSED = "parsed"
    NEEDS_OCR = "needs_ocr"
    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    CORRUPT = "corrupt"
    BOMB = "bomb"
    TOO_LARGE = "too_large"
    TOO_MANY_PAGES = "too_many_pages"
    UNSUPPORTED = "unsupported"
    TIMEOUT = "timeout"


class DocumentType(StrEnum):
    """What kind of paper it is."""

    PASSPORT = "passport"
    IDENTITY_CARD = "identity_card"
    PROOF_OF_ADDRESS = "proof_of_address"
    SOURCE_OF_FUNDS = "source_of_funds"
    BANK_STATEMENT = "bank_statement"
    REGISTER_EXTRACT = "register_extract"
    OWNERSHIP_DECLARATION = "ownership_declaration"
    ACCOUNT_APPLICATION = "account_application"
    INVOICE = "invoice"
    CORRESPONDENCE = "correspondence"
    UNKNOWN = "unknown"


class Engine(StrEnum):
    """Which reader produced a value."""

    LABEL = "label"
    VALIDATOR = "validator"
    MODEL = "model"


class Box(Record):
    """A rectangle on a page in points (1/72 inch), origin at the top left."""

    x0: float
    y0: float
    x1: float
    y1: float


class Span(Record):
    """Characters `start` (inclusive) to `end` (exclusive) of the document's text."""

    start: int
    end: int


class Field(Record):
    """A value read from a document, with its place."""

    name: str
    """Field name of the document type's schema, such as `date_of_birth`."""
    value: str
    """As printed."""
    normalised: str
    """ISO date, upper-case ISO country, plain decimal, digits: what comparisons use."""
    page: int | None
    """1-based; None where the format has no pages (DOCX, mail, HTML)."""
    boxes: tuple[Box, ...] = ()
    span: Span
    engine: Engine
    confidence: float
    subject: str | None = None
    """Party id that the value is about, when the document names several."""


class DroppedValue(Record):
    """A value that the model gave and that was not taken: reported, never used."""

    name: str
    reason: str
    """`not_located`, `context` (stands elsewhere, means something else) or `format`."""


class Signal(Record):
    """Something about a document that a reviewer should know; never a verdict."""

    kind: str
    """Such as `hidden_text`, `instruction_like_text`, `javascript`, `embedded_file`."""
    message: str
    page: int | None = None


class PageImage(Record):
    """A rendered page, stored as a blob."""

    page: int
    width_pt: float
    height_pt: float
    blob: Sha256


class Document(Record):
    """A submitted file with the outcome of reading it. The text itself is a blob."""

    id: str
    case_id: str
    filename: str
    media_type: str
    size: int
    sha256: Sha256
    verdict: DocumentVerdict = DocumentVerdict.PENDING
    verdict_reason: str = ""
    type: DocumentType = DocumentType.UNKNOWN
    pages: tuple[PageImage, ...] = ()
    page_count: int = 0
    text_blob: Sha256 | None = None
    fields: tuple[Field, ...] = ()
    dropped: tuple[DroppedValue, ...] = ()
    signals: tuple[Signal, ...] = ()
