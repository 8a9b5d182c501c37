"""`casegate demo`: the main job, set up and running, from nothing."""

import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casegate.cli import frame

if TYPE_CHECKING:
    from casegate.cli.wiring import Parts

app = frame.group("Set up a data folder with example cases and start everything.")

EXAMPLES = Path("examples/cases")
DEMO_LIST = Path("examples/lists/demo_sanctions.csv")
DEMO_LIST_DATE = "2026-11-01"


@app.command("demo")
def demo(
    headless: Annotated[
        bool, typer.Option("--headless", help="Run the example cases to the queue and stop.")
    ] = False,
    as_json: frame.AsJson = False,
    cases: Annotated[
        Path, typer.Option("--cases", help="Folder of case bundles.", exists=True, file_okay=False)
    ] = EXAMPLES,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Start from an empty data folder of its own.")
    ] = False,
) -> None:
    """Load the demo list and the example cases; start API, worker and desk, or run headless."""
    from casegate.cli.wiring import open_parts

    with open_parts(fresh=fresh) as parts:
        prepare(parts)
        ids = submit_all(parts, cases)
        if headless:
            report(parts, run_all(parts, ids), as_json)
            return
    serve_everything(parts.settings.api_port, parts.settings.ui_port)


def prepare(parts: "Parts") -> None:
    """Seed the demo users and load the fictional list, once."""
    from casegate.access.demo import DEMO_PASSWORD, seed_demo_users

    seed_demo_users(parts.store, clock=parts.clock, password=DEMO_PASSWORD)
    if not parts.list_versions():
        frame.note("Loading the fictional demo list ...")
        parts.load_list(DEMO_LIST, source="csv", published=DEMO_LIST_DATE)


def submit_all(parts: "Parts", folder: Path) -> dict[str, str]:
    """Submit every bundle of `folder`; gives case id by bundle name."""
    from casegate.cli.bundles import read_bundle, submit

    found = sorted(path.parent for path in folder.glob("*/case.json"))
    if not found:
        raise typer.BadParameter(f"no case bundles in {folder}")
    return {
        path.name: submit(parts.desk, parts.client_principal, read_bundle(path)) for path in found
    }


def run_all(parts: "Parts", ids: dict[str, str]) -> list[dict[str, object]]:
    """Work all queued jobs in this process; gives one report a case."""
    from casegate.cli.reports import case_report

    frame.note(f"Loading the model and running {len(ids)} cases ...")
    seconds = parts.work_until_idle(lambda case_id, step: frame.note(f"  {case_id}  {step}"))
    return [
        case_report(parts, name, case_id, seconds.get(case_id, 0.0))
        for name, case_id in ids.items()
    ]


def report(parts: "Parts", rows: list[dict[str, object]], as_json: bool) -> None:
    """Print what became of the cases; the answer is "no" unless all reached the queue."""
    text = [
        f"{row['bundle']:32} {row['status']:18} {row['disposition'] or '-':18} "
        f"expected {row['expected'] or '-':18} {row['seconds']:6.1f} s"
        for row in rows
    ]
    frame.emit({"cases": rows}, as_json=as_json, text=text)
    if any(row["status"] != "ready_for_review" for row in rows):
        raise frame.No


@contextmanager
def processes(commands: list[list[str]]) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Start each command as a child and stop them all in the end."""
    started = [subprocess.Popen([sys.executable, "-m", "casegate", *c]) for c in commands]  # noqa: S603
    try:
        yield started
    finally:
        for child in reversed(started):
            child.send_signal(signal.SIGTERM)
        for child in started:
            try:
                child.wait(timeout=10)
            except subprocess.TimeoutExpired:
                child.kill()


def serve_everything(api_port: int, ui_port: int) -> None:
    """Run API, worker and desk until Ctrl-C or until one of them ends."""
    from casegate.access.demo import DEMO_PASSWORD

    with processes([["serve"], ["work"], ["ui"]]) as children:
        frame.note(
            f"\nThe desk:  http://127.0.0.1:{ui_port}\n"
            f"The API:   http://127.0.0.1:{api_port}/docs\n"
            f"Sign in as ana (analyst), then approve as ivan (investigator) or mira (MLRO).\n"
            f"Password:  {DEMO_PASSWORD}\n"
            "The worker loads the model first; cases appear in the queue one by one.\n"
            "Stop with Ctrl-C.\n"
        )
        try:
            while all(child.poll() is None for child in children):
                time.sleep(0.5)
        except KeyboardInterrupt:
            frame.note("Stopping ...")
            return
    raise frame.No


def new_token() -> str:
    """Give a random token for ids of this process."""
    return secrets.token_hex(8)
