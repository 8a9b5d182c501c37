"""What single parts of the screen draw: findings, narrative, charts, page images."""

from io import BytesIO

import pytest
from PIL import Image

from casegate.client import (
    PRECEDENCE,
    Box,
    CheckedSentence,
    Claim,
    ClaimReport,
    ClaimVerdict,
    Dossier,
    PageImage,
)
from casegate.model.narrative import ClaimKind
from casegate.model.proposal import RiskLevel
from tests.api.seed_gates import ESCALATE, FLAG
from tests.ui.desk_client import MemoryClient
from ui.components import charts
from ui.components.approval import changes
from ui.components.facts import said
from ui.components.findings import findings, ordered
from ui.components.header import proposal_card
from ui.components.narrative import narrative, tally
from ui.components.page_image import marked_page
from ui.components.transactions import typologies


def test_findings_stand_in_order_of_severity_with_their_source(ready: Dossier) -> None:
    assert ready.ruling is not None
    ruling = ready.ruling.model_copy(update={"findings": (FLAG, ESCALATE)})
    assert [f.rule for f in ordered(ruling)] == ["SAR-02", "SAR-05"]
    shown = findings(ruling)
    assert "31 CFR 1010.311 (source not verified)" in shown
    assert "Goes to: bsa officer." in shown
    ranks = [PRECEDENCE.index(f.outcome) for f in ordered(ruling)]
    assert ranks == sorted(ranks)


def test_a_finding_names_documents_and_values_in_words_for_people(ready: Dossier) -> None:
    assert ready.ruling is not None
    document = ready.documents[0]
    found = FLAG.model_copy(update={"message": f"Not certain: {document.id}.issue_date, d-gone."})
    ruling = ready.ruling.model_copy(update={"findings": (found,)})
    hostile = document.model_copy(update={"filename": "<b>bill</b>.pdf"})
    assert f"Not certain: issue date in {document.filename}, d-gone." in findings(
        ruling, ready.documents
    )
    assert "issue date in &lt;b&gt;bill&lt;/b&gt;.pdf" in findings(ruling, (hostile,))


def test_each_sentence_shows_its_citation_and_opens_to_its_facts(ready: Dossier) -> None:
    assert ready.proposal is not None
    shown = narrative(ready, ready.proposal.narrative.sentences, ready.proposal.claims)
    doubtful, whole = shown.split("Introduction", 1)
    assert "Read these first" in doubtful
    assert doubtful.count("<summary>") == 1
    assert whole.count("<summary>") == 4
    assert 'title="Cash deposits below the reporting threshold"' in shown
    assert "Rosalind Lee Brackenridge declared monthly credits of 4,200.00 USD" in shown


@pytest.mark.parametrize(
    ("verdict", "says"),
    [
        (ClaimVerdict.UNSUPPORTED, "No record supports this"),
        (ClaimVerdict.CONTRADICTED, "Contradicted by the records"),
        (ClaimVerdict.NOT_CHECKABLE, "tick it when you decide"),
    ],
)
def test_a_sentence_that_does_not_stand_is_marked(
    ready: Dossier, verdict: ClaimVerdict, says: str
) -> None:
    assert ready.proposal is not None
    sentence = ready.proposal.narrative.sentences[1]
    claim = Claim(
        text="37,400.00", kind=ClaimKind.AMOUNT, verdict=verdict, nearest="F2.total 1.00 USD"
    )
    checked = CheckedSentence(
        text=sentence.text, verdict=verdict, claims=(claim,), reasons=("tipping_off",)
    )
    report = ClaimReport(sentences=(checked,), held=True)
    shown = narrative(ready, (sentence,), report)
    assert says in shown
    assert "Tipping off" in shown
    if verdict is not ClaimVerdict.NOT_CHECKABLE:
        assert "Nearest in the records: F2.total 1.00 USD." in shown


