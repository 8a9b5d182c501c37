"""Lists over the network: fetched whole and checked before anybody reads them."""

import asyncio
import hashlib
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

import httpx

from casegate.desk.ports import Clock
from casegate.errors import InvalidInput, ListRefused, ListUnreachable
from tools.screening.lists import ListStore, LoadedList
from tools.screening.loading import Refused, load_files, remembered
from tools.screening.policy import policy_at
from tools.screening.sources import SourceFormat, Topic
from tools.screening.sources.reading import LARGEST, ListFiles, check_said

SCHEMES = ("https", "http")
MOST_REDIRECTS = 5
_HEX = re.compile(r"^[0-9a-f]{64}$")
_LONGEST_FILE_NAME = 100


class Download(Protocol):
    """Brings a file here."""

    def __call__(self, url: str, target: Path) -> None:
        """Write what stands at `url` to the file `target`.

        Raises:
            InvalidInput: the URL is none that can be fetched.
            ListUnreachable: no answer, another one than the file, or not in time.
            ListRefused: the file is larger than any list.
        """
        ...


@dataclass(frozen=True)
class HttpDownload:
    """Fetches over HTTP, in pieces, within one time limit for the whole file."""

    seconds: float
    largest: int = LARGEST
    """Bytes."""
    transport: Callable[[], httpx.AsyncBaseTransport] | None = None
    """What carries the requests; None: the network, through the proxies of the environment."""

    def __call__(self, url: str, target: Path) -> None:
        """Write what stands at `url` to the file `target`."""
        told = bare(url)
        try:
            asyncio.run(self._within_time(url, target))
        except TimeoutError:
            raise ListUnreachable(f"{told} was not fetched within {self.seconds:g} s") from None
        except (httpx.HTTPError, httpx.StreamError) as bad:
            raise ListUnreachable(f"{told} can't be fetched: {type(bad).__name__}") from None

    async def _within_time(self, url: str, target: Path) -> None:
        transport = self.transport() if self.transport else None
        # Kept as sent: a checksum is over the file, not over what a server made of it.
        headers = {"Accept-Encoding": "identity"}
        async with (
            asyncio.timeout(self.seconds),
            httpx.AsyncClient(transport=transport, timeout=self.seconds, headers=headers) as client,
        ):
            for _ in range(MOST_REDIRECTS + 1):
                moved = await self._one(client, url, target)
                if moved is None:
                    return
                url = moved
        raise ListUnreachable(f"{bare(url)} only leads to other addresses")

    async def _one(self, client: httpx.AsyncClient, url: str, target: Path) -> str | None:
        """Fetch one address; give where it leads to if it is not the file."""
        async with client.stream("GET", url, follow_redirects=False) as answer:
            if answer.has_redirect_location:
                return _followed(answer)
            if answer.status_code != httpx.codes.OK:
                raise ListUnreachable(f"{bare(url)} answers with status {answer.status_code}")
            with target.open("wb") as out:
                async for piece in answer.aiter_raw():
                    if out.tell() + len(piece) > self.largest:
                        raise ListRefused(
                            f"the file is larger than {self.largest} bytes", reason="too_large"
                        )
                    out.write(piece)
        return None


@dataclass(frozen=True)
class ListUrls:
    """A list on the network with all that was said about it: see `ListFiles`."""

    url: str
    source: SourceFormat
    aliases: str = ""
    addresses: str = ""
    comments: str = ""
    topic: Topic | None = None
    name: str = ""
    sha256: str = ""
    """What the file at `url` has to hash to; empty if nobody told."""

    def files(self, folder: Path) -> ListFiles:
        """Give the files as they will lie in a folder."""
        return ListFiles(
            _place(folder / "list", self.url),
            self.source,
            aliases=_place(folder / "aliases", self.aliases) if self.aliases else None,
            addresses=_place(folder / "addresses", self.addresses) if self.addresses else None,
            comments=_place(folder / "comments", self.comments) if self.comments else None,
            topic=self.topic,
            name=self.name,
        )


def fetch_list(
    data_dir: Path,
    wanted: ListUrls,
    *,
    download: Download,
    clock: Clock,
    published: date | None = None,
    accept_smaller: bool = False,
    refused: Refused | None = None,
) -> LoadedList:
    """Fetch a list and load it; whatever goes wrong, the version in force stays.

    Raises:
        InvalidInput: a URL or checksum is none, or something does not go with the source.
        ListUnreachable: a file could not be fetched; remembered like a refusal.
        ListRefused: another checksum than told, too large, or refused as `load_files` refuses.
    """
    _check(wanted)
    store = ListStore(data_dir, clock=clock, policy=policy_at(clock().date()))
    with tempfile.TemporaryDirectory(prefix="casegate-list-") as folder:
        files = wanted.files(Path(folder))
        check_said(files)
        with remembered(store, files.expected_name, wanted.source.value, refused):
            _fetch(wanted, files, download)
        return load_files(
            data_dir,
            files,
            clock=clock,
            published=published,
            accept_smaller=accept_smaller,
            url=bare(wanted.url),
            refused=refused,
        )


def bare(url: str) -> str:
    """Give a URL as it may be shown and kept: without user, password, query and fragment."""
    parts = httpx.URL(url)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.host}{port}{parts.path}"


def _check(wanted: ListUrls) -> None:
    for url in (wanted.url, wanted.aliases, wanted.addresses, wanted.comments):
        try:
            parts = httpx.URL(url)
        except httpx.InvalidURL:
            raise InvalidInput("a URL can't be read") from None
        if url and (parts.scheme not in SCHEMES or not parts.host):
            raise InvalidInput("a list's URL begins with https:// or http:// and names a host")
    if not wanted.url:
        raise InvalidInput("the list's URL is empty")
    if wanted.sha256 and not _HEX.match(wanted.sha256.lower()):
        raise InvalidInput("`--sha256` must be 64 hexadecimal digits")


def _fetch(wanted: ListUrls, files: ListFiles, download: Download) -> None:
    urls = (wanted.url, wanted.aliases, wanted.addresses, wanted.comments)
    for url, path in zip(urls, (files.file, *files.beside), strict=True):
        if path is not None:
            path.parent.mkdir()
            download(url, path)
    if not wanted.sha256:
        return
    with files.file.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != wanted.sha256.lower():
        raise ListRefused(
            f"the file's sha256 is {found}, not {wanted.sha256.lower()}", reason="checksum"
        )


def _followed(answer: httpx.Response) -> str:
    """Give the address that an answer leads to, unless nobody should go there."""
    try:
        target = answer.url.join(answer.headers["location"])
    except httpx.InvalidURL:
        raise ListUnreachable("the answer leads to an address that can't be read") from None
    downgraded = answer.url.scheme == "https" and target.scheme != "https"
    if target.scheme not in SCHEMES or downgraded:
        raise ListUnreachable(
            f"{bare(str(answer.url))} leads from {answer.url.scheme} to {target.scheme[:20]!r}, "
            "which is not followed"
        )
    return str(target)


def _place(folder: Path, url: str) -> Path:
    """Give the file of a URL: its name may tell the list's name and date."""
    last = httpx.URL(url).path.rpartition("/")[2]
    return folder / (
        re.sub(r"[^A-Za-z0-9._-]+", "-", last)[:_LONGEST_FILE_NAME].strip(".") or "list"
    )
