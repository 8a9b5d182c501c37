"""The expressions find exactly what plain loops over the same rows find."""

import random
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casegate.model.transaction import Transaction, TypologyFinding
from tests.transactions.ledgers import by_hand, found_in, in_force, txn
from tools.transactions.policy import InForce

AMOUNTS = (
    "100.00", "249.99", "250.00", "999.99", "1000.00", "6999.99", "7000.00", "8000.00", "9500.00",
    "9999.99", "10000.00", "10000.01", "12000.00",
)  # fmt: skip
CHANNELS = ("cash", "cash", "wire", "ach", "card")
PARTIES = ("", "Alma", "Boro", "Cleo", "Dara", "Egon", "Fyn", "Gil", "Hoda", "Ivo")
LOOSE = in_force(fan_in={"min_parties": 3}, structuring={"max_reported": 1})


def ledger(rng: random.Random, account: str, first: int) -> list[Transaction]:
    """Make an account's entries at multiples of six hours, so that windows are met exactly."""
    span = rng.choice((16, 40, 120))
    return [
        txn(
            first + n,
            hours=6 * rng.randrange(span),
            amount=rng.choice(AMOUNTS),
            direction=rng.choice(("in", "in", "out")),
            channel=rng.choice(CHANNELS),
            account=account,
            counterparty=rng.choice(PARTIES),
            counterparty_account=rng.choice(("", "", "880011", "880022")),
        )
        for n in range(rng.randrange(1, 26))
    ]


def told(findings: Sequence[TypologyFinding]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(f.typology, f.account, f.txn_ids) for f in findings]


@pytest.mark.parametrize("policy", [in_force(), LOOSE], ids=["shipped", "loose"])
def test_a_thousand_random_accounts_give_what_loops_over_their_rows_give(
    tmp_path: Path, policy: InForce
) -> None:
    rng = random.Random(20260302)  # noqa: S311
    rows: list[Transaction] = []
    for number in range(1000):
        rows += ledger(rng, f"{990000 + number}", len(rows))
    expected = by_hand(rows, policy.version)
    planned = {"structuring", "pass_through"} | ({"fan_in"} if policy is LOOSE else set())
    assert {name for name, _, _ in expected} >= planned
    assert told(found_in(rows, tmp_path, policy)) == expected


entries = st.builds(
    lambda six_hours, *rest: (6 * six_hours, *rest),
    st.integers(0, 60),
    st.sampled_from(AMOUNTS),
    st.sampled_from(("in", "out")),
    st.sampled_from(("cash", "wire", "card")),
    st.sampled_from(PARTIES[:5]),
)  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(entries, min_size=1, max_size=14), min_size=1, max_size=8))
def test_any_accounts_give_what_loops_over_their_rows_give(
    accounts: list[list[tuple[float, str, str, str, str]]],
) -> None:
    rows: list[Transaction] = []
    for number, own in enumerate(accounts):
        rows += [
            txn(len(rows) + n, hours, amount, direction, channel, account=f"{number}",
                counterparty=who)
            for n, (hours, amount, direction, channel, who) in enumerate(own)
        ]  # fmt: skip
    with TemporaryDirectory() as folder:
        assert told(found_in(rows, Path(folder), LOOSE)) == by_hand(rows, LOOSE.version)


def test_totals_are_the_sums_of_exactly_the_rows_that_a_finding_names(tmp_path: Path) -> None:
    rng = random.Random(7)  # noqa: S311
    rows: list[Transaction] = []
    for number in range(300):
        rows += ledger(rng, f"{number}", len(rows))
    by_id = {row.id: row for row in rows}
    findings = found_in(rows, tmp_path, LOOSE)
    assert findings
    for finding in findings:
        named = [by_id[i] for i in finding.txn_ids]
        assert finding.total == sum(r.amount for r in named if r.direction == "in")
        assert finding.count == len(named)
        assert (finding.start, finding.end) == (
            named[0].booked_at.date(),
            named[-1].booked_at.date(),
        )
