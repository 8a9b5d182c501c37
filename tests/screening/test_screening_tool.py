"""The case tool: every party is looked up, and what can't be looked up holds the case."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from casegate.errors import ScreeningUnavailable, StorageUnavailable, ToolInputError
from casegate.hashing import query_hash
from casegate.model.bundle import CaseBundle
from casegate.model.case import Case, CaseKind, CaseStatus
from casegate.model.dossier import Dossier
from casegate.model.evidence import Coverage, EvidenceKind, Hit, ListSource, ListVersion
from casegate.model.evidence import ScreeningContent as Content
from casegate.model.fact import FactDraft
from casegate.model.party import (
    Attribute,
    AttributeSource,
    CustomerProfile,
    Identifier,
    Party,
    PartyRole,
    PartySchema,
)
from casegate.model.screening import ScreenAnswer, ScreenQuery
from casegate.narrative.predicates import broken_declaration
from tests.screening.conftest import NOW, World, now
from tools.base import CaseTool, ToolOutcome
from tools.screening.tool import ScreeningTool, query_of

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
VIKTOR = Party(
    id="P1",
    schema=PartySchema.PERSON,
    role=PartyRole.SUBJECT,
    name="Viktor Arkadyevich Solmenko",
    date_of_birth=date(1968, 4, 17),
    nationality="MD",
)
ELEANOR = Party(
    id="P2", schema=PartySchema.PERSON, role=PartyRole.DIRECTOR, name="Eleanor Hartwell Briggs"
)
FIRM = Party(
    id="P3", schema=PartySchema.COMPANY, role=PartyRole.COUNTERPARTY, name="Copperbeech Cycles"
)
ARABIC = Party(id="P4", schema=PartySchema.PERSON, role=PartyRole.COUNTERPARTY, name="فيصل الضميري")


def dossier(*parties: Party, profile: CustomerProfile | None = None) -> Dossier:
    """A screening case over some parties."""
    case = Case(
        id="c-1", bundle="b-1", kind=CaseKind.SCREENING_ALERT, jurisdiction="US",
        status=CaseStatus.PROCESSING, version=1, opened_at=AT, received_at=AT,
    )  # fmt: skip
    bundle = CaseBundle(
        reference="R-1", kind=case.kind, jurisdiction="US", opened_at=AT, parties=parties
    )
    return Dossier(case=case, bundle=bundle, profile=profile)


def told(party: Party, name: str, value: str) -> CustomerProfile:
    """A profile in which a document tells one attribute of a party."""
    source = AttributeSource(value=value.upper(), shown=value, evidence="E1")
    return CustomerProfile(
        attributes=(Attribute(party=party.id, name=name, sources=(source,), agrees=True),)
    )


@pytest.fixture(scope="session")
def tool(demo_world: World) -> CaseTool:
    """The tool over the fictional list."""
    return ScreeningTool(demo_world.screener(), clock=now)


def facts(outcome: ToolOutcome, predicate: str) -> list[FactDraft]:
    """Give the facts of one predicate."""
    return [fact for fact in outcome.facts if fact.predicate == predicate]


def values(fact: FactDraft) -> dict[str, str]:
    """Give the values by role."""
    return {role: value.value for role, value in fact.roles.items()}


def test_every_party_is_looked_up_and_a_hit_becomes_evidence_with_facts(tool: CaseTool) -> None:
    outcome = tool(dossier(VIKTOR, ELEANOR, FIRM), {})
    content = Content.model_validate(outcome.content)
    assert (outcome.kind, outcome.coverage) == (EvidenceKind.SCREENING, Coverage.COMPLETE)
    assert outcome.title == "Screening of 3 parties: 1 hit"
    assert [(s.party, len(s.hits)) for s in content.screened] == [("P1", 1), ("P2", 0), ("P3", 0)]
    assert content.screened_at == NOW
    (hit,) = facts(outcome, "hit")
    assert hit.required
    assert values(hit) == {
        "party": "Viktor Arkadyevich Solmenko",
        "entry": "SOLMENKO, Viktor A.",
        "list": "demo_sanctions",
        "score": "78.2",
        "date": "2026-11-01",
    }
    assert hit.roles["party"].unit == "P1"
    assert [values(f)["attribute"] for f in facts(outcome, "hit_agreement")] == ["year of birth"]
    assert [values(f)["attribute"] for f in facts(outcome, "hit_contradiction")] == ["country"]
    (screened,) = facts(outcome, "screened")
    assert values(screened) == {"count": "2", "list": "demo_sanctions", "date": "2026-11-01"}


def test_every_fact_keeps_its_declaration(tool: CaseTool) -> None:
    outcome = tool(dossier(VIKTOR, ELEANOR, ARABIC), {})
    assert outcome.facts
    assert [broken_declaration(fact) for fact in outcome.facts] == [None] * len(outcome.facts)


def test_the_evidence_names_the_list_versions_with_and_without_hits(tool: CaseTool) -> None:
    for parties in ((VIKTOR,), (ELEANOR.model_copy(update={"role": PartyRole.SUBJECT}),)):
        source = tool(dossier(*parties), {}).source
        assert isinstance(source, ListSource)
        assert [version.list for version in source.versions] == ["demo_sanctions"]


@pytest.mark.parametrize(
    ("attribute", "value"),
    [("name", "Viktor Solmenko"), ("document_number", "K4417093")],
)
def test_what_documents_tell_of_a_party_is_looked_up_too(
    tool: CaseTool, attribute: str, value: str
) -> None:
    plain = ELEANOR.model_copy(update={"role": PartyRole.SUBJECT})
    assert not facts(tool(dossier(plain), {}), "hit")
    assert facts(tool(dossier(plain, profile=told(plain, attribute, value)), {}), "hit")


def test_identifiers_of_the_submission_are_looked_up(tool: CaseTool) -> None:
    number = Identifier(kind="passport", value="K 4417093", country="BG")
    party = ELEANOR.model_copy(update={"role": PartyRole.SUBJECT, "identifiers": (number,)})
    (hit,) = facts(tool(dossier(party), {}), "hit")
    assert values(hit)["entry"] == "VARKOSH, Dimitar P."


def test_a_party_known_in_another_script_alone_degrades_the_screening(tool: CaseTool) -> None:
    outcome = tool(dossier(VIKTOR, ARABIC), {})
    content = Content.model_validate(outcome.content)
    assert outcome.coverage is Coverage.DEGRADED
    assert outcome.problem is not None
    assert "P4" in outcome.problem.message
    assert ARABIC.name not in outcome.problem.message
    assert [s.coverage for s in content.screened] == [Coverage.COMPLETE, Coverage.DEGRADED]


def test_a_latin_spelling_in_a_document_completes_the_screening(tool: CaseTool) -> None:
    party = ARABIC.model_copy(update={"role": PartyRole.SUBJECT})
    profile = told(party, "name", "Faysal al-Dhumayri")
    outcome = tool(dossier(party, profile=profile), {})
    assert outcome.coverage is Coverage.COMPLETE
    assert facts(outcome, "hit")


class NoLists:
    """A screener whose lists are gone."""

    def screen(self, queries: Sequence[ScreenQuery]) -> list[ScreenAnswer]:
        """Fail as the real one does."""
        raise ScreeningUnavailable("no sanctions list is loaded")

    def versions(self) -> tuple[ListVersion, ...]:
        """None."""
        return ()

    def warm(self) -> None:
        """Nothing to load."""


def test_without_lists_every_party_is_unavailable_and_nobody_is_clear() -> None:
    outcome = ScreeningTool(NoLists(), clock=now)(dossier(VIKTOR, ELEANOR), {})
    content = Content.model_validate(outcome.content)
    assert outcome.coverage is Coverage.UNAVAILABLE
    assert outcome.problem is not None
    assert outcome.problem.code == "screening_unavailable"
    assert {s.coverage for s in content.screened} == {Coverage.UNAVAILABLE}
    assert outcome.facts == ()


def test_a_party_that_can_t_be_asked_for_holds_the_case(tool: CaseTool) -> None:
    party = VIKTOR.model_copy(update={"name": "x" * 400})
    outcome = tool(dossier(party), {})
    assert outcome.coverage is Coverage.UNAVAILABLE
    assert facts(outcome, "screened") == []


def one_hit(outcome: ToolOutcome) -> Hit:
    """Give the only hit."""
    (hit,) = [h for s in Content.model_validate(outcome.content).screened for h in s.hits]
    return hit


def customer(party: Party, number: str = "C-1007", **changes: object) -> Party:
    """The same party with the institution's own number."""
    known = (*party.identifiers, Identifier(kind="customer", value=number))
    return party.model_copy(update={"identifiers": known, **changes})


