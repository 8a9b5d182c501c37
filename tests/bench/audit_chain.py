"""Prints how quickly the event chain is written and verified; run it as a module.

python -m tests.bench.audit_chain --entries 200000
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from casegate.audit.checkpoint import Checkpoints
from casegate.audit.verify import verify
from casegate.storage import open_store
from tests.kernel.test_audit_chain import recorded
from tests.kernel.world import CountingClock


def main() -> None:
    """Write a chain in one transaction, then some entries one by one, then verify it all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=200_000)
    parser.add_argument("--singles", type=int, default=200)
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    clock = CountingClock()
    checkpoints = Checkpoints.open(folder)
    store = open_store(f"sqlite:///{folder / 'chain.db'}", witness=checkpoints.witness)
    began = perf_counter()
    with store.work() as work:
        for number in range(asked.entries):
            work.log.append(recorded(number), id=f"e-{number}", at=clock(), actor="agent")
    told(f"append, one transaction: {asked.entries / (perf_counter() - began):,.0f} events/s")
    began = perf_counter()
    for number in range(asked.singles):
        with store.work() as work:
            work.log.append(recorded(number), id=f"s-{number}", at=clock(), actor="agent")
    each = (perf_counter() - began) / asked.singles * 1000
    told(f"append, one transaction each, with checkpoint file: {each:.1f} ms")
    for _ in range(3):
        began = perf_counter()
        with store.read() as work:
            report = verify(work.log, checkpoints)
        rate = report.entries / (perf_counter() - began)
        told(f"verify {report.entries} entries, ok {report.ok}: {rate:,.0f} events/s")
    store.close()
    shutil.rmtree(folder)


def told(line: str) -> None:
    """Print one line."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
