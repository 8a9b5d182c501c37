"""Desk actions in any order on one case, with what must hold after each of them."""

import sqlite3
from collections.abc import Callable
from random import Random

from casegate.access.principals import Principal
from casegate.desk.dossier import assemble
from casegate.desk.seal import decision_hash
from casegate.errors import CasegateError
from casegate.model.base import Problem
from casegate.model.case import Case, CaseStatus, Disposition, may_follow
from casegate.model.decision import DecisionStatus
from casegate.model.document import DocumentAnswer, DocumentVerdict, FieldAnswer
from casegate.model.proposal import Provenance
from tests.kernel.reviews import BORN
from tests.kernel.world import (
    ADAM,
    ANA,
    ANSWER,
    BANK,
    FABRICATED,
    INES,
    IVAN,
    MIRA,
    MODEL,
    OTTO,
    ROBOT,
    World,
    bundle,
    draft,
    evidence_draft,
    request,
    ruling,
    sentence,
)

ACTORS = (ANA, IVAN, INES, MIRA, OTTO, ADAM, BANK, ROBOT)
DISPOSITIONS = (Disposition.NO_SUSPICION, Disposition.SUSPICIOUS_FILE, Disposition.INCONCLUSIVE)
TEXTS = (None, "Two cases are known.", f"He paid {FABRICATED} USD.")
ENDED = frozenset({CaseStatus.CLOSED, CaseStatus.PENDING_FILING})
_PREPARING = frozenset(
    {"decision_made", "field_corrected", "document_accepted", "document_rejected"}
    | {"document_asked_again"}
)
PROBLEM = Problem(code="model_timeout", message="no answer in 60 s")

EDITS = (
    "UPDATE evidence SET record = replace(record, '\"prior\":2', '\"prior\":3') WHERE case_id = ?",
    "UPDATE decision SET record = replace(record, 'explained', 'explainee') WHERE case_id = ?",
    'UPDATE decision SET record = replace(record, \'"maker":"\', \'"maker":"x\') WHERE case_id = ?',
    "UPDATE bundle SET record = replace(record, 'Jane', 'Joan') WHERE case_id = ?",
    "UPDATE proposal SET record = replace(record, 'Two', 'Six') WHERE case_id = ?",
)


def drop_triggers(world: World) -> None:
    """Let the tests edit sealed rows, as someone with the database file can."""
    connection = sqlite3.connect(world.folder / "casegate.db")
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in names:
        connection.execute(f"DROP TRIGGER {name}")
    connection.close()


