"""What a model is shown of a document: all of a short one, the telling paragraphs of a long one."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from tools.documents.paper import Paper
from tools.documents.prose import fold
from tools.documents.schema import FieldSchema

_GAP = re.compile(r"\n{2,}")
_LONGEST = 1_200
"""Characters of one passage: a longer paragraph, such as a table, is cut into lines."""
_LABEL, _CONTEXT, _PROSE = 4, 1, 3
_FIRST_PAGE, _LAST_PAGE = 2, 1
_LEFT_OUT = "\n[...]\n"


class Passage(NamedTuple):
    """Characters `start` to `end` of the text, and how much they promise."""

    start: int
    end: int
    points: int


def shown_to_model(paper: Paper, missing: Sequence[FieldSchema], most: int) -> str:
    """Give at most `most` characters of a document, in its own order.

    Paragraphs are ranked by labels, lead-ins and context words of the missing fields; the first
    page comes before others that promise as much, then the last: that is where papers name whom
    and what they are about. What is left out is marked.
    """
    text = paper.text
    if len(text) <= most:
        return text
    ranked = sorted(passages(paper, missing), key=lambda p: (-p.points, p.start))
    chosen: list[Passage] = []
    room = most
    for passage in ranked:
        needed = passage.end - passage.start + len(_LEFT_OUT)
        if needed <= room:
            chosen.append(passage)
            room -= needed
    chosen.sort()
    parts: list[str] = []
    last = 0
    for passage in chosen:
        if text[last : passage.start].strip():
            parts.append(_LEFT_OUT)
        elif parts:
            parts.append("\n\n")
        parts.append(text[passage.start : passage.end])
        last = passage.end
    return "".join(parts)


def passages(paper: Paper, missing: Sequence[FieldSchema]) -> list[Passage]:
    """Cut a document into passages and say how much each promises for the missing fields."""
    pages = [cell.page for cell in paper.grid.cells() if cell.page is not None]
    page_at = {cell.start: cell.page for cell in paper.grid.cells()}
    last = max(pages, default=None)
    found: list[Passage] = []
    page = pages[0] if pages else None
    for start, end in _pieces(paper.text):
        page = next((page_at[at] for at in range(start, end) if at in page_at), page)
        points = _points(fold(paper.text[start:end]), paper.text[start:end], missing)
        points += _FIRST_PAGE if page in {None, 1} and start < _LONGEST * 3 else 0
        points += _LAST_PAGE if page is not None and page == last else 0
        found.append(Passage(start, end, points))
    return found


def _pieces(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = 0
    for end, following in [(m.start(), m.end()) for m in _GAP.finditer(text)] + [(len(text),) * 2]:
        while end - start > _LONGEST:
            line = text.rfind("\n", start, start + _LONGEST)
            cut = line if line > start else start + _LONGEST
            found.append((start, cut))
            start = cut
        if text[start:end].strip():
            found.append((start, end))
        start = following
    return found


def _points(folded: str, text: str, missing: Sequence[FieldSchema]) -> int:
    points = 0
    for field in missing:
        points += _LABEL * any(_stands(label, folded) for label in field.label_ranks)
        points += _PROSE * any(pattern.search(text) for pattern in field.prose_patterns)
        points += _CONTEXT * bool(field.context_pattern and field.context_pattern.search(folded))
    return points


def _stands(label: str, folded: str) -> bool:
    at = folded.find(label)
    return (
        at >= 0
        and not folded[max(0, at - 1) : at].isalnum()
        and not _goes_on(folded, at + len(label))
    )


def _goes_on(folded: str, at: int) -> bool:
    return at < len(folded) and folded[at].isalnum()
