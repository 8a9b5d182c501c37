"""The weights by which the reader knows a paper's type from its letter groups.

    .venv/bin/python -m evals.papers.weigh_types [--papers 3000] [--out FILE]

Papers of the split **train**, texts of no known type and the word lists of the schemas are counted;
tune and holdout are never looked at. Equal inputs give equal weights.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from random import Random  # noqa: TID251 - seeded here, so that equal calls give equal weights
from typing import NamedTuple

import numpy as np
import yaml

from evals.papers.layouts import texts_of
from evals.papers.make import TYPES, make_train_draft
from tools.documents.library import library
from tools.documents.likely_types import BUCKETS, STEP, WEIGHTS, letter_groups, weighed

_OTHERS = Path(__file__).with_name("data") / "other_texts.yaml"
_BACKGROUND = "background"
"""What speaks against every type, and for none."""
_SMOOTHING = 0.3
_LISTS_PER_TYPE = 60
"""Word lists are turned into so many papers a type: a title, some labels, some phrases."""
_LABELS, _PHRASES = 9, 5


class Weighed(NamedTuple):
    """Weights by type and bucket, and how rare each bucket is."""

    weights: np.ndarray
    rarity: np.ndarray


def texts(papers: int) -> Iterator[tuple[str, str]]:
    """Give type and text of the papers of train, of no known type, and made of word lists."""
    for number in range(papers):
        draft = make_train_draft(number)
        yield draft.type, "\n".join(texts_of(draft))
    for text in yaml.safe_load(_OTHERS.read_text("utf-8")):
        yield _BACKGROUND, text
    rng = Random("weigh_types")  # noqa: S311 - nothing secret
    for document in library().documents:
        labels = [label for field in document.fields for label in field.labels]
        for _ in range(_LISTS_PER_TYPE):
            chosen = [rng.choice(document.cues.title) if document.cues.title else ""]
            chosen += rng.choices(labels, k=_LABELS) if labels else []
            chosen += rng.choices(document.cues.body, k=_PHRASES) if document.cues.body else []
            yield document.type.value, "\n".join(chosen)


def weigh(papers: int) -> Weighed:
    """Count letter groups by type and weigh them against all other types."""
    counted = [(type_, letter_groups(text)) for type_, text in texts(papers)]
    seen = np.zeros(BUCKETS)
    for _, groups in counted:
        seen[list(groups)] += 1
    rarity = np.log((1 + len(counted)) / (1 + seen)) + 1
    classes = (*TYPES, _BACKGROUND)
    sums = np.zeros((len(classes), BUCKETS))
    for type_, groups in counted:
        buckets, values = weighed(groups, rarity)
        sums[classes.index(type_), buckets] += values
    others = (sums.sum(axis=0) - sums + _SMOOTHING)[: len(TYPES)]
    weights = -np.log(others / others.sum(axis=1, keepdims=True))
    weights -= weights.mean(axis=0)
    stored = np.clip(np.round(weights / STEP), -127, 127).astype(np.int8)
    return Weighed(stored, rarity.astype(np.float16))


def main() -> None:
    """Read the command line, weigh, write the file."""
    parser = argparse.ArgumentParser(description="Weigh letter groups by type of paper.")
    parser.add_argument("--papers", type=int, default=3000)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    chosen = parser.parse_args()
    made = weigh(chosen.papers)
    np.savez_compressed(chosen.out, types=np.array(TYPES), weights=made.weights, rarity=made.rarity)


if __name__ == "__main__":
    main()
