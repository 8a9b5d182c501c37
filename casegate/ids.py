"""Ids that sort by time: prefix, dash, 26 characters of Crockford base 32."""

import threading
from collections.abc import Callable

from casegate.desk.ports import Clock

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_RANDOM_BITS = 80


class TimeSortedIds:
    """Makes ids of 48 bits of time (milliseconds) and 80 bits of randomness.

    Within one millisecond the random part counts up, so ids of one process always sort in the
    order in which they were made. Safe to share between threads.
    """

    def __init__(self, clock: Clock, random_bytes: Callable[[int], bytes]) -> None:
        self._clock = clock
        self._random_bytes = random_bytes
        self._last = 0
        self._lock = threading.Lock()

    def __call__(self, prefix: str) -> str:
        """Make one id such as `c-01k0v3...`."""
        with self._lock:
            at = int(self._clock().timestamp() * 1000)
            fresh = (at << _RANDOM_BITS) | int.from_bytes(self._random_bytes(_RANDOM_BITS // 8))
            # A clock that stands still or steps back must not break the order.
            behind = fresh >> _RANDOM_BITS <= self._last >> _RANDOM_BITS
            self._last = self._last + 1 if behind else fresh
            number = self._last
        digits = []
        for _ in range(26):
            number, rest = divmod(number, 32)
            digits.append(_ALPHABET[rest])
        return f"{prefix}-{''.join(reversed(digits))}"
