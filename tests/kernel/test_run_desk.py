"""The worker's desk: everything can be done twice, and an old run can't write."""

from collections.abc import Callable

import pytest

from casegate.errors import Conflict, IllegalTransition, InvalidInput, VersionConflict
from casegate.model.base import Problem
from casegate.model.case import CaseStatus, Disposition
from casegate.model.document import DocumentVerdict
from casegate.model.evidence import EvidenceDraft
from casegate.model.fact import FactDraft, RoleType, RoleValue
from casegate.model.party import CustomerProfile
from casegate.model.proposal import Provenance
from casegate.model.transaction import TransactionSet
from casegate.storage import JobState
from tests.kernel.world import (
    ANA,
    ANSWER,
    ASSESSMENT,
    IVAN,
    MODEL,
    OTTO,
    World,
    bundle,
    evidence_draft,
    request,
    ruling,
)

PROBLEM = Problem(code="model_timeout", message="no answer in 60 s", where="draft")
OTHER = Problem(code="screening_unavailable", message="no list", where="screening")


def with_files(world: World) -> tuple[str, str]:
    """Give case id and run id of a case with a document and transactions, being processed."""
    case = world.desk.submit(ANA, bundle())
    world.desk.add_document(ANA, case.id, filename="a.txt", data=b"page")
    world.desk.add_transactions(ANA, case.id, filename="t.csv", data=b"rows")
    return world.processing()


def read_document(world: World, case_id: str, run_id: str) -> None:
    (document,) = world.run.dossier(case_id).documents
    text = world.run.put_blob(b"the text")
    parsed = {"verdict": DocumentVerdict.PARSED, "text_blob": text}
    world.run.document_read(case_id, run_id, document.model_copy(update=parsed))


def read_transactions(world: World, case_id: str, run_id: str) -> None:
    stored = world.run.transactions_file(case_id)
    assert stored is not None
    txset = TransactionSet(
        sha256=stored[1],
        parquet=world.run.put_blob(b"parquet"),
        rows=3,
        currency="USD",
        first=None,
        last=None,
    )
    world.run.transactions_read(case_id, run_id, txset)


def record_proposal(world: World, case_id: str, run_id: str) -> object:
    made = world.proposal(
        case_id,
        run_id,
        disposition=Disposition.NO_SUSPICION,
        provenance=Provenance(calls=()),
    )
    return world.run.record_proposal(case_id, run_id, made, ruling())


Do = Callable[[World, str, str], object]

WRITES: dict[str, Do] = {
    "document_read": read_document,
    "transactions_read": read_transactions,
    "record_evidence": lambda w, c, r: w.run.record_evidence(c, r, evidence_draft()),
    "record_completion": lambda w, c, r: w.run.record_completion(
        c, r, "plan-1", request(), ANSWER, MODEL
    ),
    "record_profile": lambda w, c, r: w.run.record_profile(c, r, CustomerProfile(attributes=())),
    "record_assessment": lambda w, c, r: w.run.record_assessment(c, r, ASSESSMENT),
    "record_proposal": record_proposal,
}
MOVES: dict[str, Do] = {
    "begin": lambda w, c, r: w.run.begin(c, r),
    "step": lambda w, c, r: w.run.step(c, r, "intake"),
    "problem": lambda w, c, r: w.run.problem(c, r, PROBLEM),
    "deliver": lambda w, c, r: w.run.deliver(c, r),
    "fail": lambda w, c, r: w.run.fail(c, r, PROBLEM),
}


@pytest.mark.parametrize("name", [*WRITES, *MOVES])
def test_doing_it_again_changes_nothing_and_answers_the_same(world: World, name: str) -> None:
    case_id, run_id = with_files(world)
    write = (WRITES | MOVES)[name]
    first = write(world, case_id, run_id)
    dossier = world.run.dossier(case_id)
    events = world.desk.events(OTTO, case_id)
    assert write(world, case_id, run_id) == first
    assert world.run.dossier(case_id) == dossier
    assert world.desk.events(OTTO, case_id) == events
    if name in WRITES:
        assert len(events) > 5


@pytest.mark.parametrize("name", [*WRITES, *MOVES])
def test_a_run_that_was_replaced_can_not_write(world: World, name: str) -> None:
    case_id, run_id = with_files(world)
    world.run.fail(case_id, run_id, OTHER)
    world.desk.retry(ANA, case_id)
    before = world.desk.events(OTTO, case_id)
    with pytest.raises(VersionConflict, match="is not the present run"):
        (WRITES | MOVES)[name](world, case_id, run_id)
    assert world.desk.events(OTTO, case_id) == before


