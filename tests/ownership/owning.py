"""Ownership graphs in short: companies are A to M, persons N to Z."""

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from casegate.model.bundle import CaseBundle
from casegate.model.evidence import BlockingRule

Edge = tuple[str, str, str | None]
"""Owner, owned, percent; None for a share that nobody knows."""


def owning(
    *edges: Edge, control: Iterable[tuple[str, str]] = (), subject: str = "C", **more: object
) -> CaseBundle:
    """Make the bundle of a graph."""
    links = [*((owner, owned) for owner, owned, _ in edges), *control]
    ends = sorted({end for link in links for end in link} | {subject})
    ownership: list[dict[str, Any]] = [
        {"owner": o, "owned": c, "share_percent": s} for o, c, s in edges
    ]
    ownership += [{"owner": o, "owned": c, "control": True} for o, c in control]
    return CaseBundle.model_validate(
        {
            "reference": "r-1",
            "kind": "kyc_entity",
            "jurisdiction": "US",
            "opened_at": datetime(2026, 11, 2, tzinfo=UTC),
            "parties": [
                {
                    "id": end,
                    "schema": "Person" if end >= "N" else "Company",
                    "role": "subject" if end == subject else "beneficial_owner",
                    "name": f"Name of {end}",
                }
                for end in ends
            ],
            "ownership": ownership,
            **more,
        }
    )


def rule(**changes: object) -> BlockingRule:
    """Give the rule of the United States; `changes` replace its fields."""
    ofac = {
        "policy": "US@2014-08-13",
        "threshold_percent": Decimal(50),
        "inclusive": True,
        "aggregate": True,
        "control": False,
        "source": "OFAC FAQ 401",
        "confidence": "verified",
    }
    return BlockingRule.model_validate({**ofac, **changes})
