"""From a list file to a list in force, in one call."""

from datetime import date
from pathlib import Path

from casegate.desk.ports import Clock
from tools.screening.lists import ListStore, LoadedList
from tools.screening.policy import policy_at
from tools.screening.sources import SourceFormat
from tools.screening.sources.reading import read_list


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
    """Read, check and index a list; the version in force before it stays until all is done.

    Args:
        published: overrides the date inside the file or in its name.
        accept_smaller: a person says that the list really has shrunk.

    Raises:
        InvalidInput: a file can't be opened, or `aliases` does not go with `source`.
        ListRefused: the list is empty, unreadable or much smaller than the one before it.
    """
    policy = policy_at(clock().date())
    read = read_list(file, source, aliases=aliases, policy=policy)
    store = ListStore(data_dir, clock=clock, policy=policy)
    return store.load(
        read.parsed,
        sha256=read.sha256,
        published=published or read.published,
        accept_smaller=accept_smaller,
    )
