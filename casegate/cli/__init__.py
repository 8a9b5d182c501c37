"""The `casegate` command: a contract for programs and people.

`--json` prints one JSON document on stdout and nothing else. Errors go to stderr as `code: message`
and, where there is one, a second line with the remedy. Exit 0: done. 1: the answer is "no" (a hold,
a finding, a failed check). 2: wrong use or wrong input. 3: a part is down.

How to add a command group
    1. Write `casegate/cli/<file>.py` with `app = frame.group("One sentence.")` and its commands:

           @app.command("list")
           def list_models(as_json: frame.AsJson = False) -> None:
               \"\"\"Show the catalogue.\"\"\"
               ...
               frame.emit({"models": rows}, as_json=as_json, text=lines)

       Heavy imports go inside the command, so that `casegate --help` stays fast.
       Raise `CasegateError`s as they are; `frame.run` prints them and picks the exit code.
       `raise frame.No()` after `emit` when the answer is "no".
    2. Add one row to `GROUPS`. A row whose module can't be imported is an error, never skipped.

A single command (`casegate doctor`) is an app with exactly one command; several single commands may
live in one file under several app names (`casegate.cli.serve:work`).
"""

from typing import NamedTuple


class Group(NamedTuple):
    """A first word after `casegate`."""

    name: str
    app: str
    """`module:attribute` of the `typer.Typer`; imported when the word is used."""
    help: str


GROUPS: tuple[Group, ...] = (
    Group("demo", "casegate.cli.demo:app", "Set up example cases and start everything."),
    Group("work", "casegate.cli.work:app", "Run the worker."),
    Group("serve", "casegate.cli.serve:serve", "Run the HTTP service."),
    Group("ui", "casegate.cli.serve:ui", "Run the reviewer desk."),
    Group("doctor", "casegate.cli.doctor:app", "Check this installation."),
    Group("models", "casegate.cli.models:app", "List, fetch and verify model files."),
    Group("prompts", "casegate.cli.prompts:app", "List, show, compare and seal prompts."),
    Group("case", "casegate.cli.case:app", "Open, run, show, decide, approve, export cases."),
    Group("hits", "casegate.cli.hits:app", "Settle screening hits, end suppressions."),
    Group("lists", "casegate.cli.lists:app", "Load sanctions lists, show their versions."),
    Group("screen", "casegate.cli.screening:app", "Look names up in the sanctions lists."),
    Group("customers", "casegate.cli.customers:app", "Keep customers screened."),
    Group("guidance", "casegate.cli.guidance:app", "Search the guidance notes."),
    Group("documents", "casegate.cli.documents:app", "Read documents safely, show their fields."),
    Group("claims", "casegate.cli.claims:app", "Check the values of a text against its case."),
    Group("gate", "casegate.cli.gate:app", "Ask the rules alone, list them."),
    Group("evals", "casegate.cli.evals:app", "Run regression suites and compare reports."),
    Group("audit", "casegate.cli.audit:app", "Verify, sign and export the event log."),
    Group(
        "transactions",
        "casegate.cli.transactions:app",
        "Check transaction files and look for patterns in them.",
    ),
)
"""Every command group, in the order of `casegate --help`."""


def main() -> None:
    """Run the command line of this process and exit with its code."""
    import sys

    from casegate.cli.frame import run

    sys.exit(run(GROUPS, sys.argv[1:]))
