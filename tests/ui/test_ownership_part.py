"""What the desk draws of ownership: blocked property first, owners, chains, nothing as markup."""

from datetime import UTC, datetime

import pytest

from casegate.client import Dossier
from casegate.model.base import Json
from casegate.model.case import Case, CaseStatus
from casegate.model.evidence import CaseSource, Evidence, EvidenceKind
from casegate.ownership.blocking import blocked_parties
from casegate.ownership.listed import Listed
from tests.ownership.owning import Edge, owning, rule
from tools.ownership import OwnershipTool
from tools.ownership_policy import read_ownership_policy
from ui.components import ownership
from ui.components.overview import overview

EDGES: tuple[Edge, ...] = (("X", "A", "50"), ("P", "A", "50"), ("A", "C", "60"), ("Q", "C", "40"))


def drawn(*edges: Edge, settled: str = "", unsettled: str = "", screened: bool = True) -> Dossier:
    bundle = owning(*edges)
    case = Case(
        id="c-1", bundle="b-1", kind=bundle.kind, jurisdiction="US",
        status=CaseStatus.READY_FOR_REVIEW, version=1, opened_at=bundle.opened_at,
        received_at=bundle.opened_at,
    )  # fmt: skip
    dossier = Dossier(case=case, bundle=bundle)
    found = OwnershipTool(policy=read_ownership_policy())(dossier, {})
    listed = Listed(settled=frozenset(settled), open=frozenset(unsettled))
    computed = [b.model_dump(mode="json") for b in blocked_parties(bundle, listed, rule())]
    content: Json = {**found.content, "blocked": computed if screened else None}
    return dossier.model_copy(update={"evidence": (evidence(content),)})


def evidence(content: Json) -> Evidence:
    return Evidence(
        id="E4", case_id="c-1", run_id="r-1", kind=EvidenceKind.OWNERSHIP, title="Ownership",
        tool="ownership", tool_version="2", parameters={}, source=CaseSource(), content=content,
        content_hash="0" * 64, recorded_at=datetime(2026, 11, 2, tzinfo=UTC),
    )  # fmt: skip


def test_blocked_property_stands_before_everything_else() -> None:
    shown = overview(drawn(*EDGES, settled="X"))
    order = ("Blocked by ownership", "Parties", "Owners of Name of C", "Ownership as declared")
    places = [shown.index(part) for part in order]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("settled", "unsettled", "says"),
    [("X", "", "Blocked by ownership"), ("", "X", "Blocked if open hits are true")],
)
def test_each_blocked_party_says_how_sure_it_is_and_what_it_rests_on(
    settled: str, unsettled: str, says: str
) -> None:
    shown = ownership.blocked(drawn(*EDGES, settled=settled, unsettled=unsettled))
    assert shown.count(f">{says}</span>") == 2
    assert "60.00 % (3/5 of all)" in shown
    assert "Name of X (X) holds 50.00 % of Name of A (A) holds 60.00 % of Name of C (C)" in shown
    assert "OFAC FAQ 401" in shown or "13 August 2014" in shown


def test_owners_are_shown_with_exact_shares_and_their_chains() -> None:
    shown = ownership.owners(drawn(*EDGES))
    assert "Name of P (P) holds 50.00 % of Name of A (A) holds 60.00 % of Name of C (C)" in shown
    assert "30.00 %" in shown
    assert "3/10" in shown
    assert "beneficial owner" in shown


def test_a_share_that_nobody_knows_is_said_to_be_unknown() -> None:
    shown = ownership.owners(drawn(("P", "C", "50"), ("D", "C", None), ("Q", "D", "100")))
    assert "at least 0.00 %" in shown
    assert "holds a share not known of" in shown
    assert "Unknown share" in shown


def test_nothing_is_drawn_where_nobody_is_blocked_and_doubt_where_nobody_was_screened() -> None:
    assert ownership.blocked(drawn(*EDGES)) == ""
    assert "Nobody was screened" in ownership.blocked(drawn(*EDGES, screened=False))


def test_names_of_parties_are_never_markup() -> None:
    given = drawn(*EDGES, settled="X")
    parties = tuple(
        p.model_copy(update={"name": f"<img src=x> {p.id}"}) for p in given.bundle.parties
    )
    bundle = given.bundle.model_copy(update={"parties": parties})
    shown = overview(given.model_copy(update={"bundle": bundle}))
    assert "<img" not in shown
    assert "&lt;img src=x&gt; C" in shown
