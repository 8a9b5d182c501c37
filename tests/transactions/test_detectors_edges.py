"""Each detector row by row: what fires, what is clear, and what lies on the edge."""

from pathlib import Path

import pytest

from casegate.model.transaction import Transaction
from tests.transactions.ledgers import found_in, in_force, txn

Cash = tuple[float, str]


def deposits(*cash: Cash) -> list[Transaction]:
    return [txn(n, 24 * day, amount) for n, (day, amount) in enumerate(cash)]


@pytest.mark.parametrize(
    ("cash", "count"),
    [
        pytest.param([(0, "9500"), (2, "9400"), (4, "9300")], 3, id="three in the window fire"),
        pytest.param([(0, "9500"), (2, "9400")], 0, id="two near amounts are no pattern"),
        pytest.param([(0, "9999.99")], 0, id="one near amount is no pattern"),
        pytest.param([(0, "9500"), (30, "9400"), (60, "9300"), (90, "9200")], 0,
                     id="near amounts months apart are no pattern"),
        pytest.param([(0, "9500"), (3, "9400"), (7, "9300")], 3, id="seven days apart still count"),
        pytest.param([(0, "9500"), (3, "9400"), (7.01, "9300")], 0, id="a moment later does not"),
        pytest.param([(0, "7000"), (1, "7000"), (2, "7000")], 3, id="the band's lower end counts"),
        pytest.param([(0, "6999.99"), (1, "7000"), (2, "7000")], 0, id="a cent below does not"),
        pytest.param([(0, "9999.99"), (1, "9999.99"), (2, "9999.99")], 3, id="upper end counts"),
        pytest.param([(0, "10000"), (1, "9500"), (2, "9500")], 0, id="the threshold is not below"),
        pytest.param([(0, "9500"), (1, "9400"), (2, "9300"), (3, "10000.01")], 3,
                     id="a reported deposit later does not undo what came before"),
        pytest.param([(0, "10000.01"), (1, "9500"), (2, "9400"), (3, "9300")], 0,
                     id="who lets the bank report does not avoid reports"),
        pytest.param([(0, "9000"), (1, "9000"), (2, "9000"), (2, "6000"), (2, "3000")], 3,
                     id="the band has exactly 75 percent of the cash"),
        pytest.param([(0, "6000"), (0, "3000.01"), (1, "9000"), (2, "9000"), (2, "9000")], 0,
                     id="a cent under 75 percent"),
        pytest.param([(0, "9500"), (6, "9500"), (7, "9500"), (13, "9500"), (14, "9500")], 5,
                     id="windows that touch are one pattern"),
    ],
)  # fmt: skip
def test_structuring_needs_a_pattern_and_not_only_amounts(
    tmp_path: Path, cash: list[Cash], count: int
) -> None:
    found = found_in(deposits(*cash), tmp_path, in_force(), "structuring")
    assert [f.count for f in found] == ([count] if count else [])


def test_structuring_looks_at_cash_credits_alone(tmp_path: Path) -> None:
    wires = [txn(n, 24 * n, "9500", channel="wire") for n in range(3)]
    withdrawn = [txn(n, 24 * n, "9500", direction="out") for n in range(3, 6)]
    assert found_in([*wires, *withdrawn], tmp_path, in_force(), "structuring") == ()


def test_structuring_does_not_add_up_different_accounts(tmp_path: Path) -> None:
    rows = [txn(n, 24 * n, "9500", account=f"99010{n}") for n in range(3)]
    assert found_in(rows, tmp_path, in_force(), "structuring") == ()


def test_two_episodes_far_apart_are_two_findings(tmp_path: Path) -> None:
    rows = deposits(*[(day, "9500") for day in (0, 1, 2, 30, 31, 32)])
    found = found_in(rows, tmp_path, in_force(), "structuring")
    assert [f.txn_ids for f in found] == [
        ("T00000", "T00001", "T00002"),
        ("T00003", "T00004", "T00005"),
    ]


Move = tuple[float, str, str, str]


