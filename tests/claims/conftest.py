"""The gate, and a case of five cash deposits that leave again by wire."""

from collections.abc import Callable

import pytest

from casegate.model.dossier import Dossier
from casegate.model.narrative import CheckedSentence, OutputKind, SentenceText
from guardrails.claims import FactClaimGate, load_claim_gate
from tests.claims.dossiers import dossier_of
from tests.narrative.example_facts import structuring_pass_through

Check = Callable[..., CheckedSentence]


@pytest.fixture(scope="session")
def gate() -> FactClaimGate:
    return load_claim_gate()


@pytest.fixture(scope="session")
def dossier() -> Dossier:
    return dossier_of(structuring_pass_through())


@pytest.fixture(scope="session")
def check(gate: FactClaimGate, dossier: Dossier) -> Check:
    """Check one sentence of the case."""

    def one(text: str, *evidence: str) -> CheckedSentence:
        given = [SentenceText(text=text, evidence=evidence)]
        return gate(dossier, given, OutputKind.SAR_NARRATIVE).sentences[0]

    return one
