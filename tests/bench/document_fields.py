"""Measure reading of generated papers by labels and validators alone, and the time of a parse.

    .venv/bin/python -m tests.bench.document_fields [--papers 120] [--seed 3]

Prints one JSON document. The papers come from `tests/documents/letter_kinds.py`: forms in six
layouts and letters in prose, with labels that the schemas don't all know. They are made by us, so
the figure compares versions; it says nothing about real customers' papers.
"""

import argparse
import json
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path
from statistics import median

from tests.documents.letter_kinds import collection
from tests.documents.letters import Letter
from tools.documents import Limits, ReadResult, parse, read_document

ON = date(2026, 11, 8)
LIMITS = Limits(seconds=300.0)
EXAMPLES = Path("examples/cases")


def judged(letter: Letter, result: ReadResult) -> Counter[str]:
    """Count right, wrong and missing values of one paper."""
    found: dict[str, set[str]] = {}
    for field in result.fields:
        found.setdefault(field.name, set()).add(field.normalised)
    counts = Counter(right=0, wrong=0, missing=0, types_wrong=int(result.type != letter.type))
    for name, value in letter.values.items():
        if value in found.get(name, set()):
            counts["right"] += 1
        else:
            counts["wrong" if name in found else "missing"] += 1
    return counts


def field_figures(papers: int, seed: int) -> dict[str, object]:
    """Read generated papers without a model."""
    counts: Counter[str] = Counter()
    for letter in collection(seed, papers):
        parsed = parse(letter.data, letter.filename, LIMITS)
        result = read_document(
            parsed, parties=(), opened_on=ON, ask=lambda task, values, schema: None
        )
        counts += judged(letter, result)
    right, wrong, missing = counts["right"], counts["wrong"], counts["missing"]
    return {
        "papers": papers,
        "seed": seed,
        "fields": right + wrong + missing,
        "field_f1": round(2 * right / (2 * right + 2 * wrong + missing), 4),
        "confident_and_wrong_share": round(wrong / max(1, right + wrong), 4),
        "types_wrong": counts["types_wrong"],
    }


def parse_figures() -> dict[str, object]:
    """Time the whole parse of the example papers, the child's start included."""
    files = sorted(EXAMPLES.glob("*/documents/*.pdf"))
    seconds = []
    for path in files:
        data = path.read_bytes()
        began = time.monotonic()
        parse(data, path.name, LIMITS)
        seconds.append(time.monotonic() - began)
    return {
        "pdfs": len(files),
        "median_s": round(median(seconds), 3),
        "slowest_s": round(max(seconds), 3),
    }


def main() -> None:
    """Read the command line and print the figures."""
    parser = argparse.ArgumentParser(description="Measure the reading of documents.")
    parser.add_argument("--papers", type=int, default=120)
    parser.add_argument("--seed", type=int, default=3)
    chosen = parser.parse_args()
    figures = {
        "labels_alone": field_figures(chosen.papers, chosen.seed),
        "parse": parse_figures(),
    }
    json.dump(figures, sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
