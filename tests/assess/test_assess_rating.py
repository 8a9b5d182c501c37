# ruff: noqa: E501 - a row of a table is one line
"""The rating: weighted families, bands, and floors that no weight can over-rule."""

from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from agents.assess import assess
from agents.assess.observations import OBSERVATIONS, Observed
from agents.assess.policy import POLICY_FILE, AssessPolicy, load_policies, policy_at
from agents.assess.rating import FLOOR, rate
from casegate.errors import RulesInvalid
from casegate.model.bundle import PriorCase
from casegate.model.case import CaseKind
from casegate.model.dossier import Dossier
from casegate.model.party import Party
from casegate.model.proposal import RiskLevel
from tests.assess.assess_dossiers import DAY, of_kind

POLICY = policy_at(DAY)
NAMES = sorted(OBSERVATIONS)


def seen(*names: str) -> dict[str, Observed]:
    """Observe these things."""
    return {name: Observed(name) for name in names}


@pytest.mark.parametrize(
    ("names", "score", "level"),
    [
        ((), 1.1, RiskLevel.LOW),
        (("company", "new_customer"), 1.7, RiskLevel.LOW),
        (("open_hit", "foreign_nationality", "foreign_residence"), 2.2, RiskLevel.MEDIUM),
        (("call_for_action",), 2.1, RiskLevel.HIGH),
        (("elevated_history",), 1.1, RiskLevel.HIGH),
        (("exposed_match",), 1.1, RiskLevel.HIGH),
        (("true_match",), 1.1, RiskLevel.PROHIBITED),
        (("true_match", "call_for_action"), 2.1, RiskLevel.PROHIBITED),
        (tuple(n for n in NAMES if n not in ("elevated_history", "true_match", "call_for_action")), 4.7, RiskLevel.HIGH),
    ],
)  # fmt: skip
def test_a_rating_is_the_weighted_sum_and_its_floors(
    names: tuple[str, ...], score: float, level: RiskLevel
) -> None:
    found = rate(seen(*names), POLICY)
    assert (round(found.score, 4), found.level) == (score, level)


@given(st.sets(st.sampled_from(NAMES)), st.sampled_from(NAMES))
def test_one_more_observation_never_lowers_a_rating(names: set[str], more: str) -> None:
    before, after = rate(seen(*names), POLICY), rate(seen(*names, more), POLICY)
    assert after.score >= before.score
    assert list(RiskLevel).index(after.level) >= list(RiskLevel).index(before.level)


@given(st.sets(st.sampled_from(NAMES)))
def test_the_factors_add_up_to_the_score(names: set[str]) -> None:
    found = rate(seen(*names), POLICY)
    families = [f for f in found.factors if f.family != FLOOR]
    assert sum(f.points * f.weight for f in families) == pytest.approx(found.score)
    assert all(1 <= f.points <= 5 for f in families)


def test_everything_that_can_be_observed_counts_for_something() -> None:
    counted = {name for family in POLICY.families.values() for name in family.points}
    assert counted | set(POLICY.always_high) | set(POLICY.prohibited) == set(OBSERVATIONS)


def with_party(dossier: Dossier, **changes: object) -> Dossier:
    """Change the first party."""
    first, *rest = dossier.bundle.parties
    changed: Party = first.model_copy(update=changes)
    bundle = dossier.bundle.model_copy(update={"parties": (changed, *rest)})
    return dossier.model_copy(update={"bundle": bundle})


@pytest.mark.parametrize("country", ["KP", "IR", "MM"])
def test_a_call_for_action_country_is_always_high_and_needs_enhanced_care(country: str) -> None:
    found = assess(with_party(of_kind(CaseKind.KYC_PERSON), nationality=country), at=DAY)
    assert found.rating is RiskLevel.HIGH
    assert found.recommended == "kyc_approved_edd"
    assert "high_risk" in found.reason_codes


@pytest.mark.parametrize(
    ("closed_on", "filed", "high"),
    [
        ((DAY - timedelta(days=364)).isoformat(), True, True),
        ((DAY - timedelta(days=365)).isoformat(), True, False),
        ((DAY - timedelta(days=10)).isoformat(), False, False),
        ("last spring", True, True),
    ],
)
def test_a_recent_report_is_always_high(closed_on: str, filed: bool, high: bool) -> None:
    dossier = of_kind(CaseKind.KYC_PERSON)
    prior = PriorCase(id="old-1", party="P1", closed_on=closed_on, disposition="x", sar_filed=filed)
    bundle = dossier.bundle.model_copy(update={"prior_cases": (prior,)})
    found = assess(dossier.model_copy(update={"bundle": bundle}), at=DAY)
    assert (found.rating is RiskLevel.HIGH) == high


def test_no_factor_tells_that_a_report_exists() -> None:
    dossier = of_kind(CaseKind.KYC_PERSON)
    prior = PriorCase(
        id="old-1", party="P1", closed_on=DAY.isoformat(), disposition="x", sar_filed=True
    )
    bundle = dossier.bundle.model_copy(update={"prior_cases": (prior,)})
    found = assess(dossier.model_copy(update={"bundle": bundle}), at=DAY)
    shown = " ".join(f.because for f in found.factors).lower()
    assert "sar" not in shown.split()
    assert "filed" not in shown
    assert "report" not in shown


def changed(**changes: object) -> dict[str, object]:
    """Give the shipped policy version with these keys replaced."""
    version: dict[str, object] = yaml.safe_load(POLICY_FILE.read_text())["versions"][0]
    return {**version, **changes}


FAMILIES = yaml.safe_load(POLICY_FILE.read_text())["versions"][0]["families"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"families": {**FAMILIES, "weather": FAMILIES["channel"]}}, "families must be"),
        ({"families": {**FAMILIES, "customer": {**FAMILIES["customer"], "weight": "0.31"}}}, "add up to 1"),
        ({"families": {**FAMILIES, "customer": {**FAMILIES["customer"], "weight": "0.60"}, "geography": {**FAMILIES["geography"], "weight": "-0.05"}}}, "none above 0.5"),
        ({"bands": {"medium_from": "2.0", "high_above": "4.9"}}, "no customer could reach"),
        ({"explained_by": {"structuring": ["declared_saison"]}}, "unknown predicates"),
        ({"admissible": {"no_suspicion": ["no_suspicion"]}}, "must admit itself"),
        ({"source": ""}, "source"),
        ({"wheights": {}}, "wheights"),
    ],
)  # fmt: skip
def test_a_policy_that_can_not_rate_is_refused(
    changes: dict[str, object], says: str, tmp_path: Path
) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text(yaml.safe_dump({"versions": [changed(**changes)]}))
    with pytest.raises(RulesInvalid) as refused:
        load_policies(path)
    assert says in refused.value.message


def test_the_newest_version_of_a_day_holds(tmp_path: Path) -> None:
    path = tmp_path / "policy.yaml"
    versions = [changed(), changed(**{"from": "2026-06-01", "new_customer_days": 30})]
    path.write_text(yaml.safe_dump({"versions": versions}))
    later: AssessPolicy = policy_at(DAY, path)
    assert later.new_customer_days == 30
    assert policy_at(DAY.replace(year=2025), path).new_customer_days == 365
