"""Digital signatures: untouched, edited afterwards, a byte flipped."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from casegate.model.document import SignalLevel
from tests.documents.pdf_files import pdf
from tools.documents import Limits, parse

DAY = datetime(2026, 3, 1, tzinfo=UTC)
LIMITS = Limits(seconds=60)


@pytest.fixture(scope="module")
def signed() -> bytes:
    """Give a PDF signed with a throwaway key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A registrar")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(DAY)
        .not_valid_after(DAY + timedelta(days=3650))
        .sign(key, hashes.SHA256())
    )
    store = pkcs12.serialize_key_and_certificates(
        b"key", key, certificate, None, serialization.NoEncryption()
    )
    signer = SimpleSigner.load_pkcs12_data(store, other_certs=[], passphrase=None)
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf("Share capital: 250,000.00 EUR")))
    out = sign_pdf(writer, PdfSignatureMetadata(field_name="Signature"), signer=signer)
    data: bytes = out.getvalue()
    return data


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
