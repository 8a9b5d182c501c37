"""Documents, what was read from them, and where on the page it stands."""

from datetime import datetime
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
    DRIVING_LICENCE = "driving_licence"
    PROOF_OF_ADDRESS = "proof_of_address"
    SOURCE_OF_FUNDS = "source_of_funds"
    BANK_STATEMENT = "bank_statement"
    PAYSLIP = "payslip"
    CERTIFICATE_OF_INCORPORATION = "certificate_of_incorporation"
    ARTICLES = "articles"
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
    MRZ = "mrz"
    MODEL = "model"
    PERSON = "person"


class TextSource(StrEnum):
    """Where the characters of a value come from."""

    TEXT_LAYER = "text_layer"
    OCR = "ocr"
    MARKUP = "markup"
    """Mail, office files, HTML, plain text: formats without pages."""


class Band(StrEnum):
    """What to do with a value, by how often values like it were right when that was measured."""

    USE = "use"
    CHECK = "check"
    """A person looks before anything rests on it."""
    RE_REQUEST = "re_request"
    """Ask for a better copy."""


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

    id: str = ""
    """`F1`, `F2`, ...: unique in its document."""
    name: str
    """Field name of the document type's schema, such as `date_of_birth`."""
    value: str
    """As printed."""
    normalised: str
    """ISO date, upper-case ISO country, plain decimal, digits: what comparisons use."""
    currency: str = ""
    """ISO 4217 code of an amount, as printed or as the document's only one; empty where it names
    none."""
    page: int | None
    """1-based; None where the format has no pages (DOCX, mail, HTML)."""
    boxes: tuple[Box, ...] = ()
    span: Span
    further: tuple[Span, ...] = ()
    """The other lines of a value that goes on below, in a column beside other print."""
    engine: Engine
    read_from: TextSource = TextSource.TEXT_LAYER
    confidence: float
    """Share of values of this kind, engine and source that were right when it was measured."""
    band: Band = Band.CHECK
    subject: str | None = None
    """Party id that the value is about, when the document names several."""


class DroppedValue(Record):
    """A value that the model gave and that was not taken: reported, never used."""

    name: str
    reason: str
    """`not_located`, `context` (stands elsewhere, means something else) or `format`."""


class SignalLevel(StrEnum):
    """How closely a signal asks to be looked at; none of them is a verdict."""

    NOTE = "note"
    LOOK = "look"
    ALARM = "alarm"
    """Hard to explain by an honest paper. A decision has to acknowledge it."""


class Signal(Record):
    """Something about a document that a reviewer should know; never a verdict."""

    kind: str
    """Such as `hidden_text`, `instruction_like_text`, `javascript`, `embedded_file`."""
    message: str
    page: int | None = None
    level: SignalLevel = SignalLevel.LOOK
    boxes: tuple[Box, ...] = ()
    fields: tuple[str, ...] = ()
    """Names of the fields that it concerns."""


class Quarantined(Record):
    """Text that no reader of the page sees. Kept from the model and from every value; people see it
    as plain text."""

    where: str
    """Such as `hidden text`, `a form field`, `a note`, `the file's properties`."""
    text: str
    page: int | None = None


class MrzCheck(Record):
    """One check digit of a machine readable zone (ICAO 9303-3, 4.9)."""

    name: str
    """`document_number`, `date_of_birth`, `expiry_date`, `optional` or `composite`."""
    right: bool


class MrzReading(Record):
    """A machine readable zone as it was read, and whether a gate may rest on it."""

    format: str
    """`TD1`, `TD2`, `TD3`, `MRV-A` or `MRV-B`."""
    lines: tuple[str, ...]
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    checks: tuple[MrzCheck, ...]
    valid: bool
    """Every check digit is right."""
    agrees: bool | None
    """The print says the same: the document number and one more of birth, expiry, surname and
    given names, beside their labels or elsewhere outside the zone. False where one labelled value
    differs, None where the print shows too little to tell."""
    repaired: tuple[str, ...] = ()
    """Fields in which a character was replaced by the one that its place asks for."""

    @property
    def gate_ready(self) -> bool:
        """Valid, agreeing with the printed zone, and not one character repaired."""
        return self.valid and self.agrees is True and not self.repaired


class PageImage(Record):
    """A rendered page, stored as a blob."""

    page: int
    width_pt: float
    height_pt: float
    blob: Sha256


class FieldAnswer(StrEnum):
    """What a person says of one value."""

    CONFIRM = "confirm"
    CORRECT = "correct"


class FieldReview(Record):
    """A person's word on one value: what was read, and what they say stands there."""

    id: str
    case_id: str
    document_id: str
    field_id: str = ""
    """Empty for a value that was not read at all."""
    name: str
    answer: FieldAnswer
    before: str = ""
    """The normalised value that was read; empty for none."""
    after: str
    """The normalised value that holds now."""
    shown: str = ""
    """As the person wrote it; empty where they confirmed what was read."""
    reviewer: str
    at: datetime
    salt: str = ""
    """Random, and kept out of the log: nobody can guess a short value from its hash there."""


class FieldLabel(Record):
    """What a person said of a value, and what had read it: feeds evals and calibration."""

    review: str
    case_id: str
    document_id: str
    document_type: DocumentType
    field: str
    answer: FieldAnswer
    before: str
    """The normalised value that was read; empty for none."""
    after: str
    engine: Engine | None = None
    """None where nothing had been read."""
    read_from: TextSource | None = None
    confidence: float | None = None
    band: Band | None = None
    prompt: str = ""
    model: str = ""
    """Prompt and model of the reading, where a model read it."""


class DocumentAnswer(StrEnum):
    """What a person does with a document."""

    ACCEPT = "accept"
    REJECT = "reject"
    """Nothing in the case rests on it."""
    ASK_AGAIN = "ask_again"
    REPLACED = "replaced"
    """The copy that was asked for came and was read; no person says this."""


class CopyReason(StrEnum):
    """Why another copy is wanted, in words that may be told to whoever sent the document."""

    UNREADABLE = "unreadable"
    INCOMPLETE = "incomplete"
    """Pages or edges are missing."""
    EXPIRED = "expired"
    WRONG_DOCUMENT = "wrong_document"
    OTHER = "other"


class DocumentReview(Record):
    """A person's word on one document."""

    id: str
    case_id: str
    document_id: str
    answer: DocumentAnswer
    reason: str
    """For colleagues: never told outside."""
    reason_code: CopyReason | None = None
    """Of a request for another copy: what its sender is told."""
    reviewer: str
    at: datetime


class Document(Record):
    """A submitted file with the outcome of reading it. The text itself is a blob."""

    id: str
    case_id: str
    parent: str | None = None
    """The mail or archive that it came in."""
    replaces: str | None = None
    """The document that a person asked for again, and that this one was sent for."""
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
    missing: tuple[str, ...] = ()
    """Required fields that were not read."""
    dropped: tuple[DroppedValue, ...] = ()
    signals: tuple[Signal, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()
    mrz: MrzReading | None = None
    answer: DocumentAnswer | None = None
    """What a person did with it last."""

    @property
    def counts(self) -> bool:
        """Tell whether anything may rest on it: not rejected, asked for again or replaced."""
        return self.answer is None or self.answer is DocumentAnswer.ACCEPT
