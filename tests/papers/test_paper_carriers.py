"""Text for machines in generated papers: kept for people, out of the reading, without effect."""

import pytest

from evals.papers.carriers import KINDS, make_carrier
from evals.papers.paper import Split
from tests.bench._document_carriers import steered

_SLOW = ("docx_", "html_", "mail_")
"""Their child imports for seconds: the benchmark reads them."""
_FAST = tuple(kind for kind in KINDS if not kind.startswith(_SLOW))


@pytest.mark.parametrize("kind", _FAST)
def test_text_for_a_machine_is_caught_and_changes_nothing(kind: str) -> None:
    found = steered(make_carrier(Split.TRAIN, kind, 1))
    assert found.caught
    assert found.changed == ()
    assert not found.shown_to_model
