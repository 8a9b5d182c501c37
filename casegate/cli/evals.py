"""`casegate evals`: regression suites over cases whose truth is known."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casegate.cli import frame

if TYPE_CHECKING:
    from casegate.config import Settings
    from casegate.inference.ports import Complete
    from evals.compare import Comparison
    from evals.report import Report

app = frame.group("Run regression suites for prompts and models, compare two runs.")


@app.command("run")
def run(
    suite: Annotated[str, typer.Argument(help="Name of a file in evals/suites.")],
    model: Annotated[
        str | None, typer.Option("--model", help="A name of `casegate models list`.")
    ] = None,
    prompt: Annotated[
        list[str] | None,
        typer.Option("--prompt", help="ID@VERSION instead of the live one; may be repeated."),
    ] = None,
    cases: Annotated[
        int | None, typer.Option("--cases", help="How many samples instead of the suite's number.")
    ] = None,
    record: Annotated[
        Path | None, typer.Option("--record", help="Folder to keep the model's answers in.")
    ] = None,
    recorded: Annotated[
        Path | None,
        typer.Option("--recorded", help="Folder of kept answers to use.", file_okay=False),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for the report; by default in the data.")
    ] = None,
    as_json: frame.AsJson = False,
) -> None:
    """Run a suite offline and write its report. An error in any sample is an error of the run."""
    from casegate.cli.wiring import settings_in
    from casegate.clock import utc_now
    from evals.report import write_report
    from evals.suite import load_suite

    require_extras()
    from evals.run import run_suite

    if record is not None and recorded is not None:
        raise typer.BadParameter("give either --record or --recorded")
    settings = settings_in()
    if model is not None:
        settings = settings.model_copy(update={"model": model, "model_url": ""})
    folder = out or settings.data / "evals"
    found = run_suite(
        load_suite(suite),
        settings=settings,
        complete=answering(settings, record, recorded),
        clock=utc_now,
        log_dir=folder / "logs",
        versions=prompt_versions(prompt or []),
        cases=cases,
    )
    path = write_report(found, folder)
    frame.note(f"Report: {path}")
    document = {"path": str(path), **found.model_dump(mode="json")}
    frame.emit(document, as_json=as_json, text=report_lines(found))


@app.command("compare")
def compare_reports(
    before: Annotated[Path, typer.Argument(help="Report of the version in use.")],
    after: Annotated[Path, typer.Argument(help="Report of the candidate.")],
    as_json: frame.AsJson = False,
) -> None:
    """Compare two reports, paired by sample; the answer is "no" on a regression."""
    from evals.compare import Verdict, compare
    from evals.report import read_report
    from evals.suite import load_suite

    old, new = read_report(before), read_report(after)
    found = compare(load_suite(old.suite), old, new)
    frame.emit(found, as_json=as_json, text=comparison_lines(found))
    if found.verdict is Verdict.REGRESSED:
        raise frame.No


@app.command("list")
def list_suites(as_json: frame.AsJson = False) -> None:
    """Show the suites and what they measure."""
    from evals.suite import FOLDER, load_suite

    suites = [load_suite(path.stem) for path in sorted(FOLDER.glob("*.yaml"))]
    text = [
        f"{s.id:12} {s.cases:3} cases: {', '.join(metric.name for metric in s.metrics)}"
        for s in suites
    ]
    frame.emit({"suites": suites}, as_json=as_json, text=text)


def require_extras() -> None:
    """Refuse to start where the packages of the extras `evals` and `examples` are missing.

    Raises:
        EvalFailed: names the packages.
    """
    from importlib.util import find_spec

    from casegate.errors import EvalFailed

    missing = [name for name in ("inspect_ai", "fpdf", "docx") if find_spec(name) is None]
    if missing:
        raise EvalFailed(
            f"packages are missing: {', '.join(missing)}",
            remedy="Install Casegate with its extras `evals` and `examples`.",
        )


def prompt_versions(given: list[str]) -> Mapping[str, int]:
    """Read `ID@VERSION` options.

    Raises:
        InvalidInput: an option of another form, or two versions of one prompt.
    """
    from casegate.errors import InvalidInput

    versions: dict[str, int] = {}
    for option in given:
        prompt_id, _, version = option.rpartition("@")
        if not prompt_id or not version.isdecimal():
            raise InvalidInput(f"`--prompt` takes ID@VERSION such as narrative/plan@2: {option!r}")
        if prompt_id in versions:
            raise InvalidInput(f"`--prompt` names {prompt_id} twice")
        versions[prompt_id] = int(version)
    return versions


def answering(settings: "Settings", record: Path | None, recorded: Path | None) -> "Complete":
    """Give the model, its recorder, or what was recorded."""
    from casegate.inference.open import open_model
    from casegate.inference.recorded import RecordedComplete, Recorder

    if recorded is not None:
        return RecordedComplete(recorded)
    opened = open_model(settings)
    return opened if record is None else Recorder(opened, record)


def report_lines(report: "Report") -> list[str]:
    """Word a report for a person."""
    head = f"{report.suite}: {len(report.samples)} cases, {report.versions.model}"
    lines = [f"{head}, {report.seconds:.0f} s"]
    for metric in report.metrics:
        shown = "not measured" if metric.value is None else f"{metric.value:.3f}"
        if metric.low is not None and metric.high is not None:
            shown += f"  [{metric.low:.3f}, {metric.high:.3f}]  n={metric.n:g}"
        lines.append(f"  {metric.name:24} {shown}")
    return lines


def comparison_lines(found: "Comparison") -> list[str]:
    """Word a comparison for a person."""
    lines = [f"{found.verdict}: {found.suite}, {found.samples} cases"]
    for metric in found.metrics:
        shown = "not measured" if metric.difference is None else f"{metric.difference:+.3f}"
        if metric.low is not None and metric.high is not None:
            shown += f"  [{metric.low:+.3f}, {metric.high:+.3f}]"
        lines.append(f"  {metric.name:24} {metric.verdict:10} {shown}")
    return lines
