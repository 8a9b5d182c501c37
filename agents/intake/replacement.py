"""Reads the copy that a person asked for, outside the run: the case is in people's hands."""

from agents.intake.read import evidence_of, stored
from agents.kit import Kit
from casegate.model.document import DocumentVerdict
from tools.documents import no_answer

SEVERAL = "a replacement has to be one document, not a mail or an archive"


def read_replacement(kit: Kit, case_id: str, run_id: str, document_id: str) -> None:
    """Read one document and have every check run again; done twice it changes nothing.

    No model is asked: people are at work on the case, and what code does not find they enter.
    """
    dossier = kit.replacing.waiting(case_id, run_id, document_id)
    if dossier is None:
        return
    document = next(d for d in dossier.documents if d.id == document_id)
    file = kit.documents.read(
        kit.desk.blob(document.sha256),
        document.filename,
        parties=dossier.bundle.parties,
        on=dossier.case.opened_at.date(),
        ask=no_answer,
    )
    read = stored(kit, document, file)
    if file.parsed.members:
        refused = {"verdict": DocumentVerdict.UNSUPPORTED, "verdict_reason": SEVERAL, "fields": ()}
        read = read.model_copy(update=refused)
    facts = file.result.facts if read.verdict is DocumentVerdict.PARSED else ()
    kit.replacing.keep(case_id, run_id, read, evidence_of(read, facts))
