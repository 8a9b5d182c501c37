"""All sentences that this case's facts admit, as the model may choose from them."""

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import InvalidOperation

from casegate.model.fact import Fact, RoleType
from casegate.model.narrative import Binding, OutputKind, Section
from casegate.narrative.format import Style, show_role, style_of
from casegate.narrative.limits import load_limits
from casegate.narrative.patterns import PATTERNS, Pattern, role_of

ROWS = frozenset({"credit", "debit"})
"""Predicates of single transactions: told in the order of their dates, and bounded."""

_AGAINST_PROFILE = frozenset({"expected_monthly", "exceeds_expected", "within_expected"})
_CONFLICTS = frozenset({"attribute_conflict", "hit", "hit_agreement", "hit_contradiction"})
ALWAYS_TOLD: dict[OutputKind, frozenset[str]] = {
    OutputKind.SAR_NARRATIVE: _AGAINST_PROFILE
    | {"alert", "structuring", "cash_place", "pass_through", "fan_in", "transfers_to"},
    OutputKind.NO_FILE_RATIONALE: _AGAINST_PROFILE
    | {"alert", "structuring", "pass_through", "fan_in", "declared_season", "same_season",
       "no_typology"},
    OutputKind.KYC_MEMO: _CONFLICTS
    | {"document_identity", "document_registration", "owner", "control", "screened", "rating"},
    OutputKind.HIT_NOTE: _CONFLICTS | {"screened"},
}  # fmt: skip
"""Predicates that a kind of text always tells, whether or not the tool that found the fact
requires it: when, where, how much, through whom, against what; who was verified by what."""

_SECTIONS = tuple(Section)


@dataclass(frozen=True)
class Candidate:
    """One admissible sentence: a pattern with facts that fill it, worded."""

    id: str
    """`S1`, `S2` ... in template order; empty if code alone places it."""
    section: Section
    pattern: Pattern
    facts: tuple[Fact, ...]
    text: str
    bindings: tuple[Binding, ...]
    required: bool

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """Pattern id and fact ids: what a plan says of a sentence."""
        return self.pattern.id, tuple(fact.id for fact in self.facts)

    @property
    def states(self) -> frozenset[tuple[str, str]]:
        """The (fact id, role) pairs that the sentence tells, shared roles on both sides."""
        ids = {fact.predicate: fact.id for fact in self.facts}
        told = {(ids[name], role) for name, role in self.pattern.slots}
        told |= {(self.facts[0].id, role) for role, _ in self.pattern.where}
        for pair in self.pattern.shared:
            ends = [(ids[name], role) for name, _, role in (p.partition(".") for p in pair)]
            if any(end in told for end in ends):
                told.update(ends)
        return frozenset(told)

    @property
    def place(self) -> tuple[int, int, str]:
        """Sort key in template order; single transactions by day."""
        day = self.facts[0].roles["date"].value if self.is_row else ""
        return _SECTIONS.index(self.section), self.pattern.order, day

    @property
    def is_row(self) -> bool:
        """True if the sentence tells a single transaction."""
        return len(self.facts) == 1 and self.facts[0].predicate in ROWS


def candidates(facts: Sequence[Fact], output: OutputKind) -> tuple[Candidate, ...]:
    """Give what the model may choose from, in template order, numbered `S1` to `Sn`.

    Many single transactions are left out: `complete` places them, so that the list stays short.
    """
    offered = [c for c in admissible(facts, output) if not c.is_row or _few_rows(facts)]
    return tuple(dataclasses.replace(c, id=f"S{n}") for n, c in enumerate(offered, start=1))


def admissible(facts: Sequence[Fact], output: OutputKind) -> tuple[Candidate, ...]:
    """Give every sentence that the facts admit in this kind of text, in template order."""
    stated_rows = _rows_to_state(facts)
    usable = [f for f in facts if f.predicate not in ROWS or f.id in stated_rows]
    found = [
        made
        for pattern in PATTERNS.values()
        if output in pattern.outputs
        for group in _groups(pattern, usable)
        if (made := word(pattern, group, output)) is not None
    ]
    kept = sorted(_most_telling(found), key=lambda c: c.place)
    return tuple(_mark_required(kept, output))


