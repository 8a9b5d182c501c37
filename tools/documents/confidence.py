"""How sure a value is: how often values like it were right when that was measured.

The figures are data (`calibration.yaml`), written by measuring generated papers. A row counts the
values of one engine, way, kind and source, of OCR also of one step of its own certainty.
Confidence is the lower end of the 95 % Wilson interval of the share that was right: few cases give
little confidence. What was never measured is checked by a person.
"""

import re
from collections.abc import Iterable
from functools import cache
from math import sqrt
from pathlib import Path
from typing import NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict, Field

from casegate.model.document import Band, Engine, Span, TextSource
from tools.documents.found import Found, Way
from tools.documents.parsed import Parsed
from tools.documents.schema import Kind

_LOST_BLANK = re.compile(
    r"(?<!Mc)(?<!Mac)(?<!De)(?<!Di)(?<!La)[a-z\u00df-\u00ff][A-Z\u00c0-\u00de]"
)
_Z = 1.959964
"""Two-sided 95 % of the normal distribution."""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Like(_Data):
    """What values are counted together."""

    engine: Engine
    way: Way
    kind: Kind
    source: TextSource
    sure: float | None = None
    """OCR's own certainty of the least sure word, the lower end of its step; None without OCR."""
    doubtful: bool = False
    """Another value competes, or the label is guessed from a misread one."""


class Row(_Data):
    """How many values of one likeness were read and how many were right."""

    like: Like
    n: int = Field(ge=0)
    right: int = Field(ge=0)

    @property
    def confidence(self) -> float:
        """Lower end of the 95 % Wilson score interval."""
        return wilson_low(self.right, self.n)


class Calibration(_Data):
    """The measured figures and what follows from them."""

    version: int
    measured_on: str
    date: str
    papers: int
    steps: tuple[float, ...]
    """Lower ends of the steps of OCR's certainty, ascending from 0."""
    use_from: float
    """Confidence from which a value is used."""
    check_from: float
    """Confidence from which a person checks it; below, a better copy is asked for."""
    fewest: int
    """Values from which a row counts as measured: fewer say too little, in either direction."""
    unseen: float
    """Confidence of what was never measured; its band is `check`."""
    rows: tuple[Row, ...]

    def confidence(self, like: Like) -> float | None:
        """Give the confidence of a likeness; None if it was not measured, or on too few."""
        row = self._by_like().get(like)
        return None if row is None or row.n < max(1, self.fewest) else row.confidence

    def band(self, confidence: float) -> Band:
        """Give the band of a measured confidence."""
        if confidence >= self.use_from:
            return Band.USE
        return Band.CHECK if confidence >= self.check_from else Band.RE_REQUEST

    def step(self, sure: float) -> float:
        """Give the step that a word's certainty falls into."""
        return max((step for step in self.steps if step <= sure), default=0.0)

    def _by_like(self) -> dict[Like, Row]:
        return _indexed(self.rows)


@cache
def _indexed(rows: tuple[Row, ...]) -> dict[Like, Row]:
    return {row.like: row for row in rows}


class Sureness(NamedTuple):
    """Confidence and band of one value."""

    confidence: float
    band: Band


@cache
def calibration() -> Calibration:
    """Load the figures, once a process.

    Raises:
        pydantic.ValidationError: the file breaks its schema.
    """
    text = Path(__file__).with_name("calibration.yaml").read_text("utf-8")
    return Calibration.model_validate(yaml.safe_load(text))


def likeness(found: Found, parsed: Parsed) -> Like:
    """Tell what a value is like; `sure` is OCR's own certainty of its least sure word."""
    span = Span(start=found.start, end=found.end)
    source = parsed.source_of(span)
    sure = None
    if source is TextSource.OCR:
        sure = min((word.sure for word in parsed.words_of(span)), default=0.0)
    return Like(
        engine=found.engine, way=found.way, kind=found.field.kind, source=source, sure=sure,
        doubtful=found.doubtful or _run_together(found, parsed, source),
    )  # fmt: skip


def _run_together(found: Found, parsed: Parsed, source: TextSource) -> bool:
    """Tell whether OCR lost the blank between two words of a name."""
    if source is not TextSource.OCR or found.field.kind is not Kind.NAME:
        return False
    return bool(_LOST_BLANK.search(parsed.text[found.start : found.end]))


def step_of(like: Like, figures: Calibration) -> Like:
    """Give what a value is counted with: its certainty as a step."""
    if like.sure is None:
        return like
    return like.model_copy(update={"sure": figures.step(like.sure)})


def sureness(found: Found, parsed: Parsed, figures: Calibration) -> Sureness:
    """Give confidence and band; what is doubtful or was never measured is never just used."""
    like = likeness(found, parsed)
    confidence = figures.confidence(step_of(like, figures))
    if confidence is None:
        return Sureness(figures.unseen, Band.CHECK)
    band = figures.band(confidence)
    if like.doubtful and band is Band.USE:
        below = figures.use_from - 0.01
        return Sureness(round(min(confidence, below), 4), Band.CHECK)
    return Sureness(confidence, band)


def wilson_low(right: int, n: int) -> float:
    """Give the lower end of the 95 % Wilson score interval of a share, to four places.

    Source: Wilson, E. B. (1927), J. Am. Stat. Assoc. 22, 209-212.
    """
    if n == 0:
        return 0.0
    share = right / n
    middle = share + _Z * _Z / (2 * n)
    spread = _Z * sqrt(share * (1 - share) / n + _Z * _Z / (4 * n * n))
    return round(max(0.0, (middle - spread) / (1 + _Z * _Z / n)), 4)


def counted(values: Iterable[tuple[Like, bool]]) -> tuple[Row, ...]:
    """Count values that were judged, in a fixed order."""
    counts: dict[Like, tuple[int, int]] = {}
    for like, right in values:
        n, good = counts.get(like, (0, 0))
        counts[like] = n + 1, good + right
    rows = (Row(like=like, n=n, right=good) for like, (n, good) in counts.items())
    return tuple(sorted(rows, key=lambda row: row.like.model_dump_json()))
