"""Sends files piece by piece and tells how far it is."""

from collections.abc import Callable
from io import BytesIO

Progress = Callable[[int, int], None]
"""Told of bytes sent and bytes in all, after each piece; the last call names all of them."""


class Told(BytesIO):
    """A file that tells how much of it was read, which is when the wire takes it."""

    def __init__(self, data: bytes, progress: Progress) -> None:
        super().__init__(data)
        self._size = len(data)
        self._progress = progress

    def read(self, size: int | None = -1, /) -> bytes:
        """Give the next piece."""
        piece = super().read(size)
        if piece:
            self._progress(self.tell(), self._size)
        return piece
