"""The detectors' numbers are dated data with a source, and a bad file is refused."""

from datetime import date
from pathlib import Path

import pytest

from casegate.errors import RulesInvalid
from tools.transactions.policy import POLICY_FILE, read_policy


@pytest.mark.parametrize(
    ("jurisdiction", "day", "name"),
    [
        ("US", date(2020, 1, 1), "US@2020-01-01"),
        ("US", date(2019, 12, 31), None),
        ("FR", date(2026, 3, 2), "EU@2020-01-01"),
        ("GB", date(2026, 3, 2), "GB@2020-01-01"),
        ("BR", date(2026, 3, 2), None),
    ],
)
def test_the_policy_of_a_day_is_found_or_said_to_be_missing(
    jurisdiction: str, day: date, name: str | None
) -> None:
    found = read_policy().in_force(jurisdiction, day)
    assert (found.name if found else None) == name


def test_every_section_names_its_source() -> None:
    for regime in read_policy().regimes:
        for version in regime.versions:
            for section in (version.structuring, version.pass_through, version.fan_in):
                assert len(section.source) > 20


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("near_from:", "nearly_from:", "structuring.nearly_from"),
        ("window_days: 7", "window_days: 0", "window_days"),
        ("countries: [GB]", "countries: [GB, US]", "several regimes"),
        ("owner:", "  - owner", "can't be read"),
    ],
)
def test_a_policy_file_with_a_mistake_is_refused_by_name(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text(POLICY_FILE.read_text().replace(old, new))
    with pytest.raises(RulesInvalid, match=says):
        read_policy(path)


def test_versions_must_start_on_rising_days(tmp_path: Path) -> None:
    text = POLICY_FILE.read_text()
    start = text.index("      - from: 2020-01-01\n", text.index("jurisdiction: GB"))
    path = tmp_path / "policy.yaml"
    path.write_text(text + text[start:])
    with pytest.raises(RulesInvalid, match="rising days"):
        read_policy(path)
