"""Puts a dossier together from one transaction's view of the database."""

from casegate.model.case import Case
from casegate.model.dossier import Dossier
from casegate.storage import Work
from casegate.storage.materials import evidence_root


def assemble(work: Work, case_id: str) -> Dossier:
    """Give everything that is known of the case.

    Evidence, facts, problems and the proposal are those of the case's present run; what earlier
    runs left stays stored and in the log.

    Raises:
        CaseUnknown: there is no such case.
    """
    case = work.cases.get(case_id)
    decisions = work.decisions.all(case_id)
    plain = Dossier(
        case=case,
        bundle=work.cases.bundle(case_id),
        documents=work.documents.all(case_id),
        transactions=work.transactions.parsed(case_id),
        decision=decisions[-1] if decisions else None,
        approvals=work.decisions.approvals(case_id),
    )
    return plain if case.run_id is None else _with_run(work, plain, case, case.run_id)


def _with_run(work: Work, plain: Dossier, case: Case, run_id: str) -> Dossier:
    evidence = work.findings.evidence(run_id)
    proposal = work.proposals.of_run(run_id)
    return plain.model_copy(
        update={
            "evidence": evidence,
            "facts": work.findings.facts(run_id),
            "profile": work.findings.profile(run_id),
            "assessment": work.findings.assessment(run_id),
            "proposal": proposal,
            "ruling": None if proposal is None else work.proposals.ruling(proposal.id, "proposal"),
            "problems": work.runs.problems(case.id, run_id),
            "evidence_hash": evidence_root(evidence),
        }
    )