@pytest.mark.parametrize(
    ("moves", "ids"),
    [
        pytest.param([(0, "in", "20000", "wire"), (48, "out", "18000", "wire")], [0, 1],
                     id="out after exactly 48 hours"),
        pytest.param([(0, "in", "20000", "wire"), (48.01, "out", "18000", "wire")], [],
                     id="a moment later"),
        pytest.param([(0, "in", "20000", "wire"), (5, "out", "16000", "wire")], [0, 1],
                     id="80 percent"),
        pytest.param([(0, "in", "20000", "wire"), (5, "out", "15999.99", "wire")], [],
                     id="a cent under 80 percent"),
        pytest.param([(0, "in", "20000", "wire"), (5, "out", "21000", "wire")], [0, 1],
                     id="105 percent"),
        pytest.param([(0, "in", "20000", "wire"), (5, "out", "21000.01", "wire")], [],
                     id="a cent over 105 percent"),
        pytest.param([(0, "in", "10000", "wire"), (5, "out", "9000", "wire")], [0, 1],
                     id="the least amount"),
        pytest.param([(0, "in", "9999.99", "wire"), (5, "out", "9000", "wire")], [],
                     id="a cent under the least amount"),
        pytest.param([(5, "in", "20000", "wire"), (0, "out", "18000", "wire")], [],
                     id="out before in is no pass-through"),
        pytest.param([(0, "in", "20000", "wire"), (5, "out", "18000", "card")], [],
                     id="card purchases are no transfer"),
        pytest.param([(0, "in", "9500", "cash"), (20, "in", "9500", "cash"),
                      (30, "out", "17000", "wire")], [0, 1, 2], id="several credits, one debit"),
        pytest.param([(0, "in", "20000", "wire"), (1, "out", "249.99", "ach"),
                      (5, "out", "18000", "wire")], [0, 2], id="small entries are left out"),
        pytest.param([(0, "in", "20000", "wire"), (0, "out", "18000", "wire")], [0, 1],
                     id="entries of one moment have no order"),
        pytest.param([(0, "in", "4000", "ach"), (40, "out", "1500", "ach"),
                      (720, "in", "4000", "ach"), (760, "out", "1500", "ach")], [],
                     id="a salary and the rent"),
    ],
)  # fmt: skip
def test_pass_through_needs_most_of_the_money_to_leave_in_time(
    tmp_path: Path, moves: list[Move], ids: list[int]
) -> None:
    rows = [
        txn(n, hours, amount, way, channel) for n, (hours, way, amount, channel) in enumerate(moves)
    ]
    found = found_in(rows, tmp_path, in_force(), "pass_through")
    assert [f.txn_ids for f in found] == ([tuple(f"T{n:05d}" for n in ids)] if ids else [])


def test_money_that_passed_through_is_counted_once(tmp_path: Path) -> None:
    rows = [txn(0, 0, "20000", channel="wire"), txn(1, 5, "18000", "out", "wire")]
    (found,) = found_in(rows, tmp_path, in_force(), "pass_through")
    assert (str(found.total), found.count) == ("20000.00", 2)


def payers(*names: str, amount: str = "1000", hours: float = 12) -> list[Transaction]:
    return [
        txn(n, hours * n, amount, channel="ach", counterparty=name) for n, name in enumerate(names)
    ]


EIGHT = ("Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal")


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        pytest.param(payers(*EIGHT), 8, id="eight parties in seven days"),
        pytest.param(payers(*EIGHT[:7], "Ada"), 0, id="the same party twice counts once"),
        pytest.param(payers(*EIGHT[:7], "ADA"), 0, id="letter case makes no other party"),
        pytest.param(payers(*EIGHT, hours=24), 8, id="seven days from first to last"),
        pytest.param(payers(*EIGHT, hours=24.1), 0, id="a little more than seven days"),
        pytest.param(payers(*EIGHT, amount="999.99"), 0, id="a cent under the least amount"),
        pytest.param(payers(*EIGHT[:7], ""), 0, id="an unknown party is no party"),
    ],
)
def test_fan_in_needs_many_different_parties(
    tmp_path: Path, rows: list[Transaction], count: int
) -> None:
    found = found_in(rows, tmp_path, in_force(), "fan_in")
    assert [f.count for f in found] == ([count] if count else [])


def test_a_finding_carries_the_dated_policy_that_was_applied(tmp_path: Path) -> None:
    (found,) = found_in(
        deposits((0, "9500"), (1, "9500"), (2, "9500")), tmp_path, in_force(), "structuring"
    )
    assert found.parameters["policy"] == "US@2020-01-01"
    assert found.parameters["reporting_threshold"] == "10000.00"
    assert "31 CFR 1010.311" in found.parameters["source"]
