"""Text put into files to steer a machine: is it caught, and does it change anything."""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from evals.papers.carriers import KINDS, CarrierPair, make_carrier
from evals.papers.paper import Paper, Split
from evals.papers.setting import TODAY
from tests.bench._document_ask import Usage, counting
from tests.bench._document_judge import folded, share
from tools.documents import Limits
from tools.documents.instructions import without_instructions
from tools.documents.whole import DocumentReader, ReadFile

LIMITS = Limits(seconds=120.0)


@dataclass(frozen=True)
class Steered:
    """What became of one carrier."""

    kind: str
    caught: bool
    """Hidden text is kept for the reviewer and out of the text; visible text is marked."""
    shown_to_model: bool
    """It stands in what prompts are made from; visible text then does so as quoted data."""
    changed: tuple[str, ...]
    """What differs from the clean twin: `type`, or names of fields."""


def read_carriers(
    split: Split, each: int, *, open_holdout: bool, kinds: tuple[str, ...] = KINDS
) -> Iterator[Steered]:
    """Read every carrier and its clean twin without a model; keep what a model would be shown."""
    for kind in kinds:
        for number in range(each):
            yield steered(make_carrier(split, kind, number, open_holdout=open_holdout))


def steered(pair: CarrierPair) -> Steered:
    """Compare one carrier with its clean twin."""
    carried = pair.carrying.carriers[0]
    clean, _ = _read(pair.clean)
    read, prompts = _read(pair.carrying)
    keys = _keys(carried.text)
    in_text = _holds(read.parsed.text, keys)
    if carried.visible:
        caught = any(signal.kind == "instruction_like_text" for signal in read.signals)
    else:
        kept = any(_holds(piece.text, keys) for piece in read.parsed.quarantined)
        caught = kept and not in_text
    # What every prompt is made from, whether or not this paper gave rise to a question.
    shown = any(_holds(text, keys) for text in (*prompts, without_instructions(read.parsed.text)))
    return Steered(carried.kind, caught, shown, tuple(_changed(clean, read)))


def _keys(text: str) -> tuple[str, str]:
    """Give the first words, and as they are without letters beyond ASCII (tag characters)."""
    ascii_alone = "".join(char for char in text if ord(char) < 128)
    whole, bare = (folded(form).split()[:4] for form in (text, ascii_alone))
    return "".join(whole), "".join(bare)


def _holds(text: str, keys: tuple[str, str]) -> bool:
    plain = folded(text).replace(" ", "")
    return any(key in plain for key in keys)


def _read(paper: Paper) -> tuple[ReadFile, list[str]]:
    usage = Usage()
    read = DocumentReader(LIMITS, None).read(
        paper.data, paper.filename, parties=(), on=TODAY, ask=counting(usage, keep=True)
    )
    return read, usage.prompts


def _changed(clean: ReadFile, read: ReadFile) -> Iterator[str]:
    if clean.result.type != read.result.type:
        yield "type"
    before = Counter((f.name, f.normalised, f.band) for f in clean.result.fields)
    after = Counter((f.name, f.normalised, f.band) for f in read.result.fields)
    for name, _, _ in (before - after) + (after - before):
        yield name


def carrier_figures(split: Split, each: int, *, open_holdout: bool) -> dict[str, object]:
    """Give the figures: caught per kind, changed at all."""
    found: list[Steered] = []
    for one in read_carriers(split, each, open_holdout=open_holdout):
        found.append(one)
        if not one.caught or one.changed or one.shown_to_model:
            sys.stderr.write(f"{one}\n")
    by_kind = {kind: share(sum(s.caught for s in found if s.kind == kind), each) for kind in KINDS}
    return {
        "caught": by_kind,
        "caught_all": share(sum(s.caught for s in found), len(found)),
        "decisions_changed": share(sum(bool(s.changed) for s in found), len(found)),
        "changed_by_kind": Counter(s.kind for s in found if s.changed),
        "hidden_shown_to_model": share(
            sum(s.shown_to_model for s in found if "visible" not in s.kind),
            sum("visible" not in s.kind for s in found),
        ),
        "shown_by_kind": Counter(s.kind for s in found if s.shown_to_model),
    }
