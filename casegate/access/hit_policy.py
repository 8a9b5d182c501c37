"""The policy on screening hits: dated data, read from a file."""

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from casegate.access.policy import read_policy
from casegate.access.principals import Principal, Role
from casegate.access.rights import RIGHTS, Action
from casegate.errors import AccessRefused
from casegate.model.base import Record
from casegate.model.screening import HitAnswer

POLICY_FILE = Path(__file__).with_name("hit_policy.yaml")
ANSWERS: tuple[HitAnswer, ...] = ("true_match", "false_positive", "unsure")

Band = Literal["likely", "review", "corroborate"]


class HitPolicy(Record):
    """On which hits an answer needs a second person, and for how long a hit may be suppressed."""

    version: str
    effective_from: date
    jurisdiction: str
    source: str
    confidence: Literal["verified", "from_memory"]
    needs_second: dict[HitAnswer, tuple[Band, ...]]
    second_roles: tuple[Role, ...] = Field(min_length=1)
    longest_suppression_days: int = Field(ge=1, le=1830)

    @model_validator(mode="after")
    def _names_every_answer_and_only_who_may_second(self) -> "HitPolicy":
        if unnamed := sorted(set(ANSWERS) - set(self.needs_second)):
            raise ValueError(f"answers without a rule: {unnamed}")
        if never := sorted(set(self.second_roles) - RIGHTS[Action.SECOND_HIT]):
            raise ValueError(f"roles that never answer a colleague's word: {never}")
        return self

    def asks_for_second(self, answer: HitAnswer, band: Band) -> bool:
        """Tell whether `answer` on a hit of `band` counts only once a second person agrees."""
        return band in self.needs_second[answer]

    def require_second_role(self, actor: Principal) -> None:
        """Refuse who may not be the second person.

        Raises:
            AccessRefused: the policy asks for another role.
        """
        if not set(self.second_roles).intersection(actor.roles):
            raise AccessRefused(
                f"a word on a hit is answered by {' or '.join(self.second_roles)}, "
                f"not by {actor.id}",
                remedy="Leave the hit to a colleague with that role.",
            )


def load_hit_policy(path: Path = POLICY_FILE) -> HitPolicy:
    """Read the policy.

    Raises:
        RulesInvalid: the file is unreadable, names an unknown role or leaves an answer out.
    """
    return read_policy(path, HitPolicy)
