"""Prints what many random orders of desk actions came to; run it as a module.

    python -m tests.bench.desk_orders --orders 10000

Any illegal transition, self-approval or approved edit stops it with an AssertionError that holds
the order.
"""

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random
from time import perf_counter

from tests.kernel.orders import Orders, drop_triggers, random_order
from tests.kernel.world import OTTO, World


def without_actor(step: str) -> str:
    """Leave the actor out of `decide by ana: done`."""
    action, _, answer = step.partition(": ")
    return f"{action.split(' by ')[0]}: {answer}"


def main() -> None:
    """Run the orders and print one line for each kind of outcome."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=10_000)
    parser.add_argument("--steps", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    memory = Path("/dev/shm")  # noqa: S108
    folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
    world = World(folder)
    drop_triggers(world)
    seen: Counter[str] = Counter()
    began = perf_counter()
    for number in range(asked.orders):
        orders = Orders(world, f"B-{number}")
        random_order(orders, Random(asked.seed * 1_000_003 + number), steps=asked.steps)  # noqa: S311
        seen.update(without_actor(step) for step in orders.done)
    report = world.desk.verify_audit(OTTO)
    seconds = perf_counter() - began
    for outcome, count in sorted(seen.items()):
        sys.stdout.write(f"{count:>8}  {outcome}\n")
    sys.stdout.write(
        f"orders {asked.orders}, actions {seen.total()}, broken 0, {seconds:.0f} s; "
        f"log: {report.entries} entries, ok {report.ok}\n"
    )
    world.close()
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
