"""Measures screening on real lists: recall of candidates and hits, alerts on strangers, time.

    python -m tests.bench.screening [--part PART ...] [--data FOLDER] [--sizes N ...]

Needs the labelled data beside the repository (`../shared/data`, or $CASEGATE_TEST_DATA). JSON on
stdout, progress on stderr; every share has n and its 95 % Wilson interval. The numbers of the
policy and the candidate index were chosen on one half of the perturbed queries (`chosen on`) and on
some strangers; the other half (`held out`) and the other strangers were looked at afterwards. The
matcher's own weights and options are the stock ones.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench import _screening_baselines as simpler
from tests.bench import _screening_quality as quality
from tests.bench import _screening_scale as large
from tests.bench._screening_world import Figures, Labelled, World, load, machine, real_lists, timed

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("candidates", "hits", "strangers", "companies", "pairs", "baselines", "scale", "swap")
USUAL = tuple(part for part in PARTS if part != "scale")


def main() -> None:
    """Measure and print."""
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="screening-bench-") as folder:
        found = _measured(asked, Path(folder))
    json.dump(found, sys.stdout, indent=None if asked.json else 2, ensure_ascii=False)
    sys.stdout.write("\n")


def _measured(asked: argparse.Namespace, folder: Path) -> Figures:
    labelled = Labelled(asked.data)
    lists = real_lists(labelled)
    entities = [entity for read in lists for entity in read.parsed.entities]
    world = World(folder / "real")
    world.folder.mkdir()
    found: Figures = {"machine": machine(), "list": load(world, lists)}
    screener, queries = world.screener(), labelled.queries()
    found["warm"] = timed(screener.warm)
    work: dict[str, Callable[[], object]] = {
        "candidates": lambda: quality.candidates(world.index(), queries),
        "hits": lambda: quality.hits(screener, queries),
        "strangers": lambda: quality.strangers(screener, labelled, asked.strangers),
        "companies": lambda: quality.companies(screener, labelled, entities, 4000),
        "pairs": lambda: quality.pairs(labelled, world.index().rarity),
        "baselines": lambda: simpler.baselines(entities, queries),
        "scale": lambda: [
            large.scale(labelled, lists, folder / f"scale-{size}", size=size)
            for size in asked.sizes
        ],
        "swap": lambda: large.swap_while_serving(
            labelled, lists, folder / "swap", size=asked.swap_size
        ),
    }
    return found | {part: work[part]() for part in asked.part}


def _arguments() -> argparse.Namespace:
    default = os.environ.get("CASEGATE_TEST_DATA", str(ROOT.parent / "shared" / "data"))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--part", nargs="+", choices=PARTS, default=USUAL)
    parser.add_argument("--data", type=Path, default=Path(default))
    parser.add_argument("--strangers", type=int, default=7000, help="at most so many of each group")
    parser.add_argument("--sizes", type=int, nargs="+", default=[200_000], help="of part scale")
    parser.add_argument("--swap-size", type=int, default=50_000)
    parser.add_argument("--json", action="store_true", help="on one line")
    asked = parser.parse_args()
    if not (asked.data / "screening").is_dir():
        parser.error(f"no labelled data in {asked.data}")
    return asked


if __name__ == "__main__":
    main()
