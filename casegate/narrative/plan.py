"""The plan: what the model is asked for, how its answer is read, what it left out."""

from collections.abc import Iterator, Sequence

from casegate.errors import ModelOutputInvalid
from casegate.model.base import Json
from casegate.model.fact import Fact
from casegate.model.narrative import OutputKind, Plan, PlannedSentence, Section
from casegate.narrative.candidates import Candidate, admissible

JOINS = ("also", "then", "however")


def choices(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Give the sentences that are the model's to choose.

    Single entries that have to be told anyway are no choice: code puts them in, by day. Asking for
    them would cost a small model a third of its tokens.
    """
    return tuple(c for c in found if not (c.required and c.is_row))


def plan_schema(offered: Sequence[Candidate]) -> Json:
    """Give the JSON schema of a plan: per section, an array of this case's own sentence ids.

    A join word may stand before an id and joins that sentence: `["S1", "also", "S4"]`.
    """
    by_section = {s: [c.id for c in offered if c.section is s] for s in Section}
    return {
        "type": "object",
        "properties": {
            section.value: {
                "type": "array",
                "items": {"type": "string", "enum": [*ids, *(JOINS if len(ids) > 1 else ())]},
                # Without a bound a small model may name sentences until its tokens run out.
                "maxItems": len(ids) + 1,
            }
            for section, ids in by_section.items()
            if ids
        },
        "required": [section.value for section, ids in by_section.items() if ids],
        "additionalProperties": False,
    }


def read_plan(answer: Json, offered: Sequence[Candidate]) -> Plan:
    """Turn an answer of `plan_schema` into a plan; the same sentence twice counts once.

    Raises:
        ModelOutputInvalid: a section or id that this case does not have.
    """
    if not isinstance(answer, dict):
        raise ModelOutputInvalid("a plan must be a JSON object of sections")
    by_id = {c.id: c for c in offered}
    unknown = sorted(set(answer) - {s.value for s in Section})
    if unknown:
        raise ModelOutputInvalid(f"the plan names {len(unknown)} unknown section(s)")
    planned: dict[tuple[str, tuple[str, ...]], PlannedSentence] = {}
    for section in Section:
        for sentence in _read_section(answer.get(section.value, []), section, by_id):
            planned.setdefault((sentence.pattern, sentence.facts), sentence)
    return Plan(sentences=tuple(planned.values()))


def _read_section(
    items: object, section: Section, by_id: dict[str, Candidate]
) -> Iterator[PlannedSentence]:
    if not isinstance(items, list):
        raise ModelOutputInvalid(f"section `{section.value}` of the plan must be an array")
    join = ""
    for item in items:
        if item in JOINS:
            join = str(item)
            continue
        chosen = by_id.get(item) if isinstance(item, str) else None
        if chosen is None or chosen.section is not section:
            raise ModelOutputInvalid(f"section `{section.value}` names a sentence it can't hold")
        yield planned_sentence(chosen, join)
        join = ""


def planned_sentence(chosen: Candidate, join: str = "") -> PlannedSentence:
    """Write a candidate down as a line of a plan."""
    pattern, facts = chosen.key
    return PlannedSentence.model_validate(
        {"section": chosen.section, "pattern": pattern, "facts": facts, "join": join}
    )


def missing_required(
    plan: Plan, facts: Sequence[Fact], output: OutputKind
) -> tuple[Candidate, ...]:
    """Give the required sentences whose content no sentence of the plan tells."""
    known = {c.key: c for c in admissible(facts, output)}
    chosen = {(s.pattern, s.facts) for s in plan.sentences}
    told = frozenset[tuple[str, str]]().union(
        *(known[key].states for key in chosen if key in known)
    )
    return tuple(
        c
        for c in known.values()
        if c.required
        and c.key not in chosen
        and (c.pattern.always or not c.states or not c.states <= told)
    )


def complete(plan: Plan, facts: Sequence[Fact], output: OutputKind) -> Plan:
    """Add what is required and missing, each where the template order has it."""
    known = {c.key: c for c in admissible(facts, output)}
    sentences = list(plan.sentences)
    for missing in missing_required(plan, facts, output):
        at = _position(sentences, missing, known)
        sentences.insert(at, planned_sentence(missing))
    return Plan(sentences=tuple(sentences))


def _position(
    sentences: Sequence[PlannedSentence],
    missing: Candidate,
    known: dict[tuple[str, tuple[str, ...]], Candidate],
) -> int:
    """Find the place after the last sentence that the template order puts before."""
    at = 0
    for index, sentence in enumerate(sentences):
        there = known.get((sentence.pattern, sentence.facts))
        if there is not None and there.place <= missing.place:
            at = index + 1
    return at
