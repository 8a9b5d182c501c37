"""From a plan to text: code writes every value, in the only form that its role has."""

from collections.abc import Iterable, Sequence
from typing import Literal

from casegate.errors import InvalidInput
from casegate.model.fact import Fact
from casegate.model.narrative import (
    Binding,
    Narrative,
    OutputKind,
    Plan,
    PlannedSentence,
    Section,
    Sentence,
)
from casegate.narrative.candidates import Candidate, admissible, candidates
from casegate.narrative.patterns import Slot
from casegate.narrative.plan import (
    complete,
    missing_required,
    plan_schema,
    planned_sentence,
    read_plan,
)

__all__ = [
    "Candidate",
    "candidates",
    "complete",
    "missing_required",
    "plan_schema",
    "read_plan",
    "render",
    "templated",
]

PREFIX = {"": "", "also": "Also, ", "then": "Then, ", "however": "However, "}

Origin = Literal["plan", "template"]
_Chosen = tuple[PlannedSentence, Candidate]


def render(plan: Plan, facts: Sequence[Fact], output: OutputKind) -> Narrative:
    """Word a plan.

    Single transactions come in the order of their days, whatever the plan says; nothing is told
    twice; a join word goes where nothing stands before it, and `then` where time runs back.

    Raises:
        InvalidInput: a sentence of the plan is not among those that the facts admit.
    """
    return Narrative(output=output, sentences=_word(plan, facts, output, "plan"), method="planned")


def templated(facts: Sequence[Fact], output: OutputKind) -> Narrative:
    """Write a complete narrative without a model: every sentence that tells something new."""
    told: set[tuple[str, str]] = set()
    chosen: list[PlannedSentence] = []
    for made in admissible(facts, output):
        if made.required or (made.states and not made.states <= told):
            chosen.append(planned_sentence(made))
            told |= made.states
    plan = Plan(sentences=tuple(chosen))
    sentences = _word(plan, facts, output, "template")
    return Narrative(output=output, sentences=sentences, method="templated")


def _word(
    plan: Plan, facts: Sequence[Fact], output: OutputKind, origin: Origin
) -> tuple[Sentence, ...]:
    known = {c.key: c for c in admissible(facts, output)}
    chosen: dict[str, _Chosen] = {}
    for line in plan.sentences:
        made = known.get((line.pattern, line.facts))
        if made is None:
            raise InvalidInput(f"pattern {line.pattern!r} can't be filled by {list(line.facts)}")
        chosen.setdefault(made.text, (line, made))
    sentences: list[Sentence] = []
    for section in Section:
        here = [(line, made) for line, made in chosen.values() if made.section is section]
        sentences += _join(_in_order_of_days(here), origin)
    return tuple(sentences)


def _in_order_of_days(chosen: Sequence[_Chosen]) -> list[_Chosen]:
    """Gather the single transactions at the place of the first, sorted by day."""
    rows = sorted((c for c in chosen if c[1].is_row), key=lambda c: c[1].place)
    first = next((i for i, c in enumerate(chosen) if c[1].is_row), 0)
    before = [c for c in chosen[:first] if not c[1].is_row]
    after = [c for c in chosen[first:] if not c[1].is_row]
    return [*before, *rows, *after]


def _join(chosen: Iterable[_Chosen], origin: Origin) -> list[Sentence]:
    sentences: list[Sentence] = []
    latest = ""
    for line, made in chosen:
        days = _days(made)
        join = line.join if sentences else ""
        if join == "then" and not (days and latest and days[0] >= latest):
            join = ""
        sentences.append(_sentence(made, PREFIX[join], origin))
        latest = days[0] if days else latest
    return sentences


def _days(made: Candidate) -> tuple[str, ...]:
    """Give the day on which the told fact begins, ISO 8601."""
    roles = [
        fact.roles[r].value for fact in made.facts for r in ("date", "first") if r in fact.roles
    ]
    return tuple(sorted(roles))


def _sentence(made: Candidate, prefix: str, origin: Origin) -> Sentence:
    text, shift = made.text, len(prefix)
    if prefix and not isinstance(made.pattern.parts[0], Slot):
        text = text[0].lower() + text[1:]
    return Sentence(
        text=prefix + text,
        section=made.section,
        evidence=_evidence(made.facts),
        facts=tuple(fact.id for fact in made.facts),
        pattern=made.pattern.id,
        bindings=tuple(
            Binding(start=b.start + shift, end=b.end + shift, fact=b.fact, role=b.role)
            for b in made.bindings
        ),
        origin=origin,
    )


def _evidence(facts: Sequence[Fact]) -> tuple[str, ...]:
    ids = {e for fact in facts for e in fact.evidence}
    return tuple(sorted(ids, key=lambda e: (len(e), e)))
