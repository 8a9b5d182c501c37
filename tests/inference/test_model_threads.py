"""The number of threads follows the load, and never changes a result."""

import time
from pathlib import Path

import numpy as np
import pytest

from casegate.inference.catalogue import Entry
from casegate.inference.threads import FreeCores, busy_seconds, cores
from casegate.inference.verify import verified
from casegate.inference.weights import Weights


class Machine:
    """A machine whose clocks are set by hand."""

    def __init__(self) -> None:
        self.now = self.busy = self.own = 0.0

    def free(self) -> FreeCores:
        """Look at this machine."""
        return FreeCores(busy=lambda: self.busy, own=lambda: self.own, clock=lambda: self.now)

    def runs(self, seconds: float, *, own: float, others: float) -> None:
        """Let time pass, with so many cores busy for us and for others."""
        self.now += seconds
        self.own += own * seconds
        self.busy += (own + others) * seconds


@pytest.mark.parametrize(
    ("own", "others", "left"),
    [
        (0.0, 0.0, 0),
        (2.0, 0.0, 0),
        (1.3, 0.7, 1),
        (1.0, 1.0, 1),
        (1.8, 0.2, 0),
        (0.2, 50.0, 50),
    ],
)
def test_threads_are_the_cores_that_others_leave_and_at_least_one(
    own: float, others: float, left: int
) -> None:
    machine = Machine()
    free = machine.free()
    machine.runs(1.0, own=own, others=others)
    assert free() == max(1, cores() - left)


def test_a_load_that_ends_gives_its_core_back() -> None:
    machine = Machine()
    free = machine.free()
    machine.runs(1.0, own=1, others=1)
    assert free() == max(1, cores() - 1)
    machine.runs(1.0, own=1, others=0)
    assert free() == cores()


def test_a_look_that_is_too_short_keeps_the_last_answer() -> None:
    machine = Machine()
    free = machine.free()
    machine.runs(0.1, own=0, others=50)
    assert free() == cores()


def test_work_of_this_process_counts_as_busy() -> None:
    before, begun = busy_seconds(), time.process_time()
    while time.process_time() - begun < 0.3:
        pass
    assert busy_seconds() - before >= 0.2


@pytest.mark.model
def test_the_number_of_threads_changes_no_bit_of_the_result(
    small_model: tuple[Path, Entry],
) -> None:
    folder, entry = small_model
    wanted = [1]
    with Weights(
        verified(entry, folder), context=256, threads=lambda: wanted[0], expired=lambda: False
    ) as weights:
        tokens = weights.tokenise("The red door stands in Lisbon. " * 4, special=False)
        found = []
        for threads in (1, 2):
            wanted[0] = threads
            weights.keep(0)
            weights.read(tokens)
            found.append(weights.logits())
            weights.read(tokens[:1])
            found.append(weights.logits())
    assert np.array_equal(found[0], found[2])
    assert np.array_equal(found[1], found[3])
