"""Digital signatures of a PDF: was anything changed after someone signed?

Only the mathematics is judged (PAdES, ETSI EN 319 142; ISO 32000-2, 12.8): whether the signed
bytes are those that were signed, and what was added behind them. Who signed stays open: no list of
trusted issuers is asked.
"""

import io
from typing import TYPE_CHECKING

from tools.documents.child.report import Report

if TYPE_CHECKING:
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

_BROKEN = "The part of the file that a digital signature covers was changed after it was signed."
_EDITED = "Content was added or changed after the file was signed; the signature does not cover it."
_UNCLEAR = "A digital signature covers only an unusual part of the file."
_INTACT = "The file is unchanged since it was signed. Who signed it was not verified."
_UNREADABLE = "The file carries a digital signature that can't be read."


def note_signatures(data: bytes, report: Report) -> None:
    """Note for each signature whether the file is still what was signed."""
    # Takes a second to import; hardly any paper is signed.
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.validation.errors import SignatureValidationError

    damaged = (PdfError, SigningError, SignatureValidationError, ValueError, KeyError, TypeError,
               AttributeError, IndexError, NotImplementedError, RecursionError)  # fmt: skip
    try:
        reader = PdfFileReader(io.BytesIO(data), strict=False)
        for signature in reader.embedded_signatures:
            _note(signature, report)
    except damaged:
        report.signal("signature_unreadable", _UNREADABLE)


def _note(signature: "EmbeddedPdfSignature", report: Report) -> None:
    from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    signature.compute_integrity_info()  # type: ignore[no-untyped-call]
    intact, valid = validate_sig_integrity(
        signature.signer_info,
        signature.signer_cert,
        expected_content_type="data",
        actual_digest=signature.compute_digest(),
    )
    added = signature.diff_result
    harmless = added is None or (
        isinstance(added, DiffResult) and added.modification_level < ModificationLevel.OTHER
    )
    if not intact or not valid:
        report.signal("signature_broken", _BROKEN, level="alarm")
    elif signature.coverage < SignatureCoverageLevel.CONTIGUOUS_BLOCK_FROM_START:
        report.signal("signature_unclear", _UNCLEAR)
    elif not harmless:
        report.signal("edited_after_signing", _EDITED, level="alarm")
    else:
        report.signal("signature", _INTACT, level="note")
