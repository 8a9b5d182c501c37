"""Measure loading and scanning of planted transactions.

    .venv/bin/python tests/bench/transactions.py [--rows 1000000]

Prints one JSON document. Patterns are planted by this script and found by our own detectors, so
recall is a regression figure; it says nothing about real customers.
"""

import argparse
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from casegate.model.transaction import TypologyFinding
from tools.transactions.columns import CANONICAL
from tools.transactions.entries import open_entries
from tools.transactions.load import load
from tools.transactions.policy import read_policy
from tools.transactions.scan import scan

START = datetime(2025, 1, 6, 9, tzinfo=UTC)
ROWS_PER_ACCOUNT = 36
PLANT_EVERY = 100
PARTIES = tuple(f"Party {n}" for n in range(4000))
CHANNELS = ("card", "card", "card", "ach", "wire", "cash")

Line = tuple[datetime, str, str, str, str]
"""When, direction, amount, channel, counterparty."""


def everyday(rng: random.Random) -> Iterator[Line]:
    """Make a year of ordinary entries on one account."""
    for _ in range(ROWS_PER_ACCOUNT):
        at = START + timedelta(minutes=rng.randrange(525_600))
        direction = "in" if rng.random() < 0.3 else "out"
        amount = f"{min(rng.lognormvariate(5.2, 1.1), 9_000_000):.2f}"
        yield (
            at,
            direction,
            max(amount, "1.00", key=float),
            rng.choice(CHANNELS),
            rng.choice(PARTIES),
        )


def planted(rng: random.Random, kind: int) -> Iterator[Line]:
    """Make one pattern: structuring, pass-through or fan-in."""
    first = START + timedelta(minutes=rng.randrange(480_000))
    if kind == 0:
        for n in range(5):
            yield first + timedelta(hours=20 * n), "in", f"{rng.randint(8800, 9900)}.00", "cash", ""
    elif kind == 1:
        credit = rng.randint(15_000, 90_000)
        yield first, "in", f"{credit}.00", "wire", rng.choice(PARTIES)
        yield first + timedelta(hours=20), "out", f"{credit * 92 // 100}.00", "wire", "Shell Ltd"
    else:
        for n, party in enumerate(rng.sample(PARTIES, 10)):
            yield (
                first + timedelta(hours=12 * n),
                "in",
                f"{rng.randint(1200, 4000)}.00",
                "ach",
                party,
            )


KINDS = ("structuring", "pass_through", "fan_in")


def write(path: Path, rows: int, rng: random.Random) -> dict[str, set[str]]:
    """Write a CSV of about `rows` entries; give the accounts of each planted pattern."""
    truth: dict[str, set[str]] = {kind: set() for kind in KINDS}
    written = 0
    with path.open("w", encoding="utf-8") as out:
        out.write(",".join(column.name for column in CANONICAL) + "\n")
        for number in range(rows // ROWS_PER_ACCOUNT):
            account = f"{990_000_000 + number}"
            lines = list(everyday(rng))
            if number % PLANT_EVERY == 0:
                kind = number // PLANT_EVERY % len(KINDS)
                truth[KINDS[kind]].add(account)
                lines += planted(rng, kind)
            for at, direction, amount, channel, party in lines:
                written += 1
                out.write(
                    f"T{written},{account},{at:%Y-%m-%dT%H:%M:%SZ},{direction},{amount},USD,"
                    f"{channel},{party},,,,\n"
                )
    return truth


def recall(findings: tuple[TypologyFinding, ...], truth: dict[str, set[str]]) -> dict[str, str]:
    """Tell for each pattern how many planted accounts were found, and how many were alerted."""
    told = {}
    for kind, accounts in truth.items():
        alerted = {f.account for f in findings if f.typology == kind}
        told[kind] = f"{len(accounts & alerted)}/{len(accounts)} planted, {len(alerted)} alerted"
    return told


def main() -> None:
    """Write, load, scan, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    policy = read_policy().in_force("US", START.date())
    if policy is None:
        raise SystemExit("no policy in force")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "planted.csv"
        truth = write(path, rows, random.Random(1))  # noqa: S311 - repeatable, not secret
        started = time.perf_counter()
        loaded = load(path.read_bytes(), path.name, accounts=None)
        load_s = time.perf_counter() - started
        canonical = Path(folder) / "canonical.parquet"
        canonical.write_bytes(loaded.parquet)
        started = time.perf_counter()
        with open_entries(canonical) as entries:
            findings = scan(entries, policy)
        scan_s = time.perf_counter() - started
    report = {
        "rows": loaded.set.rows,
        "load_seconds": round(load_s, 1),
        "scan_seconds": round(scan_s, 1),
        "findings": len(findings),
        "recall": recall(findings, truth),
        "peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    sys.stdout.write(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()
