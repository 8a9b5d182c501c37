"""Planted faults: which leave a signal, and which signals honest papers leave."""

import sys
from collections import Counter
from collections.abc import Sequence

from casegate.model.bundle import CaseBundle
from casegate.model.document import Document
from evals.papers.paper import Paper, Split
from evals.papers.planted import (
    FILE_KINDS,
    FOLDER_KINDS,
    PAPER_KINDS,
    make_folder,
    make_planted,
)
from evals.papers.setting import TODAY
from tests.bench._document_fields import LIMITS, chosen_papers
from tests.bench._document_judge import share
from tools.documents import no_answer
from tools.documents.checks import check_values, dates_fit
from tools.documents.ocr.reader import Reader
from tools.documents.reconcile import reconcile
from tools.documents.whole import DocumentReader, ReadFile

EXPECTED = {
    "mrz_differs": {"mrz_disagrees"}, "mrz_check_digit": {"mrz_invalid"},
    "expired": {"expired"}, "not_yet_valid": {"not_yet_valid", "dated_ahead"},
    "statement_total": {"statement_arithmetic"}, "statement_running": {"statement_arithmetic"},
    "amount_overwritten": {"overwritten", "text_not_visible", "readers_disagree"},
    "edited_after_signing": {"edited_after_signing"}, "image_editor": {"edited_by"},
    "dates_of_file": {"changed_before_made"}, "mixed_fonts": {"odd_font"},
}  # fmt: skip


def planted_figures(
    split: Split, each: int, reader: Reader | None, *, open_holdout: bool
) -> dict[str, object]:
    """Count planted faults that leave a signal, and honest papers that leave one too."""
    documents = DocumentReader(LIMITS, reader)

    def read(paper: Paper) -> ReadFile:
        return documents.read(paper.data, paper.filename, parties=(), on=TODAY, ask=no_answer)

    caught: dict[str, object] = {}
    for kind in (*PAPER_KINDS, *FILE_KINDS):
        papers = [make_planted(split, kind, i, open_holdout=open_holdout) for i in range(each)]
        found = [kinds_of(read(paper)) for paper in papers]
        caught[kind] = share(sum(bool(f & EXPECTED[kind]) for f in found), each)
        sys.stderr.write(f"{kind}: {caught[kind]} {Counter(n for f in found for n in f)}\n")
    for kind in FOLDER_KINDS:
        folders = [make_folder(split, kind, i, open_holdout=open_holdout) for i in range(each)]
        told = [differs(folder, [read(paper) for paper in folder]) for folder in folders]
        caught[f"folder_{kind}"] = share(sum(told), each)
        sys.stderr.write(f"{kind}: {caught[f'folder_{kind}']}\n")
    papers = chosen_papers(split, 3 * each, first=5_000, media="digital", open_holdout=open_holdout)
    honest = [paper for paper in papers if not paper.planted]
    raised = Counter(name for paper in honest for name in kinds_of(read(paper)))
    return {"caught": caught, "honest_papers": len(honest), "raised_on_honest": raised}


def kinds_of(read: ReadFile) -> set[str]:
    """Give the kinds of all signals on a paper."""
    dates = dates_fit(read.result.fields, TODAY)
    return {signal.kind for signal in (*read.signals, *dates)}


def differs(folder: Sequence[Paper], reads: Sequence[ReadFile]) -> bool:
    """Tell whether the checks across papers of one person raise a difference."""
    truth = {said.name: said.normalised for said in folder[0].said}
    bundle = CaseBundle.model_validate(
        {
            "reference": "BENCH", "kind": "kyc_person", "jurisdiction": folder[0].country,
            "opened_at": f"{TODAY.isoformat()}T09:00:00Z",
            "parties": [
                {
                    "id": "P1", "schema": "Person", "role": "subject",
                    "name": f"{truth['given_names']} {truth['surname']}",
                }
            ],
        }
    )  # fmt: skip
    documents = [_document(f"d{i}", read) for i, read in enumerate(reads)]
    evidence = {document.id: f"E{i}" for i, document in enumerate(documents, 1)}
    profile = reconcile(bundle, documents, evidence, on=TODAY).profile
    signals = check_values(profile, documents, evidence, on=TODAY)
    return any(s.kind == "differs_from_others" for found in signals.values() for s in found)


def _document(id_: str, read: ReadFile) -> Document:
    parsed = read.parsed
    return Document(
        id=id_, case_id="c-1", filename=f"{id_}.pdf", media_type=parsed.media_type, size=1,
        sha256="0" * 64, verdict=parsed.verdict, type=read.result.type,
        fields=read.result.fields, mrz=read.result.mrz,
    )  # fmt: skip
