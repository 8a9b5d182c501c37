"""Roles against use cases: the table is the specification, and it is tried through the desk."""

from collections.abc import Callable
from pathlib import Path

import pytest

from casegate.access.principals import Principal, Role
from casegate.access.rights import RIGHTS, Action, acting_role, may
from casegate.audit.events import ListLoaded, ListLoadRefused
from casegate.errors import AccessRefused, CasegateError
from casegate.model.document import DocumentAnswer, FieldAnswer
from tests.kernel.world import (
    ADAM,
    ANA,
    BANK,
    EVA,
    EVERYONE,
    INES,
    IVAN,
    OTTO,
    ROBOT,
    World,
    bundle,
    draft,
)

PEOPLE = {"ana", "ivan", "mira", "ines"}
READERS = PEOPLE | {"otto"}
SENDERS = PEOPLE | {"core-banking"}

REFUSED = ListLoadRefused(list_name="demo", source="csv", reason="empty")
LIST = ListLoaded(
    list_name="demo",
    version="2026-03-01",
    sha256="a" * 64,
    entities=1,
    added=1,
    removed=0,
    changed=0,
)

Try = Callable[[World, Principal, str], object]

TRIES: dict[str, tuple[Try, set[str]]] = {
    "submit": (lambda w, a, c: w.desk.submit(a, bundle(f"new-{a.id}")), SENDERS),
    "add_document": (
        lambda w, a, c: w.desk.add_document(a, c, filename="f.txt", data=b"x"),
        SENDERS,
    ),
    "add_transactions": (
        lambda w, a, c: w.desk.add_transactions(a, c, filename="f.csv", data=b"x"),
        SENDERS,
    ),
    "start": (lambda w, a, c: w.desk.start(a, c), SENDERS),
    "retry": (lambda w, a, c: w.desk.retry(a, c), SENDERS),
    "cases": (lambda w, a, c: w.desk.cases(a), READERS | {"core-banking"}),
    "progress": (lambda w, a, c: w.desk.progress(a, c), READERS | {"core-banking"}),
    "read": (lambda w, a, c: w.desk.read(a, c), READERS),
    "steps": (lambda w, a, c: w.desk.steps(a, c), READERS),
    "decisions": (lambda w, a, c: w.desk.decisions(a, c), READERS),
    "document_file": (lambda w, a, c: w.desk.document_file(a, c, "d-0"), READERS),
    "document_page": (lambda w, a, c: w.desk.document_page(a, c, "d-0", 1), READERS),
    "document_text": (lambda w, a, c: w.desk.document_text(a, c, "d-0"), READERS),
    "transactions": (lambda w, a, c: w.desk.transactions(a, c), READERS),
    "claim": (lambda w, a, c: w.desk.claim(a, c, version=1), PEOPLE),
    "check": (lambda w, a, c: w.desk.check(a, c, ()), PEOPLE),
    "decide": (lambda w, a, c: w.desk.decide(a, c, version=1, draft=draft()), PEOPLE),
    "documents": (lambda w, a, c: w.desk.documents(a, c), READERS | {"core-banking"}),
    "once": (lambda w, a, c: w.desk.once(a, f"k-{a.id}", "0" * 64, lambda: "{}"), SENDERS),
    "review_field": (
        lambda w, a, c: w.desk.review_field(
            a, c, "d-0", field_id="F1", answer=FieldAnswer.CONFIRM, version=1
        ),
        PEOPLE,
    ),
    "review_document": (
        lambda w, a, c: w.desk.review_document(
            a, c, "d-0", answer=DocumentAnswer.ACCEPT, version=1
        ),
        PEOPLE,
    ),
    "hits": (lambda w, a, c: w.desk.hits(a, c), READERS),
    "review_hit": (
        lambda w, a, c: w.desk.review_hit(
            a, c, party="P1", list="l", entity_id="x", answer="unsure", reason="r", version=1
        ),
        PEOPLE,
    ),
    "second_hit": (
        lambda w, a, c: w.desk.second_hit(a, c, review="v", agrees=True, reason="r", version=1),
        {"ivan", "mira", "ines"},
    ),
    "suppressions": (lambda w, a, c: w.desk.suppressions(a), READERS),
    "end_suppression": (
        lambda w, a, c: w.desk.end_suppression(a, "sup-0", reason="r"),
        {"ivan", "mira", "ines"},
    ),
    "approve": (
        lambda w, a, c: w.desk.approve(a, c, decision_id="d", content_hash="0" * 64, approved=True),
        {"ivan", "mira", "ines"},
    ),
    "events": (lambda w, a, c: w.desk.events(a, c), READERS),
    "verify_audit": (lambda w, a, c: w.desk.verify_audit(a), {"mira", "otto", "adam"}),
    "verify_case": (lambda w, a, c: w.desk.verify_case(a, c), {"mira", "otto", "adam"}),
    "list_loaded": (lambda w, a, c: w.desk.list_loaded(a, LIST), {"mira", "adam"}),
    "list_refused": (lambda w, a, c: w.desk.list_refused(a, REFUSED), {"mira", "adam"}),
}


