"""Hands a bundle to a running service over HTTP, piece by piece, safe to repeat."""

import sys
from collections.abc import Callable
from functools import partial

import typer

from casegate.api.wire import CaseProgress
from casegate.cli import frame
from casegate.cli.bundles import BundleFiles
from casegate.client import Client, ClientError
from casegate.hashing import sha256_hex

Sent = Callable[[str, int, int], None]
"""Told of a file's name, bytes sent and bytes in all."""


def send_as(address: str, user: str, password: str, files: BundleFiles) -> CaseProgress:
    """Send a bundle as a user, telling on stderr how far it is.

    Ends the command as the service's own errors would: 3 when it is down, 1 for a conflict, else 2.
    """
    try:
        with Client(address) as client:
            client.sign_in(user, password)
            return send(client, files, _tell)
    except ClientError as error:
        frame.complain(error.code, error.detail, error.remedy)
        down = error.status == 0 or error.status >= 500
        raise typer.Exit(3 if down else 1 if error.status == 409 else 2) from None


def _tell(name: str, sent: int, size: int) -> None:
    share = f"{sent / size:.0%}"
    end = "\n" if sent == size else "\r"
    if sent == size or sys.stderr.isatty():
        print(f"{name}: {share} of {size:,} bytes", end=end, file=sys.stderr, flush=True)


def send(client: Client, files: BundleFiles, told: Sent) -> CaseProgress:
    """Open the case, send its files and ask for its run; what arrived before is not doubled.

    Raises:
        ClientError: the service refused or can't be reached; sending again goes on from there.
    """
    reference = files.case.reference
    case = client.submit(files.case, key=_key(reference, "case.json", _bundle(files)))
    for name, data in files.documents.items():
        client.add_document(
            case.id,
            name,
            data,
            key=_key(case.id, name, data),
            progress=partial(told, name),
        )
    if files.transactions is not None:
        name, data = files.transactions
        client.add_transactions(
            case.id,
            name,
            data,
            key=_key(case.id, name, data),
            progress=partial(told, name),
        )
    return client.start(case.id)


def _bundle(files: BundleFiles) -> bytes:
    return files.case.model_dump_json().encode()


def _key(of: str, name: str, data: bytes) -> str:
    """Make a key that the same file of the same case has whenever it is sent."""
    return sha256_hex(b"\0".join((of.encode(), name.encode(), sha256_hex(data).encode())))
