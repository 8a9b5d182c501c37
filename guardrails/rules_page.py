"""docs/rules.md, made from the rule and policy files so that the two can't differ."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from guardrails.facts import vocabulary
from guardrails.numbers import PolicyFile
from guardrails.table import ALL_KINDS, Rule, RuleTable

_INTRO = """\
# Gate rules

Made by `casegate gate docs` from `guardrails/rules/`, `guardrails/policy/` and
`guardrails/facts.py`; edit those.

The gate asks every rule that is in force on the day, for the case's jurisdiction, kind and stage.
A rule that finds something gives its outcome; the worst stands and all findings are reported:
`block` (nothing may proceed), `reject` (sent back), `hold` (waits for a fact), `escalate` (to the
role named), `flag` (the reviewer must acknowledge it). **A fact that is unknown, and a condition
that gives no answer, hold the case.** So does a day on which no rule is in force. The gate never
approves: people do.

Stages: `proposal` is the agent's, `decision` a maker's, `approval` a checker's. People may leave
a case `inconclusive` while a hit is open or evidence is incomplete; approved, it stays open. How
people settle and suppress hits stands in [hits.md](hits.md): until they have, a hit is open.

`from_memory` marks a source that was not read when the rule was written: confirm it before
quoting it.
"""

_ADD = """\
## How to add a rule

One row in `guardrails/rules/<family>.yaml` and its rows in `tests/gate/test_gate_rules.py`; a
fact that no function gives yet is one function in `guardrails/readings/` and one line in
`guardrails/facts.py`. Then `casegate gate docs`. Loading refuses an unknown fact, a type error, a
missing source and two versions of one id in force together, and names all of it at once. An id
never changes its meaning; a new law is a new row with the old one's `effective_to` set.
"""


def rules_page(table: RuleTable) -> str:
    """Give the whole page as Markdown."""
    rules = sorted((c.rule for c in table.rules), key=lambda r: (r.id, r.effective_from))
    parts: list[str] = [_INTRO]
    for family, members in groupby(rules, key=lambda rule: rule.id.split("-")[0]):
        parts.append(f"## {family}\n")
        parts += [_rule(rule) for rule in members]
    parts.append("## Numbers of policy\n")
    parts += [_numbers(file) for _, file in sorted(table.policy.files.items())]
    parts.append("## Facts\n")
    parts.append(_table(("fact", "type", "meaning"), _facts()))
    parts.append(_ADD)
    return "\n".join(parts)


def _rule(rule: Rule) -> str:
    until = f" until {rule.effective_to}" if rule.effective_to else ""
    about = f"stages {', '.join(rule.stages)}"
    if rule.kinds != ALL_KINDS:
        about += f"; kinds {', '.join(rule.kinds)}"
    if rule.jurisdiction != "*":
        about += f"; {rule.jurisdiction} only"
    lines = [
        f"### {rule.id} {rule.title}\n",
        f"- **{rule.outcome}** when `{rule.when}`",
        f"- {about}; in force from {rule.effective_from}{until}",
        f"- says: {rule.message}",
    ]
    lines += [f"- to: {rule.to}"] if rule.to else []
    lines += [f"- also: {rule.also}"] if rule.also else []
    lines.append(f"- source: {rule.source} ({rule.confidence})\n")
    return "\n".join(lines)


def _numbers(file: PolicyFile) -> str:
    rows = (
        (
            f"`{entry.key}`",
            ", ".join(entry.value) if isinstance(entry.value, tuple) else str(entry.value),
            f"{entry.effective_from} to {entry.effective_to or 'now'}",
            f"{entry.source} ({entry.confidence})",
            entry.note,
        )
        for entry in file.entries
    )
    head = f"### {file.jurisdiction}, amounts in {file.currency}\n\n"
    return head + _table(("key", "value", "in force", "source", "note"), rows)


def _facts() -> Iterator[tuple[str, str, str]]:
    for fact in vocabulary().values():
        yield f"`{fact.name}`", fact.type.value, fact.meaning


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    return "\n".join(lines) + "\n"
