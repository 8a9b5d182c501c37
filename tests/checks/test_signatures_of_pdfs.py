"""Digital signatures: untouched, edited afterwards, a byte flipped."""

import io

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from casegate.model.document import SignalLevel
from evals.papers.signing import sign
from tests.documents.pdf_files import pdf
from tools.documents import Limits, parse

LIMITS = Limits(seconds=60)


@pytest.fixture(scope="module")
def signed() -> bytes:
    """Give a PDF signed with a throwaway key."""
    return sign(pdf("Share capital: 250,000.00 EUR"))


def edited(data: bytes) -> bytes:
    """Append a revision that draws another text over the page."""
    writer = PdfWriter(PdfReader(io.BytesIO(data)), incremental=True)
    page = writer.pages[0]
    drawn = DecodedStreamObject()
    drawn.set_data(b"BT /F1 12 Tf 72 500 Td (Share capital: 950,000.00 EUR) Tj ET")
    page[NameObject("/Contents")] = writer._add_object(drawn)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def signature_signals(data: bytes) -> list[tuple[str, SignalLevel]]:
    found = parse(data, "signed.pdf", LIMITS).signals
    return [(s.kind, s.level) for s in found if "sign" in s.kind or s.kind == "saved_again"]


def test_an_untouched_signature_is_told_and_asks_for_nothing(signed: bytes) -> None:
    assert signature_signals(signed) == [("signature", SignalLevel.NOTE)]


def test_what_was_changed_after_signing_alarms(signed: bytes) -> None:
    assert signature_signals(edited(signed)) == [("edited_after_signing", SignalLevel.ALARM)]


def test_a_byte_changed_inside_the_signed_part_alarms(signed: bytes) -> None:
    at = signed.index(b"/MediaBox")
    flipped = signed[: at + 1] + b"N" + signed[at + 2 :]
    assert ("signature_broken", SignalLevel.ALARM) in signature_signals(flipped)
