"""Whoever waits for documents can follow each; a sending system learns nothing of suspicion."""

import sqlite3
from datetime import timedelta

import pytest

from casegate.errors import CaseUnknown, IdempotencyKeyReused, InvalidInput
from casegate.model.case import CaseStatus
from casegate.model.document import Band, CopyReason, DocumentAnswer, DocumentVerdict
from casegate.model.progress import ReadingState
from tests.kernel.reviews import BORN, under_review
from tests.kernel.world import ANA, BANK, IVAN, OTHER_BANK, World, bundle, draft

S = ReadingState


def test_a_document_goes_from_pending_over_reading_to_its_end(world: World) -> None:
    case = world.desk.submit(BANK, bundle())
    good = world.desk.add_document(BANK, case.id, filename="a.txt", data=b"a")
    bad = world.desk.add_document(BANK, case.id, filename="b.txt", data=b"b")

    def states() -> list[ReadingState]:
        return [d.state for d in world.desk.documents(BANK, case.id).documents]

    assert states() == [S.PENDING, S.PENDING]
    run_id = str(world.desk.start(BANK, case.id).run_id)
    assert states() == [S.PENDING, S.PENDING]
    world.run.begin(case.id, run_id)
    world.run.step(case.id, run_id, "read_document")
    assert states() == [S.READING, S.READING]
    read = {"verdict": DocumentVerdict.PARSED, "fields": (BORN,), "missing": ("surname",)}
    world.run.document_read(case.id, run_id, good.model_copy(update=read))
    locked = {"verdict": DocumentVerdict.ENCRYPTED}
    world.run.document_read(case.id, run_id, bad.model_copy(update=locked))
    told = world.desk.documents(BANK, case.id)
    assert (told.status, told.node) == (CaseStatus.PROCESSING, "read_document")
    assert [d.state for d in told.documents] == [S.READ, S.UNREADABLE]
    first = told.documents[0]
    assert first.fields == {Band.USE: 0, Band.CHECK: 1, Band.RE_REQUEST: 0}
    assert first.missing == ("surname",)
    assert told.documents[1].verdict is DocumentVerdict.ENCRYPTED


def test_a_sending_system_sees_its_own_documents_without_signals_or_answers(world: World) -> None:
    desk = under_review(world)
    desk.field("F1", "odd")
    desk.paper(DocumentAnswer.ACCEPT, "")
    with pytest.raises(CaseUnknown):
        world.desk.documents(OTHER_BANK, desk.case_id)
    (seen,) = world.desk.documents(ANA, desk.case_id).documents
    assert (seen.signals, seen.alarms, seen.answer) == (1, 1, DocumentAnswer.ACCEPT)
    case = world.desk.submit(BANK, bundle("B-2"))
    world.desk.add_document(BANK, case.id, filename="a.txt", data=b"a")
    (told,) = world.desk.documents(BANK, case.id).documents
    assert (told.signals, told.alarms, told.answer) == (None, None, None)


def test_a_request_under_a_key_is_done_once_and_answered_alike(world: World) -> None:
    done: list[str] = []

    def make() -> str:
        done.append("x")
        return f"answer {len(done)}"

    assert world.desk.once(BANK, "k", "a" * 64, make) == ("answer 1", False)
    assert world.desk.once(BANK, "k", "a" * 64, make) == ("answer 1", True)
    assert world.desk.once(OTHER_BANK, "k", "b" * 64, make) == ("answer 2", False)
    with pytest.raises(IdempotencyKeyReused):
        world.desk.once(BANK, "k", "b" * 64, make)


def test_a_refusal_frees_the_key(world: World) -> None:
    def refuse() -> str:
        raise InvalidInput("no")

    with pytest.raises(InvalidInput):
        world.desk.once(BANK, "k", "a" * 64, refuse)
    assert world.desk.once(BANK, "k", "b" * 64, lambda: "yes") == ("yes", False)


@pytest.mark.parametrize("key", ["", "ä", "a\n", "x" * 201])
def test_a_key_is_short_printable_ascii(world: World, key: str) -> None:
    with pytest.raises(InvalidInput, match="Idempotency-Key"):
        world.desk.once(BANK, key, "a" * 64, lambda: "yes")