@pytest.mark.parametrize("name", TRIES)
def test_a_use_case_is_open_to_exactly_the_roles_of_the_table(world: World, name: str) -> None:
    attempt, allowed = TRIES[name]
    case_id = world.desk.submit(BANK, bundle()).id
    open_to = set()
    for actor in (*EVERYONE, INES):
        try:
            attempt(world, actor, case_id)
        except AccessRefused:
            continue
        except CasegateError:
            pass
        open_to.add(actor.id)
    assert open_to == allowed


def test_every_method_of_the_desk_is_in_the_table(world: World) -> None:
    methods = {name for name in dir(world.desk) if not name.startswith("_")}
    assert methods == set(TRIES)


def test_every_action_is_in_the_table_and_without_a_role_there_is_no_right() -> None:
    assert set(RIGHTS) == set(Action)
    nobody = Principal(id="nobody", name="Nobody", roles=())
    for action in Action:
        assert not may(nobody, action)
        with pytest.raises(AccessRefused, match="not among the rights of nobody"):
            acting_role(nobody, action)


@pytest.mark.parametrize("actor", [ADAM, EVA, ROBOT])
def test_admin_evaluator_and_agent_see_no_case(world: World, actor: Principal) -> None:
    case_id = world.desk.submit(ANA, bundle()).id
    for look in (world.desk.read, world.desk.progress, world.desk.events):
        with pytest.raises(AccessRefused):
            look(actor, case_id)
    with pytest.raises(AccessRefused):
        world.desk.cases(actor)


@pytest.mark.parametrize("role", [Role.AGENT, Role.API_CLIENT, Role.ANALYST, Role.ADMIN])
def test_a_role_that_never_approves_does_not_approve(world: World, role: Role) -> None:
    decision = world.decided(by=IVAN)
    actor = Principal(id="someone", name="Someone", roles=(role,))
    with pytest.raises(AccessRefused):
        world.approve(actor, decision)


@pytest.mark.parametrize("role", [Role.AGENT, Role.API_CLIENT, Role.AUDITOR, Role.ADMIN])
def test_a_role_that_never_decides_does_not_decide(world: World, role: Role) -> None:
    case = world.claimed()
    actor = Principal(id="someone", name="Someone", roles=(role,))
    with pytest.raises(AccessRefused):
        world.desk.decide(actor, case.id, version=case.version, draft=draft())


def test_refusals_change_nothing(tmp_path: Path) -> None:
    world = World(tmp_path)
    case_id = world.desk.submit(ANA, bundle()).id
    before = world.desk.events(OTTO, case_id)
    for attempt, allowed in TRIES.values():
        for actor in (OTTO, EVA, ADAM, ROBOT):
            if actor.id not in allowed:
                with pytest.raises(AccessRefused):
                    attempt(world, actor, case_id)
    assert world.desk.events(OTTO, case_id) == before
    world.close()
