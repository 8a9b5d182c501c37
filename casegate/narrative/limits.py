"""How much detail a narrative states: dated policy data in `limits.yaml`."""

import functools
from pathlib import Path

import yaml
from pydantic import PositiveInt

from casegate.model.base import Record


class Limits(Record):
    """The figures of `limits.yaml`, with the source of each group."""

    version: str
    sources: dict[str, str]
    rows_all_up_to: PositiveInt
    rows_share_percent: PositiveInt
    rows_at_most: PositiveInt
    rows_offered: PositiveInt
    sar_characters: PositiveInt
    text_characters: PositiveInt

    def rows_wanted(self, rows: int) -> int:
        """Tell how many of so many single transactions a narrative states."""
        if rows <= self.rows_all_up_to:
            return rows
        return min(-(-rows * self.rows_share_percent // 100), self.rows_at_most)


@functools.cache
def load_limits() -> Limits:
    """Read the policy file that ships with this package."""
    data = yaml.safe_load(Path(__file__).with_name("limits.yaml").read_text("utf-8"))
    return Limits.model_validate(data | {"version": str(data["version"])})
