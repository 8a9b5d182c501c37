"""`casegate customers`: who is to stay screened, their hits, re-screening."""

import csv
import io
import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import ValidationError

from casegate.access.principals import Principal, Role
from casegate.cli import frame
from casegate.errors import InvalidInput
from casegate.model.base import faults

if TYPE_CHECKING:
    from casegate.model.customer import Customer, CustomerHit, Rescreen
    from casegate.ongoing.desk import OngoingDesk

app = frame.group("Register customers, see their hits, screen them again.")

OPERATOR = Principal(id="operator", name="Command line", roles=(Role.API_CLIENT, Role.AUDITOR))
"""Who may write to the data folder may register customers; the log names this principal."""
_SEVERAL = ("other_names", "births", "countries", "genders", "ids")
_MOST_TOLD = 20

Number = Annotated[str, typer.Argument(help="The institution's own number of the customer.")]


@app.command("load")
def load(
    file: Annotated[Path, typer.Argument(help="JSON lines, or CSV with a header.", exists=True)],
    as_json: frame.AsJson = False,
) -> None:
    """Register all customers of a file, or none if a line is bad; then screen what changed."""
    customers = read_customers(file)
    with _desk() as desk:
        loaded = desk.load(OPERATOR, customers)
        screened = hits = 0
        with _stopped_by_signal() as stop:
            while not stop.is_set() and (counts := desk.screening.pending()) is not None:
                screened += counts.customers
                hits += counts.hits
                frame.note(f"{screened:,} screened, {hits:,} hits")
    frame.emit(
        {**loaded.model_dump(), "screened": screened, "hits": hits},
        as_json=as_json,
        text=[
            f"{loaded.customers:,} customers, {loaded.changed:,} of them new or changed",
            f"{screened:,} screened, {hits:,} new or changed hits",
        ],
    )


@app.command("show")
def show(number: Number, as_json: frame.AsJson = False) -> None:
    """Show a customer, how it stands, and its hits."""
    with _desk() as desk:
        row, hits = desk.customer(OPERATOR, number), desk.hits(OPERATOR, number)
    state = "open" if row.is_open else "closed"
    at = row.screened_at.isoformat() if row.screened_at else "not yet"
    coverage = row.coverage.value if row.coverage else "none"
    frame.emit(
        {
            **row.model_dump(mode="json", by_alias=True),
            "hits": [hit.model_dump(mode="json") for hit in hits],
        },
        as_json=as_json,
        text=[f"{number} {state}; screened {at}; coverage {coverage}", *map(_line, hits)],
    )


@app.command("list")
def list_customers(
    after: Annotated[str, typer.Option("--after", help="Go on behind this number.")] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000)] = 100,
    as_json: frame.AsJson = False,
) -> None:
    """Show customers by number, without their names."""
    with _desk() as desk:
        rows = desk.customers(OPERATOR, after=after, limit=limit)
    shown = [
        {
            "id": row.customer.id,
            "is_open": row.is_open,
            "screened_at": row.screened_at.isoformat() if row.screened_at else None,
            "coverage": row.coverage.value if row.coverage else None,
        }
        for row in rows
    ]
    text = [f"{r['id']:20} {r['screened_at'] or 'not yet screened'}" for r in shown]
    frame.emit({"customers": shown}, as_json=as_json, text=text or ["No customer is registered."])


@app.command("close")
def close(number: Number, as_json: frame.AsJson = False) -> None:
    """Screen a customer no more; its hits and cases stay."""
    with _desk() as desk:
        row = desk.close(OPERATOR, number)
    frame.emit(
        {"id": number, "is_open": row.is_open}, as_json=as_json, text=[f"{number} is closed"]
    )


