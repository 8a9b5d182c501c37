"""Run the detectors and make findings of the rows that they give."""

from collections import defaultdict
from collections.abc import Sequence

from ibis.expr.types import Table

from casegate.model.base import Json
from casegate.model.transaction import TypologyFinding
from tools.transactions.detectors import DETECTORS, Detector
from tools.transactions.entries import day_of, money
from tools.transactions.policy import InForce

_COLUMNS = ("account", "episode", "id", "ts_s", "cents", "direction")


def scan(
    entries: Table, policy: InForce, *, detectors: Sequence[Detector] = DETECTORS
) -> tuple[TypologyFinding, ...]:
    """Find all patterns, ordered by detector, account and time.

    `total` is the money that came in by the rows of the finding, so that none is counted twice;
    what left again is the sum of its debits.
    """
    return tuple(
        finding for detector in detectors for finding in _findings(detector, entries, policy)
    )


def _findings(detector: Detector, entries: Table, policy: InForce) -> list[TypologyFinding]:
    found = detector.find(entries, policy.version).select(*_COLUMNS)
    by_episode: dict[tuple[str, int], list[Json]] = defaultdict(list)
    for row in found.order_by("account", "ts_s", "id").to_pyarrow().to_pylist():
        by_episode[row["account"], row["episode"]].append(row)
    parameters = {
        "policy": policy.name,
        **detector.values(policy.version).model_dump(mode="json"),
    }
    return [
        TypologyFinding(
            typology=detector.name,
            account=account,
            start=day_of(rows[0]["ts_s"]),
            end=day_of(rows[-1]["ts_s"]),
            txn_ids=tuple(row["id"] for row in rows),
            count=len(rows),
            total=money(sum(row["cents"] for row in rows if row["direction"] == "in")),
            currency=policy.currency,
            parameters=parameters,
        )
        for (account, _), rows in sorted(by_episode.items())
    ]