@pytest.mark.parametrize("name", WRITES)
def test_after_delivery_what_is_recorded_stays_and_nothing_new_is_taken(
    world: World, name: str
) -> None:
    case_id, run_id = with_files(world)
    recorded = WRITES[name](world, case_id, run_id)
    world.run.deliver(case_id, run_id)
    assert WRITES[name](world, case_id, run_id) == recorded
    dossier = world.run.dossier(case_id)
    for other in set(WRITES) - {name}:
        with pytest.raises(Conflict, match="can't add to it"):
            WRITES[other](world, case_id, run_id)
    assert world.run.dossier(case_id) == dossier


def test_evidence_is_numbered_in_the_case_and_facts_rest_on_it(world: World) -> None:
    case_id, run_id = world.processing()
    first = world.run.record_evidence(case_id, run_id, evidence_draft())
    second = world.run.record_evidence(case_id, run_id, evidence_draft(party="P1"))
    third = world.run.record_evidence(case_id, run_id, evidence_draft("ownership"))
    assert [one.id for one in (first, second, third)] == ["E1", "E2", "E3"]
    dossier = world.run.dossier(case_id)
    assert [(one.id, one.evidence) for one in dossier.facts] == [
        ("F1", ("E1",)),
        ("F2", ("E2",)),
        ("F3", ("E3",)),
    ]
    assert dossier.evidence == (first, second, third)
    assert first.content_hash == third.content_hash or first.tool != third.tool


def test_a_fact_that_breaks_its_declaration_is_refused_with_its_evidence(world: World) -> None:
    case_id, run_id = world.processing()
    count = RoleValue(type=RoleType.COUNT, value="2")
    bad = FactDraft(predicate="prior_cases", roles={"count": count})
    broken = evidence_draft().model_copy(update={"facts": (bad,)})
    with pytest.raises(InvalidInput, match=r"lacks roles \['party'\]"):
        world.run.record_evidence(case_id, run_id, broken)
    assert world.run.dossier(case_id).evidence == ()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**53, object()])
@pytest.mark.parametrize("part", ["content", "parameters"])
def test_what_json_can_not_carry_unchanged_is_refused(
    world: World, part: str, value: object
) -> None:
    case_id, run_id = world.processing()
    broken: EvidenceDraft = evidence_draft().model_copy(update={part: {"a": [value]}})
    with pytest.raises(InvalidInput, match="no plain JSON"):
        world.run.record_evidence(case_id, run_id, broken)
    assert world.run.dossier(case_id).evidence == ()


def test_a_completion_is_given_back_as_it_was_recorded(world: World) -> None:
    case_id, run_id = world.processing()
    assert world.run.completion(case_id, run_id, "plan-1") is None
    reference = world.run.record_completion(case_id, run_id, "plan-1", request(), ANSWER, MODEL)
    assert world.run.completion(case_id, run_id, "plan-1") == (ANSWER, reference)
    other = ANSWER.model_copy(update={"text": '{"a":2}'})
    again = world.run.record_completion(case_id, run_id, "plan-1", request(), other, MODEL)
    assert again == reference
    assert world.run.completion(case_id, run_id, "plan-1") == (ANSWER, reference)
    with world.store.read() as work:
        ((key, asked, answered, by),) = work.runs.completions(run_id)
    assert (key, asked, answered, by) == ("plan-1", request(), ANSWER, reference)


def test_a_document_keeps_its_file_whatever_a_run_says(world: World) -> None:
    case_id, run_id = with_files(world)
    (document,) = world.run.dossier(case_id).documents
    with pytest.raises(InvalidInput, match="sha256"):
        world.run.document_read(case_id, run_id, document.model_copy(update={"sha256": "0" * 64}))


def test_what_was_read_can_be_looked_at(world: World) -> None:
    case_id, run_id = with_files(world)
    read_document(world, case_id, run_id)
    read_transactions(world, case_id, run_id)
    (document,) = world.run.dossier(case_id).documents
    assert world.desk.document_text(IVAN, case_id, document.id) == "the text"
    assert world.desk.transactions(IVAN, case_id) == b"parquet"
    assert world.run.blob(document.sha256) == b"page"
    assert world.run.blob_path(document.sha256).read_bytes() == b"page"


def test_the_proposal_is_sealed_by_the_desk(world: World) -> None:
    case_id, run_id = world.processing()
    record_proposal(world, case_id, run_id)
    proposal = world.run.dossier(case_id).proposal
    assert proposal is not None
    assert proposal.content_hash != "0" * 64
    assert world.run.dossier(case_id).ruling == ruling()


