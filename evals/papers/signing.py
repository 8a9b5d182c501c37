"""Signing a paper with a key of its own that nobody trusts: for files edited after signing."""

import io
from datetime import timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec

from evals.papers.sheet import MADE


@cache
def _signer() -> signers.SimpleSigner:
    key = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Fictional issuer")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(MADE - timedelta(days=900))
        .not_valid_after(MADE + timedelta(days=9000))
        .sign(key, None)
    )
    held = serialization.pkcs12.serialize_key_and_certificates(
        b"paper", key, certificate, None, serialization.NoEncryption()
    )
    signer: signers.SimpleSigner | None = signers.SimpleSigner.load_pkcs12_data(
        held, other_certs=[], passphrase=None
    )
    if signer is None:
        raise ValueError("the key made here can't be loaded")
    return signer


def sign(pdf: bytes) -> bytes:
    """Sign a whole file; the time of signing in it is the clock's."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    meta = signers.PdfSignatureMetadata(field_name="Signature", md_algorithm="sha512")
    out = signers.sign_pdf(writer, meta, signer=_signer(), new_field_spec=SigFieldSpec("Signature"))
    data: bytes = out.getvalue()
    return data
