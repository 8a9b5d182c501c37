"""The intake steps around the documents: begin, and reconcile what all of them say."""

from agents.kit import Kit
from agents.state import CaseState, Node
from casegate.desk.dossier import profile_content
from casegate.errors import InputError
from casegate.model.evidence import CaseSource, EvidenceDraft, EvidenceKind
from tools.documents import DOCUMENTS_VERSION
from tools.documents.checks import check_values
from tools.documents.reconcile import reconcile
from tools.transactions.load import load


def make_intake(kit: Kit) -> Node:
    """Begin the run, and read the transaction file into canonical rows."""

    def intake(state: CaseState) -> CaseState:
        case_id, run_id = state["case_id"], state["run_id"]
        kit.started(case_id, run_id, "intake")
        kit.desk.begin(case_id, run_id)
        dossier = kit.desk.dossier(case_id)
        sent = kit.desk.transactions_file(case_id)
        if sent is not None:
            filename, sha256 = sent
            try:
                loaded = load(kit.desk.blob(sha256), filename, accounts=dossier.bundle.accounts)
            except InputError as refused:
                kit.desk.problem(case_id, run_id, refused.as_problem("transactions"))
            else:
                kit.desk.put_blob(loaded.parquet)
                kit.desk.transactions_read(case_id, run_id, loaded.set)
        return {"documents": [document.id for document in dossier.documents]}

    return intake


def make_reconcile(kit: Kit) -> Node:
    """Hold all papers and the submission against each other; keep conflicts as conflicts."""

    def run(state: CaseState) -> CaseState:
        case_id, run_id = state["case_id"], state["run_id"]
        kit.started(case_id, run_id, "reconcile")
        dossier = kit.desk.dossier(case_id)
        evidence = {id_: item.id for id_, item in dossier.document_evidence().items()}
        on = dossier.case.opened_at.date()
        reconciled = reconcile(dossier.bundle, dossier.documents, evidence, on=on)
        told = check_values(reconciled.profile, dossier.documents, evidence, on=on)
        kit.desk.record_profile(case_id, run_id, reconciled.profile)
        kit.desk.record_evidence(
            case_id,
            run_id,
            EvidenceDraft(
                kind=EvidenceKind.PROFILE,
                title=f"{len(reconciled.profile.attributes)} attributes reconciled, "
                f"{len(reconciled.profile.conflicts())} in conflict",
                tool="reconcile",
                tool_version=DOCUMENTS_VERSION,
                parameters={},
                source=CaseSource(evidence=tuple(sorted(evidence.values()))),
                content=profile_content(reconciled.profile, told),
                facts=reconciled.facts,
            ),
        )
        return {}

    return run
