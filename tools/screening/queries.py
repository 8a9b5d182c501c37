"""What the local screener asks of its composition root."""

from typing import Protocol


class NewToken(Protocol):
    """Gives a string that was never given before, such as a UUID4."""

    def __call__(self) -> str:
        """Make one."""
        ...
