"""What a reviewer should know of a paper before resting on it: consistency and signs of fraud.

Every check gives signals: a plain sentence, the fields and the places that it rests on. None of
them is a verdict, and none of them changes a value.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from casegate.model.document import Document, Signal
from casegate.model.party import CustomerProfile
from tools.documents.checks.across import papers_agree
from tools.documents.checks.seen import Seen
from tools.documents.checks.statement import balances_follow
from tools.documents.checks.validity import dates_fit
from tools.documents.checks.visible import visible_differs
from tools.documents.ocr.reader import Reader

__all__ = ["PAPER_CHECKS", "Seen", "check_paper", "check_values", "dates_fit"]

PAPER_CHECKS: tuple[Callable[[Seen], Iterable[Signal]], ...] = (balances_follow,)
"""Every check that one paper allows by itself; it needs the text, so it runs once, at reading."""


def check_paper(seen: Seen, reader: Reader | None = None) -> tuple[Signal, ...]:
    """Check one paper as it was read; without a reader of pictures nothing is looked at again."""
    found = [signal for check in PAPER_CHECKS for signal in check(seen)]
    if reader is not None:
        found += visible_differs(seen, reader)
    return tuple(found)


def check_values(
    profile: CustomerProfile,
    documents: Sequence[Document],
    evidence: Mapping[str, str],
    *,
    on: date,
) -> Mapping[str, tuple[Signal, ...]]:
    """Check values of all papers of a case; runs again whenever a person corrects one.

    Gives signals by document id. `evidence` maps document ids to the evidence ids of `profile`.
    """
    across = papers_agree(profile, documents, evidence)
    found = {d.id: (*dates_fit(d.fields, on), *across.get(d.id, ())) for d in documents}
    return {document: signals for document, signals in found.items() if signals}
