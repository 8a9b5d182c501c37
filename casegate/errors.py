"""Every error that Casegate raises on purpose.

    CasegateError
    ├── InputError                 what was given can't be used            exit 2
    │   ├── InvalidInput           input_invalid           422
    │   ├── BundleInvalid          bundle_invalid          422
    │   ├── DocumentEmpty          document_empty          422
    │   ├── DocumentTooLarge       document_too_large      413
    │   ├── DocumentTypeRefused    document_type_refused   415
    │   ├── TransactionsInvalid    transactions_invalid    422
    │   ├── CurrencyMixed          currency_mixed          422
    │   ├── ListRefused            list_refused            422
    │   ├── TokenBudgetExceeded    token_budget_exceeded   422
    │   ├── ToolInputError         tool_input_invalid      422
    │   ├── ValueRefused           value_refused           422
    │   ├── IdempotencyKeyReused   idempotency_key_reused  422
    │   ├── PromptInvalid          prompt_invalid          422
    │   ├── RulesInvalid           rules_invalid           422
    │   └── SettingInvalid         setting_invalid         500
    ├── NotFound                   not_found               404   exit 2
    │   ├── CaseUnknown            case_unknown            404
    │   ├── DocumentUnknown        document_unknown        404
    │   ├── HitUnknown             hit_unknown             404
    │   ├── SuppressionUnknown     suppression_unknown     404
    │   ├── CustomerUnknown        customer_unknown        404
    │   ├── SubscriptionUnknown    subscription_unknown    404
    │   ├── ModelUnknown           model_unknown           404
    │   └── PromptUnknown          prompt_unknown          404
    ├── Conflict                   the state of things says no             exit 1
    │   ├── IllegalTransition      illegal_transition      409
    │   ├── VersionConflict        version_conflict        409
    │   ├── DuplicateSubmission    duplicate_submission    409
    │   ├── NoPendingDecision      no_pending_decision     409
    │   ├── ApprovalVoid           approval_void           409
    │   ├── GateRefused            gate_refused            409
    │   └── AuditBroken            audit_broken            500
    ├── AccessRefused              not_allowed             403   exit 2
    │   ├── NotSignedIn            not_signed_in           401
    │   ├── SignInFailed           sign_in_failed          401
    │   └── SelfApproval           self_approval           403
    └── PartDown                   a part of the system is missing or late  exit 3
        ├── ModelMissing           model_missing           503
        ├── ModelHashWrong         model_hash_wrong        503
        ├── ModelUnavailable       model_unavailable       503
        ├── ModelTimeout           model_timeout           504
        ├── ModelOutputInvalid     model_output_invalid    502
        ├── ScreeningUnavailable   screening_unavailable   503
        ├── ListUnreachable        list_unreachable        503
        ├── GuidanceUnavailable    guidance_unavailable    503
        ├── StorageFull            storage_full            507
        ├── StorageUnavailable     storage_unavailable     503
        ├── BlobMissing            blob_missing            500
        ├── EvalFailed             eval_failed             500
        └── ForeignPackage         foreign_package         500

A message says what was wrong, names the value by `name` and id, what was expected; `remedy` says
what to do. Neither ever holds personal data: documents, parties and accounts go by their ids.
"""

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from casegate.model.base import Problem


