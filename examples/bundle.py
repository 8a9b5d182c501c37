"""What every scenario makes: a bundle with its truth."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from examples.paper import Paper
from examples.people import Person

Json = dict[str, Any]


@dataclass(frozen=True)
class Bundle:
    """A case bundle as a client would send it, and what it should come to."""

    case: Json
    """`case.json`; validates as `casegate.model.bundle.CaseBundle`."""
    documents: dict[str, bytes]
    """By file name."""
    transactions: bytes | None
    """`transactions.csv`."""
    truth: Json
    """`truth.json`: for evaluation alone, never submitted."""


def party_of(who: Person, *, id: str, role: str, **more: Any) -> Json:  # noqa: ANN401
    """Describe a person as a party of the case."""
    return {
        "id": id,
        "schema": "Person",
        "role": role,
        "name": who.name,
        "date_of_birth": who.born.isoformat(),
        "nationality": who.nationality,
        "country": "US",
        "address": who.address,
        "occupation": who.occupation,
        "identifiers": [{"kind": "passport", "value": who.passport, "country": who.nationality}],
        **more,
    }


def money(amount: object) -> Json:
    """Describe an amount in US dollars."""
    return {"amount": f"{amount:.2f}", "currency": "USD"}


def make(
    case: Json,
    papers: Sequence[Paper],
    *,
    disposition: str,
    transactions: bytes | None = None,
    findings: Sequence[Json] = (),
    hits: Sequence[Json] = (),
) -> Bundle:
    """Put a bundle together; typologies of the truth are those of its `findings`."""
    truth = {
        "schema_version": "casegate.truth/1",
        "disposition": disposition,
        "typologies": sorted({finding["typology"] for finding in findings}),
        "findings": list(findings),
        "hits": list(hits),
        "documents": {
            paper.filename: {"type": paper.type, "fields": [vars(v) for v in paper.values]}
            for paper in papers
        },
    }
    case = {"schema_version": "casegate.case/1", **case}
    return Bundle(case, {paper.filename: paper.data for paper in papers}, transactions, truth)
