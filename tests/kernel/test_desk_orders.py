"""Whatever the order of actions: no illegal step, no self-approval, no approved edit."""

import re
import shutil
import tempfile
from pathlib import Path
from random import Random
from typing import ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from casegate.access.principals import Principal
from casegate.model.case import Disposition
from tests.kernel.orders import (
    ACTORS,
    DISPOSITIONS,
    EDITS,
    TEXTS,
    Orders,
    drop_triggers,
    random_order,
)
from tests.kernel.world import OTTO, World

actors = st.sampled_from(ACTORS)


class DeskOrders(RuleBasedStateMachine):
    """Hypothesis chooses actions and actors; `Orders.check` says what must hold."""

    template: ClassVar[Path | None] = None

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="casegate-orders-"))
        if DeskOrders.template is None or not DeskOrders.template.exists():
            DeskOrders.template = Path(tempfile.mkdtemp()) / "casegate.db"
            World(DeskOrders.template.parent).close()
        shutil.copy(DeskOrders.template, self.folder)
        self.world = World(self.folder)
        drop_triggers(self.world)
        self.orders = Orders(self.world, "B-1")

    @rule(name=st.sampled_from(("start", "begin", "work", "deliver", "fail", "retry", "finish")))
    def run(self, name: str) -> None:
        self.orders.attempt(name, getattr(self.orders, name))

    @rule()
    def reach_people(self) -> None:
        for name in ("start", "begin", "work", "deliver"):
            self.orders.attempt(name, getattr(self.orders, name))

    @rule(actor=actors)
    def claim(self, actor: Principal) -> None:
        self.orders.attempt("claim", lambda: self.orders.claim(actor))

    @rule(actor=actors, dice=st.randoms())
    def review(self, actor: Principal, dice: Random) -> None:
        self.orders.attempt("review", lambda: self.orders.review(actor, dice))

    @rule(actor=actors, disposition=st.sampled_from(DISPOSITIONS), text=st.sampled_from(TEXTS))
    def decide(self, actor: Principal, disposition: Disposition, text: str | None) -> None:
        self.orders.attempt("decide", lambda: self.orders.decide(actor, disposition, text))

    @rule(actor=actors, approved=st.booleans(), stale=st.booleans())
    def answer(self, actor: Principal, approved: bool, stale: bool) -> None:
        self.orders.attempt(
            "answer", lambda: self.orders.answer(actor, approved=approved, stale=stale)
        )

    @rule(statement=st.sampled_from(EDITS))
    def edit(self, statement: str) -> None:
        self.orders.attempt("edit", lambda: self.orders.edit(statement))

    @rule()
    def other_rules(self) -> None:
        self.orders.attempt("other rules", self.orders.other_rules)

    @invariant()
    def log_shows_legal_steps_only(self) -> None:
        if hasattr(self, "orders"):
            self.orders.check_log()

    def teardown(self) -> None:
        if hasattr(self, "orders"):
            assert self.world.desk.verify_audit(OTTO).ok
            self.world.close()
            shutil.rmtree(self.folder)


TestDeskOrders = DeskOrders.TestCase
TestDeskOrders.settings = settings(
    max_examples=12,
    stateful_step_count=16,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def test_random_orders_reach_every_ending_and_break_nothing(world: World) -> None:
    drop_triggers(world)
    done: set[str] = set()
    for number in range(12):
        orders = Orders(world, f"B-{number}")
        random_order(orders, Random(number), steps=16)  # noqa: S311
        done |= {re.sub(r" by [^:]+", "", step) for step in orders.done}
    assert {"answer: done", "answer: self_approval", "decide: done", "decide: gate_refused"} <= done
    assert world.desk.verify_audit(OTTO).ok