class CasegateError(Exception):
    """Base of all; never raised itself."""

    code: ClassVar[str] = "casegate_error"
    status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 2
    remedy: str = ""

    def __init__(self, message: str, *, remedy: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if remedy is not None:
            self.remedy = remedy

    def as_problem(self, where: str = "") -> "Problem":
        """Give the error as a case shows it; `where` is the id of what it is about."""
        # Imported here: `casegate --help` needs the errors, and pydantic would slow it down.
        from casegate.model.base import Problem

        return Problem(code=self.code, message=self.message, remedy=self.remedy, where=where)


class InputError(CasegateError):
    """What was given can't be used; nothing was changed."""

    code = "input_invalid"
    status = 422
    exit_code = 2


class InvalidInput(InputError):
    """A field of a request has a wrong shape or value."""


class BundleInvalid(InputError):
    """A case bundle lacks `case.json` or breaks its schema."""

    code = "bundle_invalid"
    remedy = "Compare the bundle with docs/case-bundle.md."


class DocumentEmpty(InputError):
    """A document of zero bytes."""

    code = "document_empty"
    remedy = "Send the file again; it arrived without content."


class DocumentTooLarge(InputError):
    """A document above the size limit of the setting `max_document_bytes`."""

    code = "document_too_large"
    status = 413
    remedy = "Split the document, or raise CASEGATE_MAX_DOCUMENT_BYTES."


class DocumentTypeRefused(InputError):
    """Content of a type that intake does not read; judged by content, not by file name."""

    code = "document_type_refused"
    status = 415
    remedy = "Send PDF, DOCX, EML, HTML or text, or an image of the page."


class TransactionsInvalid(InputError):
    """A transaction file with an unknown column, a bad date or a bad amount."""

    code = "transactions_invalid"
    remedy = "Compare the file with docs/transactions.md; the line and column are named above."


class CurrencyMixed(InputError):
    """A transaction file with several currencies and no base amount to add up."""

    code = "currency_mixed"
    remedy = "Send one file per currency, or fill the columns amount_base and currency_base."


class ListRefused(InputError):
    """A sanctions list that is empty, unparsable or much smaller than the version before it."""

    code = "list_refused"
    remedy = "The list in force stays as it was. Check the download, then load it again."

    def __init__(
        self, message: str, *, reason: str = "unreadable", remedy: str | None = None
    ) -> None:
        super().__init__(message, remedy=remedy)
        self.reason = reason
        """One word for the log: unreadable, empty, smaller, name, checksum, too_large."""


class TokenBudgetExceeded(InputError):
    """A model call whose prompt and answer don't fit the context or the case's budget."""

    code = "token_budget_exceeded"


class ToolInputError(InputError):
    """A tool was called with parameters outside its contract."""

    code = "tool_input_invalid"


class ValueRefused(InputError):
    """A value that a person gave for a field, and that is none of its kind; it is not repeated."""

    code = "value_refused"


class IdempotencyKeyReused(InputError):
    """The header `Idempotency-Key` with a key that another request was sent under."""

    code = "idempotency_key_reused"
    remedy = "Send each request under a key of its own; repeat a request unchanged."


class PromptInvalid(InputError):
    """A prompt file with unknown keys, missing variables or a wrong digest."""

    code = "prompt_invalid"
    remedy = "Run `casegate prompts list`; it names every problem of every file."


class RulesInvalid(InputError):
    """A rule file that does not load: unknown fact, wrong type, overlapping dates."""

    code = "rules_invalid"


class SettingInvalid(InputError):
    """One or more settings with a value that can't be used; all are named at once."""

    code = "setting_invalid"
    status = 500
    remedy = "See docs/settings.md."


class NotFound(CasegateError):
    """No such thing, or none that this principal may know of."""

    code = "not_found"
    status = 404
    exit_code = 2


class CaseUnknown(NotFound):
    """No case of that id is visible to this principal."""

    code = "case_unknown"


class DocumentUnknown(NotFound):
    """No document of that id in this case."""

    code = "document_unknown"


class HitUnknown(NotFound):
    """No such hit in the newest screening of this case, or no such word on one."""

    code = "hit_unknown"
    remedy = "Load the case's hits again: a later screening may show others."


class SuppressionUnknown(NotFound):
    """No suppression of that id."""

    code = "suppression_unknown"


class CustomerUnknown(NotFound):
    """No customer of that number is registered."""

    code = "customer_unknown"
    remedy = "Register it with `PUT /v1/customers/{id}` or `casegate customers load`."


class SubscriptionUnknown(NotFound):
    """No subscription of that id, or another principal's."""

    code = "subscription_unknown"


class ModelUnknown(NotFound):
    """A model name that the catalogue does not hold."""

    code = "model_unknown"
    remedy = "Run `casegate models list`."


class PromptUnknown(NotFound):
    """A prompt id or version that the manifest does not hold."""

    code = "prompt_unknown"
    remedy = "Run `casegate prompts list`."


class Conflict(CasegateError):
    """The state of things says no."""

    code = "conflict"
    status = 409
    exit_code = 1


class IllegalTransition(Conflict):
    """A change of status that the state machine does not have; names both states."""

    code = "illegal_transition"


class VersionConflict(Conflict):
    """Someone else changed the case since it was read."""

    code = "version_conflict"
    remedy = "Load the case again and repeat the step."


class DuplicateSubmission(Conflict):
    """The same idempotency key with other content."""

    code = "duplicate_submission"


class NoPendingDecision(Conflict):
    """An approval without a decision that waits for one."""

    code = "no_pending_decision"


class ApprovalVoid(Conflict):
    """What the approver read is not what would be approved: a byte of it changed."""

    code = "approval_void"
    remedy = "Load the case again, read what changed, then approve."


class GateRefused(Conflict):
    """The rules gate found a BLOCK or REJECT in what a person submitted."""

    code = "gate_refused"


class AuditBroken(Conflict):
    """The event chain does not verify; names the first bad entry."""

    code = "audit_broken"
    status = 500


class AccessRefused(CasegateError):
    """This principal may not do that."""

    code = "not_allowed"
    status = 403
    exit_code = 2


class NotSignedIn(AccessRefused):
    """No token, or one that is unknown or expired."""

    code = "not_signed_in"
    status = 401
    remedy = "Sign in again."


class SignInFailed(AccessRefused):
    """Unknown user or wrong password; the two are never told apart."""

    code = "sign_in_failed"
    status = 401


class SelfApproval(AccessRefused):
    """The approver made or edited what is to be approved."""

    code = "self_approval"
    remedy = "A second person has to approve."


class PartDown(CasegateError):
    """A part of the system is missing, wrong or late. Cases are held, never cleared."""

    code = "part_down"
    status = 503
    exit_code = 3


class ModelMissing(PartDown):
    """The model file is not on this machine."""

    code = "model_missing"
    remedy = "Run `casegate models pull NAME`."


class ModelHashWrong(PartDown):
    """The model file has another size or sha256 than the catalogue; it was not loaded."""

    code = "model_hash_wrong"
    remedy = "Delete the file and run `casegate models pull NAME`."


class ModelUnavailable(PartDown):
    """The model could not be loaded or its server did not answer."""

    code = "model_unavailable"


class ModelTimeout(PartDown):
    """The model did not finish before the deadline."""

    code = "model_timeout"
    status = 504


class ModelOutputInvalid(PartDown):
    """The model's answer is no JSON of the asked schema, or was cut off."""

    code = "model_output_invalid"
    status = 502


class ScreeningUnavailable(PartDown):
    """No list is loaded, or the screening index can't be read."""

    code = "screening_unavailable"
    remedy = "Run `casegate lists status`, then `casegate lists load`."


class ListUnreachable(PartDown):
    """A sanctions list could not be fetched: no answer, a bad one, or not in time."""

    code = "list_unreachable"
    remedy = "The list in force stays as it was. Check the address and the network, then try again."


class GuidanceUnavailable(PartDown):
    """The guidance notes can't be searched."""

    code = "guidance_unavailable"


class StorageFull(PartDown):
    """The disk is full; what was stored before is kept, this step was undone."""

    code = "storage_full"
    status = 507
    remedy = "Free space in the data folder, then repeat the step."


class StorageUnavailable(PartDown):
    """The database can't be reached or is of another schema version."""

    code = "storage_unavailable"
    remedy = "Run `casegate doctor`."


class BlobMissing(PartDown):
    """A stored file is gone or does not match its sha256."""

    code = "blob_missing"
    status = 500


class EvalFailed(PartDown):
    """A suite did not run to its end on every sample: there is no result, not even a bad one."""

    code = "eval_failed"
    status = 500
    remedy = "Mend what is named above, then run the suite again."


class ForeignPackage(PartDown):
    """A package of our name was imported from somewhere else."""

    code = "foreign_package"
    status = 500
