"""Gates of tests, at their Protocol seam: they object to exactly what a test arranges."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casegate.model.decision import Finding, Outcome, Ruling, worst
from casegate.model.dossier import Dossier
from casegate.model.fact import RoleType
from casegate.model.gate import GateSubject
from casegate.model.narrative import (
    CheckedSentence,
    Claim,
    ClaimKind,
    ClaimReport,
    ClaimVerdict,
    OutputKind,
    SentenceText,
)


@dataclass
class FakeRules:
    """The rules gate of a test: finds what it is told to find."""

    findings: tuple[Finding, ...] = ()

    def version(self, jurisdiction: str, *, at: date) -> str:
        """Name the rule set."""
        return f"{jurisdiction}@{at}#abcdef123456"

    def __call__(self, dossier: Dossier, subject: GateSubject, *, at: date) -> Ruling:
        """Rule with the arranged findings."""
        return Ruling(
            rules_version=self.version(dossier.case.jurisdiction, at=at),
            at=at,
            outcome=worst([f.outcome for f in self.findings]),
            findings=self.findings,
            evaluated=("CDD-01", "SAN-02", "SAR-05"),
            facts_hash="0" * 64,
        )


class FakeClaims:
    """The claim gate of a test: knows the amounts of the case's facts and one vague word."""

    def __call__(
        self, dossier: Dossier, sentences: Sequence[SentenceText], output: OutputKind
    ) -> ClaimReport:
        """Check amounts against the facts; a sentence with "appears" can't be checked."""
        known = {
            f"{float(role.value):,.2f}": f"{fact.id}.{name}"
            for fact in dossier.facts
            for name, role in fact.roles.items()
            if role.type is RoleType.MONEY
        }
        checked = tuple(_check(s.text, known) for s in sentences)
        bad = {ClaimVerdict.UNSUPPORTED, ClaimVerdict.CONTRADICTED}
        return ClaimReport(sentences=checked, held=any(s.verdict in bad for s in checked))


def _check(text: str, known: dict[str, str]) -> CheckedSentence:
    claims = []
    for amount in re.findall(r"\d[\d,]*\.\d\d", text):
        record = known.get(amount)
        nearest = next(iter(f"{ref} {value} USD" for value, ref in known.items()), None)
        claims.append(
            Claim(
                text=amount,
                kind=ClaimKind.AMOUNT,
                verdict=ClaimVerdict.SUPPORTED if record else ClaimVerdict.UNSUPPORTED,
                record=record,
                nearest=None if record else nearest,
                reason="" if record else "no record of the case has this amount",
            )
        )
    if "appears" in text:
        claims.append(
            Claim(text=text, kind=ClaimKind.STATEMENT, verdict=ClaimVerdict.NOT_CHECKABLE)
        )
    return CheckedSentence(text=text, verdict=_worst(claims), claims=tuple(claims))


def _worst(claims: list[Claim]) -> ClaimVerdict:
    found = {claim.verdict for claim in claims}
    ranked = (ClaimVerdict.UNSUPPORTED, ClaimVerdict.NOT_CHECKABLE)
    return next((verdict for verdict in ranked if verdict in found), ClaimVerdict.SUPPORTED)


FLAG = Finding(
    rule="SAR-05",
    outcome=Outcome.FLAG,
    message="Cash above 10,000 in one business day: a currency transaction report is due",
    also="currency transaction report, due in 15 days",
    source="31 CFR 1010.311",
    confidence="from_memory",
)
ESCALATE = Finding(
    rule="SAR-02",
    outcome=Outcome.ESCALATE,
    message="The filing deadline is less than ten days away",
    to="bsa_officer",
    source="31 CFR 1020.320(b)(3)",
    confidence="verified",
)
