"""Takes one file from a multipart request, within a limit, refusing what no parser reads."""

from dataclasses import dataclass
from typing import Annotated

import filetype
from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from casegate.api.deps import Actor
from casegate.errors import DocumentTypeRefused, InvalidInput

MULTIPART = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}
"""OpenAPI of a route that takes one file: the body is read by hand, so nothing derives it."""

_REFUSED = ("video/", "audio/", "application/font")
_REFUSED_EXACTLY = frozenset(
    {
        "application/x-executable", "application/x-msdownload", "application/wasm",
        "application/x-shockwave-flash", "application/x-sqlite3", "application/x-nintendo-nes-rom",
        "application/x-google-chrome-extension", "application/x-tar", "application/gzip",
        "application/x-bzip2", "application/x-7z-compressed", "application/x-rar-compressed",
        "application/x-xz", "application/x-lzip", "application/x-lzop", "application/x-lz4",
        "application/zstd", "application/x-brotli", "application/x-unix-archive",
        "application/x-deb", "application/x-rpm", "application/vnd.ms-cab-compressed",
        "application/x-compress",
    }
)  # fmt: skip
"""What certainly is no document. A plain zip passes: it may be a DOCX; intake looks inside."""

HEAD = 8192


@dataclass(frozen=True)
class Upload:
    """A file as it was sent."""

    filename: str
    data: bytes


async def _upload(request: Request, actor: Actor) -> Upload:
    """Read the part `file`. Depends on the actor, so that a stranger's bytes are never read."""
    async with request.form(max_files=1, max_fields=4) as form:
        part = form.get("file")
        if not isinstance(part, UploadFile):
            raise InvalidInput("the multipart form must hold one file under the name `file`")
        return Upload(filename=part.filename or "unnamed", data=await part.read())


UploadIn = Annotated[Upload, Depends(_upload)]


def refuse_foreign_type(data: bytes) -> None:
    """Refuse content that no parser reads, judged by its first bytes.

    Raises:
        DocumentTypeRefused: a program, an archive, sound or film.
    """
    head = data[:HEAD]
    # Two letters are a signature to some formats: text that begins with `MZ` is text.
    found = None if _is_text(head) else filetype.guess_mime(head)
    if found is not None and (found in _REFUSED_EXACTLY or found.startswith(_REFUSED)):
        raise DocumentTypeRefused(f"the file is of type `{found}`, which is not read")


def _is_text(head: bytes) -> bool:
    try:
        head.decode()
    except UnicodeDecodeError:
        return False
    return b"\0" not in head
