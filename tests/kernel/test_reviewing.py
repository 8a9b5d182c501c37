"""A person reviews what was read from a document, and every check runs again on it."""

import json

import pytest

from casegate.desk.effective import effective
from casegate.errors import (
    AccessRefused,
    Conflict,
    DocumentUnknown,
    InvalidInput,
    SelfApproval,
    ValueRefused,
    VersionConflict,
)
from casegate.model.decision import Outcome
from casegate.model.document import Band, DocumentAnswer, Engine, FieldAnswer, Signal, SignalLevel
from casegate.model.evidence import EvidenceKind
from tests.kernel.reviews import Desk, kinds, logged, read_case, under_review
from tests.kernel.world import (
    ANA,
    BANK,
    EVA,
    INES,
    IVAN,
    OTTO,
    World,
    draft,
    finding,
    sentence,
)

A = DocumentAnswer


@pytest.fixture
def desk(world: World) -> Desk:
    return under_review(world)


def test_fields_are_numbered_where_the_reader_gave_no_id(desk: Desk) -> None:
    assert [field.id for field in desk.document.fields] == ["F1", "F2"]


def test_a_correction_holds_for_everything_that_reads_the_case(desk: Desk) -> None:
    review = desk.field("F1", " 18  May 1984 ")
    assert (review.before, review.after, review.shown) == (
        "1984-05-17", "18 MAY 1984", "18 May 1984",
    )  # fmt: skip
    born = desk.document.fields[0]
    assert (born.value, born.normalised) == ("18 May 1984", "18 MAY 1984")
    assert (born.engine, born.confidence, born.band) == (Engine.PERSON, 1.0, Band.USE)
    assert (born.page, born.span.end) == (1, 11)
    assert desk.dossier.field_reviews == (review,)


def test_a_correction_supersedes_evidence_and_facts_and_keeps_both(desk: Desk) -> None:
    before = desk.dossier
    desk.field("F1", "18 May 1984")
    after = desk.dossier
    assert after.evidence[:2] == before.evidence
    assert [(e.id, e.kind, e.supersedes) for e in after.evidence[2:]] == [
        ("E3", EvidenceKind.DOCUMENT, "E1"),
        ("E4", EvidenceKind.PROFILE, "E2"),
    ]
    assert {fact.evidence for fact in after.facts} == {("E3",)}
    assert after.evidence_hash != before.evidence_hash
    assert after.profile is not None
    assert after.profile.attributes[0].sources[0].evidence == "E3"
    assert (after.in_force("E1"), after.in_force("E2"), after.in_force("E9")) == (
        "E3", "E4", "E9",
    )  # fmt: skip


def test_a_second_correction_supersedes_the_first(desk: Desk) -> None:
    desk.field("F1", "18 May 1984")
    desk.field("F1", "19 May 1984")
    assert desk.document.fields[0].normalised == "19 MAY 1984"
    assert [e.supersedes for e in desk.dossier.evidence[2:]] == ["E1", "E2", "E3", "E4"]
    assert desk.dossier.in_force("E1") == "E5"


def test_confirming_a_value_makes_it_usable_and_no_new_evidence(desk: Desk) -> None:
    before, since = desk.dossier, logged(desk)
    desk.field("F2")
    after = desk.dossier
    assert after.documents[0].fields[1].band is Band.USE
    assert after.documents[0].fields[1].engine is Engine.LABEL
    assert after.evidence == before.evidence
    assert kinds(desk, since) == ["field_confirmed", "gate_ruled"]


def test_a_required_value_that_was_not_read_can_be_given(desk: Desk) -> None:
    desk.field("", "Utopia", name="nationality")
    document = desk.document
    assert document.missing == ()
    given = document.fields[-1]
    assert (given.id, given.name, given.value, given.page) == ("F3", "nationality", "Utopia", None)
    desk.field("F3", "Arcadia")
    assert desk.document.fields[-1].normalised == "ARCADIA"
    with pytest.raises(InvalidInput, match="as F3"):
        desk.field("", "Elsewhere", name="nationality")