class Orders:
    """One case, driven by actions that may or may not be allowed at that moment."""

    def __init__(self, world: World, reference: str) -> None:
        self.world = world
        world.rules.rules_version = "US@2026-03-01#abcdef012345"
        self.case_id = world.desk.submit(ANA, bundle(reference)).id
        self.paper = world.desk.add_document(
            ANA, self.case_id, filename="p.txt", data=b"17 MAY 1984 ROE"
        ).id
        self.edited = False
        """Whether a byte was changed behind the desk since the last decision."""
        self.done: list[str] = []
        self.hashes: list[tuple[str, str]] = []
        self.head = 0

    def case(self) -> Case:
        """Give the case as it is stored."""
        with self.world.store.read() as work:
            return work.cases.get(self.case_id)

    def _run_id(self) -> str:
        return self.case().run_id or "r-0"

    # the run
    def start(self) -> None:
        self.world.desk.start(ANA, self.case_id)

    def begin(self) -> None:
        self.world.run.begin(self.case_id, self._run_id())

    def work(self) -> None:
        run, run_id = self.world.run, self._run_id()
        (paper,) = run.dossier(self.case_id).documents
        read = {"verdict": DocumentVerdict.PARSED, "fields": (BORN,)}
        run.document_read(self.case_id, run_id, paper.model_copy(update=read))
        run.record_evidence(self.case_id, run_id, evidence_draft())
        call = run.record_completion(self.case_id, run_id, "plan", request(), ANSWER, MODEL)
        proposal = self.world.proposal(
            self.case_id,
            run_id,
            disposition=Disposition.NO_SUSPICION,
            provenance=Provenance(calls=(call,)),
        )
        run.record_proposal(self.case_id, run_id, proposal, ruling())

    def deliver(self) -> None:
        self.world.run.deliver(self.case_id, self._run_id())

    def fail(self) -> None:
        self.world.run.fail(self.case_id, self._run_id(), PROBLEM)

    def retry(self) -> None:
        self.world.desk.retry(ANA, self.case_id)

    def finish(self) -> None:
        decision = self.world.run.dossier(self.case_id).decision
        decision_id = "dec-0" if decision is None else decision.id
        self.world.run.finish(self.case_id, self._run_id(), decision_id)

    # the people
    def claim(self, actor: Principal) -> None:
        version = self.case().version
        self.world.desk.claim(actor, self.case_id, version=version)

    def decide(self, actor: Principal, disposition: Disposition, text: str | None) -> None:
        version = self.case().version
        sentences = None if text is None else (sentence(text, "E1"),)
        decision = self.world.desk.decide(
            actor,
            self.case_id,
            version=version,
            draft=draft(disposition=disposition, sentences=sentences),
        )
        assert text != TEXTS[2], "a fabricated value was let through"
        self.hashes.append((decision.id, decision.content_hash))
        self.edited = False

    def answer(self, actor: Principal, *, approved: bool, stale: bool) -> None:
        decision_id, content_hash = self.hashes[0 if stale else -1] if self.hashes else ("d", "0")
        self.world.desk.approve(
            actor,
            self.case_id,
            decision_id=decision_id,
            content_hash=content_hash,
            approved=approved,
        )
        assert not (approved and self.edited), "an edited decision was approved"
        assert (decision_id, content_hash) == self.hashes[-1]

    def review(self, actor: Principal, dice: Random) -> None:
        """Let a person correct a value, or accept or reject the paper."""
        version = self.case().version
        if dice.random() < 0.5:
            year = dice.randrange(1970, 1990)
            self.world.desk.review_field(
                actor,
                self.case_id,
                self.paper,
                field_id="F1",
                answer=FieldAnswer.CORRECT,
                value=f"{year}-05-17",
                version=version,
            )
        else:
            self.world.desk.review_document(
                actor,
                self.case_id,
                self.paper,
                answer=dice.choice(list(DocumentAnswer)),
                reason="Looked at.",
                version=version,
            )

    # what happens behind the desk
    def edit(self, statement: str) -> None:
        if self.case().status in ENDED:
            return
        connection = sqlite3.connect(self.world.folder / "casegate.db", timeout=15)
        self.edited |= connection.execute(statement, (self.case_id,)).rowcount > 0
        connection.commit()
        connection.close()

    def other_rules(self) -> None:
        self.world.rules.rules_version += "0"
        self.edited = True

    def attempt(self, name: str, action: Callable[[], None]) -> None:
        """Do an action; being refused is fine, breaking what must hold is not."""
        try:
            action()
        except CasegateError as refused:
            self.done.append(f"{name}: {refused.code}")
        else:
            self.done.append(f"{name}: done")
        with self.world.store.read() as work:
            head = work.log.head().seq
        # Whatever changes a case says so in the log; only edits behind the desk do not.
        if head != self.head or name == "edit":
            self.head = head
            self.check()

    def check(self) -> None:
        """Assert what must hold after every action."""
        with self.world.store.read() as work:
            dossier = assemble(work, self.case_id)
            decisions = work.decisions.all(self.case_id)
        approved = [
            one
            for one in decisions
            if one.status is DecisionStatus.APPROVED
            and one.disposition is not Disposition.INCONCLUSIVE
        ]
        ended = dossier.case.status in ENDED
        assert len(approved) == (1 if ended else 0), self.done
        assert (dossier.case.disposition is not None) == ended, self.done
        if ended:
            (decision,) = approved
            (given,) = [
                one for one in dossier.approvals if one.approved and one.decision_id == decision.id
            ]
            found = decision_hash(decision, dossier, rules_version=decision.ruling.rules_version)
            assert given.content_hash == decision.content_hash == found, self.done
            assert dossier.case.disposition is decision.disposition

    def _check_actors(self) -> None:
        made: set[str] = set()
        for event in self.world.desk.events(OTTO, self.case_id):
            if event.kind in _PREPARING:
                made.add(event.actor)
                assert event.actor in {"ana", "ivan", "ines", "mira"}, self.done
            if event.kind in {"approval_given", "approval_returned"}:
                assert event.actor not in made, self.done
                assert event.actor in {"ivan", "ines", "mira"}, self.done

    def check_log(self) -> None:
        """Assert that the log shows legal steps and two different people only."""
        self._check_actors()
        status: str = CaseStatus.RECEIVED
        for event in self.world.desk.events(OTTO, self.case_id):
            if event.kind == "status_changed":
                before, after = event.payload["before"], event.payload["after"]
                assert before == status, self.done
                assert may_follow(CaseStatus(before), CaseStatus(after)), self.done
                status = after
        assert status == self.world.run.dossier(self.case_id).case.status, self.done


def random_order(orders: Orders, dice: Random, *, steps: int) -> None:
    """Do `steps` actions in random order, most of them such as get somewhere."""
    runs = ("start", "begin", "work", "deliver")
    for step in range(steps):
        if step < 4 and dice.random() < 0.9:
            name = runs[step]
            orders.attempt(name, getattr(orders, name))
            continue
        orders.attempt(*_pick(orders, dice))
    orders.check_log()


def _pick(orders: Orders, dice: Random) -> tuple[str, Callable[[], None]]:
    actor = dice.choice((*ACTORS[:4], *ACTORS))
    case = orders.case()
    holder = next((one for one in ACTORS if one.id == case.assignee), actor)
    maker = holder if dice.random() < 0.8 else actor
    disposition, text = dice.choice(DISPOSITIONS), dice.choice((None, *TEXTS))
    approved, stale = dice.random() < 0.7, dice.random() < 0.1
    statement, reviews = dice.choice(EDITS), dice.random() < 0.3
    people: dict[CaseStatus, tuple[str, Callable[[], None]]] = {
        CaseStatus.READY_FOR_REVIEW: (f"claim by {actor.id}", lambda: orders.claim(actor)),
        CaseStatus.INVESTIGATING: (
            (f"review by {maker.id}", lambda: orders.review(maker, dice))
            if reviews
            else (f"decide by {maker.id}", lambda: orders.decide(maker, disposition, text))
        ),
        CaseStatus.PENDING_APPROVAL: (
            f"answer by {actor.id}",
            lambda: orders.answer(actor, approved=approved, stale=stale),
        ),
    }
    rest: list[tuple[str, Callable[[], None]]] = [
        ("edit", lambda: orders.edit(statement)),
        ("other rules", orders.other_rules),
        (f"review by {actor.id}", lambda: orders.review(actor, dice)),
        *((n, getattr(orders, n)) for n in ("start", "begin", "work", "deliver", "fail")),
        *((n, getattr(orders, n)) for n in ("retry", "finish")),
    ]
    chance = dice.random()
    if chance < 0.5 and case.status in people:
        return people[case.status]
    return dice.choice(list(people.values()) if chance < 0.75 else rest)
