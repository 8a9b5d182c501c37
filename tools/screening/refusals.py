"""Loads that were refused, remembered until the same list loads again.

lists/refused.json      the newest refusal of each list; no content of the list, no file name
"""

from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from casegate.errors import ScreeningUnavailable
from casegate.hashing import canonical_json
from casegate.model.base import Record
from tools.screening.durable import replace_file


class Refusal(Record):
    """One refused load."""

    list: str
    """As the list would have been called, as far as one could tell."""
    source: str
    reason: str
    """One word: unreadable, empty, smaller, name, checksum, too_large, unreachable."""
    at: datetime
    in_force: str | None = None
    """The version that stays; None when none was ever loaded."""


_ROWS = TypeAdapter(tuple[Refusal, ...])


class Refusals:
    """The refusals of one installation. Only who holds the loaders' lock may write."""

    def __init__(self, root: Path) -> None:
        self._file = root / "refused.json"

    def open(self) -> tuple[Refusal, ...]:
        """Give the newest refusal of each list that was not loaded since, by name.

        Raises:
            ScreeningUnavailable: the file is there but can't be read.
        """
        try:
            return _ROWS.validate_json(self._file.read_bytes())
        except FileNotFoundError:
            return ()
        except (OSError, ValidationError) as bad:
            raise ScreeningUnavailable(
                f"lists/refused.json can't be read: {type(bad).__name__}",
                remedy="Delete lists/refused.json in the data folder and load every list again.",
            ) from None

    def remember(self, refusal: Refusal) -> None:
        """Write a refusal down in the place of an older one of the same list."""
        self._write((*self._without({refusal.list}), refusal))

    def settle(self, names: set[str]) -> None:
        """Forget what is known of lists that were loaded now."""
        left = self._without(names)
        if len(left) != len(self._readable()):
            self._write(left)

    def _without(self, names: set[str]) -> tuple[Refusal, ...]:
        return tuple(row for row in self._readable() if row.list not in names)

    def _readable(self) -> tuple[Refusal, ...]:
        """Give what can be read: a damaged file must not keep a good list from being loaded."""
        try:
            return self.open()
        except ScreeningUnavailable:
            return ()

    def _write(self, rows: tuple[Refusal, ...]) -> None:
        ordered = sorted(rows, key=lambda row: row.list)
        replace_file(self._file, canonical_json([row.model_dump(mode="json") for row in ordered]))
