"""What all command groups share: output, errors, exit codes, lazy groups."""

import contextlib
import importlib
import os
import sys
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING, Annotated, Protocol, TextIO

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from casegate.errors import CasegateError
from casegate.origin import require_own_packages

if TYPE_CHECKING:
    from pydantic import BaseModel
    from typer._click import Command, Context, HelpFormatter

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on stdout, nothing else.")]

USAGE = "usage_invalid"
INTERNAL = "internal_error"
INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""


class GroupRow(Protocol):
    """A row of the table of command groups."""

    @property
    def name(self) -> str:
        """The word on the command line."""
        ...

    @property
    def app(self) -> str:
        """`module:attribute` of the Typer app."""
        ...

    @property
    def help(self) -> str:
        """One line for `casegate --help`."""
        ...


class No(typer.Exit):
    """The answer is "no": a hold, a finding, a failed check. Exit code 1."""

    def __init__(self) -> None:
        super().__init__(code=1)


_results: ContextVar[TextIO | None] = ContextVar("results", default=None)
"""Where results go while everything else that prints is sent to stderr."""


def group(summary: str) -> typer.Typer:
    """Make the app of a command group."""
    return typer.Typer(
        help=summary, add_completion=False, no_args_is_help=True, rich_markup_mode=None
    )


def emit(
    document: "BaseModel | dict[str, object]", *, as_json: bool, text: Iterable[str] = ()
) -> None:
    """Print a command's result: the JSON document, or the lines of `text` for a person."""
    out = _results.get() or sys.stdout
    if as_json:
        from pydantic_core import to_json

        out.write(to_json(document, indent=2, by_alias=True).decode() + "\n")
    else:
        out.writelines(f"{line}\n" for line in text)
    out.flush()


def emit_line(document: "BaseModel | dict[str, object]") -> None:
    """Print one record of a JSON-lines answer (`--batch`), and pass it on at once."""
    from pydantic_core import to_json

    out = _results.get() or sys.stdout
    out.write(to_json(document, by_alias=True).decode() + "\n")
    out.flush()


def note(message: str) -> None:
    """Tell a person something beside the result: progress, a hint. Goes to stderr."""
    print(message, file=sys.stderr, flush=True)


def complain(code: str, message: str, remedy: str = "") -> None:
    """Print an error as the contract has it: `code: message`, then the remedy."""
    print(f"{code}: {message}", file=sys.stderr)
    if remedy:
        print(remedy, file=sys.stderr)


def run(groups: Sequence[GroupRow], args: Sequence[str]) -> int:
    """Run one command line and give its exit code. The outermost frame of the process."""
    try:
        require_own_packages()
        with _stdout_for_results_only("--json" in args):
            return _invoke(_root(groups), args)
    except CasegateError as error:
        complain(error.code, error.message, error.remedy)
        return error.exit_code
    except typer.TyperException as error:
        return _complain_of_usage(error)
    except typer.Abort:
        complain("interrupted", "nothing more was done")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away; a second complaint at shutdown helps nobody.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # noqa: BLE001 - the outermost frame
        return _complain_of_bug(error)


def _invoke(root: TyperGroup, args: Sequence[str]) -> int:
    code = root.main(args=list(args), prog_name="casegate", standalone_mode=False)
    if code == INTERRUPTED:
        complain("interrupted", "nothing more was done")
    return code if isinstance(code, int) else 0


def _complain_of_usage(error: typer.TyperException) -> int:
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "casegate"
    if type(error).__name__ == "NoArgsIsHelpError":
        print(error.format_message(), file=sys.stderr)
    else:
        complain(USAGE, error.format_message(), f"Run `{path} --help`.")
    return error.exit_code


def _complain_of_bug(error: Exception) -> int:
    """Name the kind of error and the line, not its text: that may hold personal data."""
    if os.environ.get("CASEGATE_DEBUG") == "1":
        traceback.print_exception(error)
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "unknown place"
    module = f" ({error.name})" if isinstance(error, ImportError) else ""
    complain(
        INTERNAL,
        f"{type(error).__name__}{module} at {where}",
        "This is a defect of Casegate. CASEGATE_DEBUG=1 shows the traceback.",
    )
    return 3


@contextlib.contextmanager
def _stdout_for_results_only(only: bool) -> Iterator[None]:
    """Under `--json` send what libraries print to stderr; `emit` alone keeps stdout."""
    if not only:
        yield
        return
    token = _results.set(sys.stdout)
    try:
        with contextlib.redirect_stdout(sys.stderr):
            yield
    finally:
        _results.reset(token)


class _LazyRoot(TyperGroup):
    """The root group: imports a command group when its word is used."""

    rows: Sequence[GroupRow] = ()

    def list_commands(self, ctx: "Context") -> list[str]:
        return [row.name for row in self.rows]

    def get_command(self, ctx: "Context", cmd_name: str) -> "Command | None":
        row = next((row for row in self.rows if row.name == cmd_name), None)
        if row is None:
            return None
        module, _, attribute = row.app.partition(":")
        app = getattr(importlib.import_module(module), attribute)
        command: TyperCommand | TyperGroup = get_command(app)  # type: ignore[assignment]
        command.name = row.name
        return command

    def format_commands(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        if self.rows:
            with formatter.section("Commands"):
                formatter.write_dl([(row.name, row.help) for row in self.rows])


def _root(groups: Sequence[GroupRow]) -> TyperGroup:
    from casegate import __version__

    def show_version(asked: bool) -> None:
        if asked:
            print(f"casegate {__version__}")
            raise typer.Exit()

    app = typer.Typer(
        cls=_LazyRoot, add_completion=False, no_args_is_help=True, rich_markup_mode=None
    )

    @app.callback()
    def casegate(
        version: Annotated[
            bool, typer.Option("--version", callback=show_version, is_eager=True)
        ] = False,
    ) -> None:
        """KYC and AML case work: the model proposes, the gate checks, a person decides."""

    root = get_command(app)
    assert isinstance(root, _LazyRoot)  # noqa: S101 - tells the type checker what `cls` made
    root.rows = groups
    # Only the names are read from here: for "Did you mean ...?".
    root.commands = dict.fromkeys((row.name for row in groups), root)
    return root
