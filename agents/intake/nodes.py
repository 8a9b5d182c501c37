"""The intake steps: begin, read each document, reconcile them."""

from agents.ask import Question
from agents.kit import Kit
from agents.state import CaseState, DocumentState, Node, ReadNode
from casegate.errors import InputError
from casegate.model.base import Json
from casegate.model.document import Document, PageImage
from casegate.model.evidence import CaseSource, DocumentSource, EvidenceDraft, EvidenceKind
from casegate.model.fact import FactDraft
from tools.documents import DOCUMENTS_VERSION, Parsed, ReadResult, parse, read_document
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


def make_read_document(kit: Kit) -> ReadNode:
    """Parse one document safely, read its fields, keep every value with its place."""

    def read(state: DocumentState) -> CaseState:
        case_id, run_id = state["case_id"], state["run_id"]
        kit.started(case_id, run_id, "read_document")
        dossier = kit.desk.dossier(case_id)
        document = next(d for d in dossier.documents if d.id == state["document_id"])
        data = kit.desk.blob(document.sha256)
        parsed = parse(data, document.filename, kit.limits)
        asker = kit.asker(case_id, run_id)

        def ask(task: str, values: dict[str, str], schema: Json) -> Json | None:
            answer = asker.ask(
                Question(
                    task=task,
                    key=f"{task}-{document.id}",
                    prompt=f"intake/{task}",
                    values=values,
                    schema=schema,
                )
            )
            return None if answer is None else answer.value

        result = read_document(
            parsed,
            parties=dossier.bundle.parties,
            opened_on=dossier.case.opened_at.date(),
            ask=ask,
        )
        stored = _stored(kit, document, parsed, result)
        kit.desk.document_read(case_id, run_id, stored)
        kit.desk.record_evidence(case_id, run_id, _evidence(stored, result.facts))
        return {"read": [document.id]}

    return read


def _stored(kit: Kit, document: Document, parsed: Parsed, result: ReadResult) -> Document:
    pages = tuple(
        PageImage(
            page=page.page,
            width_pt=page.width_pt,
            height_pt=page.height_pt,
            blob=kit.desk.put_blob(page.png),
        )
        for page in parsed.pages
    )
    return document.model_copy(
        update={
            "verdict": parsed.verdict,
            "verdict_reason": parsed.reason,
            "media_type": parsed.media_type,
            "type": result.type,
            "pages": pages,
            "page_count": len(pages),
            "text_blob": kit.desk.put_blob(parsed.text.encode()),
            "fields": result.fields,
            "dropped": result.dropped,
            "signals": (*parsed.signals, *result.signals),
        }
    )


def _evidence(document: Document, facts: tuple[FactDraft, ...]) -> EvidenceDraft:
    shown = {"type", "verdict", "verdict_reason", "page_count", "fields", "dropped", "signals"}
    return EvidenceDraft(
        kind=EvidenceKind.DOCUMENT,
        title=f"{document.type.value.replace('_', ' ').capitalize()}: "
        f"{len(document.fields)} values read, {len(document.dropped)} dropped"
        if document.verdict == "parsed"
        else f"Document not read: {document.verdict.value.replace('_', ' ')}",
        tool="documents",
        tool_version=DOCUMENTS_VERSION,
        parameters={"document": document.id},
        source=DocumentSource(document=document.id, sha256=document.sha256),
        content=document.model_dump(mode="json", include=shown),
        facts=facts,
    )


def make_reconcile(kit: Kit) -> Node:
    """Hold all papers and the submission against each other; keep conflicts as conflicts."""

    def run(state: CaseState) -> CaseState:
        case_id, run_id = state["case_id"], state["run_id"]
        kit.started(case_id, run_id, "reconcile")
        dossier = kit.desk.dossier(case_id)
        evidence = {
            item.source.document: item.id
            for item in dossier.of_kind(EvidenceKind.DOCUMENT)
            if isinstance(item.source, DocumentSource)
        }
        reconciled = reconcile(
            dossier.bundle, dossier.documents, evidence, on=dossier.case.opened_at.date()
        )
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
                content=reconciled.profile.model_dump(mode="json"),
                facts=reconciled.facts,
            ),
        )
        return {}

    return run
