"""A case with screening hits to settle: a strong one, a weak one and a known one."""

from casegate.desk.kernel import Kernel
from casegate.hashing import sha256_hex
from casegate.model.bundle import CaseBundle
from casegate.model.evidence import (
    EvidenceDraft,
    EvidenceKind,
    Hit,
    ListSource,
    ListVersion,
    ScreenedParty,
    ScreeningContent,
)
from casegate.model.fact import FactDraft, RoleType, RoleValue
from tests.api.seed import PEOPLE, HandRun, bundle
from tests.api.seed_records import START

CUSTOMER = "C-477794"
"""The number of the example's customer."""
SUBJECT = "Viktor Arkadyevich Solmenko"
EXAMPLE = "possible-sanctions-match"
VERSION = "2026-11-01#0123456789ab"
QUERY = sha256_hex(b"what is asked about P1")
ENTRY = {
    "name": ("SOLMENKO, Viktor A.",),
    "alias": ("Viktor Solmenko", "Victor Solmenka"),
    "birthDate": ("1968",),
    "gender": ("male",),
    "nationality": ("md",),
    "passportNumber": ("K4417093",),
    "address": ("4 Quay Road, Port Vell",),
    "program": ("DEMO-FINANCE",),
    "topics": ("sanction",),
    "notes": ("<img src=https://evil.example/x.png> **bold** Said to run a freight office.",),
}


def _hit(entity_id: str, name: str, score: float, band: str, **more: object) -> Hit:
    given = {
        "party": "P1",
        "entity_id": entity_id,
        "list": "demo_sanctions",
        "version": VERSION,
        "name": name,
        "score": score,
        "band": band,
        "features": {"name_match": score},
        "entity_hash": sha256_hex(entity_id.encode()),
        "topics": ("sanction",),
    }
    return Hit.model_validate({**given, **more})


STRONG = _hit(
    "DEMO-017", "SOLMENKO, Viktor A.", 0.87, "likely",
    features={"name_match": 0.92, "birth_year_match": 0.1, "nationality_mismatch": -0.15},
    agreements=("birth_year",), contradictions=("country",), entry=ENTRY,
)  # fmt: skip
WEAK = _hit(
    "DEMO-031", "SOLMENKOV Arkady", 0.64, "corroborate",
    features={"name_fuzzy_match": 0.74, "dob_year_disjoint": -0.1},
    contradictions=("birth_year", "gender"), topics=("role.pep",),
    entry={"name": ("SOLMENKOV Arkady",), "birthDate": ("1931-02-03",), "gender": ("female",),
           "country": ("ru",), "position": ("Deputy mayor",), "topics": ("role.pep",)},
)  # fmt: skip
KNOWN = _hit(
    "DEMO-044", "SOLMENKO Viktoria", 0.72, "review",
    contradictions=("gender",),
    entry={"name": ("SOLMENKO Viktoria",), "gender": ("female",), "topics": ("sanction",)},
)  # fmt: skip


def screening_with(*hits: Hit) -> EvidenceDraft:
    """Give the screening of the subject."""
    content = ScreeningContent(
        screened=(
            ScreenedParty.model_validate(
                {"party": "P1", "coverage": "complete", "hits": hits, "query_hash": QUERY}
            ),
        ),
        matcher="logic-v2 4.4",
        config_hash="2" * 64,
        threshold=0.7,
        candidates=20,
        screened_at=START,
    )
    version = ListVersion(
        list="demo_sanctions",
        version=VERSION,
        published="2026-11-01",
        loaded_at=START,
        sha256="1" * 64,
        entities=60,
    )
    return EvidenceDraft(
        kind=EvidenceKind.SCREENING,
        title=f"Screening of 1 party: {len(hits)} hits",
        tool="screening",
        tool_version="2",
        parameters={},
        source=ListSource(versions=(version,)),
        content=content.model_dump(mode="json"),
        facts=(
            FactDraft(
                predicate="hit",
                roles={
                    "party": RoleValue(type=RoleType.PARTY, value=SUBJECT, unit="P1"),
                    "entry": RoleValue(type=RoleType.TEXT, value=STRONG.name),
                    "list": RoleValue(type=RoleType.LIST, value="demo_sanctions"),
                    "score": RoleValue(type=RoleType.PERCENT, value="87"),
                },
            ),
        ),
    )


def customer_case(reference: str, name: str) -> CaseBundle:
    """Give the example's bundle, whose subject has a customer number."""
    sent = bundle(EXAMPLE)
    party = sent.parties[0].model_copy(update={"name": name})
    return sent.model_copy(update={"reference": reference, "parties": (party,)})


def put_hits_into_queue(
    kernel: Kernel,
    *hits: Hit,
    reference: str = "HITS-1",
    suppressed: str = "",
    name: str = SUBJECT,
) -> str:
    """Do by hand what a run does with these hits; gives the case id."""
    sender = PEOPLE["core-banking"]
    case = kernel.desk.submit(sender, customer_case(reference, name))
    run_id = str(kernel.desk.start(sender, case.id).run_id)
    run = HandRun(kernel, case.id, run_id)
    run.desk.begin(case.id, run_id)
    known = KNOWN.model_copy(update={"suppressed": suppressed})
    found = hits or (STRONG, WEAK, *((known,) if suppressed else ()))
    run.desk.record_evidence(case.id, run_id, screening_with(*found))
    run.propose(vague=False)
    run.desk.deliver(case.id, run_id)
    return case.id


def suppress_known(kernel: Kernel) -> str:
    """Settle the known hit in an earlier case and suppress it; gives the suppression's id."""
    case_id = put_hits_into_queue(kernel, KNOWN, reference="HITS-0", name="V. Solmenko")
    desk, ana, ivan = kernel.desk, PEOPLE["ana"], PEOPLE["ivan"]
    version = desk.claim(ana, case_id, version=desk.read(ana, case_id).case.version).version
    word = desk.review_hit(
        ana, case_id, party="P1", list=KNOWN.list, entity_id=KNOWN.entity_id,
        answer="false_positive", reason="The entry is a woman.", version=version,
    )  # fmt: skip
    until = kernel.clock().date().replace(year=kernel.clock().year + 1)
    desk.second_hit(
        ivan, case_id, review=word.id, agrees=True, reason="Passport seen: a man.",
        suppress_until=until, version=version + 1,
    )  # fmt: skip
    return desk.suppressions(ivan, case_id=case_id).suppressions[0].id
