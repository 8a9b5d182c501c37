"""The rule table: `guardrails/rules/<family>.yaml`, read, checked and compiled at once.

A file holds a list of rules. Problems of all files are reported together, so that a rule table is
mended in one go; a table with any problem is not used at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Literal

import yaml
from pydantic import Field, ValidationError, field_validator

from casegate.errors import RulesInvalid
from casegate.hashing import canonical_json, sha256_hex
from casegate.model.base import Record
from casegate.model.case import CaseKind
from casegate.model.decision import Outcome
from guardrails.engine import CelEngine, Condition, Engine, ExpressionInvalid, FactType
from guardrails.facts import types
from guardrails.injection import LEXICON_FILE, Detector, load_detector
from guardrails.numbers import FOLDER as POLICY_FOLDER
from guardrails.numbers import Policy, overlap, read_policy

FOLDER = Path(__file__).with_name("rules")
ANYWHERE = "*"
ALL_KINDS = tuple(CaseKind)

Stage = Literal["proposal", "decision", "approval"]


class Rule(Record):
    """One rule as it stands in its file. Its id never changes its meaning."""

    id: str = Field(pattern=r"^[A-Z]{3}-\d{2}$")
    title: str = Field(min_length=1)
    """What must hold, as one line for a list."""
    stages: tuple[Stage, ...] = Field(min_length=1)
    kinds: tuple[CaseKind, ...] = ALL_KINDS
    """Kinds of case that the rule is about; the others it leaves alone."""
    when: str
    """Condition in CEL over the named facts: true means that the rule finds something."""
    outcome: Literal[Outcome.BLOCK, Outcome.REJECT, Outcome.HOLD, Outcome.ESCALATE, Outcome.FLAG]
    message: str = Field(min_length=1)
    """For the person who must act; `{fact}` stands for a fact's value."""
    to: str = ""
    also: str = ""
    source: str = Field(min_length=1)
    confidence: Literal["verified", "from_memory"]
    effective_from: date
    effective_to: date | None = None
    jurisdiction: str = Field(default=ANYWHERE, pattern=r"^(\*|[A-Z]{2})$")

    @field_validator("message")
    @classmethod
    def _shows_names_only(cls, message: str) -> str:
        for _, name, form, conversion in Formatter().parse(message):
            if name is not None and (form or conversion or not name.isidentifier()):
                raise ValueError(f"{name!r} is no plain {{fact}}")
        return message

    def placeholders(self) -> tuple[str, ...]:
        """Give the facts that the message shows."""
        return tuple(name for _, name, _, _ in Formatter().parse(self.message) if name is not None)

    def in_force(self, jurisdiction: str, at: date) -> bool:
        """Tell whether the rule holds there on that day; both ends are included."""
        return (
            self.jurisdiction in (ANYWHERE, jurisdiction)
            and self.effective_from <= at
            and (self.effective_to is None or at <= self.effective_to)
        )

    def asks(self, stage: str, kind: CaseKind) -> bool:
        """Tell whether the rule is about this stage and kind of case."""
        return stage in self.stages and kind in self.kinds


@dataclass(frozen=True)
class CompiledRule:
    """A rule with its condition, and every fact that it needs."""

    rule: Rule
    condition: Condition
    needs: tuple[str, ...]


@dataclass(frozen=True)
class RuleTable:
    """Rules, numbers of policy and injection lexicon: the law of an installation."""

    rules: tuple[CompiledRule, ...]
    policy: Policy
    detector: Detector
    digest: str
    """SHA-256 over all their files, the engine and the installation's own numbers."""


