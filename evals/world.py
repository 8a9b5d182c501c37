"""A whole installation for one sample: real storage, tools, prompts and gates, made to be repeated.

The clock starts at the case's own day and ids are counted, so the same sample asks the model the
same questions every time and recorded answers fit. The steps are the agents' own, one after the
other: the graph would read papers side by side and number their evidence by who is first.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from agents.kit import Kit
from agents.runner import steps_of
from agents.state import CaseState, DocumentState
from casegate.access.principals import Principal, Role
from casegate.cli.wiring import open_kit, open_screener, review_ports
from casegate.config import Settings
from casegate.desk.kernel import Kernel, open_kernel
from casegate.inference.ports import Complete
from casegate.model.bundle import CaseBundle
from casegate.model.dossier import Dossier
from guardrails.claims import load_claim_gate
from guardrails.gate import DatedRules
from tools.screening.loading import load_list
from tools.screening.sources import SourceFormat

if TYPE_CHECKING:
    from examples.bundle import Bundle

CLIENT = Principal(id="evals", name="Evals", roles=(Role.API_CLIENT,))
DEMO_LIST = Path("examples/lists/demo_sanctions.csv")
DEMO_LIST_DAY = date(2026, 11, 1)
TICK = timedelta(milliseconds=1)


class SteppingClock:
    """Starts at a moment and goes on by a millisecond each time it is asked."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def __call__(self) -> datetime:
        """Tell the time."""
        self._now += TICK
        return self._now


class CountedIds:
    """Counts ids up by prefix: `d-00001`, `d-00002` ..."""

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def __call__(self, prefix: str) -> str:
        """Make one id."""
        self._given[prefix] += 1
        return f"{prefix}-{self._given[prefix]:05}"


@dataclass(frozen=True)
class World:
    """One installation with one case in it."""

    parts: Kernel
    kit: Kit
    case_id: str
    run_id: str

    def dossier(self) -> Dossier:
        """Give everything that is known of the case."""
        return self.parts.run_desk.dossier(self.case_id)

    def answered(self) -> int:
        """Count the questions that the model answered usably."""
        return len(self.parts.run_desk.calls(self.run_id))


@contextmanager
def world(
    settings: Settings, bundle: "Bundle", complete: Complete, versions: Mapping[str, int]
) -> Iterator[World]:
    """Set up an installation in the data folder of `settings` and submit the bundle.

    Args:
        settings: with a data folder of its own; whatever is in it stays.
        bundle: what a client would send.
        complete: the model.
        versions: prompt versions to use instead of the live ones, by prompt id.
    """
    case = CaseBundle.model_validate(bundle.case)
    rules = DatedRules(list_max_age_days=settings.list_max_age_days)
    clock = SteppingClock(case.opened_at)
    parts = open_kernel(
        settings,
        rules=rules,
        claims=load_claim_gate(),
        review=review_ports(settings, clock=clock),
        clock=clock,
        new_id=CountedIds(),
    )
    try:
        kit = open_kit(settings, parts, complete, open_screener(settings, clock=parts.clock))
        case_id, run_id = submit(parts, case, bundle)
        yield World(parts, replace(kit, versions=versions), case_id, run_id)
    finally:
        parts.close()


def submit(parts: Kernel, case: CaseBundle, bundle: "Bundle") -> tuple[str, str]:
    """Submit as an API client would; gives case id and run id."""
    stored = parts.desk.submit(CLIENT, case)
    for filename, data in bundle.documents.items():
        parts.desk.add_document(CLIENT, stored.id, filename=filename, data=data)
    if bundle.transactions is not None:
        parts.desk.add_transactions(
            CLIENT, stored.id, filename="transactions.csv", data=bundle.transactions
        )
    started = parts.desk.start(CLIENT, stored.id)
    return stored.id, str(started.run_id)


def read_papers(given: World) -> Dossier:
    """Do the intake: read every paper, then hold them against each other."""
    steps, state = steps_of(given.kit), _state(given)
    for document in steps.intake(state)["documents"]:
        steps.read_document(
            DocumentState(case_id=given.case_id, run_id=given.run_id, document_id=document)
        )
    steps.reconcile(state)
    return given.dossier()


def propose(given: World, settings: Settings) -> Dossier:
    """Do everything from intake to the gate's ruling on the proposal."""
    load_list(
        settings.data,
        DEMO_LIST,
        source=SourceFormat.CSV,
        clock=given.parts.clock,
        published=DEMO_LIST_DAY,
    )
    read_papers(given)
    steps, state = steps_of(given.kit), _state(given)
    for step in (steps.gather, steps.assess, steps.draft, steps.propose, steps.gate):
        state.update(step(state))
    return given.dossier()


def _state(given: World) -> CaseState:
    return CaseState(case_id=given.case_id, run_id=given.run_id)