def word(pattern: Pattern, facts: Sequence[Fact], output: OutputKind) -> Candidate | None:
    """Word a pattern; None if a value can't be written or has more words than a sentence holds."""
    style, limit = style_of(output), load_limits().text_characters
    text, bindings = "", []
    for part in pattern.parts:
        if isinstance(part, str):
            text += part
            continue
        fact, value = role_of(facts, part)
        if part.agrees:
            text += str(part.one if value.value == "1" else part.many)
            continue
        shown = _shown(fact, part.role, style)
        if shown is None or len(shown) > limit:
            return None
        start = len(text)
        text += shown
        bindings.append(Binding(start=start, end=len(text), fact=fact.id, role=part.role))
    if text[:1].islower():
        text = text[0].upper() + text[1:]
    return Candidate(
        id="",
        section=pattern.section_in(output),
        pattern=pattern,
        facts=tuple(facts),
        text=text,
        bindings=tuple(bindings),
        required=False,
    )


def _shown(fact: Fact, role: str, style: Style) -> str | None:
    try:
        return show_role(role, fact.roles[role], style) or None
    except (ValueError, InvalidOperation):
        return None


def _groups(pattern: Pattern, facts: Sequence[Fact]) -> Iterator[tuple[Fact, ...]]:
    """Give the facts that fill a pattern; in combinations every fact serves once."""
    if pattern.fixed:
        yield ()
        return
    first, *others = pattern.predicates
    used: set[str] = set()
    for fact in (f for f in facts if f.predicate == first):
        if not others:
            if pattern.admits((fact,)):
                yield (fact,)
            continue
        for other in (f for f in facts if f.predicate == others[0] and f.id not in used):
            if pattern.admits((fact, other)):
                used.add(other.id)
                yield (fact, other)
                break


def _most_telling(found: Sequence[Candidate]) -> list[Candidate]:
    """Drop a sentence when another of the same facts, section and use tells all that and more."""
    groups: dict[tuple[object, ...], list[Candidate]] = {}
    for made in found:
        use = (tuple(f.id for f in made.facts), made.section, made.pattern.always)
        groups.setdefault(use if made.facts else (made.pattern.id,), []).append(made)
    return [
        made
        for group in groups.values()
        for made in group
        if not any(made.states < other.states for other in group)
    ]


def _mark_required(found: Sequence[Candidate], output: OutputKind) -> Iterator[Candidate]:
    """Mark what a narrative must tell: fixed parts, and the main sentence of required facts.

    The main sentence is the first in template order. In a report every single transaction that
    is to be stated counts as required (FFIEC manual, Appendix L).
    """
    main: set[str] = set()
    always = ALWAYS_TOLD[output]
    for made in found:
        told = {f.id for f in made.facts if f.required or f.predicate in always}
        fresh = told - main
        row = made.is_row and output is OutputKind.SAR_NARRATIVE
        required = made.pattern.always or row
        if fresh and not made.pattern.always:
            main |= fresh
            required = True
        yield dataclasses.replace(made, required=required)


def _few_rows(facts: Sequence[Fact]) -> bool:
    return len(_rows_to_state(facts)) <= load_limits().rows_offered


def _rows_to_state(facts: Sequence[Fact]) -> frozenset[str]:
    """Choose the single transactions to tell: all if few.

    Else the first and the last and one for every place and country, which a report must name,
    and then the largest, up to the policy's number.
    """
    limits = load_limits()
    rows = [f for f in facts if f.predicate in ROWS]
    wanted = limits.rows_wanted(len(rows))
    if wanted == len(rows):
        return frozenset(fact.id for fact in rows)
    largest = sorted(rows, key=_size, reverse=True)
    by_day = sorted(rows, key=lambda f: f.roles["date"].value)
    one_each = {
        (role, fact.roles[role].value): fact
        for fact in reversed(largest)
        for role in ("place", "country")
        if role in fact.roles
    }
    musts = dict.fromkeys(f.id for f in (by_day[0], by_day[-1], *one_each.values()))
    chosen = list(musts | dict.fromkeys(f.id for f in largest))
    return frozenset(chosen[: min(max(wanted, len(musts)), limits.rows_at_most)])


def _size(fact: Fact) -> float:
    money = next((v.value for v in fact.roles.values() if v.type is RoleType.MONEY), "0")
    try:
        return float(money)
    except ValueError:
        return 0.0
