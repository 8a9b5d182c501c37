"""A case whose screening found hits, in the hands of someone who settles them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from casegate.access.principals import Principal
from casegate.hashing import sha256_hex
from casegate.model.bundle import CaseBundle
from casegate.model.case import Disposition
from casegate.model.dossier import Dossier
from casegate.model.evidence import (
    EvidenceDraft,
    EvidenceKind,
    Hit,
    ListSource,
    ListVersion,
    ScreenedParty,
    ScreeningContent,
)
from casegate.model.party import Identifier
from casegate.model.proposal import Assessment, Provenance, RiskLevel
from casegate.model.screening import HitAnswer, HitReview
from casegate.model.standing import HitStanding
from tests.kernel.world import ANA, ASSESSMENT, IVAN, LOW, OTTO, World, bundle, ruling

ENTRY, OTHER_ENTRY = sha256_hex(b"entry"), sha256_hex(b"entry, changed")
QUERY, OTHER_QUERY = sha256_hex(b"party"), sha256_hex(b"party, changed")
DAY = datetime(2026, 3, 20, tzinfo=UTC)
NEXT_MONTH = date(2026, 4, 20)

Band = Literal["likely", "review", "corroborate"]


def hit(entity_id: str = "demo-1", **changes: object) -> Hit:
    plain = Hit(
        party="P1",
        entity_id=entity_id,
        list="demo",
        version="2026-03-01-abc",
        name="ROE, Janet",
        score=0.91,
        band="likely",
        features={"name_match": 0.91},
        entity_hash=ENTRY,
        topics=("sanction",),
        entry={"name": ("ROE, Janet",)},
    )
    return plain.model_copy(update=changes)


def screening(*hits: Hit, asked: str = QUERY, turn: int = 1) -> EvidenceDraft:
    content = ScreeningContent(
        screened=(
            ScreenedParty.model_validate(
                {"party": "P1", "coverage": "complete", "hits": hits, "query_hash": asked}
            ),
        ),
        matcher="logic-v2",
        config_hash="c" * 64,
        threshold=0.7,
        candidates=20,
        screened_at=DAY,
    )
    version = ListVersion(
        list="demo",
        version="2026-03-01-abc",
        published="2026-03-01",
        loaded_at=DAY,
        sha256="e" * 64,
        entities=3,
    )
    return EvidenceDraft(
        kind=EvidenceKind.SCREENING,
        title="Screening of 1 party: 1 hit",
        tool="screening",
        tool_version="2",
        parameters={"turn": turn},
        source=ListSource(versions=(version,)),
        content=content.model_dump(mode="json"),
    )


def customer_bundle(reference: str, *numbers: str) -> CaseBundle:
    sent = bundle(reference)
    known = tuple(Identifier(kind="customer", value=number) for number in numbers)
    party = sent.parties[0].model_copy(update={"identifiers": known})
    return sent.model_copy(update={"parties": (party,)})


def assess_by_hits(dossier: Dossier, *, at: date) -> Assessment:
    """Rate by hits alone: prohibited for a true match, high for an open one, else low."""
    if any(one.disposition == "true_match" for one in dossier.hits()):
        return ASSESSMENT.model_copy(update={"rating": RiskLevel.PROHIBITED})
    return ASSESSMENT if dossier.open_hits(at=at) else LOW


@dataclass
class HitCase:
    """The case with its hits; each call names the version that the case has now."""

    world: World
    case_id: str

    @property
    def dossier(self) -> Dossier:
        return self.world.desk.read(IVAN, self.case_id)

    @property
    def version(self) -> int:
        return self.dossier.case.version

    def standing(self, entity_id: str = "demo-1") -> HitStanding:
        found = self.world.desk.hits(IVAN, self.case_id).hits
        return next(one for one in found if one.hit.entity_id == entity_id)

    def say(
        self,
        answer: HitAnswer = "false_positive",
        reason: str = "Born in another year.",
        *,
        by: Principal = ANA,
        entity_id: str = "demo-1",
        version: int | None = None,
    ) -> HitReview:
        return self.world.desk.review_hit(
            by,
            self.case_id,
            party="P1",
            list="demo",
            entity_id=entity_id,
            answer=answer,
            reason=reason,
            version=self.version if version is None else version,
        )

    def second(
        self,
        review: HitReview,
        *,
        by: Principal = IVAN,
        agrees: bool = True,
        reason: str = "Seen the same.",
        until: date | None = None,
        version: int | None = None,
    ) -> HitReview:
        return self.world.desk.second_hit(
            by,
            self.case_id,
            review=review.id,
            agrees=agrees,
            reason=reason,
            suppress_until=until,
            version=self.version if version is None else version,
        )

    def screened_again(self, *hits: Hit, asked: str = QUERY) -> None:
        """Put a newer screening into the evidence, as a later screening of the case does."""
        from casegate.access.principals import AGENT
        from casegate.desk.findings import Recorder
        from casegate.desk.office import Office

        office = Office(self.world.store, self.world.blobs, self.world.clock, self.world.new_id)
        draft = screening(*hits, asked=asked, turn=len(self.dossier.evidence) + 1)
        with self.world.store.work() as work:
            run_id = str(self.dossier.case.run_id)
            Recorder(office, work, self.case_id, run_id, AGENT).evidence(draft)


def with_hits(
    world: World,
    *hits: Hit,
    reference: str = "B-1",
    asked: str = QUERY,
    customer: tuple[str, ...] = ("777",),
    assessed: Assessment | None = ASSESSMENT,
    claimed: bool = True,
) -> HitCase:
    """Have a run screen the case and propose; Ana takes it."""
    case = world.desk.submit(ANA, customer_bundle(reference, *customer))
    run_id = str(world.desk.start(ANA, case.id).run_id)
    world.run.begin(case.id, run_id)
    world.run.record_evidence(case.id, run_id, screening(*(hits or (hit(),)), asked=asked))
    if assessed is not None:
        world.run.record_assessment(case.id, run_id, assessed)
    provenance = Provenance(
        calls=(), rules_version="v1", evidence_hash=world.run.dossier(case.id).evidence_hash
    )
    proposal = world.proposal(
        case.id, run_id, disposition=Disposition.NO_SUSPICION, provenance=provenance
    )
    world.run.record_proposal(case.id, run_id, proposal, ruling())
    world.run.deliver(case.id, run_id)
    made = HitCase(world, case.id)
    if claimed:
        world.desk.claim(ANA, case.id, version=made.version)
    return made


def days_on(world: World, days: int) -> None:
    """Let days pass."""
    world.clock.at += timedelta(days=days)


def states(desk: HitCase) -> tuple[str, str]:
    """Give state and disposition of the one hit."""
    found = desk.standing()
    return found.state, found.hit.disposition


def kinds(desk: HitCase, since: int = 0) -> list[str]:
    """Give the kinds of the case's events, from one on."""
    return [e.kind for e in desk.world.desk.events(OTTO, desk.case_id)[since:]]