def test_a_sentence_without_a_verdict_or_a_known_citation_says_so(ready: Dossier) -> None:
    assert ready.proposal is not None
    sentence = ready.proposal.narrative.sentences[0].model_copy(update={"evidence": ("E99",)})
    shown = narrative(ready, (sentence,), ClaimReport(sentences=(), held=False))
    assert "Not checked" in shown
    assert "E99: not in this case" in shown


def test_the_tally_counts_every_verdict(ready: Dossier) -> None:
    assert ready.proposal is not None
    shown = tally(ready.proposal.claims)
    assert "3 borne out by the records" in shown
    assert "1 for you to judge" in shown


def test_a_fact_is_said_in_words_without_the_roles_it_lacks(ready: Dossier) -> None:
    assert [said(f) for f in ready.facts][1:] == [
        "4 cash deposits between 9,200.00 USD and 9,500.00 USD, 37,400.00 USD together, first to "
        "last over 8 Sep 2026 to 21 Sep 2026, each below the reporting threshold 10,000.00 USD",
        "Rosalind Lee Brackenridge declared monthly credits of 4,200.00 USD",
    ]


def test_an_unchanged_decision_is_said_to_be_one(pending: Dossier) -> None:
    assert pending.decision is not None
    shown = changes(pending, pending.decision)
    assert "Disposition:" in shown  # the proposal was to file
    first = pending.decision.sentences[0].model_copy(update={"text": "Changed <b>words</b>."})
    edited = pending.decision.model_copy(
        update={"sentences": (first, *pending.decision.sentences[1:])}
    )
    shown = changes(pending, edited)
    assert "<ins>Changed &lt;b&gt;words&lt;/b&gt;.</ins>" in shown


def test_the_timeline_adds_up_to_the_rows_and_shades_each_finding(client: MemoryClient) -> None:
    found = typologies(client.case_file)
    options = charts.timeline(client.rows, found)
    paid_in, paid_out = ([v for _, v in s["data"]] for s in options["series"])
    assert sum(paid_in) == pytest.approx(
        float(sum(r.amount for r in client.rows if r.direction == "in"))
    )
    assert sum(paid_out) == pytest.approx(
        -float(sum(r.amount for r in client.rows if r.direction == "out"))
    )
    spans = options["series"][0]["markArea"]["data"]
    assert [span[0]["name"] for span in spans] == ["Structuring"]


def test_the_network_links_only_nodes_that_it_draws(client: MemoryClient) -> None:
    drawn = charts.network(client.rows)["series"][0]
    names = {node["name"] for node in drawn["data"]}
    assert names
    assert all({link["source"], link["target"]} <= names for link in drawn["links"])
    assert charts.network([])["series"][0]["data"] == []


def test_the_frame_stands_on_the_value_at_any_resolution() -> None:
    for scale in (1, 2, 3):
        blank = Image.new("RGB", (200 * scale, 100 * scale), "white")
        out = BytesIO()
        blank.save(out, format="PNG")
        page = PageImage(page=1, width_pt=200, height_pt=100, blob="0" * 64)
        png = marked_page(out.getvalue(), page, [Box(x0=50, y0=20, x1=90, y1=30)])
        image = Image.open(BytesIO(png))
        assert image.size == blank.size
        assert image.getpixel((70 * scale, 25 * scale)) != (255, 255, 255)
        assert image.getpixel((10 * scale, 90 * scale)) == (255, 255, 255)


def test_a_rating_computed_anew_stands_in_the_place_of_the_old_one(ready: Dossier) -> None:
    assert ready.assessment is not None
    assert ready.proposal is not None
    assert "Rated anew" not in proposal_card(ready)
    anew = {"rating": RiskLevel.PROHIBITED, "open_questions": ("Ask for the passport of P1.",)}
    changed = ready.model_copy(update={"assessment": ready.assessment.model_copy(update=anew)})
    shown = proposal_card(changed)
    assert "Rated anew since a review; before:" in shown
    assert "Ask for the passport of P1." in shown
