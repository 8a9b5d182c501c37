"""Suites run offline over the real agents, and an error in a sample is never a score."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from casegate.cli import Group
from casegate.cli.frame import run
from casegate.clock import utc_now
from casegate.config import Settings, load_settings
from casegate.errors import EvalFailed, InvalidInput, ModelUnavailable, PromptUnknown
from casegate.inference.ports import Complete, Completion, ModelIdentity, Request
from casegate.inference.recorded import RecordedComplete, Recorder
from evals.report import Report, read_report, write_report
from evals.run import run_suite
from evals.suite import Suite, load_suite
from tests.schema_model import SchemaModel

MODEL = "smollm2-135m-instruct"
GROUPS = (Group("evals", "casegate.cli.evals:app", "Suites."),)

RunSuite = Callable[..., Report]


class Down:
    """A model that is not there."""

    identity = ModelIdentity(name="down", sha256="d" * 64, context_tokens=4096)

    def __call__(self, request: Request) -> Completion:
        """Refuse."""
        raise ModelUnavailable("the model server does not answer")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of their own."""
    monkeypatch.setenv("CASEGATE_DATA_DIR", str(tmp_path / "data"))
    return load_settings()


@pytest.fixture
def measured(settings: Settings, tmp_path: Path) -> RunSuite:
    """Run a suite on one case."""

    def run_on_one_case(
        name: str, complete: Complete, *, bundle: str = "letters", **more: object
    ) -> Report:
        suite: Suite = load_suite(name).model_copy(update={"bundles": (bundle,)})
        given: dict[str, object] = {"cases": 1, **more}
        return run_suite(
            suite,
            settings=settings,
            complete=complete,
            clock=utc_now,
            log_dir=tmp_path / "logs",
            **given,  # type: ignore[arg-type]
        )

    return run_on_one_case


def value_of(report: Report, metric: str) -> float | None:
    """Give a metric of a report."""
    return next(m.value for m in report.metrics if m.name == metric)


def test_reading_is_measured_and_the_report_can_be_read_back(
    measured: RunSuite, tmp_path: Path
) -> None:
    found = measured("extraction", SchemaModel())
    assert value_of(found, "confident_and_wrong") == 0.0
    assert found.versions.model == "first-value"
    assert read_report(write_report(found, tmp_path)) == found


def test_a_whole_case_is_measured_and_recorded_answers_give_the_same_scores(
    measured: RunSuite, tmp_path: Path
) -> None:
    kept = tmp_path / "answers"
    bundle = "possible-sanctions-match"
    first = measured("narrative", Recorder(SchemaModel(), kept), bundle=bundle)
    assert value_of(first, "unsupported_values") == 0.0
    assert value_of(first, "disposition_right") == 1.0
    again = measured("narrative", RecordedComplete(kept), bundle=bundle)
    assert [s.scores for s in again.samples] == [s.scores for s in first.samples]
    assert again.versions == first.versions


def test_a_missing_recording_is_an_error_and_no_bad_score(
    measured: RunSuite, tmp_path: Path
) -> None:
    nothing = RecordedComplete({}, ModelIdentity(name="m", sha256="a" * 64, context_tokens=4096))
    with pytest.raises(EvalFailed, match="model_unavailable"):
        measured("extraction", nothing)


def test_a_model_that_is_down_fails_the_suite(measured: RunSuite) -> None:
    with pytest.raises(EvalFailed, match="model_unavailable"):
        measured("extraction", Down())


def test_an_error_in_a_sample_fails_the_suite(measured: RunSuite) -> None:
    with pytest.raises(EvalFailed, match="status 'error' on nobody/101"):
        measured("extraction", SchemaModel(), bundle="nobody")


def test_an_unknown_prompt_version_is_refused_before_anything_runs(measured: RunSuite) -> None:
    with pytest.raises(PromptUnknown):
        measured("extraction", SchemaModel(), versions={"intake/extract": 999})


def test_no_cases_are_no_suite(measured: RunSuite) -> None:
    with pytest.raises(InvalidInput, match="at least 1"):
        measured("extraction", SchemaModel(), cases=0)


@pytest.mark.parametrize(
    "args",
    [
        ["run", "poetry"],
        ["run", "extraction", "--prompt", "intake/extract"],
        ["run", "extraction", "--prompt", "a/b@1", "--prompt", "a/b@2"],
        ["run", "extraction", "--record", "a", "--recorded", "b"],
    ],
)
def test_wrong_use_exits_2(args: list[str], settings: Settings) -> None:
    assert run(GROUPS, ["evals", *args]) == 2


def test_an_error_of_the_run_exits_3(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    identity = ModelIdentity(name="m", sha256="a" * 64, context_tokens=4096)
    (empty / "identity.json").write_text(identity.model_dump_json())
    args = ["evals", "run", "extraction", "--cases", "1", "--recorded", str(empty), "--json"]
    assert run(GROUPS, args) == 3
    shown = capsys.readouterr()
    assert "eval_failed" in shown.err
    assert shown.out == ""


def test_list_shows_the_suites(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(GROUPS, ["evals", "list", "--json"]) == 0
    suites = json.loads(capsys.readouterr().out)["suites"]
    assert [s["id"] for s in suites] == ["extraction", "narrative"]


@pytest.mark.model
def test_the_small_model_is_measured_from_the_command_line(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    if not (settings.models / f"{MODEL}.gguf").is_file():
        pytest.skip(f"{MODEL} is not on this machine: run `casegate models pull {MODEL}`")
    args = ["evals", "run", "extraction", "--model", MODEL, "--cases", "1", "--json"]
    assert run(GROUPS, args) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["versions"]["model"] == MODEL
    assert report["samples"][0]["calls"] >= 1
    assert Path(report["path"]).is_file()
