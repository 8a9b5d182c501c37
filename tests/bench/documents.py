"""Measure the reading of documents: fields, zones, receipts, carriers, planted faults, speed.

    .venv/bin/python -m tests.bench.documents [--part fields] [--split tune] [--papers 60]
    .venv/bin/python -m tests.bench.documents --split holdout --open-holdout --papers 300 \
        --model qwen2.5-coder-1.5b-instruct --date 2026-11-23 --run "release figures"

Prints one JSON document; progress goes to standard error. Papers are generated (evals/papers);
zones and receipts are read in ../shared/data or $CASEGATE_TEST_DATA. The holdout opens with
`--open-holdout` alone, and the report then says on which day, at which revision and for which run.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from evals.papers.paper import Split
from tests.bench._document_ask import Ask, Usage, counting, model
from tests.bench._document_carriers import carrier_figures
from tests.bench._document_fields import (
    chosen_papers,
    field_figures,
    read_papers,
    tokens_without_labels,
)
from tests.bench._document_planted import planted_figures
from tests.bench._document_samples import mrz_figures, receipt_figures
from tests.bench._document_speed import speed_figures
from tools.documents.ocr.warm import WarmReader

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Read the command line and print the figures."""
    chosen = _arguments()
    if chosen.split is Split.HOLDOUT and not chosen.open_holdout:
        sys.exit("the holdout is locked: --open-holdout opens it, and the report says so")
    report: dict[str, object] = {"split": chosen.split, "revision": _revision()}
    if chosen.split is Split.HOLDOUT:
        report["holdout_opened"] = {
            "date": chosen.date, "run": chosen.run, "revision": report["revision"],
        }  # fmt: skip
    reader = None if chosen.no_ocr else WarmReader(seconds=180.0)
    try:
        for name in [chosen.part] if chosen.part else list(PARTS):
            sys.stderr.write(f"== {name}\n")
            report[name] = PARTS[name](chosen, reader)
    finally:
        if reader is not None:
            reader.close()
    json.dump(report, sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the reading of documents.")
    parser.add_argument("--part", choices=list(PARTS))
    parser.add_argument("--split", type=Split, choices=list(Split), default=Split.TUNE)
    parser.add_argument("--papers", type=int, default=60, help="papers of the part `fields`")
    parser.add_argument("--first", type=int, default=0, help="number of the first paper")
    parser.add_argument("--media", choices=("all", "digital", "scanned"), default="all")
    parser.add_argument("--limit", type=int, default=0, help="bound of every other part")
    parser.add_argument("--model", default="", help="a model of the catalogue; none if unset")
    parser.add_argument("--no-ocr", action="store_true")
    parser.add_argument("--open-holdout", action="store_true")
    parser.add_argument("--date", default="", help="day of the run, for the report")
    parser.add_argument("--run", default="", help="what the run is for, for the report")
    return parser.parse_args()


def _revision() -> str:
    found = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    return found.stdout.strip() or "unknown"


def _asker(chosen: argparse.Namespace, usage: Usage) -> Ask:
    return model(chosen.model, usage) if chosen.model else counting(usage)


def _fields(chosen: argparse.Namespace, reader: WarmReader | None) -> dict[str, object]:
    usage = Usage()
    papers = chosen_papers(
        chosen.split, chosen.papers, first=chosen.first, media=chosen.media,
        open_holdout=chosen.open_holdout,
    )  # fmt: skip
    verdicts, seconds, texts = read_papers(papers, reader, _asker(chosen, usage))
    alone = tokens_without_labels(papers, texts)
    if usage.prompt_characters and usage.prompt_tokens:
        # Counted in characters; the tokenizer of this run gives the rate.
        rate = usage.prompt_tokens / usage.prompt_characters
        alone["prompt_tokens_estimated"] = round(alone["prompt_characters"] * rate)
    return {
        "model": chosen.model or None,
        **field_figures(verdicts),
        "asked": usage.figures(len(papers)),
        "asked_without_the_deterministic_pass": alone,
        "seconds": round(sum(seconds), 1),
    }


def _mrz(chosen: argparse.Namespace, reader: WarmReader | None) -> dict[str, object]:
    folder = _samples("mrz_passporteye")
    if folder is None or reader is None:
        return {"skipped": "needs the samples and OCR"}
    return mrz_figures(folder, chosen.limit or 1000, reader)


def _receipts(chosen: argparse.Namespace, reader: WarmReader | None) -> dict[str, object]:
    folder = _samples("receipts_sroie")
    if folder is None or reader is None:
        return {"skipped": "needs the samples and OCR"}
    usage = Usage()
    figures = receipt_figures(folder, chosen.limit or 1000, reader, _asker(chosen, usage))
    return {"model": chosen.model or None, **figures, "asked": usage.figures(1)}


def _samples(name: str) -> Path | None:
    shared = Path(os.environ.get("CASEGATE_TEST_DATA", str(ROOT.parent / "shared" / "data")))
    folder = shared / "documents" / name
    return folder if folder.is_dir() else None


def _carriers(chosen: argparse.Namespace, reader: WarmReader | None) -> dict[str, object]:
    return carrier_figures(chosen.split, chosen.limit or 5, open_holdout=chosen.open_holdout)


def _planted(chosen: argparse.Namespace, reader: WarmReader | None) -> dict[str, object]:
    each = chosen.limit or 10
    return planted_figures(chosen.split, each, reader, open_holdout=chosen.open_holdout)


def _speed(chosen: argparse.Namespace, reader: WarmReader | None) -> dict[str, object]:
    bound = chosen.limit or 200
    return speed_figures(min(60, bound), 0 if chosen.no_ocr else min(10, bound), min(200, bound))


PARTS: dict[str, Callable[[argparse.Namespace, WarmReader | None], dict[str, object]]] = {
    "fields": _fields,
    "mrz": _mrz,
    "receipts": _receipts,
    "carriers": _carriers,
    "planted": _planted,
    "speed": _speed,
}


if __name__ == "__main__":
    main()