def test_a_retry_starts_from_nothing_but_the_first_runs_traces_stay(world: World) -> None:
    case_id, run_id = world.processing()
    first = world.run.record_evidence(case_id, run_id, evidence_draft())
    world.run.fail(case_id, run_id, PROBLEM)
    assert world.desk.read(ANA, case_id).problems == (PROBLEM,)
    run_id = world.desk.retry(ANA, case_id).run_id or ""
    world.run.begin(case_id, run_id)
    assert world.run.dossier(case_id).evidence == ()
    second = world.run.record_evidence(case_id, run_id, evidence_draft())
    assert (first.id, second.id) == ("E1", "E2")
    assert world.desk.read(ANA, case_id).problems == ()
    with world.store.read() as work:
        assert work.runs.problems(case_id) == (PROBLEM,)
        assert work.findings.evidence(first.run_id) == (first,)


def test_a_failed_run_neither_begins_nor_delivers_again(world: World) -> None:
    case_id, run_id = world.processing()
    world.run.fail(case_id, run_id, PROBLEM)
    world.run.begin(case_id, run_id)
    assert world.desk.read(ANA, case_id).case.status is CaseStatus.FAILED
    with pytest.raises(IllegalTransition):
        world.run.deliver(case_id, run_id)


def test_a_run_that_fails_after_delivery_leaves_the_case_with_people(world: World) -> None:
    case_id, run_id = world.proposed()
    for _ in range(2):
        world.run.fail(case_id, run_id, PROBLEM)
    dossier = world.desk.read(ANA, case_id)
    assert dossier.case.status is CaseStatus.READY_FOR_REVIEW
    assert dossier.problems == (PROBLEM,)


@pytest.mark.parametrize("final", [JobState.DONE, JobState.FAILED])
def test_a_job_never_goes_back(world: World, final: JobState) -> None:
    world.started()
    (job,) = world.store.queued()
    world.store.mark(job.id, final)
    for state in JobState:
        world.store.mark(job.id, state)
    with world.store.read() as work:
        stored = work.jobs.get(job.id)
    assert stored is not None
    assert stored.state is final


def test_a_run_can_fail_before_it_began(world: World) -> None:
    case, run_id = world.started()
    world.run.fail(case.id, run_id, PROBLEM)
    assert world.desk.read(ANA, case.id).case.status is CaseStatus.FAILED


def test_a_run_that_did_not_begin_delivers_nothing(world: World) -> None:
    case, run_id = world.started()
    with pytest.raises(IllegalTransition):
        world.run.deliver(case.id, run_id)


def test_jobs_follow_the_run(world: World) -> None:
    case_id, run_id = world.processing()
    world.run.deliver(case_id, run_id)
    with world.store.read() as work:
        job = work.jobs.get(f"run-{run_id}")
    assert job is not None
    assert job.state is JobState.DONE
    assert world.store.unfinished() == ()


def test_steps_are_shown_in_order_and_a_node_done_again_at_once_counts_once(
    world: World,
) -> None:
    case_id, run_id = world.processing()
    for node in ("intake", "intake", "draft", "repair", "draft"):
        world.run.step(case_id, run_id, node)
    steps = world.desk.steps(IVAN, case_id)
    assert [step.node for step in steps] == ["intake", "draft", "repair", "draft"]


def test_a_file_inside_a_file_is_a_document_of_the_case_once(world: World) -> None:
    case_id, run_id = with_files(world)
    (mail,) = world.run.dossier(case_id).documents
    names = ("bill.pdf", "../../again.pdf")
    first, again = (
        world.run.member(case_id, run_id, mail, filename=name, data=b"%PDF") for name in names
    )
    same_as_mail = world.run.member(case_id, run_id, mail, filename="a.txt", data=b"page")
    assert first == again
    assert (first.parent, first.filename, first.size) == (mail.id, "bill.pdf", 4)
    assert same_as_mail.id == mail.id
    assert {d.id for d in world.run.dossier(case_id).documents} == {mail.id, first.id}
    stored = [e for e in world.desk.events(OTTO, case_id) if e.kind == "document_stored"]
    assert [event.payload.get("parent") for event in stored] == [None, mail.id]


def test_an_old_run_adds_no_file(world: World) -> None:
    case_id, run_id = with_files(world)
    (mail,) = world.run.dossier(case_id).documents
    with pytest.raises(VersionConflict):
        world.run.member(case_id, f"{run_id}-old", mail, filename="b.pdf", data=b"%PDF")
