"""The intake step that reads a document, and the files inside it."""

from agents.ask import Question
from agents.kit import Kit
from agents.state import CaseState, DocumentState, ReadNode
from casegate.desk.dossier import document_content
from casegate.model.base import Json
from casegate.model.document import Document, PageImage
from casegate.model.evidence import DocumentSource, EvidenceDraft, EvidenceKind
from casegate.model.fact import FactDraft
from tools.documents import DOCUMENTS_VERSION, Ask, ReadFile


def make_read_document(kit: Kit) -> ReadNode:
    """Parse one document safely, read its fields, keep every value with its place.

    Attachments and the files of an archive become documents of the case and are read in turn.
    """

    def run(state: DocumentState) -> CaseState:
        case_id, run_id = state["case_id"], state["run_id"]
        kit.started(case_id, run_id, "read_document")
        dossier = kit.desk.dossier(case_id)
        todo = [(next(d for d in dossier.documents if d.id == state["document_id"]), 0)]
        while todo:
            document, depth = todo.pop(0)
            file = kit.documents.read(
                kit.desk.blob(document.sha256),
                document.filename,
                parties=dossier.bundle.parties,
                on=dossier.case.opened_at.date(),
                ask=_ask(kit, case_id, run_id, document),
                depth=depth,
            )
            read = stored(kit, document, file)
            kit.desk.document_read(case_id, run_id, read)
            kit.desk.record_evidence(case_id, run_id, evidence_of(read, file.result.facts))
            todo += [(member, depth + 1) for member in _members(kit, run_id, document, file)]
        return {"read": [state["document_id"]]}

    return run


def _ask(kit: Kit, case_id: str, run_id: str, document: Document) -> Ask:
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

    return ask


def _members(kit: Kit, run_id: str, document: Document, file: ReadFile) -> list[Document]:
    """Store what lay inside; a file that the case has from elsewhere is read there."""
    members = [
        kit.desk.member(
            document.case_id, run_id, document, filename=member.filename, data=member.data
        )
        for member in file.parsed.members
    ]
    unique = {member.id: member for member in members if member.parent == document.id}
    return list(unique.values())


def stored(kit: Kit, document: Document, file: ReadFile) -> Document:
    """Give the document as it was read, its pages and text stored."""
    parsed, result = file.parsed, file.result
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
            "missing": result.missing,
            "dropped": result.dropped,
            "signals": file.signals,
            "quarantined": parsed.quarantined,
            "mrz": result.mrz,
        }
    )


def evidence_of(document: Document, facts: tuple[FactDraft, ...]) -> EvidenceDraft:
    """Give what the case keeps of a reading, with the facts that follow from it."""
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
        content=document_content(document),
        facts=facts,
    )
