"""Whether a value that was read is the one that the paper bears; shares with their intervals."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from random import Random

from casegate.model.document import Band, Field
from evals.papers.paper import Paper, Said
from evals.stats import bootstrap, wilson
from tools.documents.parsed import Parsed

_EXACT = ("date", "country", "nationality", "state")
_MONEY = ("amount", "total", "pay", "balance", "credits", "capital")
_NUMBER = ("number", "iban", "lei", "share")
_ORIGIN = ("source", "source_of_funds")
_ORIGIN_WORDS = 0.6
_WHOLE: dict[int, str] = {ord(k): v for k, v in (("ł", "l"), ("ß", "ss"), ("ø", "o"), ("æ", "ae"))}
"""Letters that no decomposition takes apart."""


def folded(text: str) -> str:
    """Give letters and digits in lower case, accents taken off, words parted by one blank."""
    plain = text.lower().translate(_WHOLE)
    bare = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", bare))


def same(name: str, read: str, true: str) -> bool:
    """Tell whether two normalised values of a field are the same."""
    last = name.rsplit("_", 1)[-1]
    if last in _MONEY:
        try:
            return Decimal(read) == Decimal(true)
        except InvalidOperation:
            return False
    if last in _EXACT or (last in {"start", "end", "birth"} and "date" in name):
        return read == true
    left, right = folded(read), folded(true)
    if last in _NUMBER:
        return left.replace(" ", "") == right.replace(" ", "")
    if name in _ORIGIN:
        return _copies(left.split(), right.split())
    return left == right


def _copies(read: Sequence[str], true: Sequence[str]) -> bool:
    """A copy of where money comes from may be shorter or longer, never of something else."""
    shared = len(set(read) & set(true))
    return bool(true) and shared >= _ORIGIN_WORDS * min(len(set(read)), len(set(true)))


@dataclass(frozen=True)
class Verdict:
    """One paper, judged."""

    paper: Paper
    type_right: bool
    right: int
    wrong: int
    unread: int
    sure_and_wrong: tuple[str, ...]
    wrong_names: tuple[str, ...]
    unread_names: tuple[str, ...]
    placed: int
    stored: int
    exact: int = 0
    """Right values that keep every accent too."""
    by_band: tuple[tuple[str, int, int], ...] = ()
    """Band, right, wrong."""


def judged(paper: Paper, type_: str, fields: Sequence[Field], parsed: Parsed) -> Verdict:
    """Compare what was read with what is true."""
    true: dict[str, list[Said]] = defaultdict(list)
    for said in paper.said:
        true[said.name].append(said)
    counted = [field for field in fields if field.name not in paper.unjudged or field.name in true]
    right, wrong, sure, matched = 0, [], [], set()
    exact = 0
    bands: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for field in _distinct(counted):
        hit = next(
            (s for s in true[field.name] if same(s.name, field.normalised, s.normalised)), None
        )
        if hit is None and field.name in paper.unjudged:
            continue
        bands[field.band.value][0 if hit else 1] += 1
        if hit is not None:
            right += 1
            matched.add(hit)
            exact += field.normalised == hit.normalised or _digits_only(hit.normalised)
        else:
            wrong.append(field.name)
            sure += [field.name] if field.band is Band.USE else []
    judged_truth = [s for s in paper.said if s.name not in paper.unjudged]
    unread = [said.name for said in judged_truth if said not in matched]
    return Verdict(
        paper, type_ == paper.type, right, len(wrong), len(unread), tuple(sure), tuple(wrong),
        tuple(unread), sum(placed(field, parsed) for field in fields), len(fields), exact,
        tuple((band, counts[0], counts[1]) for band, counts in sorted(bands.items())),
    )  # fmt: skip


def _digits_only(text: str) -> bool:
    return not any(char.isalpha() for char in text)


def _distinct(fields: Sequence[Field]) -> list[Field]:
    """Keep one of equal readings, the surest."""
    kept: dict[tuple[str, str], Field] = {}
    for field in sorted(fields, key=lambda f: f.band is not Band.USE):
        kept.setdefault((field.name, folded(field.normalised)), field)
    return list(kept.values())


def placed(field: Field, parsed: Parsed) -> bool:
    """Tell whether span and boxes of a stored value hold it."""
    lines = (field.span, *field.further)
    shown = " ".join(parsed.text[line.start : line.end] for line in lines)
    if not shown.strip() or not _holds(shown, field):
        return False
    if not parsed.pages:
        return field.page is None or bool(field.boxes)
    page = next((p for p in parsed.pages if p.page == field.page), None)
    if page is None or not field.boxes:
        return False
    room = 2.0
    return all(
        -room <= box.x0 < box.x1 <= page.width_pt + room
        and -room <= box.y0 < box.y1 <= page.height_pt + room
        for box in field.boxes
    )


def _holds(shown: str, field: Field) -> bool:
    return folded(field.value).replace(" ", "") == folded(shown).replace(" ", "")


def f1_of(verdicts: Sequence[Verdict]) -> float | None:
    """Give micro-F1 over papers."""
    right = sum(v.right for v in verdicts)
    both = 2 * right + sum(v.wrong + v.unread for v in verdicts)
    return 2 * right / both if both else None


def f1_figure(verdicts: Sequence[Verdict]) -> dict[str, object]:
    """Give micro-F1 with the interval of resampled papers."""
    value = f1_of(verdicts)
    if value is None:
        return {"papers": len(verdicts), "f1": None}
    rng = Random(7)  # noqa: S311 - an interval that comes out the same each time
    interval = bootstrap(len(verdicts), lambda drawn: f1_of([verdicts[i] for i in drawn]), rng)
    return {
        "papers": len(verdicts),
        "fields": sum(v.right + v.unread for v in verdicts),
        "f1": round(value, 4),
        "ci95": interval and [round(side, 4) for side in interval],
    }


def share(hits: int, trials: int) -> dict[str, object]:
    """Give a share with its Wilson interval."""
    if not trials:
        return {"n": 0, "share": None}
    low, high = wilson(hits, trials)
    return {
        "hits": hits, "n": trials, "share": round(hits / trials, 4),
        "ci95": [round(low, 4), round(high, 4)],
    }  # fmt: skip
