"""The rule files: every problem of every file at once, and nothing runs with one."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from casegate.errors import RulesInvalid
from guardrails.gate import DatedRules
from guardrails.numbers import FOLDER as POLICY
from guardrails.rules_page import rules_page
from guardrails.table import FOLDER, load_table

GOOD = {
    "id": "SAN-02",
    "title": "No hit is open",
    "stages": ["proposal"],
    "when": "open_hits > 0",
    "outcome": "hold",
    "message": "{open_hits} hits are open.",
    "source": "policy",
    "confidence": "from_memory",
    "effective_from": "2020-01-01",
}


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write `san.yaml` with these rules; gives the folder."""

    def write_rules(*rules: object, name: str = "san.yaml") -> Path:
        (tmp_path / name).write_text(yaml.safe_dump(list(rules)))
        return tmp_path

    return write_rules


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"when": "open_hit > 0"}, "undeclared reference to 'open_hit'"),
        ({"when": "open_hits > 0.5"}, "no matching overload"),
        ({"when": "open_hits"}, "must be bool"),
        ({"message": "{subject_name} was hit"}, "unknown facts ['subject_name']"),
        ({"message": "{open_hits!r}"}, "no plain {fact}"),
        ({"message": "{open_hits.real}"}, "no plain {fact}"),
        ({"message": "a { brace"}, "message"),
        ({"source": ""}, "`source`"),
        ({"source": None}, "`source`"),
        ({"outcome": "clear"}, "`outcome`"),
        ({"outcome": "approve"}, "`outcome`"),
        ({"stages": []}, "`stages`"),
        ({"kinds": ["kyc_robot"]}, "`kinds.0`"),
        ({"confidence": "sure"}, "`confidence`"),
        ({"jurisdiction": "usa"}, "`jurisdiction`"),
        ({"effective_to": "2019-01-01"}, "ends before it begins"),
        ({"wen": "open_hits > 0"}, "`wen`"),
        ({"id": "SAN-2"}, "`id`"),
        ({"id": "NAR-01"}, "belongs into nar.yaml"),
    ],
)
def test_a_rule_that_can_not_be_trusted_is_refused(
    change: dict[str, object], says: str, write: Callable[..., Path]
) -> None:
    with pytest.raises(RulesInvalid) as refused:
        load_table(write({**GOOD, **change}))
    assert says in refused.value.message


def test_all_problems_of_all_files_are_named_at_once(write: Callable[..., Path]) -> None:
    write({**GOOD, "when": "nonsense > 0"}, {**GOOD, "source": "", "id": "SAN-09"})
    folder = write({**GOOD, "id": "NAR-01", "when": "open_hits > true"}, name="nar.yaml")
    (folder / "sar.yaml").write_text("id: [unclosed")
    with pytest.raises(RulesInvalid) as refused:
        load_table(folder)
    for said in ("SAN-02", "SAN-09", "NAR-01", "sar.yaml"):
        assert said in refused.value.message


@pytest.mark.parametrize(
    ("first", "second", "refused"),
    [
        ({}, {}, True),
        ({"effective_to": "2025-12-31"}, {"effective_from": "2026-01-01"}, False),
        ({"effective_to": "2026-01-01"}, {"effective_from": "2026-01-01"}, True),
        ({"jurisdiction": "US"}, {"jurisdiction": "GB"}, False),
        ({"jurisdiction": "US"}, {"jurisdiction": "*"}, True),
    ],
)
def test_two_versions_of_a_rule_are_never_in_force_together(
    first: dict[str, str], second: dict[str, str], refused: bool, write: Callable[..., Path]
) -> None:
    folder = write({**GOOD, **first}, {**GOOD, **second})
    if not refused:
        assert len(load_table(folder).rules) == 2
        return
    with pytest.raises(RulesInvalid, match="in force together"):
        load_table(folder)


def test_a_folder_without_rules_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulesInvalid, match="holds no rules"):
        load_table(tmp_path)


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ({"key": "list_max_age"}, "`list_max_age` is not declared"),
        ({"key": "list_max_age_days", "value": "seven"}, "must be whole number"),
        ({"key": "list_max_age_days", "value": -1}, "must be whole number"),
        ({"key": "sar_threshold", "value": "five thousand"}, "must be money"),
        ({"key": "sar_threshold", "value": 5000}, "must be money"),
        ({"key": "list_max_age_days", "source": ""}, "source"),
        ({"key": "list_max_age_days", "effective_to": "2019-01-01"}, "ends before it begins"),
    ],
)
def test_a_policy_number_that_can_not_be_trusted_is_refused(
    entry: dict[str, object], says: str, tmp_path: Path
) -> None:
    given = {"value": 7, "effective_from": "2020-01-01", "source": "policy"}
    rows = [{**given, "confidence": "from_memory", **entry}]
    shutil.copy(POLICY / "injection.yaml", tmp_path)
    file = {"jurisdiction": "US", "currency": "USD", "entries": rows}
    (tmp_path / "us.yaml").write_text(yaml.safe_dump(file))
    with pytest.raises(RulesInvalid) as refused:
        load_table(FOLDER, tmp_path)
    assert says in refused.value.message


def test_two_values_of_one_number_are_never_in_force_together(tmp_path: Path) -> None:
    row = {"key": "list_max_age_days", "value": 7, "effective_from": "2020-01-01"}
    row |= {"source": "policy", "confidence": "from_memory"}
    shutil.copy(POLICY / "injection.yaml", tmp_path)
    file = {"jurisdiction": "US", "currency": "USD", "entries": [row, {**row, "value": 9}]}
    (tmp_path / "us.yaml").write_text(yaml.safe_dump(file))
    with pytest.raises(RulesInvalid, match="two values that overlap"):
        load_table(FOLDER, tmp_path)


@pytest.mark.parametrize("folder", ["rules", "policy"])
def test_one_changed_byte_of_a_rule_or_policy_file_is_another_version(
    folder: str, tmp_path: Path
) -> None:
    rules = shutil.copytree(FOLDER, tmp_path / "rules")
    policy = shutil.copytree(POLICY, tmp_path / "policy")
    before = load_table(rules, policy).digest
    assert before == load_table().digest
    file = next((tmp_path / folder).glob("*.yaml"))
    file.write_text(file.read_text() + "\n")
    assert load_table(rules, policy).digest != before


def test_the_rules_page_is_what_the_rule_files_say() -> None:
    page = Path("docs/rules.md").read_text(encoding="utf-8")
    assert page == rules_page(DatedRules().table), "run `casegate gate docs`"
