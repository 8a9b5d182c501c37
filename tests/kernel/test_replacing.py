"""A copy that was asked for takes the place of the document, with every check run again."""

import pytest

from casegate.errors import Conflict, DocumentUnknown, InvalidInput
from casegate.model.case import CaseStatus, Disposition
from casegate.model.decision import Outcome
from casegate.model.document import (
    Document,
    DocumentAnswer,
    DocumentType,
    DocumentVerdict,
)
from casegate.model.evidence import DocumentSource, EvidenceDraft, EvidenceKind
from casegate.storage import JobKind, JobState
from tests.kernel.reviews import BORN, NAME, Desk, told, under_review
from tests.kernel.world import ANA, BANK, IVAN, MIRA, OTHER_BANK, OTTO, World, draft

A = DocumentAnswer
NEW = b"18 MAY 1984 ROE"
BETTER = BORN.model_copy(update={"value": "18 MAY 1984", "normalised": "1984-05-18"})


@pytest.fixture
def desk(world: World) -> Desk:
    """A document of a sending system that ana has asked for again."""
    made = under_review(world, sent_by=BANK)
    made.paper(A.ASK_AGAIN, "Blurred.")
    return made


def send(desk: Desk, data: bytes = NEW) -> Document:
    return desk.world.desk.add_document(
        BANK, desk.case_id, filename="better.txt", data=data, replaces=desk.document_id
    )


def read(desk: Desk, sent: Document, *, verdict: DocumentVerdict = DocumentVerdict.PARSED) -> bool:
    """Read the copy as the worker would."""
    world, run_id = desk.world, str(desk.dossier.case.run_id)
    text = world.run.put_blob(NEW)
    fields = (BETTER, NAME) if verdict is DocumentVerdict.PARSED else ()
    result = sent.model_copy(
        update={
            "verdict": verdict,
            "type": DocumentType.PASSPORT,
            "text_blob": text,
            "fields": fields,
        }
    )
    own = EvidenceDraft(
        kind=EvidenceKind.DOCUMENT,
        title="Passport: 2 values read",
        tool="documents",
        tool_version="1",
        parameters={"document": sent.id},
        source=DocumentSource(document=sent.id, sha256=sent.sha256),
        content={},
        facts=(told("1"),) if fields else (),
    )
    return world.replacing.keep(desk.case_id, run_id, result, own)


def by_id(desk: Desk, document_id: str) -> Document:
    return next(d for d in desk.dossier.documents if d.id == document_id)


def test_a_copy_that_was_asked_for_is_taken_while_people_work_and_read_by_a_job(
    desk: Desk,
) -> None:
    sent = send(desk)
    assert sent.replaces == desk.document_id
    with desk.world.store.read() as work:
        (job,) = (j for j in work.jobs.in_states(JobState.QUEUED) if j.document_id)
    assert (job.kind, job.document_id, job.run_id) == (
        JobKind.READ_DOCUMENT, sent.id, desk.dossier.case.run_id,
    )  # fmt: skip
    assert desk.dossier.case.status is CaseStatus.INVESTIGATING
    event = desk.world.desk.events(OTTO, desk.case_id)[-1]
    assert (event.kind, event.payload["replaces"]) == ("document_stored", desk.document_id)


def test_the_same_copy_sent_twice_is_one_document(desk: Desk) -> None:
    assert send(desk) == send(desk)
    with desk.world.store.read() as work:
        assert len(work.documents.all(desk.case_id)) == 2


def test_what_was_read_takes_the_place_of_the_old_document_with_a_trail(desk: Desk) -> None:
    sent = send(desk)
    since = len(desk.world.desk.events(OTTO, desk.case_id))
    assert read(desk, sent)
    after = desk.dossier
    old, new = by_id(desk, desk.document_id), by_id(desk, sent.id)
    assert (old.answer, old.counts) == (A.REPLACED, False)
    assert (new.answer, new.counts) == (None, True)
    assert after.profile is not None
    assert {s.value for a in after.profile.attributes for s in a.sources} == {"1984-05-18", "ROE"}
    assert after.evidence[-2].supersedes == "E3"
    assert after.in_force("E1") == after.evidence[-2].id
    review = after.document_reviews[-1]
    assert (review.document_id, review.reviewer) == (desk.document_id, "agent")
    assert review.reason == f"Replaced by {sent.id}."
    kinds = [e.kind for e in desk.world.desk.events(OTTO, desk.case_id)[since:]]
    assert kinds[:2] == ["document_read", "document_replaced"]
    assert kinds[-1] == "gate_ruled"
    assert desk.world.desk.verify_case(OTTO, desk.case_id) == ()


def test_a_copy_is_read_once_however_often_the_job_is_done(desk: Desk) -> None:
    sent = send(desk)
    assert read(desk, sent)
    before = desk.dossier
    assert not read(desk, sent)
    assert desk.dossier == before


