"""Hits settled under the real rules, the real rating and the real screening."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from agents.assess import assess
from casegate.desk.hits_suppressed import StoredSuppressions
from casegate.desk.ports import ReviewPorts
from casegate.errors import GateRefused
from casegate.model.case import Disposition
from casegate.model.decision import Finding, Ruling
from casegate.model.dossier import Dossier
from casegate.model.gate import GateSubject
from casegate.model.proposal import RiskLevel
from guardrails.gate import DatedRules
from tests.kernel.hit_cases import HitCase, hit, with_hits
from tests.kernel.world import ANA, IVAN, World, draft, fake_recheck, fake_value, ruling

SETTLING = ("SAN-01", "SAN-02", "SAN-07")


class SanctionsRules:
    """The real rules, of whose findings those on hits alone are told: other papers are missing."""

    def __init__(self) -> None:
        self._real = DatedRules(list_max_age_days=3650)

    def __call__(self, dossier: Dossier, subject: GateSubject, *, at: date) -> Ruling:
        found = self._real(dossier, subject, at=at)
        kept: list[Finding] = [one for one in found.findings if one.rule in SETTLING]
        return ruling(*kept, version=found.rules_version, at=at)

    def version(self, jurisdiction: str, *, at: date) -> str:
        return self._real.version(jurisdiction, at=at)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    ports = ReviewPorts(read_value=fake_value, recheck=fake_recheck, assess=assess)
    made = World(tmp_path, review=ports, rules=SanctionsRules())
    made.clock.at = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
    yield made
    made.close()


def refused(desk: HitCase, disposition: Disposition) -> str:
    with pytest.raises(GateRefused) as found:
        desk.world.desk.decide(
            ANA, desk.case_id, version=desk.version, draft=draft(disposition=disposition)
        )
    return found.value.message


def test_a_case_is_concluded_once_two_people_settled_its_hit(world: World) -> None:
    desk = with_hits(world)
    assert "Open hits: 1, on P1;" in refused(desk, Disposition.NO_SUSPICION)
    word = desk.say()
    assert "waiting for a second person: 1" in refused(desk, Disposition.NO_SUSPICION)
    desk.second(word)
    world.desk.decide(ANA, desk.case_id, version=desk.version, draft=draft())


@pytest.mark.parametrize("disposition", [Disposition.NO_SUSPICION, Disposition.FALSE_POSITIVE])
def test_a_true_match_is_never_concluded_as_harmless(
    world: World, disposition: Disposition
) -> None:
    desk = with_hits(world)
    desk.second(desk.say("true_match", "Same number."))
    said = refused(desk, disposition)
    assert "SAN-01" in said
    assert "SAN-07" in said
    after = desk.dossier.assessment
    assert after is not None
    assert (after.rating, after.recommended) == (RiskLevel.PROHIBITED, Disposition.INCONCLUSIVE)


def test_a_suppressed_hit_holds_nothing_until_its_day_and_then_holds_the_approval(
    world: World,
) -> None:
    first = with_hits(world, reference="B-0")
    first.second(first.say(), until=world.clock.at.date() + timedelta(days=10))
    (made,) = world.desk.suppressions(IVAN).suppressions
    find = StoredSuppressions(world.store)
    covering = find("777", hit(), made.query_hash, on=world.clock.at.date())
    desk = with_hits(world, hit(suppressed=covering))
    decision = world.desk.decide(ANA, desk.case_id, version=desk.version, draft=draft())
    world.clock.at += timedelta(days=11)
    with pytest.raises(GateRefused, match="SAN-02"):
        world.approve(IVAN, decision)
