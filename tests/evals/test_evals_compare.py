# ruff: noqa: E501 - a row of a table is one line
"""Two reports: better, same, worse or regressed, and never comparable by accident."""

import json
from pathlib import Path

import pytest

from casegate.cli import Group
from casegate.cli.frame import run
from casegate.errors import InvalidInput
from evals.compare import Verdict, compare
from evals.report import Report, write_report
from evals.suite import load_suite
from tests.evals.eval_reports import report, sample, suite

HALF = (1.0, 0.0) * 10
ALL, NONE = (1.0,) * 20, (0.0,) * 20
ONE_LESS = (0.0, *(1.0,) * 19)


@pytest.mark.parametrize(
    ("changes", "before", "after", "verdict"),
    [
        ({}, ALL, ALL, Verdict.SAME),
        ({}, HALF, ALL, Verdict.BETTER),
        ({}, ALL, HALF, Verdict.REGRESSED),
        ({}, ALL, ONE_LESS, Verdict.WORSE),
        ({"margin": 0.05}, ALL, ONE_LESS, Verdict.SAME),
        ({"margin": 0.6}, HALF, ALL, Verdict.SAME),
        ({"critical": True}, ALL, ONE_LESS, Verdict.REGRESSED),
        ({"critical": True, "margin": 0.5}, ALL, ONE_LESS, Verdict.REGRESSED),
        ({"better": "lower"}, ALL, HALF, Verdict.BETTER),
        ({"better": "lower"}, HALF, ALL, Verdict.REGRESSED),
        ({"better": "lower", "critical": True}, NONE, (1.0, *(0.0,) * 19), Verdict.REGRESSED),
        ({}, (1.0,), (0.0,), Verdict.REGRESSED),
    ],
)
def test_a_metric_s_verdict(
    changes: dict[str, object],
    before: tuple[float, ...],
    after: tuple[float, ...],
    verdict: Verdict,
) -> None:
    of = suite(**changes)
    found = compare(of, report(of, *before), report(of, *after))
    assert (found.metrics[0].verdict, found.verdict) == (verdict, verdict)


def test_samples_are_paired_whatever_their_order() -> None:
    of = suite()
    first = report(of, 1.0, 0.0, 1.0)
    turned = first.model_copy(update={"samples": tuple(reversed(first.samples))})
    found = compare(of, first, turned)
    assert (found.metrics[0].difference, found.changed) == (0.0, ())


def test_the_changed_samples_are_named() -> None:
    of = suite()
    found = compare(of, report(of, 1.0, 0.0, 1.0), report(of, 1.0, 1.0, 1.0))
    assert found.changed == ("person-account-opening/1",)


def test_a_pairing_sees_a_small_steady_loss_that_two_intervals_would_not() -> None:
    of = suite(interval="bootstrap")
    before = tuple(0.5 + 0.4 * (n % 2) for n in range(20))
    after = tuple(value - 0.02 for value in before)
    found = compare(of, report(of, *before), report(of, *after))
    assert found.verdict is Verdict.REGRESSED


def test_what_is_measured_no_more_is_a_regression() -> None:
    of = suite()
    empty = report(of, 0.0, 0.0, bottom=0)
    assert compare(of, report(of, 1.0, 1.0), empty).verdict is Verdict.REGRESSED
    assert compare(of, empty, empty).verdict is Verdict.SAME


@pytest.mark.parametrize(
    ("other", "says"),
    [
        (lambda of, r: r.model_copy(update={"suite": "extraction"}), "other suites"),
        (lambda of, r: report(suite(margin=0.3), 1.0, 1.0), "the suite changed"),
        (lambda of, r: report(of, 1.0), "other samples"),
        (lambda of, r: r.model_copy(update={"samples": (sample(0, 1), sample(0, 1))}), "other samples"),
    ],
)  # fmt: skip
def test_reports_that_can_not_be_paired_are_refused(other, says: str) -> None:  # type: ignore[no-untyped-def]
    of = suite()
    before = report(of, 1.0, 1.0)
    after: Report = other(of, before)
    with pytest.raises(InvalidInput, match=says):
        compare(of, before, after)


GROUPS = (Group("evals", "casegate.cli.evals:app", "Suites."),)


def written(folder: Path, value: float, stamp: int) -> Path:
    """Write a report of the shipped narrative suite in which every score is `value`."""
    of = load_suite("narrative")
    names = [metric.name for metric in of.metrics]
    samples = tuple(
        sample(n, value).model_copy(
            update={"scores": {name: sample(n, value).scores["right"] for name in names}}
        )
        for n in range(5)
    )
    made = report(of, *(value,) * 5).model_copy(update={"samples": samples})
    moment = made.made_at.replace(second=stamp)
    return write_report(made.model_copy(update={"made_at": moment}), folder)


def test_a_regression_exits_1_and_a_like_report_0(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, same, bad = (written(tmp_path, v, n) for n, v in enumerate((1.0, 1.0, 0.0)))
    assert run(GROUPS, ["evals", "compare", str(good), str(same), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "same"
    assert run(GROUPS, ["evals", "compare", str(good), str(bad), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    verdicts = {metric["name"]: metric["verdict"] for metric in found["metrics"]}
    assert found["verdict"] == "regressed"
    assert verdicts["disposition_right"] == "regressed"
    assert verdicts["unsupported_values"] == "better"


@pytest.mark.parametrize("content", [None, "{}", "no json"])
def test_a_file_that_is_no_report_exits_2(content: str | None, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    if content is not None:
        path.write_text(content)
    assert run(GROUPS, ["evals", "compare", str(path), str(path)]) == 2
