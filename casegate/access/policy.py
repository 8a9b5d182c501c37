"""The approval policy: dated data, read from a file."""

from datetime import date
from pathlib import Path
from typing import Literal, TypeVar

import yaml
from pydantic import ValidationError, model_validator

from casegate.access.principals import Principal, Role
from casegate.access.rights import RIGHTS, Action
from casegate.errors import AccessRefused, RulesInvalid
from casegate.model.base import Record
from casegate.model.case import Disposition

POLICY_FILE = Path(__file__).with_name("approval_policy.yaml")
P = TypeVar("P", bound=Record)


class ApprovalPolicy(Record):
    """Which roles may approve which disposition; no policy can allow self-approval."""

    version: str
    effective_from: date
    jurisdiction: str
    source: str
    self_approval: Literal[False]
    escalated: tuple[Role, ...]
    dispositions: dict[Disposition, tuple[Role, ...]]

    @model_validator(mode="after")
    def _names_every_disposition_and_only_approvers(self) -> "ApprovalPolicy":
        if unnamed := sorted(set(Disposition) - set(self.dispositions)):
            raise ValueError(f"dispositions without approvers: {unnamed}")
        named = {role for roles in self.dispositions.values() for role in roles}
        if never := sorted((named | set(self.escalated)) - RIGHTS[Action.APPROVE]):
            raise ValueError(f"roles that never approve: {never}")
        return self

    def approving_role(
        self, actor: Principal, disposition: Disposition, *, escalated: bool
    ) -> Role:
        """Give the role in which `actor` may approve.

        Raises:
            AccessRefused: the policy asks for another role.
        """
        wanted = set(self.dispositions[disposition])
        if escalated:
            wanted &= set(self.escalated)
        for role in actor.roles:
            if role in wanted:
                return role
        why = "an escalated case" if escalated else f"`{disposition}`"
        raise AccessRefused(
            f"{why} is approved by {' or '.join(sorted(wanted))}, not by {actor.id}",
            remedy="Leave the case to a colleague with that role.",
        )


def load_approval_policy(path: Path = POLICY_FILE) -> ApprovalPolicy:
    """Read the policy.

    Raises:
        RulesInvalid: the file is unreadable, names an unknown role or leaves a disposition out.
    """
    return read_policy(path, ApprovalPolicy)


def read_policy(path: Path, kind: type[P]) -> P:
    """Read a policy file of a kind.

    Raises:
        RulesInvalid: the file is unreadable, or breaks what the kind demands.
    """
    try:
        return kind.model_validate(yaml.safe_load(path.read_text()))
    except (OSError, yaml.YAMLError) as bad:
        raise RulesInvalid(f"{path.name} can't be read: {type(bad).__name__}") from bad
    except ValidationError as bad:
        lines = "; ".join(error["msg"] for error in bad.errors(include_input=False))
        raise RulesInvalid(f"{path.name}: {lines}") from None
