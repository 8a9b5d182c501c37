"""The approval policy is data, and no data can allow self-approval."""

from collections.abc import Callable
from pathlib import Path

import pytest

from casegate.access.policy import POLICY_FILE, load_approval_policy
from casegate.access.principals import Role
from casegate.errors import RulesInvalid
from casegate.model.case import Disposition


def test_the_shipped_policy_names_approvers_for_every_disposition() -> None:
    policy = load_approval_policy()
    assert set(policy.dispositions) == set(Disposition)
    assert policy.dispositions[Disposition.SUSPICIOUS_FILE] == (Role.MLRO,)
    assert policy.self_approval is False
    assert policy.source


def self_approval(text: str) -> str:
    return text.replace("self_approval: false", "self_approval: true")


def missing_disposition(text: str) -> str:
    return text.replace("  inconclusive: [investigator, mlro]\n", "")


def analyst(text: str) -> str:
    return text.replace("kyc_rejected: [investigator", "kyc_rejected: [analyst")


def agent(text: str) -> str:
    return text.replace("escalated: [mlro]", "escalated: [agent]")


def unknown_role(text: str) -> str:
    return text.replace("[mlro]", "[boss]")


def unknown_key(text: str) -> str:
    return text + "shortcut: true\n"


def no_yaml(text: str) -> str:
    return "{" + text


@pytest.mark.parametrize(
    "change",
    [self_approval, missing_disposition, analyst, agent, unknown_role, unknown_key, no_yaml],
)
def test_a_policy_that_opens_a_way_around_four_eyes_does_not_load(
    tmp_path: Path, change: Callable[[str], str]
) -> None:
    before = POLICY_FILE.read_text()
    changed = change(before)
    assert changed != before
    file = tmp_path / "policy.yaml"
    file.write_text(changed)
    with pytest.raises(RulesInvalid):
        load_approval_policy(file)
