"""How long work tells that it goes on."""

from typing import Protocol


class Progress(Protocol):
    """Told after every chunk; must be cheap."""

    def __call__(self, done: int, total: int) -> None:
        """Say that `done` of `total` bytes are there."""
        ...


def silent(done: int, total: int) -> None:
    """Say nothing."""