def load_table(
    folder: Path = FOLDER,
    policy_folder: Path = POLICY_FOLDER,
    *,
    overrides: Mapping[str, int] | None = None,
    engine: Engine | None = None,
) -> RuleTable:
    """Read, check and compile everything.

    Args:
        folder: holds the rule files.
        policy_folder: holds the policy numbers and the injection lexicon.
        overrides: whole numbers of policy that this installation sets otherwise.
        engine: compiles the conditions; CEL by default.

    Raises:
        RulesInvalid: names every problem of every file.
    """
    engine = engine or CelEngine()
    rules, problems = read_rules(folder)
    files, bad_numbers = read_policy(policy_folder)
    compiled: list[CompiledRule] = []
    for rule in rules:
        try:
            compiled.append(compile_rule(rule, engine, types()))
        except ExpressionInvalid as bad:
            problems.append(f"{rule.id}: {bad}")
    problems += _overlaps(rules) + bad_numbers
    if problems:
        raise RulesInvalid("; ".join(problems), remedy="Mend the files named above.")
    policy = Policy(files, dict(overrides or {}))
    lexicon = policy_folder / LEXICON_FILE.name
    digest = _digest(folder, policy_folder, engine.name, policy.overrides)
    return RuleTable(tuple(compiled), policy, load_detector(lexicon), digest)


def read_rules(folder: Path = FOLDER) -> tuple[list[Rule], list[str]]:
    """Read every rule file; gives the rules that have their shape, and all problems found."""
    rules: list[Rule] = []
    problems: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            rows = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (OSError, yaml.YAMLError) as bad:
            problems.append(f"{path.name}: can't be read: {type(bad).__name__}")
            continue
        if not isinstance(rows, list):
            problems.append(f"{path.name}: must be a list of rules")
            continue
        for number, row in enumerate(rows, start=1):
            name = row.get("id", f"rule {number}") if isinstance(row, dict) else f"rule {number}"
            rule, bad_lines = _rule(row, family=path.stem.upper())
            problems += [f"{path.name}: {name}: {line}" for line in bad_lines]
            if rule is not None:
                rules.append(rule)
    if not rules and not problems:
        problems.append(f"{folder} holds no rules")
    return rules, problems


def compile_rule(rule: Rule, engine: Engine, known: Mapping[str, FactType]) -> CompiledRule:
    """Compile one rule against the named facts.

    Raises:
        ExpressionInvalid: the condition or the message names an unknown fact or mixes types.
    """
    unknown = [name for name in rule.placeholders() if name not in known]
    if unknown:
        raise ExpressionInvalid(f"the message names unknown facts {unknown}")
    condition = engine.compile(rule.when, known)
    return CompiledRule(rule, condition, tuple(sorted(condition.names | set(rule.placeholders()))))


def _rule(row: object, *, family: str) -> tuple[Rule | None, list[str]]:
    try:
        rule = Rule.model_validate(row)
    except ValidationError as bad:
        return None, [
            f"`{'.'.join(map(str, e['loc']))}`: {e['msg']}"
            for e in bad.errors(include_input=False, include_url=False)
        ]
    problems = []
    if rule.id.split("-")[0] != family:
        problems.append(f"belongs into {rule.id.split('-')[0].lower()}.yaml")
    if rule.effective_to is not None and rule.effective_to < rule.effective_from:
        problems.append("ends before it begins")
    return rule, problems


def _overlaps(rules: Sequence[Rule]) -> list[str]:
    return [
        f"{rule.id}: two versions are in force together, from {rule.effective_from} and from "
        f"{other.effective_from}"
        for number, rule in enumerate(rules)
        for other in rules[number + 1 :]
        if rule.id == other.id and _same_place(rule, other) and overlap(rule, other)
    ]


def _same_place(rule: Rule, other: Rule) -> bool:
    return rule.jurisdiction == other.jurisdiction or ANYWHERE in (
        rule.jurisdiction,
        other.jurisdiction,
    )


def _digest(folder: Path, policy_folder: Path, engine: str, overrides: Mapping[str, int]) -> str:
    files = [*sorted(folder.glob("*.yaml")), *sorted(policy_folder.glob("*.yaml"))]
    return sha256_hex(
        canonical_json(
            {
                "files": {
                    f"{path.parent.name}/{path.name}": sha256_hex(path.read_bytes())
                    for path in files
                },
                "engine": engine,
                "overrides": dict(overrides),
            }
        )
    )