def test_whoever_is_asked_sees_the_request_until_a_copy_came_and_again_if_it_is_unreadable(
    desk: Desk,
) -> None:
    def wanted() -> bool:
        told = desk.world.desk.documents(BANK, desk.case_id).documents
        return any(d.requested_again for d in told if d.id == desk.document_id)

    assert wanted()
    sent = send(desk)
    assert not wanted()
    assert read(desk, sent, verdict=DocumentVerdict.ENCRYPTED)
    assert wanted()
    assert by_id(desk, desk.document_id).answer is A.ASK_AGAIN
    assert by_id(desk, sent.id).verdict is DocumentVerdict.ENCRYPTED
    second = send(desk, b"third")
    assert read(desk, second)
    assert not wanted()
    assert desk.world.desk.verify_case(OTTO, desk.case_id) == ()


def test_a_copy_of_what_nobody_asked_for_is_refused(world: World) -> None:
    desk = under_review(world, sent_by=BANK)
    with pytest.raises(Conflict, match="not asked for again"):
        send(desk)
    desk.paper(A.REJECT, "False.")
    with pytest.raises(Conflict, match="not asked for again"):
        send(desk)
    desk.document_id = "d-0"
    with pytest.raises(DocumentUnknown):
        send(desk)


def test_a_second_copy_waits_until_the_first_was_read(desk: Desk) -> None:
    send(desk)
    with pytest.raises(Conflict, match="not asked for again"):
        send(desk, b"another")


def test_the_bytes_that_were_refused_are_no_better_copy(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="bytes of document"):
        send(desk, b"17 MAY 1984 ROE")


def test_only_who_may_send_files_to_the_case_sends_a_copy(desk: Desk) -> None:
    with pytest.raises(Exception, match="no case"):
        desk.world.desk.add_document(
            OTHER_BANK, desk.case_id, filename="a.txt", data=NEW, replaces=desk.document_id
        )


def test_nobody_decides_while_a_copy_is_being_read(desk: Desk) -> None:
    sent = send(desk)
    version = desk.dossier.case.version
    with pytest.raises(Conflict, match=sent.id):
        desk.world.desk.decide(ANA, desk.case_id, version=version, draft=draft())
    desk.world.desk.review_document(
        ANA, desk.case_id, sent.id, answer=A.REJECT, reason="Never mind.", version=version
    )
    assert not read(desk, sent)
    version = desk.dossier.case.version
    desk.world.desk.decide(ANA, desk.case_id, version=version, draft=draft())
    with pytest.raises(Conflict):
        send(desk, b"later")


def test_an_earlier_decision_still_agrees_with_the_log_after_a_copy_came(desk: Desk) -> None:
    world = desk.world
    made = draft(disposition=Disposition.INCONCLUSIVE)
    first = world.desk.decide(ANA, desk.case_id, version=desk.dossier.case.version, draft=made)
    world.approve(IVAN, first, approved=False)
    sent = send(desk)
    assert world.desk.verify_case(OTTO, desk.case_id) == ()
    assert read(desk, sent)
    assert world.desk.verify_case(OTTO, desk.case_id) == ()
    second = world.desk.decide(ANA, desk.case_id, version=desk.dossier.case.version, draft=draft())
    world.approve(IVAN, second)
    assert world.desk.verify_case(OTTO, desk.case_id) == ()
    assert second.ruling.outcome is Outcome.CLEAR


def test_no_person_says_that_a_document_was_replaced(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="no person's answer"):
        desk.paper(A.REPLACED, "Mine.")


def test_a_copy_is_kept_though_a_person_reviews_meanwhile(desk: Desk) -> None:
    sent = send(desk)
    waiting = desk.world.replacing.waiting

    def meanwhile(case_id: str, run_id: str, document_id: str) -> object:
        found = waiting(case_id, run_id, document_id)
        if len(desk.dossier.field_reviews) < 1:
            desk.field("F2")
        return found

    object.__setattr__(desk.world.replacing, "waiting", meanwhile)
    assert read(desk, sent)
    assert by_id(desk, desk.document_id).answer is A.REPLACED


def test_a_sending_system_is_not_told_whether_a_report_is_filed(world: World) -> None:
    desk = under_review(world, sent_by=BANK)
    made = draft(disposition=Disposition.SUSPICIOUS_FILE)
    decision = world.desk.decide(ANA, desk.case_id, version=desk.dossier.case.version, draft=made)
    world.approve(MIRA, decision)
    for attempt in (
        lambda: world.desk.add_document(BANK, desk.case_id, filename="a.txt", data=b"x"),
        lambda: world.desk.retry(BANK, desk.case_id),
    ):
        with pytest.raises(Exception, match="`closed`") as refused:
            attempt()
        assert "pending_filing" not in str(refused.value)
