"""Measures re-screening of customers by what is new between dated versions of a real list.

    python -m tests.bench.rescreening [--data FOLDER] [--customers N] [--sample N] [--versions N]

Needs the dated versions and names beside the repository (`../shared/data`, or $CASEGATE_TEST_DATA).
Customers are made: names of `negatives_global_20k.csv` taken apart and put together anew with a
fixed seed, and a few hundred planted ones, near-copies of entries that a later version adds. The
hits of every delta are compared with those of a full re-screening, of all customers or of a sample
that holds every planted one, looking at new or changed entries alone.
"""

import argparse
import csv
import gzip
import json
import os
import random
import resource
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from casegate.model.customer import Customer, ListState
from casegate.model.party import PartySchema
from tools.screening.customers import customer_index
from tools.screening.delta import LocalCustomerScreener
from tools.screening.entities import ListEntity
from tools.screening.loading import load_list
from tools.screening.screener import LocalScreener
from tools.screening.sources import SourceFormat
from tools.screening.versions import read_entities

ROOT = Path(__file__).resolve().parents[2]
DAY = datetime(2026, 3, 1, tzinfo=UTC)
SEED = 20260301
PLANTED = 150
"""For each delta, as far as it adds so many."""
SLICE = 50
Pair = tuple[str, str]