def test_a_sending_system_is_told_what_is_asked_for_again_and_not_the_reason(
    world: World,
) -> None:
    desk = under_review(world, sent_by=BANK)
    desk.paper(DocumentAnswer.ASK_AGAIN, "Jane's photo is odd.", code=CopyReason.INCOMPLETE)
    told = world.desk.documents(BANK, desk.case_id)
    wanted = told.documents[0].requested_again
    assert wanted is not None
    assert wanted.reason_code is CopyReason.INCOMPLETE
    assert wanted.asked == "passport: a copy with all pages, edges and sides"
    assert wanted.at == desk.dossier.document_reviews[-1].at
    assert told.documents[0].answer is None
    assert "Jane" not in told.model_dump_json()
    desk.paper(DocumentAnswer.ACCEPT, "")
    assert world.desk.documents(BANK, desk.case_id).documents[0].requested_again is None


@pytest.mark.parametrize("code", CopyReason)
def test_every_reason_for_another_copy_has_its_words(world: World, code: CopyReason) -> None:
    desk = under_review(world)
    desk.paper(DocumentAnswer.ASK_AGAIN, "Blurred.", code=code)
    wanted = world.desk.documents(ANA, desk.case_id).documents[0].requested_again
    assert wanted is not None
    assert wanted.asked.startswith("passport: ")


def test_a_request_without_a_code_is_told_as_another_copy(world: World) -> None:
    desk = under_review(world)
    desk.paper(DocumentAnswer.ASK_AGAIN, "Blurred.")
    wanted = world.desk.documents(ANA, desk.case_id).documents[0].requested_again
    assert wanted is not None
    assert wanted.reason_code is CopyReason.OTHER


@pytest.mark.parametrize("answer", [DocumentAnswer.ACCEPT, DocumentAnswer.REJECT])
def test_only_a_request_has_a_code(world: World, answer: DocumentAnswer) -> None:
    desk = under_review(world)
    with pytest.raises(InvalidInput, match="`reason_code`"):
        desk.paper(answer, "Seen.", code=CopyReason.EXPIRED)


def test_nothing_is_asked_for_on_a_case_that_has_ended(world: World) -> None:
    desk = under_review(world)
    desk.paper(DocumentAnswer.ASK_AGAIN, "Blurred.")
    version = desk.dossier.case.version
    made = world.desk.decide(ANA, desk.case_id, version=version, draft=draft())
    assert world.desk.documents(ANA, desk.case_id).documents[0].requested_again is not None
    world.approve(IVAN, made)
    assert world.desk.documents(ANA, desk.case_id).documents[0].requested_again is None


def test_a_key_is_a_new_request_once_its_time_has_passed(world: World) -> None:
    done: list[str] = []

    def make() -> str:
        done.append("x")
        return f"answer {len(done)}"

    assert world.desk.once(BANK, "k", "a" * 64, make) == ("answer 1", False)
    world.clock.at += timedelta(days=7, seconds=-10)
    assert world.desk.once(BANK, "k", "a" * 64, make) == ("answer 1", True)
    world.clock.at += timedelta(seconds=20)
    assert world.desk.once(BANK, "k", "b" * 64, make) == ("answer 2", False)
    assert world.desk.once(BANK, "k", "b" * 64, make) == ("answer 2", True)


def test_old_keys_are_purged_with_a_new_one_at_most_once_an_hour(world: World) -> None:
    def keys() -> int:
        with sqlite3.connect(world.folder / "casegate.db") as connection:
            return int(connection.execute("SELECT count(*) FROM answered").fetchone()[0])

    world.desk.once(BANK, "k-1", "a" * 64, lambda: "1")
    world.clock.at += timedelta(days=6, hours=23, minutes=30)
    world.desk.once(BANK, "k-2", "a" * 64, lambda: "2")
    world.clock.at += timedelta(minutes=40)
    world.desk.once(BANK, "k-3", "a" * 64, lambda: "3")
    assert keys() == 3
    world.clock.at += timedelta(minutes=30)
    world.desk.once(BANK, "k-4", "a" * 64, lambda: "4")
    assert keys() == 3
    assert world.desk.once(BANK, "k-2", "a" * 64, lambda: "new") == ("2", True)
