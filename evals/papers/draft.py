"""A paper before it is drawn: what stands on it, block by block, and what is true of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from evals.papers.paper import Planted, Said
from evals.papers.setting import Setting


@dataclass(frozen=True)
class Head:
    """The name of the issuer or of the paper, large, with a line below."""

    title: str
    under: str = ""


@dataclass(frozen=True)
class Title:
    """A heading inside the paper."""

    text: str


@dataclass(frozen=True)
class Pairs:
    """Labels with their values."""

    rows: tuple[tuple[str, str], ...]
    portrait: bool = False


@dataclass(frozen=True)
class Lines:
    """Lines as they stand, such as the window of an envelope."""

    lines: tuple[str, ...]
    right: bool = False


@dataclass(frozen=True)
class Table:
    """A table; `widths` are shares of the line."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    amounts: int = 1
    """How many columns at the right hold amounts."""


@dataclass(frozen=True)
class Prose:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Zone:
    """A machine readable zone."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Foot:
    """Small print."""

    text: str


Block = Head | Title | Pairs | Lines | Table | Prose | Zone | Foot


@dataclass
class Draft:
    """A paper in the making."""

    type: str
    setting: Setting
    blocks: list[Block] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    unjudged: set[str] = field(default_factory=set)
    planted: list[Planted] = field(default_factory=list)
    form: str = "form"
    """How its content is arranged, apart from how it is drawn."""

    def add(self, *blocks: Block) -> None:
        """Put blocks below what stands there."""
        self.blocks.extend(blocks)

    def say(self, name: str, printed: str, normalised: str | None = None) -> str:
        """Keep a value as true and give it as printed."""
        self.said.append(Said(name, printed, printed if normalised is None else normalised))
        return printed

    def day(self, name: str, day: date) -> str:
        """Keep a date as true and print it."""
        return self.say(name, self.setting.day(day), day.isoformat())

    def money(self, name: str, amount: Decimal) -> str:
        """Keep an amount as true and print it."""
        return self.say(name, self.setting.money(amount), f"{amount:.2f}")

    def label(self, concept: str) -> str:
        """Name a value as the paper does."""
        return self.setting.label(concept)

    def pairs(self, rows: Sequence[tuple[str, str]], *, portrait: bool = False) -> None:
        """Put labels, given as concepts, with their values."""
        self.add(Pairs(tuple((self.label(name), text) for name, text in rows), portrait))


def cents(rng_value: int) -> Decimal:
    """Give an amount of a number of cents."""
    return Decimal(rng_value) / 100