def main() -> None:
    """Measure and print."""
    asked = _arguments()
    files = sorted((asked.data / "screening" / "lists" / "versions").glob("sdn_*.csv.gz"))
    files = files[-asked.versions :]
    with tempfile.TemporaryDirectory(prefix="rescreening-bench-") as folder:
        root = Path(folder)
        screener = LocalScreener(
            root, threshold=0.7, candidates=20, clock=lambda: DAY, new_token=_token
        )
        screener.warm()
        of = LocalCustomerScreener(screener, root)
        states = [_load(root, of, file) for file in files]
        customers = _customers(asked, root, states)
        found: dict[str, Any] = {"customers": len(customers), "seed": SEED}
        found["index"] = _index(root, customers)
        found["deltas"] = [
            _delta(root, of, screener, customers, pair, asked.sample) for pair in pairwise(states)
        ]
    found["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    json.dump(found, sys.stdout, indent=None if asked.json else 2)
    sys.stdout.write("\n")


def _token() -> str:
    return uuid.uuid4().hex


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    data = os.environ.get("CASEGATE_TEST_DATA") or str(ROOT.parent / "shared" / "data")
    parser.add_argument("--data", type=Path, default=Path(data))
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--sample", type=int, default=5_000, help="0: compare on all customers")
    parser.add_argument("--versions", type=int, default=4, help="the newest N versions")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _load(root: Path, of: LocalCustomerScreener, file: Path) -> ListState:
    """Put a version in force and give the state."""
    day = file.name.split("_")[1]
    plain = root / f"sdn_{day}.csv"
    plain.write_bytes(gzip.decompress(file.read_bytes()))
    load_list(
        root,
        plain,
        source=SourceFormat.OFAC_SDN,
        clock=lambda: DAY,
        published=date.fromisoformat(day),
        accept_smaller=True,
    )
    return of.state()


def _entities(root: Path, state: ListState) -> dict[str, ListEntity]:
    return {
        entity.id: entity
        for name, folder in state.lists.items()
        for entity in read_entities(root / "lists" / "versions" / name / folder)
    }


def _new(root: Path, before: ListState, after: ListState) -> list[ListEntity]:
    past = {id_: entity.content_hash for id_, entity in _entities(root, before).items()}
    now = _entities(root, after)
    return [now[id_] for id_ in sorted(now) if past.get(id_) != now[id_].content_hash]


def _customers(asked: argparse.Namespace, root: Path, states: list[ListState]) -> list[Customer]:
    """Make the customers; planted ones have numbers that begin with `P`."""
    chance = random.Random(SEED)  # noqa: S311 - a fixed sequence is wanted
    found: list[Customer] = []
    for before, after in pairwise(states):
        people = [entity for entity in _new(root, before, after) if entity.schema == "Person"]
        chance.shuffle(people)
        for entity in people[:PLANTED]:
            found.append(_planted(f"P{len(found):05}", entity, chance))
    strangers = _strangers(asked.data, chance)
    found += [next(strangers) for _ in range(asked.customers - len(found))]
    return sorted(found, key=lambda customer: customer.id)


def _planted(number: str, entity: ListEntity, chance: random.Random) -> Customer:
    """Copy an entry's name with one of five usual differences."""
    name = chance.choice(entity.get("name") or entity.names())
    words = name.split()
    kind = chance.randrange(5)
    if kind == 1 and len(words) > 2:
        words.pop(1)
    elif kind == 2:
        words.reverse()
    elif kind >= 3 and len(words[-1]) > 4:
        at = chance.randrange(1, len(words[-1]) - 1)
        swap = words[-1]
        words[-1] = swap[:at] + swap[at + 1 :] if kind == 3 else swap[:at] + swap[at] + swap[at:]
    births = entity.get("birthDate")[:1]
    return Customer(id=number, schema=PartySchema.PERSON, name=" ".join(words), births=births)


def _strangers(data: Path, chance: random.Random) -> Iterator[Customer]:
    file = data / "screening" / "labelled" / "negatives_global_20k.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["first_name"] and row["last_name"]]
    number = 0
    while True:
        first, last = chance.choice(rows), chance.choice(rows)
        middle = chance.choice(rows)["middle_name"]
        name = " ".join(part for part in (first["first_name"], middle, last["last_name"]) if part)
        yield Customer(
            id=f"S{number:07}",
            schema=PartySchema.PERSON,
            name=name,
            births=(first["date_of_birth"],),
        )
        number += 1


def _index(root: Path, customers: list[Customer]) -> dict[str, float]:
    begun = time.perf_counter()
    opened = customer_index(root, customers)
    assert opened is not None
    size = sum(path.stat().st_size for path in (root / "customers").rglob("*") if path.is_file())
    return {"build_s": round(time.perf_counter() - begun, 1), "disk_mb": size // 1_000_000}


def _delta(
    root: Path,
    of: LocalCustomerScreener,
    screener: LocalScreener,
    customers: list[Customer],
    states: tuple[ListState, ListState],
    sample: int,
) -> dict[str, Any]:
    """Run one delta, and the full re-screening that it stands for."""
    before, after = states
    _put_back(root, screener, after)
    begun = time.perf_counter()
    run = of.delta(before, after, lambda: customers, most=10**9)
    assert run is not None
    prepared = time.perf_counter() - begun
    delta: set[Pair] = set()
    for start in range(0, run.entries, SLICE):
        hits = run.matches(start, min(start + SLICE, run.entries))
        delta |= {(hit.party, hit.entity_id) for hit in hits}
    seconds = time.perf_counter() - begun
    new = {entity.id for entity in _new(root, before, after)}
    compared = _sample(customers, sample)
    begun = time.perf_counter()
    full = _full(of, compared, new)
    full_s = time.perf_counter() - begun
    numbers = {customer.id for customer in compared}
    mine = {pair for pair in delta if pair[0] in numbers}
    return {
        "to": next(iter(after.lists.values()))[:10],
        "entries": run.entries,
        "seconds": round(seconds, 1),
        "of which preparing": round(prepared, 1),
        "hits": len(delta),
        "customers compared": len(compared),
        "full s for those": round(full_s, 1),
        "both": len(mine & full),
        "delta alone": len(mine - full),
        "full alone": len(full - mine),
        "full alone, pairs": sorted(full - mine)[:10],
    }


def _put_back(root: Path, screener: LocalScreener, state: ListState) -> None:
    """Put a version in force again that a later one followed."""
    if screener.lists.current().versions == state.lists:
        return
    day = next(iter(state.lists.values()))[:10]
    load_list(
        root,
        root / f"sdn_{day}.csv",
        source=SourceFormat.OFAC_SDN,
        clock=lambda: DAY,
        published=date.fromisoformat(day),
        accept_smaller=True,
    )


def _sample(customers: list[Customer], wanted: int) -> list[Customer]:
    if not wanted:
        return customers
    planted = [customer for customer in customers if customer.id.startswith("P")]
    others = [customer for customer in customers if not customer.id.startswith("P")]
    step = max(1, len(others) // max(1, wanted - len(planted)))
    return planted + others[::step][: max(0, wanted - len(planted))]


def _full(of: LocalCustomerScreener, customers: list[Customer], new: set[str]) -> set[Pair]:
    found: set[Pair] = set()
    for start in range(0, len(customers), SLICE):
        asked = [customer.query() for customer in customers[start : start + SLICE]]
        for answer in of.screen(asked).answers:
            found |= {(answer.id, hit.entity_id) for hit in answer.hits if hit.entity_id in new}
    return found


if __name__ == "__main__":
    main()
