"""Facts about evidence, activity and narrative."""

from collections.abc import Callable
from decimal import Decimal

from casegate.model.document import DocumentVerdict
from casegate.model.evidence import Coverage, EvidenceKind
from casegate.model.narrative import ClaimVerdict
from guardrails.numbers import minor
from guardrails.readings.view import View

INSTRUCTION_SIGNAL = "instruction_like_text"
GROUNDING = frozenset({"GRD-1", "GRD-2"})
CONTENT_BANS = frozenset({"CON-1", "CON-2", "CON-3", "FRM-1", "FRM-2", "FRM-4"})


def incomplete_evidence(view: View) -> tuple[str, ...] | None:
    """Mandatory evidence that is missing, and evidence of less than complete coverage."""
    wanted = view.numbers.names(f"mandatory_evidence_{view.dossier.case.kind.value}")
    if wanted is None:
        return None
    newest = {(e.kind, e.tool, str(sorted(e.parameters.items()))): e for e in view.dossier.evidence}
    had = {e.kind.value for e in newest.values()}
    lacking = [f"{kind} missing" for kind in wanted if kind not in had]
    lacking += [
        f"{e.id} {e.kind.value} {e.coverage.value}"
        for e in newest.values()
        if e.coverage is not Coverage.COMPLETE
    ]
    return tuple(dict.fromkeys(lacking))


def unread_documents(view: View) -> tuple[str, ...]:
    """Ids of documents whose reading did not end in `parsed`."""
    documents = view.dossier.documents
    return tuple(d.id for d in documents if d.verdict is not DocumentVerdict.PARSED)


def instruction_like(view: View) -> tuple[str, ...]:
    """Where text reads like orders to a machine: document ids, evidence ids, `submission`."""
    dossier = view.dossier
    found = [
        d.id for d in dossier.documents if any(s.kind == INSTRUCTION_SIGNAL for s in d.signals)
    ]
    found += [
        e.id
        for e in dossier.evidence
        # Guidance notes are ours, and tell investigators what to do.
        if e.kind not in (EvidenceKind.GUIDANCE, EvidenceKind.DOCUMENT)
        and view.detector.anywhere(e.content)
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
    if not typologies:
        return 0
    findings = [f for f in view.dossier.typology_findings() or () if f.typology in typologies]
    if not findings or any(f.currency != view.numbers.currency for f in findings):
        return None
    return minor(sum((f.total for f in findings), Decimal(0)))


def amounts_only(view: View) -> bool | None:
    """All unexplained typologies rest on amounts near a threshold, and no fact beside points to
    evasion: no other typology, no evasion predicate, not several places."""
    typologies = unexplained_typologies(view)
    near = view.numbers.names("amount_typologies")
    evasion = view.numbers.names("evasion_predicates")
    places = view.numbers.whole("evasion_places")
    if typologies is None or near is None or evasion is None or places is None:
        return None
    telling = any(
        (fact.predicate in evasion and not fact.mitigating)
        or ("places" in fact.roles and int(fact.roles["places"].value) >= places)
        for fact in view.dossier.facts
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
