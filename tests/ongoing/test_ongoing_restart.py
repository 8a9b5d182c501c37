"""Killed processes, two processes at once, and both databases."""

import subprocess
import sys
from pathlib import Path

import pytest

from casegate.model.customer import Customer
from casegate.model.party import PartySchema
from tests.kernel.postgres import Server
from tests.kernel.world import MIRA
from tests.ongoing.conftest import BASE, FILLER, Place, open_place

SURNAMES = ("Karshenboim", "Vasquelle", "Throndsen", "Okparaeke", "Lindqvistad", "Maurovitch")
PEOPLE = tuple(f"Fyodor {surname}" for surname in SURNAMES)


def entries(count: int) -> tuple[str, ...]:
    """Give new entries, each of another customer's name, with others between."""
    return tuple(
        f"n{n:03},Person,{PEOPLE[n // 10] if n % 10 == 0 else f'Brunhild Oquendo{n} Wy{n}'},"
        for n in range(count)
    )


def prepared(place: Place) -> None:
    """Register a customer for every name."""
    customers = [
        Customer(id=f"C-{n}", schema=PartySchema.PERSON, name=name) for n, name in enumerate(PEOPLE)
    ]
    place.desk.load(MIRA, customers)
    place.desk.rescreening.run()


@pytest.mark.parametrize("kind", ["delta", "full"])
def test_a_killed_rescreening_loses_nothing_and_doubles_nothing(place: Place, kind: str) -> None:
    prepared(place)
    more = [
        Customer(id=f"X-{n:02}", schema=PartySchema.PERSON, name=f"Wexford Alder{n} Tamm{n}")
        for n in range(60)
    ]
    place.desk.load(MIRA, more)
    place.desk.rescreening.run()
    place.lists(*BASE, *FILLER, *entries(60), day=2)
    killed = subprocess.Popen(
        [sys.executable, "-m", "tests.ongoing.killed", str(place.folder), "30", kind],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert killed.stdout is not None
    told = killed.stdout.readline()
    killed.kill()
    killed.wait()
    killed.stdout.close()
    assert told.startswith(kind)
    done = place.desk.rescreening.run()
    assert done is not None
    assert (done.state, done.kind) == ("done", kind)
    assert [e.payload["outcome"] for e in place.events("rescreen_ended")][-1] == "done"
    assert len(place.events("rescreen_started")) == 1, "it went on, and did not begin again"
    assert place.hits() == [(f"C-{n}", f"n{n * 10:03}", "open") for n in range(6)]
    assert len(place.cases()) == 6
    assert len(place.kernel.store.queued()) == 6
    assert place.kernel.desk.verify_audit(MIRA).ok
    assert place.desk.rescreening.run() is None


def test_two_processes_at_once_double_nothing(place: Place) -> None:
    prepared(place)
    place.lists(*BASE, *FILLER, *entries(60), day=2)
    other = open_place(place.folder)
    seen: list[int] = []

    def meanwhile(_: object) -> None:
        if not seen:
            seen.append(1)
            other.desk.rescreening.run()

    place.desk.rescreening.run(told=meanwhile)
    other.kernel.close()
    assert place.hits() == [(f"C-{n}", f"n{n * 10:03}", "open") for n in range(6)]
    assert len(place.cases()) == 6
    assert [e.payload["outcome"] for e in place.events("rescreen_ended")] == ["done"]


def test_postgresql_does_the_same(tmp_path: Path, postgres: Server) -> None:
    place = open_place(tmp_path, postgres.database())
    place.lists(*BASE, *FILLER)
    prepared(place)
    place.lists(*BASE[1:], *FILLER, *entries(60), day=2)
    place.register("C-9", "Ludmila Prokhorchuk")
    done = place.desk.rescreening.run()
    assert done is not None
    assert done.state == "done"
    assert len(place.hits()) == 7
    assert place.kernel.desk.verify_audit(MIRA).ok
    place.kernel.close()
