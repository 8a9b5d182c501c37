"""From a list file to a list in force, in one call."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from casegate.desk.ports import Clock
from casegate.errors import ListRefused, ListUnreachable
from tools.screening.lists import ListStore, LoadedList
from tools.screening.policy import policy_at
from tools.screening.refusals import Refusal
from tools.screening.sources import LIST_NAME, SourceFormat
from tools.screening.sources.reading import ListFiles, read_files
from tools.screening.versions import Origin

UNREACHABLE = "unreachable"
Refused = Callable[[Refusal], None]
"""Told of every refusal after it is remembered: the place for an alarm."""


def load_list(
    data_dir: Path,
    file: Path,
    *,
    source: SourceFormat,
    clock: Clock,
    aliases: Path | None = None,
    published: date | None = None,
    accept_smaller: bool = False,
) -> LoadedList:
    """Read, check and index a list file; `load_files` takes whatever else can be said of one."""
    files = ListFiles(file, source, aliases=aliases)
    return load_files(
        data_dir, files, clock=clock, published=published, accept_smaller=accept_smaller
    )


def load_files(
    data_dir: Path,
    files: ListFiles,
    *,
    clock: Clock,
    published: date | None = None,
    accept_smaller: bool = False,
    url: str = "",
    refused: Refused | None = None,
) -> LoadedList:
    """Read, check and index a list; the version in force before it stays until all is done.

    Args:
        published: overrides the date inside the file or in its name.
        accept_smaller: a person says that the list really has shrunk.
        url: where it was fetched from, without what may be secret.
        refused: told when the list is refused.

    Raises:
        InvalidInput: a file can't be opened, or something was said that the source does not take.
        ListRefused: the list is empty, unreadable or much smaller than the one before it. The
            refusal is remembered until the list is loaded.
    """
    policy = policy_at(clock().date())
    store = ListStore(data_dir, clock=clock, policy=policy)
    source, expected = files.source.value, files.expected_name
    retrieved_at = clock()
    with remembered(store, expected, source, refused):
        read = read_files(files, policy=policy)
    name = read.parsed.name if LIST_NAME.match(read.parsed.name) else expected
    with remembered(store, name, source, refused):
        return store.load(
            read.parsed,
            sha256=read.sha256,
            published=published or read.published,
            accept_smaller=accept_smaller,
            origin=Origin(retrieved_at=retrieved_at, source=source, url=url, expected=expected),
        )


@contextmanager
def remembered(store: ListStore, name: str, source: str, refused: Refused | None) -> Iterator[None]:
    """Remember that a list was refused or could not be fetched, and pass the error on."""
    try:
        yield
    except (ListRefused, ListUnreachable) as error:
        reason = error.reason if isinstance(error, ListRefused) else UNREACHABLE
        refusal = store.refuse(name, source, reason)
        if refused is not None:
            refused(refusal)
        raise