@pytest.mark.parametrize("value", ["nonsense", "", "   ", "x" * 1001])
def test_a_value_that_is_none_of_its_kind_is_refused_and_not_repeated(
    desk: Desk, value: str
) -> None:
    before = desk.dossier
    with pytest.raises(ValueRefused) as refused:
        desk.field("F1", value)
    assert not value.strip() or value not in refused.value.message
    assert desk.dossier == before


def test_what_is_not_there_can_be_neither_confirmed_nor_corrected(desk: Desk) -> None:
    with pytest.raises(DocumentUnknown, match="'F9'"):
        desk.field("F9", "x")
    with pytest.raises(InvalidInput, match="can't be confirmed"):
        desk.field("", name="nationality")
    with pytest.raises(InvalidInput, match="`name`"):
        desk.field("", "x")
    desk.document_id = "d-0"
    with pytest.raises(DocumentUnknown, match="'d-0'"):
        desk.field("F1", "x")


@pytest.mark.parametrize("answer", [A.REJECT, A.ASK_AGAIN])
def test_nothing_rests_on_a_document_that_a_person_does_not_take(
    desk: Desk, answer: DocumentAnswer
) -> None:
    desk.paper(answer, "The photo was changed.")
    after = desk.dossier
    assert after.documents[0].answer is answer
    assert [field.name for field in after.documents[0].fields] == ["date_of_birth", "surname"]
    assert after.profile is not None
    assert after.profile.attributes == ()
    assert after.facts == ()
    desk.paper(A.ACCEPT, "")
    again = desk.dossier
    assert again.profile is not None
    assert len(again.profile.attributes) == 2
    assert again.facts != ()


def test_accepting_what_already_counts_changes_no_evidence(desk: Desk) -> None:
    since = logged(desk)
    desk.paper(A.ACCEPT, "")
    assert kinds(desk, since) == ["document_accepted", "gate_ruled"]
    assert desk.document.answer is A.ACCEPT


@pytest.mark.parametrize("answer", [A.REJECT, A.ASK_AGAIN])
def test_who_does_not_take_a_document_says_why(desk: Desk, answer: DocumentAnswer) -> None:
    with pytest.raises(InvalidInput, match="`reason`"):
        desk.paper(answer, "  ")


def test_what_the_checks_say_now_stands_on_the_document(desk: Desk) -> None:
    desk.field("F1", "odd")
    (signal,) = desk.document.signals
    assert (signal.kind, signal.level) == ("odd", SignalLevel.ALARM)
    desk.field("F1", "even")
    assert desk.document.signals == ()


def test_what_the_reading_found_of_a_value_stays_and_says_that_it_was_corrected(
    desk: Desk,
) -> None:
    found = Signal(kind="mrz_disagrees", message="The zone differs.", fields=("date_of_birth",))
    review = desk.field("F1", "18 May 1984")
    read = desk.world.run.dossier(desk.case_id).documents[0]
    read = read.model_copy(update={"signals": (found,)})
    (marked,) = effective((read,), (review,), (), {})[0].signals
    assert marked.message == "The zone differs. Found before a person corrected the value."
    (plain,) = effective((read,), (), (), {})[0].signals
    assert plain == found


def test_the_gates_rule_on_the_proposal_anew(desk: Desk) -> None:
    assert desk.dossier.claims is None
    desk.world.rules.findings = (finding("DOC-02", Outcome.HOLD),)
    desk.field("F1", "18 May 1984")
    after = desk.dossier
    assert after.ruling is not None
    assert after.ruling.outcome is Outcome.HOLD
    assert after.claims is not None
    assert len(after.claims.sentences) == 1
    assert desk.world.rules.asked[-1].evidence_hash_seen == after.evidence_hash
    (row,) = desk.world.desk.cases(IVAN).rows
    assert row.summary.outcome is Outcome.HOLD


def test_the_log_holds_no_value_and_no_hash_that_can_be_guessed(desk: Desk) -> None:
    from casegate.hashing import sha256_hex

    desk.field("F1", "18 May 1984")
    events = desk.world.desk.events(OTTO, desk.case_id)
    text = json.dumps([e.payload for e in events])
    for value in ("1984-05-17", "18 MAY 1984", "18 May 1984"):
        assert value not in text
        assert sha256_hex(value.encode()) not in text


