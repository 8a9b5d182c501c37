"""Make the example cases: fictional people, papers and transactions, equal for equal seeds.

python examples/generate.py                          # examples/cases, variant 0
python examples/generate.py --variant 7 --out DIR    # the same five stories, other people
"""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random  # noqa: TID251 - seeded here and handed on

if not __package__:
    # Run as a script, Python sees only this folder; the package is its parent's child.
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from examples.bundle import Bundle
from examples.scenarios.onboarding import company_two_owners, person_account_opening
from examples.scenarios.screening import possible_sanctions_match
from examples.scenarios.seasonal import seasonal_business
from examples.scenarios.structuring import structuring_pass_through

SCENARIOS: dict[str, Callable[[Random], Bundle]] = {
    "person-account-opening": person_account_opening,
    "company-two-owners": company_two_owners,
    "structuring-pass-through": structuring_pass_through,
    "possible-sanctions-match": possible_sanctions_match,
    "seasonal-business": seasonal_business,
}


def make_bundle(name: str, seed: int) -> Bundle:
    """Make one bundle.

    Names, amounts, dates and papers follow from `name` and `seed` alone: equal arguments give
    equal bytes. Seed 0 is the bundle kept in `examples/cases`.

    Raises:
        KeyError: `name` is not one of `SCENARIOS`.
    """
    rng = Random(f"{name}/{seed}")  # noqa: S311 - fiction needs repeatable numbers, not secret ones
    bundle = SCENARIOS[name](rng)
    bundle.case["reference"] = f"{bundle.case['reference']}-{seed}"
    bundle.truth.update({"bundle": name, "seed": seed})
    return bundle


def write_bundle(bundle: Bundle, folder: Path) -> None:
    """Write a bundle as a folder; files of an older bundle of that folder are replaced."""
    papers = folder / "documents"
    papers.mkdir(parents=True, exist_ok=True)
    for old in papers.iterdir():
        old.unlink()
    _write_json(folder / "case.json", bundle.case)
    _write_json(folder / "truth.json", bundle.truth)
    for filename, data in bundle.documents.items():
        (papers / filename).write_bytes(data)
    if bundle.transactions is not None:
        (folder / "transactions.csv").write_bytes(bundle.transactions)


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    """Read the command line and write the bundles."""
    parser = argparse.ArgumentParser(description="Make the five fictional example cases.")
    parser.add_argument("--variant", type=int, default=0, help="seed; 0 makes examples/cases")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "cases")
    chosen = parser.parse_args()
    for name in SCENARIOS:
        write_bundle(make_bundle(name, chosen.variant), chosen.out / name)


if __name__ == "__main__":
    main()
