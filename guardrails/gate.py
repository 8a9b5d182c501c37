"""The rules gate: dated rules over named facts. It objects or it does not; it never approves.

Every rule in force is asked. A fact that is unknown, and a condition that gives no answer, hold
the case; the worst outcome stands, and all findings are reported.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from casegate.model.decision import Finding, Outcome, Ruling, worst
from casegate.model.dossier import Dossier
from casegate.model.gate import GateSubject
from guardrails.engine import EvaluationFailed, FactValue
from guardrails.facts import compute, facts_hash
from guardrails.numbers import FOLDER as POLICY_FOLDER
from guardrails.readings.view import View
from guardrails.table import FOLDER, CompiledRule, Rule, RuleTable, load_table

Facts = Mapping[str, FactValue | None]

NO_RULES = "GATE"
"""Names the finding that no rule is in force: the gate's own, as no rule can say it."""


class DatedRules:
    """The rules gate of an installation (`casegate.desk.ports.RulesGate`).

    Args:
        rules: folder of rule files.
        policy: folder of policy numbers and the injection lexicon.
        list_max_age_days: overrides the policy's age limit of a list; 0 keeps it.

    Raises:
        RulesInvalid: names every problem of every rule and policy file.
    """

    def __init__(
        self, rules: Path = FOLDER, policy: Path = POLICY_FOLDER, *, list_max_age_days: int = 0
    ) -> None:
        overrides = {"list_max_age_days": list_max_age_days} if list_max_age_days else {}
        self.table: RuleTable = load_table(rules, policy, overrides=overrides)

    def __call__(self, dossier: Dossier, subject: GateSubject, *, at: date) -> Ruling:
        """Rule on `subject` under the law of day `at`."""
        jurisdiction = dossier.case.jurisdiction
        facts = self.facts(dossier, subject, at=at)
        in_force = self.in_force(jurisdiction, at=at)
        asked = [c for c in in_force if c.rule.asks(subject.stage, dossier.case.kind)]
        findings = [found for rule in asked if (found := ask(rule, facts)) is not None]
        if not asked:
            findings.append(_nothing_in_force(at))
        return Ruling(
            rules_version=self.version(jurisdiction, at=at),
            at=at,
            outcome=worst([finding.outcome for finding in findings]),
            findings=tuple(sorted(findings, key=_severest_first)),
            evaluated=tuple(c.rule.id for c in asked),
            facts_hash=facts_hash(facts),
        )

    def version(self, jurisdiction: str, *, at: date) -> str:
        """Name the rule set: `<jurisdiction>@<date>#<sha12>`."""
        return f"{jurisdiction}@{at.isoformat()}#{self.table.digest[:12]}"

    def in_force(self, jurisdiction: str, *, at: date) -> tuple[CompiledRule, ...]:
        """Give the rules of a jurisdiction on a day, by id."""
        found = [c for c in self.table.rules if c.rule.in_force(jurisdiction, at)]
        return tuple(sorted(found, key=lambda c: c.rule.id))

    def facts(self, dossier: Dossier, subject: GateSubject, *, at: date) -> Facts:
        """Give every named fact as the rules would see it."""
        numbers = self.table.policy.at(dossier.case.jurisdiction, at)
        return compute(View(dossier, subject, at, numbers, self.table.detector))


def ask(compiled: CompiledRule, facts: Facts) -> Finding | None:
    """Ask one rule; None when it finds nothing."""
    rule = compiled.rule
    known = {name: value for name in compiled.needs if (value := facts.get(name)) is not None}
    unknown = tuple(name for name in compiled.needs if name not in known)
    if unknown:
        return _held(
            rule, f"{rule.title}: can't be checked, unknown: {', '.join(unknown)}", unknown
        )
    try:
        if not compiled.condition(known):
            return None
    except EvaluationFailed:
        return _held(rule, "the condition gave no answer", ())
    shown = {name: show(value) for name, value in known.items()}
    return _finding(rule, rule.outcome, rule.message.format_map(shown))


def show(value: FactValue) -> str:
    """Word a fact's value for a message."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    return str(value)


def _held(rule: Rule, why: str, missing: tuple[str, ...]) -> Finding:
    message = f"Can't be checked ({why}): {rule.title}."
    return _finding(rule, Outcome.HOLD, message, missing)


def _finding(rule: Rule, outcome: Outcome, message: str, missing: tuple[str, ...] = ()) -> Finding:
    return Finding(
        rule=rule.id,
        outcome=outcome,
        message=message,
        to=rule.to,
        also=rule.also,
        source=rule.source,
        confidence=rule.confidence,
        missing=missing,
    )


def _nothing_in_force(at: date) -> Finding:
    return Finding(
        rule=NO_RULES,
        outcome=Outcome.HOLD,
        message=f"No rule for this stage and kind of case is in force on {at.isoformat()}",
        source="policy",
        confidence="verified",
    )


def _severest_first(finding: Finding) -> tuple[int, str]:
    return list(Outcome).index(finding.outcome), finding.rule
