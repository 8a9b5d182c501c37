"""`casegate demo`: the main job, set up and running, from nothing."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated

import typer

from casegate.cli import frame

if TYPE_CHECKING:
    from casegate.config import Settings
    from casegate.desk.kernel import Kernel

app = frame.group("Set up a data folder with example cases and start everything.")

EXAMPLES = Path("examples/cases")
DEMO_LIST = Path("examples/lists/demo_sanctions.csv")
DEMO_LIST_DATE = date(2026, 11, 1)
CLIENT = "core-banking"


@app.command("demo")
def demo(
    headless: Annotated[
        bool, typer.Option("--headless", help="Run the example cases to the queue and stop.")
    ] = False,
    as_json: frame.AsJson = False,
    cases: Annotated[
        Path, typer.Option("--cases", help="Folder of case bundles.", exists=True, file_okay=False)
    ] = EXAMPLES,
    data: Annotated[
        Path | None, typer.Option("--data", help="Data folder to use instead of the setting.")
    ] = None,
) -> None:
    """Load the demo list and the example cases; start API, worker and desk, or run headless."""
    from casegate.cli.reports import case_report
    from casegate.cli.wiring import kernel, settings_in

    settings = settings_in(data)
    with kernel(settings) as parts:
        prepare(settings, parts)
        ids = submit_all(parts, cases)
        if headless:
            run_all(settings, parts, len(ids))
            rows = [case_report(parts, cases / name, case_id) for name, case_id in ids.items()]
            report(rows, as_json)
            return
    serve_everything(settings)


def prepare(settings: "Settings", parts: "Kernel") -> None:
    """Seed the demo users and load the fictional list, once."""
    from casegate.access.sign_in import seed_demo_users
    from casegate.cli.lists import put_in_force
    from casegate.cli.wiring import open_screener
    from tools.screening.sources import SourceFormat

    seed_demo_users(parts.sign_in, parts.store)
    if not open_screener(settings).versions():
        frame.note("Loading the fictional demo list ...")
        put_in_force(settings, parts, DEMO_LIST, source=SourceFormat.CSV, published=DEMO_LIST_DATE)


def submit_all(parts: "Kernel", folder: Path) -> dict[str, str]:
    """Submit every bundle of `folder` as the demo's API client; gives case ids by bundle name."""
    from casegate.cli.bundles import read_bundle, submit

    found = sorted(path.parent for path in folder.glob("*/case.json"))
    if not found:
        raise typer.BadParameter(f"no case bundles in {folder}")
    with parts.store.read() as work:
        user = work.users.get(CLIENT)
    if user is None:
        raise LookupError(f"the demo user {CLIENT} is missing")
    client = user.principal()
    return {path.name: submit(parts.desk, client, read_bundle(path)) for path in found}


def run_all(settings: "Settings", parts: "Kernel", count: int) -> None:
    """Work all queued jobs in this process."""
    from casegate.cli.work import run_worker

    frame.note(f"Running {count} cases ...")
    run_worker(
        settings,
        parts,
        Event(),
        until_idle=True,
        told=lambda case_id, step: frame.note(f"  {case_id}  {step}"),
    )


def report(rows: list[dict[str, object]], as_json: bool) -> None:
    """Print what became of the cases; the answer is "no" unless all reached the queue."""
    text = [
        f"{row['bundle']:28} {row['status']:18} proposed {row['disposition'] or '-':16} "
        f"expected {row['expected'] or '-':16} {row['seconds']:6.1f} s"
        for row in rows
    ]
    frame.emit({"cases": rows}, as_json=as_json, text=text)
    before_queue = ("received", "processing", "failed")
    if any(row["status"] in before_queue for row in rows):
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


def serve_everything(settings: "Settings") -> None:
    """Run API, worker and desk until Ctrl-C or until one of them ends."""
    from casegate.access.sign_in import DEMO_PASSWORD

    os.environ["CASEGATE_DATA_DIR"] = str(settings.data)
    with processes([["serve"], ["work"], ["ui"]]) as children:
        frame.note(
            f"\nThe desk:  http://127.0.0.1:{settings.ui_port}\n"
            f"The API:   http://127.0.0.1:{settings.api_port}/openapi.json\n"
            f"Sign in as ana, password {DEMO_PASSWORD}; approve as ivan or mira, same password.\n"
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
