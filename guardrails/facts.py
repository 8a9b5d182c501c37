"""Every named fact that a rule may ask for: its name, its type, what it means.

Unknown is None, and a rule that needs an unknown fact holds the case. Money is in minor units
(cents). Facts name parties, documents and evidence by id, so no rule message can hold personal
data. The numbers of policy stand beside them as `policy_<key>` (`guardrails/numbers.py`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import get_type_hints

from casegate.hashing import content_hash
from guardrails.engine import FactType, FactValue, holds_type
from guardrails.numbers import DECLARED, Declared, NumberType, minor
from guardrails.readings import ownership, papers, parties, record, subject
from guardrails.readings.view import View

Reading = Callable[[View], FactValue | None]

READINGS: tuple[Reading, ...] = (
    # what is ruled on
    subject.at_proposal,
    subject.concludes,
    subject.clears,
    subject.opens_relationship,
    subject.refuses_customer,
    subject.files,
    subject.settles_filing,
    subject.abstains,
    # who made it, from what
    subject.made_by_person,
    subject.approved_by_person,
    subject.approver_prepared,
    subject.evidence_changed,
    subject.provenance_missing,
    subject.model_answered,
    subject.differs_from_assessment,
    # screening
    parties.open_hits,
    parties.open_hit_parties,
    parties.hits_awaiting_second,
    parties.true_match_parties,
    parties.sanctioned_parties,
    parties.unscreened_parties,
    parties.list_age_days,
    parties.screened_before_party_update,
    ownership.blocked_by_ownership,
    ownership.possibly_blocked_by_ownership,
    # identity
    parties.missing_identity,
    parties.identity_conflicts,
    parties.expired_documents,
    # documents
    papers.unread_documents,
    papers.missing_values,
    papers.alarming_documents,
    papers.requested_documents,
    papers.unready_zones,
    papers.values_to_check,
    papers.unusable_values,
    # evidence
    record.incomplete_evidence,
    record.instruction_like,
    # activity
    record.unexplained_typologies,
    record.unexplained_total_minor,
    record.amounts_only,
    # narrative
    record.unsupported_sentences,
    record.grounding_failures,
    record.content_bans,
    record.fatal_gaps,
)
"""All facts about a case. A fact's name is its function's, its meaning the first sentence."""

_TYPES: Mapping[object, FactType] = {
    bool: FactType.BOOL,
    int: FactType.INT,
    str: FactType.STRING,
    tuple[str, ...]: FactType.STRINGS,
}


@dataclass(frozen=True)
class NamedFact:
    """One fact as rules see it."""

    name: str
    type: FactType
    meaning: str
    read: Reading


@cache
def vocabulary() -> Mapping[str, NamedFact]:
    """Give all facts by name, policy numbers included."""
    facts = [*map(_of_reading, READINGS), *map(_of_number, DECLARED)]
    return {fact.name: fact for fact in facts}


def types() -> dict[str, FactType]:
    """Give the type of every fact, as the engine wants it."""
    return {fact.name: fact.type for fact in vocabulary().values()}


def compute(view: View) -> dict[str, FactValue | None]:
    """Read every fact. One that can't be read, or is of another type, is unknown: None."""
    return {fact.name: _read(fact, view) for fact in vocabulary().values()}


def facts_hash(facts: Mapping[str, FactValue | None]) -> str:
    """Hash the facts that a ruling rests on."""
    return content_hash({n: list(v) if isinstance(v, tuple) else v for n, v in facts.items()})


def _read(fact: NamedFact, view: View) -> FactValue | None:
    try:
        value = fact.read(view)
    except Exception:  # noqa: BLE001 - the gate's frame: whatever can't be read is unknown, so held
        return None
    return value if value is not None and holds_type(value, fact.type) else None


def _of_reading(read: Reading) -> NamedFact:
    returned = get_type_hints(read)["return"]
    type_ = next(t for shape, t in _TYPES.items() if returned in (shape, shape | None))  # type: ignore[operator]
    meaning = " ".join((read.__doc__ or "").split("\n\n")[0].split())
    return NamedFact(read.__name__, type_, meaning, read)


def _of_number(declared: Declared) -> NamedFact:
    key = declared.key
    if declared.type is NumberType.MONEY:
        return NamedFact(f"policy_{key}_minor", FactType.INT, declared.meaning, _amount(key))
    if declared.type is NumberType.WHOLE:
        return NamedFact(
            f"policy_{key}", FactType.INT, declared.meaning, lambda view: view.numbers.whole(key)
        )
    return NamedFact(
        f"policy_{key}", FactType.STRINGS, declared.meaning, lambda view: view.numbers.names(key)
    )


def _amount(key: str) -> Reading:
    def read(view: View) -> int | None:
        amount = view.numbers.money(key)
        return None if amount is None else minor(amount)

    return read
