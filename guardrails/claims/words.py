"""The dated word lists of the claim gate: `policy/frames.yaml` and `policy/lexicon.yaml`."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BeforeValidator, PositiveInt

from casegate.errors import RulesInvalid
from casegate.model.base import Record
from casegate.narrative.predicates import PREDICATES
from guardrails.text import Splitter, stem

POLICY = Path(__file__).parent.parent / "policy"


def _split(value: object) -> object:
    return tuple(value.split()) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_split)]


class Frame(Record):
    """How a predicate is told in free words."""

    direction: Literal["in", "out", ""] = ""
    """Which way the money goes, seen from the account, for the whole fact."""
    roles_in: Words = ()
    roles_out: Words = ()
    """Where parts of one fact go different ways: the roles of each."""
    roles_told_out: Words = ()
    """Roles that go out, but may stand beside words of the way in: "95 percent of the receipts"."""
    channel: str = ""
    relation: Literal["greater", "less", "none", ""] = ""
    negated: Words = ()
    """The fact says that something is not there: these words need a negation beside them."""
    attribute: bool = False
    """May stand beside another fact of the same party or account in one clause."""
    order: Words = ()
    """Two roles: who acts, on whom."""
    cues: Words
    words: Words


class RoleWords(Record):
    """Words that say which role the value beside them fills."""

    words: Words
    roles: Words
    always: bool = False
    """Limits the role on whichever side the word stands, beside what other words say."""


class Directions(Record):
    """Words of direction. Absolute: seen from the account. Relative: seen from who acts."""

    in_absolute: Words
    out_absolute: Words
    in_relative: Words
    out_relative: Words
    described: Words
    neutral: Words


class Comparators(Record):
    """Words that compare."""

    greater: Words
    less: Words


class Frames(Record):
    """`frames.yaml`."""

    version: str
    function_words: Words
    starters: Words
    titles: Words
    legal_forms: Words
    not_names: Words
    abbreviations: Words
    company_forms: Words
    references: tuple[str, ...]
    negators: Words
    directions: Directions
    channels: dict[str, Words]
    comparators: Comparators
    approximators: Words
    approximation_percent: PositiveInt
    role_words: tuple[RoleWords, ...]
    count_nouns: tuple[RoleWords, ...]
    frames: dict[str, Frame]


class Term(Record):
    """A list of terms that a narrative must not hold."""

    code: str
    check: str
    source: str
    terms: tuple[str, ...]
    cased: bool = False
    in_values: bool = False
    """True: also looked for inside recorded values, which are spared otherwise."""
    unless_recorded: bool = False
    """True: spared when the same word stands in a fact of the case."""


class Mark(Record):
    """A regular expression over one sentence."""

    code: str
    check: str
    source: str
    pattern: str


class Currencies(Record):
    """Names of currencies."""

    signs: dict[str, tuple[str, ...]]
    words: dict[str, tuple[str, ...]]
    codes: tuple[str, ...]


class Lexicon(Record):
    """`lexicon.yaml`."""

    version: str
    content: tuple[Term, ...]
    marks: tuple[Mark, ...]
    currencies: Currencies


class Vocabulary:
    """The word lists, ready for look-ups by stem."""

    def __init__(self, frames: Frames, lexicon: Lexicon) -> None:
        self.data = frames
        self.lexicon = lexicon
        self.function = stems(frames.function_words)
        self.negators = frozenset(frames.negators)
        self.greater = frozenset(frames.comparators.greater)
        self.less = frozenset(frames.comparators.less)
        self.approximators = frozenset(frames.approximators)
        self.not_names = frozenset(frames.not_names)
        self.titles = frozenset(frames.titles)
        self.legal_forms = frozenset(frames.legal_forms)
        self.frame_words = {name: stems(f.words) for name, f in frames.frames.items()}
        self.cues = {name: stems(f.cues) for name, f in frames.frames.items()}
        self.role_words = _by_word(r for r in frames.role_words if not r.always)
        self.limiting_words = _by_word(r for r in frames.role_words if r.always)
        self.count_nouns = _by_word(frames.count_nouns)
        self.directions = _directions(frames.directions)
        self.described = frozenset(frames.directions.described)
        self.channels = {w: name for name, words in frames.channels.items() for w in words}

    @cached_property
    def all_words(self) -> frozenset[str]:
        """Every stem that any list knows."""
        known = self.function | stems(self.data.starters) | stems(self.data.negators)
        known |= stems((*self.greater, *self.less, *self.approximators, *self.directions))
        return known.union(
            *self.frame_words.values(),
            *self.cues.values(),
            stems(self.role_words),
            stems(self.limiting_words),
        )

    @cached_property
    def split(self) -> Splitter:
        """The sentence splitter with these lists."""
        return Splitter(
            abbreviations=frozenset(self.data.abbreviations),
            company_forms=frozenset(self.data.company_forms),
            starters=frozenset(self.data.starters),
        )

    def frame(self, predicate: str) -> Frame:
        """Give the frame of a predicate."""
        return self.data.frames[predicate]


def stems(words: Iterable[str]) -> frozenset[str]:
    """Cut the endings of words."""
    return frozenset(stem(word.casefold()) for word in words)


def _by_word(rows: Iterable[RoleWords]) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for row in rows:
        for word in row.words:
            found[word] = found.get(word, frozenset()) | frozenset(row.roles)
    return found


def _directions(data: Directions) -> Mapping[str, tuple[str, bool]]:
    """Map a word to (`in` or `out`, whether it is absolute); neutral words to ("", False)."""
    return {
        **dict.fromkeys(data.neutral, ("", False)),
        **dict.fromkeys(data.in_relative, ("in", False)),
        **dict.fromkeys(data.out_relative, ("out", False)),
        **dict.fromkeys(data.in_absolute, ("in", True)),
        **dict.fromkeys(data.out_absolute, ("out", True)),
    }


def load_vocabulary(folder: Path = POLICY) -> Vocabulary:
    """Read the word lists of a policy folder.

    Raises:
        RulesInvalid: a file is missing or breaks its schema, or a predicate has no frame.
    """
    try:
        frames = Frames.model_validate(_read(folder / "frames.yaml"))
        lexicon = Lexicon.model_validate(_read(folder / "lexicon.yaml"))
    except (OSError, ValueError, yaml.YAMLError) as bad:
        raise RulesInvalid(f"the claim gate's word lists don't load: {bad}") from bad
    missing = sorted(set(PREDICATES) - set(frames.frames))
    unknown = sorted(set(frames.frames) - set(PREDICATES))
    if missing or unknown:
        raise RulesInvalid(f"frames.yaml lacks {missing} and has unknown {unknown}")
    return Vocabulary(frames, lexicon)


def _read(path: Path) -> object:
    data = yaml.safe_load(path.read_text("utf-8"))
    return data | {"version": str(data["version"])} if isinstance(data, dict) else data
