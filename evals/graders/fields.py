"""Reading papers, graded by field: right, wrong, missing, and whether a wrong one is flagged."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from casegate.model.document import Document, Engine
from casegate.model.dossier import Dossier
from evals.graders.calls import Graded, unusable

Truth = Mapping[str, Any]


@dataclass
class Tally:
    """Counts over the fields of a case."""

    right: int = 0
    wrong: int = 0
    """Another value than the truth's, or a field that only the model sees."""
    missing: int = 0
    unflagged: int = 0
    """Wrong, and not shown as in conflict with another source."""
    model_right: int = 0
    model_read: int = 0
    types_right: int = 0
    documents: int = 0
    notes: list[str] = field(default_factory=list)


def grade_fields(dossier: Dossier, truth: Truth, *, asked: int) -> Graded:
    """Grade every document of a case.

    Args:
        dossier: after reading and reconciling.
        truth: `truth.json` of the bundle.
        asked: how many questions the model answered usably.
    """
    tally = Tally()
    flagged = set(_conflicting(dossier))
    for document in dossier.documents:
        expected = truth["documents"].get(document.filename)
        if expected is None:
            continue
        tally.documents += 1
        if document.type == expected["type"]:
            tally.types_right += 1
        else:
            tally.notes.append(f"{document.filename}: type {document.type}")
        _grade_document(document, expected["fields"], flagged, tally)
    return Graded(scores=_scores(dossier, tally, asked), notes=tuple(tally.notes))


def _grade_document(
    document: Document, expected: list[dict[str, Any]], flagged: set[str], tally: Tally
) -> None:
    left = [(value["name"], _copies(value)) for value in expected]
    named = {name for name, _ in left}
    for read in document.fields:
        by_model = read.engine is Engine.MODEL
        if read.name not in named and not by_model:
            # The truth lists what a paper must give; readers of labels may find more.
            continue
        tally.model_read += by_model
        value = plain(read.normalised)
        match = next((v for v in left if v[0] == read.name and value in v[1]), None)
        if match is not None:
            left.remove(match)
            tally.right += 1
            tally.model_right += by_model
            continue
        tally.wrong += 1
        tally.unflagged += value not in flagged
        seen = ", flagged" if value in flagged else ""
        tally.notes.append(f"{document.filename}: {read.name} wrong{seen} ({read.engine})")
    tally.missing += len(left)
    tally.notes += [f"{document.filename}: {name} missing" for name, _ in left]


def _copies(value: dict[str, Any]) -> set[str]:
    """Give every wording that counts as right; most fields have one."""
    return {plain(value["normalised"]), *(plain(other) for other in value.get("also", ()))}


def _scores(dossier: Dossier, tally: Tally, asked: int) -> dict[str, tuple[float, float]]:
    read = tally.right + tally.wrong
    failed = unusable(dossier)
    return {
        "confident_and_wrong": (tally.unflagged, read),
        "field_f1": (2 * tally.right, 2 * tally.right + tally.wrong + tally.missing),
        "required_found": (tally.right, tally.right + tally.missing),
        "type_right": (tally.types_right, tally.documents),
        "model_field_precision": (tally.model_right, tally.model_read),
        "unusable_answers": (failed, asked + failed),
    }


def _conflicting(dossier: Dossier) -> Iterator[str]:
    """Give the values that the profile shows as in conflict."""
    for attribute in dossier.profile.conflicts() if dossier.profile else ():
        for source in attribute.sources:
            yield plain(source.value)
            yield plain(source.shown)


def plain(value: str) -> str:
    """Fold what doesn't change the meaning: letter case, accents kept, blanks, ending dots."""
    folded = unicodedata.normalize("NFKC", value).casefold()
    return " ".join(folded.split()).strip(" .,;")
