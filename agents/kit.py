"""What the steps of a run work with. Everything from outside comes in here, by name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from agents.ask import Asker
from casegate.desk.ports import ClaimGate, Clock, NewId, RulesGate
from casegate.desk.replacing import Replacing
from casegate.desk.run import RunDesk
from casegate.inference.ports import Complete
from prompts.registry import Prompts
from tools.base import CaseTool
from tools.documents import DocumentReader


@dataclass(frozen=True)
class Kit:
    """The parts of one worker, shared by all its runs."""

    desk: RunDesk
    replacing: Replacing
    complete: Complete
    prompts: Prompts
    mandatory: Sequence[CaseTool]
    """Always run, in this order; a later tool sees the evidence of the earlier ones."""
    optional: Sequence[CaseTool]
    """What the model may ask for besides."""
    rules: RulesGate
    claims: ClaimGate
    clock: Clock
    new_id: NewId
    documents: DocumentReader
    evidence_rounds: int
    repair_rounds: int
    deadline_s: float
    token_budget: int
    versions: Mapping[str, int] = field(default_factory=dict)
    started: Callable[[str, str, str], None] = lambda case_id, run_id, node: None
    """Told `(case_id, run_id, node)` as each step begins."""

    def asker(self, case_id: str, run_id: str) -> Asker:
        """Make the asker of one run."""
        return Asker(
            desk=self.desk,
            complete=self.complete,
            prompts=self.prompts,
            case_id=case_id,
            run_id=run_id,
            deadline_s=self.deadline_s,
            token_budget=self.token_budget,
            versions=self.versions,
        )