def test_what_was_asked_has_a_hash_that_the_query_s_id_does_not_change() -> None:
    query = ScreenQuery(id="P1", name="Viktor Solmenko", births=("1968",))
    same = query.model_copy(update={"id": "P9"})
    assert query_hash(query) == query_hash(same)
    for change in ({"name": "Viktor Solmenkow"}, {"births": ("1969",)}, {"countries": ("MD",)}):
        assert query_hash(query.model_copy(update=change)) != query_hash(query)


def test_every_party_s_record_holds_the_hash_of_what_was_asked(tool: CaseTool) -> None:
    case = dossier(VIKTOR, ELEANOR)
    screened = Content.model_validate(tool(case, {}).content).screened
    assert [s.query_hash for s in screened] == [
        query_hash(query_of(case, party)) for party in (VIKTOR, ELEANOR)
    ]


def test_the_institution_s_own_number_is_never_looked_up_as_a_number(tool: CaseTool) -> None:
    party = customer(ELEANOR, "K4417093", role=PartyRole.SUBJECT)
    assert query_of(dossier(party), party).ids == ()
    assert not facts(tool(dossier(party), {}), "hit")


def test_a_hit_names_the_suppression_that_covers_it_and_stays_a_hit(demo_world: World) -> None:
    asked = []

    def find(customer: str, hit: Hit, query_hash: str, *, on: date) -> str:
        asked.append((customer, hit.entity_id, query_hash, on))
        return "sup-1"

    tool = ScreeningTool(demo_world.screener(), clock=now, suppressed=find)
    party = customer(VIKTOR)
    case = dossier(party)
    outcome = tool(case, {})
    hit = one_hit(outcome)
    assert (hit.suppressed, hit.disposition) == ("sup-1", "open")
    assert asked == [
        ("C-1007", hit.entity_id, query_hash(query_of(case, party)), NOW.date()),
    ]  # fmt: skip
    assert facts(outcome, "hit")


def test_a_party_without_a_customer_number_has_no_suppressed_hit(demo_world: World) -> None:
    tool = ScreeningTool(demo_world.screener(), clock=now, suppressed=lambda *a, **k: "sup-1")
    assert one_hit(tool(dossier(VIKTOR), {})).suppressed == ""


def test_a_suppression_that_can_t_be_looked_up_suppresses_nothing(demo_world: World) -> None:
    def down(customer: str, hit: Hit, query_hash: str, *, on: date) -> str:
        raise StorageUnavailable("the database can't be reached")

    tool = ScreeningTool(demo_world.screener(), clock=now, suppressed=down)
    assert one_hit(tool(dossier(customer(VIKTOR)), {})).suppressed == ""


def test_parameters_are_refused(tool: CaseTool) -> None:
    with pytest.raises(ToolInputError):
        tool(dossier(VIKTOR), {"party": "P1"})


def test_the_same_dossier_gives_the_same_outcome(tool: CaseTool) -> None:
    case = dossier(VIKTOR, ELEANOR, FIRM)
    assert tool(case, {}) == tool(case, {})