def test_a_review_is_a_label_that_names_what_had_read_the_value(desk: Desk) -> None:
    desk.field("F1", "18 May 1984")
    desk.field("F2")
    desk.field("", "Utopia", name="nationality")
    with desk.world.store.read() as work:
        born, name, given = work.reviews.labels(desk.case_id)
        assert work.reviews.labels() == (born, name, given)
    assert (born.before, born.after, born.answer) == (
        "1984-05-17", "18 MAY 1984", FieldAnswer.CORRECT,
    )  # fmt: skip
    assert (born.engine, born.model, born.prompt) == (
        Engine.MODEL, "test-model", "narrative/plan@1#0123456789ab",
    )  # fmt: skip
    assert (name.answer, name.before, name.after, name.model) == (
        FieldAnswer.CONFIRM, "ROE", "ROE", "",
    )  # fmt: skip
    assert (given.before, given.engine) == ("", None)


def test_only_who_holds_the_case_reviews_its_documents(desk: Desk) -> None:
    for stranger in (INES, IVAN):
        with pytest.raises(AccessRefused, match="hands of ana"):
            desk.field("F1", by=stranger)
    for outsider in (BANK, EVA, OTTO):
        with pytest.raises(AccessRefused):
            desk.paper(A.ACCEPT, by=outsider)


def test_documents_are_reviewed_while_a_case_is_investigated(world: World) -> None:
    case_id, _, document_id = read_case(world)
    desk = Desk(world, case_id, document_id)
    with pytest.raises(Conflict, match="`ready_for_review`"):
        desk.field("F1")
    world.desk.claim(ANA, case_id, version=desk.dossier.case.version)
    desk.field("F1")
    world.desk.decide(ANA, case_id, version=desk.dossier.case.version, draft=draft())
    with pytest.raises(Conflict, match="`pending_approval`"):
        desk.paper(A.ACCEPT)


def test_a_review_takes_the_next_version_and_names_the_one_that_was_read(desk: Desk) -> None:
    version = desk.dossier.case.version
    desk.field("F1")
    assert desk.dossier.case.version == version + 1
    with pytest.raises(VersionConflict):
        desk.field("F2", version=version)
    with pytest.raises(VersionConflict):
        desk.world.desk.decide(ANA, desk.case_id, version=version, draft=draft())


def test_whoever_reviewed_a_document_can_not_approve_the_case(desk: Desk) -> None:
    world = desk.world
    desk.field("F1")
    version = world.desk.claim(IVAN, desk.case_id, version=desk.dossier.case.version).version
    desk.field("F2", by=IVAN)
    decision = world.desk.decide(IVAN, desk.case_id, version=version + 1, draft=draft())
    with pytest.raises(SelfApproval):
        world.approve(IVAN, decision)
    taken = world.desk.read(IVAN, desk.case_id)
    assert taken.decision is not None
    world.approve(INES, decision)


def test_citations_of_superseded_evidence_stand_for_what_took_its_place(desk: Desk) -> None:
    desk.field("F1", "18 May 1984")
    told = (sentence("Two prior cases are known.", "E1", "E3"),)
    version = desk.dossier.case.version
    made = desk.world.desk.decide(ANA, desk.case_id, version=version, draft=draft(sentences=told))
    assert [one.evidence for one in desk.world.fake_claims.asked[-1]] == [("E3",)]
    assert made.sentences[0].evidence == ("E1", "E3")


def test_a_reviewed_case_agrees_with_the_log_also_after_a_returned_decision(desk: Desk) -> None:
    world = desk.world
    desk.field("F1", "18 May 1984")
    first = world.desk.decide(ANA, desk.case_id, version=desk.dossier.case.version, draft=draft())
    world.approve(IVAN, first, approved=False)
    desk.field("F2", "DOE")
    desk.paper(A.ACCEPT, "")
    assert world.desk.verify_case(OTTO, desk.case_id) == ()
    second = world.desk.decide(ANA, desk.case_id, version=desk.dossier.case.version, draft=draft())
    world.approve(INES, second)
    run_id = desk.dossier.case.run_id
    assert run_id is not None
    world.run.finish(desk.case_id, run_id, second.id)
    assert world.desk.verify_case(OTTO, desk.case_id) == ()
    assert world.desk.verify_audit(OTTO).ok
