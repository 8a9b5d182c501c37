"""Write papers of a split, with their truth, for a person to look at.

python -m evals.papers --split tune --n 20 --out DIR
"""

import argparse
import json
from pathlib import Path

from evals.papers.make import make_papers
from evals.papers.paper import Medium, Split


def main() -> None:
    """Read the command line and write the files."""
    parser = argparse.ArgumentParser(description="Write generated papers with their truth.")
    parser.add_argument("--split", type=Split, choices=list(Split), default=Split.TUNE)
    parser.add_argument("--n", type=int, default=20)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--medium", type=Medium, choices=list(Medium))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--open-holdout", action="store_true")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    truth = []
    for paper in make_papers(
        chosen.split, chosen.n, first=chosen.first, medium=chosen.medium,
        open_holdout=chosen.open_holdout,
    ):  # fmt: skip
        (chosen.out / paper.filename).write_bytes(paper.data)
        truth.append(paper.truth())
    text = json.dumps(truth, indent=1, ensure_ascii=False)
    (chosen.out / "truth.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
