"""Fields of generated papers: how many are right, how many are wrong and sure, and their places."""

import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice

from evals.papers.make import make_paper, medium_of
from evals.papers.paper import IMAGES, Medium, Paper, Split
from evals.papers.setting import TODAY
from tests.bench._document_ask import Ask, Usage, counting
from tests.bench._document_judge import Verdict, f1_figure, judged, share
from tools.documents import Limits
from tools.documents.library import library
from tools.documents.ocr.reader import Reader
from tools.documents.whole import DocumentReader

LIMITS = Limits(seconds=300.0)
_DIGITAL = tuple(medium for medium in Medium if medium not in IMAGES)


def chosen_papers(
    split: Split, count: int, *, first: int, media: str, open_holdout: bool
) -> list[Paper]:
    """Make the papers of a run: of all media, digital ones alone or pictures alone."""
    wanted = (
        number
        for number in range(first, first + 20 * count)
        if media == "all" or (medium_of(split, number) in IMAGES) == (media == "scanned")
    )
    return [
        make_paper(split, number, open_holdout=open_holdout) for number in islice(wanted, count)
    ]


def read_papers(
    papers: Iterable[Paper], reader: Reader | None, ask: Ask
) -> tuple[list[Verdict], list[float], list[str]]:
    """Read and judge papers, telling how far it is; give verdicts, seconds and texts."""
    documents = DocumentReader(LIMITS, reader)
    verdicts: list[Verdict] = []
    seconds: list[float] = []
    texts: list[str] = []
    for index, paper in enumerate(papers, 1):
        began = time.monotonic()
        read = documents.read(paper.data, paper.filename, parties=(), on=TODAY, ask=ask)
        seconds.append(time.monotonic() - began)
        verdicts.append(judged(paper, read.result.type.value, read.result.fields, read.parsed))
        texts.append(read.parsed.text)
        last = verdicts[-1]
        sys.stderr.write(
            f"{index} {paper.filename} {paper.type} {paper.language} {paper.medium} "
            f"{paper.layout}: {last.right} right, wrong {list(last.wrong_names)}, "
            f"unread {list(last.unread_names)}"
            f"{'' if last.type_right else f', read as {read.result.type.value}'}\n"
        )
    return verdicts, seconds, texts


def field_figures(verdicts: Sequence[Verdict]) -> dict[str, object]:
    """Give every figure of a run."""
    digital = [v for v in verdicts if v.paper.medium in _DIGITAL]
    scanned = [v for v in verdicts if v.paper.medium in IMAGES]
    return {
        "digital": f1_figure(digital),
        "scanned": f1_figure(scanned),
        "by_type": _by(verdicts, "type"),
        "by_medium": _by(verdicts, "medium"),
        "by_language": _by(verdicts, "language"),
        "by_layout": _by_layout(verdicts),
        "confident_and_wrong": {
            "digital": _sure_and_wrong(digital),
            "scanned": _sure_and_wrong(scanned),
            "all": _sure_and_wrong(verdicts),
            "fields": Counter(name for v in verdicts for name in v.sure_and_wrong),
        },
        "bands": _bands(verdicts),
        "type_right": share(sum(v.type_right for v in verdicts), len(verdicts)),
        "values_with_their_place": share(
            sum(v.placed for v in verdicts), sum(v.stored for v in verdicts)
        ),
        "right_values_with_every_accent": share(
            sum(v.exact for v in verdicts), sum(v.right for v in verdicts)
        ),
        "most_often_wrong": _top(verdicts, "wrong_names"),
        "most_often_unread": _top(verdicts, "unread_names"),
    }


def _sure_and_wrong(verdicts: Sequence[Verdict]) -> dict[str, object]:
    return share(
        sum(len(v.sure_and_wrong) for v in verdicts), sum(v.right + v.wrong for v in verdicts)
    )


def _by(verdicts: Sequence[Verdict], what: str) -> dict[str, object]:
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        groups[str(getattr(verdict.paper, what))].append(verdict)
    return {
        name: f1_figure(found) | {"type_right": f"{sum(v.type_right for v in found)}/{len(found)}"}
        for name, found in sorted(groups.items())
    }


def _by_layout(verdicts: Sequence[Verdict]) -> dict[str, object]:
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        groups[verdict.paper.layout.rpartition("/")[2]].append(verdict)
    return {name: f1_figure(found) for name, found in sorted(groups.items())}


def _bands(verdicts: Sequence[Verdict]) -> dict[str, object]:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for verdict in verdicts:
        for band, right, wrong in verdict.by_band:
            counts[band][0] += right
            counts[band][1] += wrong
    return {band: share(right, right + wrong) for band, (right, wrong) in sorted(counts.items())}


def _top(verdicts: Sequence[Verdict], what: str) -> list[tuple[str, int]]:
    names = (f"{v.paper.type}.{name}" for v in verdicts for name in getattr(v, what))
    return Counter(names).most_common(12)


def tokens_without_labels(papers: Sequence[Paper], texts: Sequence[str]) -> dict[str, float]:
    """Count the characters that a model alone would be shown: its type, then every field."""
    usage = Usage()
    ask = counting(usage)
    for paper, text in zip(papers, texts, strict=True):
        schema = next((s for s in library().documents if s.type.value == paper.type), None)
        shown = text[:6_000]
        types = "\n".join(f"- {s.type.value}" for s in library().documents)
        ask("classify", {"types": types, "text": shown}, {})
        if schema is not None:
            fields = "\n".join(f"- {f.name}: {f.says or f.name}" for f in schema.fields)
            ask("extract", {"type": paper.type, "fields": fields, "text": shown}, {})
    return usage.figures(len(papers))
