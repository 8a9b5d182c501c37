"""What a reviewer should know of a paper before resting on it: consistency and signs of fraud.

Every check gives signals: a plain sentence, the fields and the places that it rests on. None of
them is a verdict, and none of them changes a value.
"""

from collections.abc import Callable, Iterable

from casegate.model.document import Signal
from tools.documents.checks.seen import Seen
from tools.documents.checks.statement import balances_follow
from tools.documents.checks.validity import dates_fit
from tools.documents.checks.visible import visible_differs
from tools.documents.ocr.reader import Reader

__all__ = ["CHECKS", "Seen", "check_document"]

CHECKS: tuple[Callable[[Seen], Iterable[Signal]], ...] = (dates_fit, balances_follow)
"""Every check that one paper allows by itself, in the order in which a reviewer reads them."""


def check_document(seen: Seen, reader: Reader | None = None) -> tuple[Signal, ...]:
    """Run every check on one paper; without a reader of pictures nothing is looked at again."""
    found = [signal for check in CHECKS for signal in check(seen)]
    if reader is not None:
        found += visible_differs(seen, reader)
    return tuple(found)
