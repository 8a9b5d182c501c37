"""One owner of the model: order, deadlines, and a second process."""

import fcntl
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from casegate.errors import ModelTimeout, ModelUnavailable
from casegate.inference.line import WaitingLine
from casegate.inference.ports import Completion, ModelIdentity, Request
from tests.inference.asking import CONTEXT, ask

IDENTITY = ModelIdentity(name="slow", sha256="0" * 64, context_tokens=CONTEXT)


class SlowModel:
    """Answers after a while, and remembers who was served when."""

    identity = IDENTITY

    def __init__(self, seconds: float = 0.05) -> None:
        self.seconds = seconds
        self.inside = self.most_inside = 0
        self.served: list[str] = []
        self.deadlines: list[float] = []

    def __call__(self, request: Request) -> Completion:
        self.inside += 1
        self.most_inside = max(self.most_inside, self.inside)
        time.sleep(self.seconds)
        self.inside -= 1
        self.served.append(request.messages[-1].content)
        self.deadlines.append(request.deadline_s)
        if request.messages[-1].content == "broken":
            raise ModelUnavailable("broken")
        return Completion(text="{}", prompt_tokens=1, completion_tokens=1, seconds=0)


def test_callers_are_served_one_at_a_time_in_the_order_in_which_they_came() -> None:
    model = SlowModel()
    line = WaitingLine(model)
    with ThreadPoolExecutor(8) as pool:
        for n in range(8):
            pool.submit(line, ask(str(n)))
            while line.waiting() < n + 1 and len(model.served) < n:
                time.sleep(0.001)
            time.sleep(0.005)
    assert model.served == [str(n) for n in range(8)]
    assert model.most_inside == 1
    assert line.waiting() == 0


def test_waiting_counts_against_the_deadline() -> None:
    model = SlowModel(0.3)
    line = WaitingLine(model)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(line, ask("first", deadline_s=5))
        time.sleep(0.05)
        second = pool.submit(line, ask("second", deadline_s=5))
        first.result()
        second.result()
    assert model.deadlines[0] > 4.9
    assert 4.5 < model.deadlines[1] < 4.9


def test_who_waits_too_long_leaves_the_line_and_the_next_is_served() -> None:
    line = WaitingLine(SlowModel(0.3))
    with ThreadPoolExecutor(3) as pool:
        pool.submit(line, ask("first"))
        time.sleep(0.02)
        impatient = pool.submit(line, ask("second", deadline_s=0.05))
        time.sleep(0.02)
        third = pool.submit(line, ask("third"))
        with pytest.raises(ModelTimeout, match=r"'extract' waited 0\.05 s in line"):
            impatient.result()
        assert third.result().text == "{}"


def test_an_error_of_one_call_does_not_block_the_next() -> None:
    line = WaitingLine(SlowModel(0))
    with pytest.raises(ModelUnavailable):
        line(ask("broken"))
    assert line(ask("whole")).text == "{}"


def test_a_second_process_waits_for_the_lock_file(tmp_path: Path) -> None:
    lock_file = tmp_path / "models" / "lock"
    line = WaitingLine(SlowModel(0), lock_file=lock_file)
    line(ask())
    with lock_file.open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(ModelTimeout):
            line(ask(deadline_s=0.2))
        timer = threading.Timer(0.2, fcntl.flock, (other, fcntl.LOCK_UN))
        timer.start()
        assert line(ask(deadline_s=5)).text == "{}"
        timer.join()


def test_the_line_names_the_weights_behind_it() -> None:
    assert WaitingLine(SlowModel()).identity == IDENTITY
