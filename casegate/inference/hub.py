"""Model files over HTTP from Hugging Face or a mirror with the same paths; resumable."""

from pathlib import Path
from typing import BinaryIO

import httpx

from casegate.errors import ModelHashWrong, ModelUnavailable
from casegate.inference.catalogue import Entry, HuggingFace
from casegate.inference.progress import Progress
from casegate.inference.verify import check

HUB = "https://huggingface.co"
ATTEMPTS = 5
TIMEOUT = httpx.Timeout(30.0, connect=10.0)


def from_hub(
    entry: Entry,
    source: HuggingFace,
    partial: Path,
    *,
    base_url: str = HUB,
    progress: Progress,
) -> None:
    """Fill `partial` with the whole, checked file; what it holds already is not fetched again.

    Raises:
        ModelUnavailable: the hub did not answer or broke off; `partial` stays for the next try.
        ModelHashWrong: the bytes are others; `partial` is deleted.
    """
    url = f"{base_url.rstrip('/')}/{source.repo}/resolve/{source.revision}/{source.file}"
    resumed = partial.exists()
    with httpx.Client(timeout=TIMEOUT, follow_redirects=True) as client:
        _complete(client, url, partial, entry=entry, progress=progress)
        try:
            check(partial, entry)
        except ModelHashWrong:
            partial.unlink()
            if not resumed:
                raise
        else:
            return
        # The kept beginning may have been another file's: once more from the first byte.
        _complete(client, url, partial, entry=entry, progress=progress)
    try:
        check(partial, entry)
    except ModelHashWrong:
        partial.unlink()
        raise


def _complete(
    client: httpx.Client, url: str, partial: Path, *, entry: Entry, progress: Progress
) -> None:
    """Fetch until the size is reached; a broken connection is taken up again while it helps."""
    why = ""
    for _ in range(ATTEMPTS):
        before = _size(partial)
        if before >= entry.size:
            return
        try:
            _fetch(client, url, partial, entry=entry, progress=progress)
        except httpx.HTTPError as error:
            why = f" ({type(error).__name__})"
        if _size(partial) == before:
            break
    if _size(partial) < entry.size:
        raise ModelUnavailable(
            f"{url} gave {_size(partial)} of {entry.size} bytes{why}",
            remedy="Run the command again: it goes on where it stopped.",
        )


def _size(partial: Path) -> int:
    return partial.stat().st_size if partial.exists() else 0


def _fetch(
    client: httpx.Client, url: str, partial: Path, *, entry: Entry, progress: Progress
) -> None:
    start = _size(partial)
    headers = {"Accept-Encoding": "identity"}
    if start:
        headers["Range"] = f"bytes={start}-"
    with client.stream("GET", url, headers=headers) as answer:
        if start and answer.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            partial.unlink()
            return
        if answer.is_error:
            raise ModelUnavailable(f"{url} answered with status {answer.status_code}")
        goes_on = answer.status_code == httpx.codes.PARTIAL_CONTENT and answer.headers.get(
            "Content-Range", ""
        ).startswith(f"bytes {start}-")
        with partial.open("ab" if goes_on else "wb") as file:
            _copy(answer, file, entry=entry, progress=progress)


def _copy(answer: httpx.Response, file: BinaryIO, *, entry: Entry, progress: Progress) -> None:
    done = file.tell()
    for chunk in answer.iter_raw():
        if done + len(chunk) > entry.size:
            # More than the file can hold: keep one byte too many, so that the check refuses it.
            file.write(chunk[: entry.size + 1 - done])
            return
        file.write(chunk)
        done += len(chunk)
        progress(done, entry.size)
