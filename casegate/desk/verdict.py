"""From what the gates say to whether a person's decision is taken."""

from collections.abc import Sequence

from casegate.audit.events import GateRuled
from casegate.model.case import CaseKind, Disposition
from casegate.model.decision import Decision, DecisionDraft, Outcome, Ruling
from casegate.model.dossier import Dossier
from casegate.model.narrative import ClaimReport, ClaimVerdict, OutputKind, Sentence, SentenceText
from casegate.model.proposal import Proposal

REFUSING = frozenset({Outcome.BLOCK, Outcome.REJECT, Outcome.HOLD})
_WRONG = frozenset({ClaimVerdict.CONTRADICTED, ClaimVerdict.UNSUPPORTED})


def objections(
    ruling: Ruling, claims: ClaimReport, made: DecisionDraft | Decision
) -> tuple[str, ...]:
    """Say why a decision can't be taken; nothing means it can.

    A value that no record supports, and what the rules block, refuse every decision. What the
    rules hold or reject, and an incomplete narrative, refuse every disposition but `inconclusive`,
    which leaves the matter open. A flag and a sentence that can't be checked ask for the maker's
    tick.
    """
    found = [*_wrong_sentences(claims), *_missing_ticks(ruling, claims, made.acknowledged)]
    if made.disposition is Disposition.INCONCLUSIVE:
        found += _blocked(ruling)
    else:
        found += _held(ruling, claims)
    return tuple(found)


def _blocked(ruling: Ruling) -> list[str]:
    found = [f"{f.rule}: {f.message}" for f in ruling.findings if f.outcome is Outcome.BLOCK]
    if not found and ruling.outcome is Outcome.BLOCK:
        found.append(f"the gate's outcome is `{ruling.outcome}`")
    return found


def _wrong_sentences(claims: ClaimReport) -> list[str]:
    found = []
    for number, sentence in enumerate(claims.sentences):
        if sentence.verdict in _WRONG:
            kinds = sorted({claim.kind for claim in sentence.claims if claim.verdict in _WRONG})
            found.append(f"S{number}: {sentence.verdict} {', '.join(kinds)}".rstrip())
    return found


def _held(ruling: Ruling, claims: ClaimReport) -> list[str]:
    found = [f"{f.rule}: {f.message}" for f in ruling.findings if f.outcome in REFUSING]
    found += [f"{check.check}: {check.message}" for check in claims.rubric if check.fatal]
    if not found and ruling.outcome in REFUSING:
        found.append(f"the gate's outcome is `{ruling.outcome}`")
    if not found and claims.held:
        found.append("the claim gate holds the narrative")
    return found


def _missing_ticks(ruling: Ruling, claims: ClaimReport, ticked: Sequence[str]) -> list[str]:
    flags = [f for f in ruling.findings if f.outcome is Outcome.FLAG and f.rule not in ticked]
    found = [f"{flag.rule}: to be acknowledged: {flag.message}" for flag in flags]
    for number, sentence in enumerate(claims.sentences):
        open_ = sentence.verdict is ClaimVerdict.NOT_CHECKABLE and f"S{number}" not in ticked
        if open_:
            found.append(f"S{number}: no record can check it; to be acknowledged as read")
    return found


def finding_refs(ruling: Ruling) -> tuple[str, ...]:
    """Give the findings as `<rule>:<outcome>` for the log."""
    return tuple(f"{finding.rule}:{finding.outcome}" for finding in ruling.findings)


def gate_ruled(stage: str, subject: str, ruling: Ruling) -> GateRuled:
    """Give the event of a ruling on a proposal, a review, a decision or an approval."""
    return GateRuled(
        stage=stage,
        subject=subject,
        rules_version=ruling.rules_version,
        outcome=ruling.outcome,
        findings=finding_refs(ruling),
        facts_hash=ruling.facts_hash,
    )


def output_kind(kind: CaseKind, disposition: Disposition) -> OutputKind:
    """Give the kind of text that a case with that disposition needs."""
    if kind in {CaseKind.KYC_PERSON, CaseKind.KYC_ENTITY}:
        return OutputKind.KYC_MEMO
    if disposition is Disposition.SUSPICIOUS_FILE:
        return OutputKind.SAR_NARRATIVE
    if kind is CaseKind.SCREENING_ALERT:
        return OutputKind.HIT_NOTE
    return OutputKind.NO_FILE_RATIONALE


def kept_sentences(
    edited: Sequence[Sentence] | None, proposal: Proposal | None
) -> tuple[Sentence, ...]:
    """Give the sentences of a decision; what differs from the proposal's is a person's.

    A changed sentence loses its pattern and bindings, so that an edit never passes for text that
    code rendered.
    """
    proposed = () if proposal is None else proposal.narrative.sentences
    if edited is None:
        return proposed
    return tuple(one if one in proposed else _by_hand(one) for one in edited)


def _by_hand(sentence: Sentence) -> Sentence:
    plain = {"origin": "human", "pattern": None, "bindings": (), "facts": ()}
    return sentence.model_copy(update=plain)


def texts(
    dossier: Dossier, sentences: Sequence[Sentence | SentenceText]
) -> tuple[SentenceText, ...]:
    """Give sentences in the form that the claim gate checks.

    A citation of evidence that was superseded stands for what took its place: the sentence is held
    against what is known now.
    """
    return tuple(
        SentenceText(
            text=one.text,
            evidence=tuple(dict.fromkeys(map(dossier.in_force, one.evidence))),
            section=one.section,
        )
        for one in sentences
    )
