"""Facts about evidence, activity and narrative."""

from collections.abc import Callable, Collection, Iterable
from decimal import Decimal

from casegate.model.dossier import Dossier
from casegate.model.evidence import Coverage, Evidence, EvidenceKind
from casegate.model.fact import Fact
from casegate.model.narrative import ClaimVerdict
from casegate.model.transaction import TypologyFinding
from guardrails.numbers import Numbers, minor
from guardrails.readings.view import View

_READ_ELSEWHERE = (EvidenceKind.DOCUMENT, EvidenceKind.CUSTOMER, EvidenceKind.GUIDANCE)
"""Documents carry signals, the submission is looked at itself, and guidance notes are ours."""
INSTRUCTION_SIGNAL = "instruction_like_text"
GROUNDING = frozenset({"GRD-1", "GRD-2"})
CONTENT_BANS = frozenset({"CON-1", "CON-2", "CON-3", "FRM-1", "FRM-2", "FRM-4"})


def incomplete_evidence(view: View) -> tuple[str, ...] | None:
    """Mandatory evidence that is missing, and evidence of less than complete coverage."""
    wanted = view.numbers.names(f"mandatory_evidence_{view.dossier.case.kind.value}")
    if wanted is None:
        return None
    newest = newest_evidence(view.dossier)
    had = {item.kind.value for item in newest}
    lacking = [f"{kind} missing" for kind in wanted if kind not in had]
    lacking += [
        f"{e.id} {e.kind.value} {e.coverage.value}"
        for e in newest
        if e.coverage is not Coverage.COMPLETE
    ]
    return tuple(lacking)


def newest_evidence(dossier: Dossier) -> tuple[Evidence, ...]:
    """Give the evidence that none of the same tool and parameters follows and none supersedes."""
    superseded = dossier.superseded()
    newest = {(e.kind, e.tool, str(sorted(e.parameters.items()))): e for e in dossier.evidence}
    return tuple(e for e in newest.values() if e.id not in superseded)


def instruction_like(view: View) -> tuple[str, ...]:
    """Where text reads like orders to a machine: document ids, evidence ids, `submission`."""
    dossier = view.dossier
    found = [
        d.id for d in dossier.documents if any(s.kind == INSTRUCTION_SIGNAL for s in d.signals)
    ]
    found += [
        e.id
        for e in dossier.evidence
        if e.kind not in _READ_ELSEWHERE and view.detector.anywhere(e.content)
    ]
    if view.detector.anywhere(dossier.bundle.model_dump(mode="json")):
        found.append("submission")
    return tuple(found)


def unexplained_typologies(view: View) -> tuple[str, ...] | None:
    """Typologies found that the expected profile does not explain; unknown unassessed."""
    assessment = view.dossier.assessment
    return None if assessment is None else assessment.typologies


def unexplained_total_minor(view: View) -> int | None:
    """Sum over the findings of unexplained typologies; unknown in another currency.

    A row that two detectors found counts twice: the sum may be too high, never too low.
    """
    typologies = unexplained_typologies(view)
    if typologies is None:
        return None
    findings = view.dossier.typology_findings() or ()
    total = aggregate(findings, typologies, view.numbers.currency)
    return None if total is None else minor(total)


def aggregate(
    findings: Iterable[TypologyFinding], typologies: Collection[str], currency: str | None
) -> Decimal | None:
    """Add up the findings of some typologies; None if one has no finding in `currency`."""
    counted = [f for f in findings if f.typology in typologies]
    if {f.typology for f in counted} != set(typologies):
        return None
    if any(f.currency != currency for f in counted):
        return None
    return sum((f.total for f in counted), Decimal(0))


def amounts_only(view: View) -> bool | None:
    """Nothing but amounts near a threshold speaks for suspicion: no other typology, no evasion."""
    typologies = unexplained_typologies(view)
    if typologies is None:
        return None
    return rests_on_amounts(typologies, view.dossier.facts, view.numbers)


def rests_on_amounts(
    typologies: Collection[str], facts: Iterable[Fact], numbers: Numbers
) -> bool | None:
    """Tell whether suspicion of these typologies rests on amounts near a threshold alone.

    A typology beside, an evasion predicate or deposits at several places is a further ground.
    """
    near, evasion = numbers.names("amount_typologies"), numbers.names("evasion_predicates")
    places = numbers.whole("evasion_places")
    if near is None or evasion is None or places is None:
        return None
    telling = any(
        (fact.predicate in evasion and not fact.mitigating)
        or ("places" in fact.roles and int(fact.roles["places"].value) >= places)
        for fact in facts
    )
    return bool(typologies) and set(typologies) <= set(near) and not telling


def unsupported_sentences(view: View) -> int | None:
    """How many sentences hold a value that no record supports; unknown unchecked."""
    claims = view.subject.claims
    bad = (ClaimVerdict.UNSUPPORTED, ClaimVerdict.CONTRADICTED)
    return None if claims is None else sum(s.verdict in bad for s in claims.sentences)


def grounding_failures(view: View) -> tuple[str, ...] | None:
    """Failed rubric checks of grounding: GRD-1, GRD-2."""
    return _fatal(view, lambda check: check in GROUNDING)


def content_bans(view: View) -> tuple[str, ...] | None:
    """Failed rubric checks of banned content: guilt, tipping off, attachment, mask token."""
    return _fatal(view, lambda check: check in CONTENT_BANS)


def fatal_gaps(view: View) -> tuple[str, ...] | None:
    """Failed fatal rubric checks beside grounding and bans: the narrative is incomplete."""
    return _fatal(view, lambda check: check not in GROUNDING | CONTENT_BANS)


def _fatal(view: View, wanted: Callable[[str], bool]) -> tuple[str, ...] | None:
    claims = view.subject.claims
    if claims is None:
        return None
    return tuple(sorted({f.check for f in claims.rubric if f.fatal and wanted(f.check)}))