@app.command("hits")
def hits(
    open_only: Annotated[bool, typer.Option("--open", help="Those that wait for people.")] = False,
    as_json: frame.AsJson = False,
) -> None:
    """Show the hits of all customers, suppressed and removed ones too unless `--open`."""
    with _desk() as desk:
        found = desk.all_hits(OPERATOR, open_only=open_only)
    frame.emit(
        {"hits": [hit.model_dump(mode="json") for hit in found]},
        as_json=as_json,
        text=list(map(_line, found)) or ["No hit."],
    )


@app.command("rescreen")
def rescreen(
    full: Annotated[
        bool, typer.Option("--full", help="Ask about every customer, whatever changed.")
    ] = False,
    as_json: frame.AsJson = False,
) -> None:
    """Bring all customers to the lists in force; goes on where an earlier one stopped."""
    with _desk() as desk, _stopped_by_signal() as stop:
        done = desk.rescreening.run(full=full, stop=stop, told=_tell)
    if done is None:
        frame.emit(
            {"rescreen": None}, as_json=as_json, text=["Every customer is up to date already."]
        )
        return
    text = [
        f"{done.id} ({done.kind}) {done.state}: {done.hits:,} new or changed hits, "
        f"{done.removed:,} removed"
    ]
    frame.emit({"rescreen": done.model_dump(mode="json")}, as_json=as_json, text=text)
    if done.state != "done":
        raise frame.No


def read_customers(file: Path) -> list["Customer"]:
    """Read every customer of a file.

    Raises:
        InvalidInput: names the lines that can't be used, and why, without their values.
    """
    from casegate.model.customer import Customer

    found: dict[str, Customer] = {}
    bad: list[str] = []
    for number, row in _rows(file):
        try:
            customer = Customer.model_validate(row)
        except ValidationError as error:
            bad.append(f"line {number}: {', '.join(faults(error, whole='line'))}")
            continue
        except ValueError as error:
            bad.append(f"line {number}: {error}")
            continue
        if customer.id in found:
            bad.append(f"line {number}: `id` stands on an earlier line too")
        found[customer.id] = customer
    if bad:
        more = f"; and {len(bad) - _MOST_TOLD} more" if len(bad) > _MOST_TOLD else ""
        raise InvalidInput(
            f"{file.name}: {'; '.join(bad[:_MOST_TOLD])}{more}",
            remedy="Mend the file and load it again; nothing of it was stored.",
        )
    if not found:
        raise InvalidInput(f"{file.name} holds no customer")
    return list(found.values())


def _rows(file: Path) -> Iterator[tuple[int, object]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as bad:
        raise InvalidInput(f"{file.name} can't be read: {type(bad).__name__}") from None
    if file.suffix.lower() == ".csv":
        yield from _csv_rows(text)
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError):
                yield number, None


def _csv_rows(text: str) -> Iterator[tuple[int, object]]:
    """Read CSV; columns that take several values hold them with `;` between."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    for row in reader:
        given: dict[str, object] = {
            str(name): value for name, value in row.items() if value not in (None, "")
        }
        for name in _SEVERAL:
            if isinstance(several := given.get(name), str):
                given[name] = [one.strip() for one in several.split(";") if one.strip()]
        yield reader.line_num, given


def _line(hit: "CustomerHit") -> str:
    return (
        f"{hit.customer:20} {hit.status.value:10} {hit.hit.score:7.1%}  {hit.hit.band:12} "
        f"{hit.entity_id}  {hit.case_id or ''}"
    ).rstrip()


def _tell(now: "Rescreen") -> None:
    frame.note(f"{now.kind}: {now.done:,} of {now.total:,}, {now.hits:,} hits")


@contextmanager
def _desk() -> Iterator["OngoingDesk"]:
    from casegate.cli.wiring import kernel, open_ongoing, settings_in

    settings = settings_in()
    with kernel(settings) as parts:
        yield open_ongoing(settings, parts)


@contextmanager
def _stopped_by_signal() -> Iterator[Event]:
    """Let Ctrl-C end the work after the slice that is under way."""
    stop = Event()
    before = signal.signal(signal.SIGINT, lambda *_: stop.set())
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
