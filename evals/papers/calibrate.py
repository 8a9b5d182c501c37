"""How often values were right, by what read them: the figures behind every confidence.

    .venv/bin/python -m evals.papers.calibrate [--papers 300] [--pictures 120] [--out FILE]

Papers of the **tune** split are read without a model; each value is held against the paper's
truth; the counts go to `tools/documents/calibration.yaml`, whose thresholds are kept. The holdout
is never touched. A value of a field that a paper may hold without saying so is not judged.
"""

import argparse
import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import yaml

from evals.papers.make import make_papers
from evals.papers.paper import Medium, Paper, Split
from tools.documents import Limits, ReadResult, no_answer, read_document
from tools.documents.confidence import Calibration, Like, Row, calibration, counted, step_of
from tools.documents.ocr.file import read_file
from tools.documents.ocr.warm import WarmReader

_FILE = Path("tools/documents/calibration.yaml")
_DAY = date(2026, 11, 8)
_PICTURES = (Medium.SCAN, Medium.PHOTO)
_MARKUP = (Medium.DOCX, Medium.HTML, Medium.TXT, Medium.EML)


class Judged(NamedTuple):
    """A value that was read, what it is counted with, and whether it is right."""

    field: str
    like: Like
    right: bool


def judge(paper: Paper, result: ReadResult, figures: Calibration) -> Iterator[Judged]:
    """Hold every value against the truth; a value of a wrong type of paper is wrong."""
    told: dict[str, set[str]] = {}
    for said in paper.said:
        told.setdefault(said.name, set()).add(plain(said.normalised))
    for value, sure in zip(result.fields, result.likes, strict=True):
        if value.name not in told and value.name in paper.unjudged:
            continue
        right = plain(value.normalised) in told.get(value.name, set())
        yield Judged(value.name, step_of(sure, figures), right)


def plain(value: str) -> str:
    """Write a value as two of them are compared: letters, digits and points, case ignored."""
    return "".join(char for char in value.casefold() if char.isalnum() or char in ".-%")


def measure(papers: Iterable[Paper], reader: WarmReader | None) -> Iterator[Judged]:
    """Read papers and judge their values."""
    figures = calibration()
    for paper in papers:
        parsed = read_file(paper.data, paper.filename, Limits(seconds=120.0), reader)
        result = read_document(parsed, parties=(), opened_on=_DAY, ask=no_answer)
        yield from judge(paper, result, figures)


def written(figures: Calibration, rows: tuple[Row, ...], *, papers: int, day: str) -> str:
    """Give the file with new counts and the thresholds of the old one."""
    head = (
        "# Written by `python -m evals.papers.calibrate`. Thresholds and steps are set by hand.\n"
    )
    data = figures.model_dump(mode="json", exclude={"rows"}) | {
        "measured_on": "generated papers, split tune, without a model",
        "date": day,
        "papers": papers,
    }
    lines = [json.dumps(row.model_dump(mode="json", exclude_none=True)) for row in rows]
    body = "".join(f"  - {line}\n" for line in lines)
    return head + yaml.safe_dump(data, sort_keys=False) + "rows:\n" + body


def _papers(digital: int, pictures: int) -> Iterator[Paper]:
    yield from make_papers(Split.TUNE, digital, medium=Medium.DIGITAL)
    for medium in _PICTURES:
        yield from make_papers(Split.TUNE, pictures // 2, medium=medium)
    for number, medium in enumerate(_MARKUP):
        yield from make_papers(Split.TUNE, digital // 10, medium=medium, first=number * 1000)


def main() -> None:
    """Read the command line, measure, write the file."""
    parser = argparse.ArgumentParser(description="Measure how often values are right.")
    parser.add_argument("--papers", type=int, default=300)
    parser.add_argument("--pictures", type=int, default=120)
    parser.add_argument("--date", required=True, help="Day of the measurement, such as 2026-11-23.")
    parser.add_argument("--out", type=Path, default=_FILE)
    chosen = parser.parse_args()
    reader = WarmReader(seconds=120.0)
    try:
        papers = list(_papers(chosen.papers, chosen.pictures))
        judged = list(measure(papers, reader))
    finally:
        reader.close()
    rows = counted((one.like, one.right) for one in judged)
    text = written(calibration(), rows, papers=len(papers), day=chosen.date)
    chosen.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
