"""Canonical JSON and content hashes: one value, one sequence of bytes, one digest."""

import hashlib
from typing import Any

import rfc8785
from pydantic import BaseModel


def canonical_json(value: Any) -> bytes:  # noqa: ANN401
    """Render JSON-ready `value` as RFC 8785 canonical JSON (UTF-8, sorted keys, no blanks)."""
    return rfc8785.dumps(value)


def sha256_hex(data: bytes) -> str:
    """Give the SHA-256 of `data` as 64 lower-case hexadecimal digits (FIPS 180-4)."""
    return hashlib.sha256(data).hexdigest()


def content_hash(value: BaseModel | dict[str, Any] | list[Any]) -> str:
    """Hash a record by its canonical JSON, so that equal content has an equal digest.

    Fields of a model that hold their default are left out: a later version's new field changes no
    digest of what was stored before it.
    """
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json", exclude_defaults=True)
    return sha256_hex(canonical_json(value))


def query_hash(query: BaseModel) -> str:
    """Hash what is asked about a party, whatever the `id` that it is asked under.

    Words on hits and suppressions hold for one such hash, in cases and for customers alike.
    """
    return content_hash(query.model_dump(mode="json", exclude={"id"}, exclude_defaults=True))
