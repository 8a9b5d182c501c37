"""How many threads compute: as many as there are cores that nothing else keeps busy.

Threads of llama.cpp wait for each other by spinning. Beside one busy process, two threads on two
cores made 3.8 tokens a second where one made 7.7; on quiet cores two make 13. The number of
threads changes nothing of the result, so it follows the load while the model works.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path

STAT = Path("/proc/stat")
EVERY_S = 0.5
"""The kernel counts in hundredths of a second: a shorter look is too coarse."""


def cores() -> int:
    """Count the cores that this process may use."""
    return len(os.sched_getaffinity(0))


class FreeCores:
    """Tells how many cores are free for this process now. Cheap: looks twice a second at most."""

    def __init__(
        self,
        *,
        busy: Callable[[], float] | None = None,
        own: Callable[[], float] = time.process_time,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin to look.

        Args:
            busy: Seconds that the cores of this process have worked, for anyone.
            own: Seconds that they worked for this process.
            clock: Seconds that never go back.
        """
        self._cores = cores()
        self._busy = busy or busy_seconds
        self._own = own
        self._clock = clock
        self._answer = self._cores
        self._mark = self._look()

    def __call__(self) -> int:
        """Give a number from 1 to the number of cores."""
        at, busy, own = self._mark
        if self._clock() - at < EVERY_S:
            return self._answer
        self._mark = now = self._look()
        others = max(0.0, (now[1] - busy) - (now[2] - own)) / (now[0] - at)
        self._answer = max(1, min(self._cores, round(self._cores - others)))
        return self._answer

    def _look(self) -> tuple[float, float, float]:
        return self._clock(), self._busy(), self._own()


def busy_seconds() -> float:
    """Add up the seconds that our cores have worked since the machine started.

    Where the kernel does not tell (no Linux), nothing is ever busy.
    """
    ours = {f"cpu{core}" for core in os.sched_getaffinity(0)}
    try:
        lines = STAT.read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    ticks = 0
    for line in lines:
        name, *counts = line.split()
        if name in ours:
            user, nice, system, _idle, _iowait, irq, softirq, steal = map(int, counts[:8])
            ticks += user + nice + system + irq + softirq + steal
    return ticks / os.sysconf("SC_CLK_TCK")
