"""`casegate transactions`: check a transaction file, and run the detectors over one."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casegate.cli import frame

if TYPE_CHECKING:
    from casegate.model.transaction import TransactionSet, TypologyFinding
    from tools.transactions.detectors import Detector
    from tools.transactions.policy import InForce

app = frame.group("Check transaction files and look for patterns in them.")

File = Annotated[Path, typer.Argument(help="CSV or Parquet file.", exists=True, dir_okay=False)]
OptionalFile = Annotated[
    Path | None,
    typer.Argument(
        help="CSV or Parquet file; the one loaded last by default.", exists=True, dir_okay=False
    ),
]


class Format(StrEnum):
    """What a transaction file is written in."""

    CSV = "csv"
    PARQUET = "parquet"


@app.command("load")
def load_file(
    file: File,
    format_: Annotated[
        Format | None, typer.Option("--format", help="By the file's name if left out.")
    ] = None,
    as_json: frame.AsJson = False,
) -> None:
    """Check a file strictly and keep its canonical rows for `transactions scan`."""
    from casegate.config import load_settings
    from tools.transactions.load import load

    loaded = load(file.read_bytes(), _name(file, format_), accounts=None)
    folder = load_settings().data / "transactions"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{loaded.set.parquet}.parquet").write_bytes(loaded.parquet)
    (folder / "loaded.json").write_text(loaded.set.model_dump_json(), encoding="utf-8")
    frame.emit(loaded.set, as_json=as_json, text=_summary(loaded.set))


@app.command("scan")
def scan_file(
    file: OptionalFile = None,
    account: Annotated[str | None, typer.Option("--account", help="This account alone.")] = None,
    detector: Annotated[
        list[str] | None, typer.Option("--detector", help="This detector alone; may repeat.")
    ] = None,
    jurisdiction: Annotated[str, typer.Option("--jurisdiction", help="ISO country.")] = "US",
    at: Annotated[
        datetime | None,
        typer.Option("--at", formats=["%Y-%m-%d"], help="Policy day; the last entry's by default."),
    ] = None,
    as_json: frame.AsJson = False,
) -> None:
    """Run the detectors; the answer is "no" if one finds a pattern."""
    from tools.transactions.entries import open_entries
    from tools.transactions.scan import scan

    chosen = _detectors(detector)
    with _canonical(file) as (stored, path), open_entries(path) as entries:
        day = at.date() if at is not None else stored.last
        policy = _policy(jurisdiction, day, stored.currency)
        if account is not None:
            entries = entries.filter(entries.account == account)
            if not entries.count().to_pyarrow().as_py():
                raise typer.BadParameter("no entry of that account", param_hint="--account")
        findings = scan(entries, policy, detectors=chosen)
    document: dict[str, object] = {
        "findings": findings,
        "policy": policy.name,
        "detectors": [d.name for d in chosen],
        "rows": stored.rows,
    }
    frame.emit(document, as_json=as_json, text=_lines(findings))
    if findings:
        raise frame.No


def _name(file: Path, wanted: Format | None) -> str:
    """Give the name that `load` reads the format from."""
    return file.name if wanted is None else f"transactions.{wanted.value}"


@contextmanager
def _canonical(file: Path | None) -> "Iterator[tuple[TransactionSet, Path]]":
    """Give the canonical rows of `file`, or of the file loaded last."""
    import tempfile

    from casegate.config import load_settings
    from casegate.errors import TransactionsInvalid
    from casegate.model.transaction import TransactionSet
    from tools.transactions.load import load

    if file is not None:
        loaded = load(file.read_bytes(), file.name, accounts=None)
        with tempfile.TemporaryDirectory(prefix="casegate-") as folder:
            path = Path(folder) / "canonical.parquet"
            path.write_bytes(loaded.parquet)
            yield loaded.set, path
        return
    folder_ = load_settings().data / "transactions"
    record = folder_ / "loaded.json"
    if not record.exists():
        raise TransactionsInvalid(
            "no transaction file is loaded", remedy="Name a FILE, or run `transactions load`."
        )
    stored = TransactionSet.model_validate(json.loads(record.read_text(encoding="utf-8")))
    yield stored, folder_ / f"{stored.parquet}.parquet"


def _detectors(names: Sequence[str] | None) -> "tuple[Detector, ...]":
    from tools.transactions.detectors import DETECTORS

    known = {detector.name: detector for detector in DETECTORS}
    if unknown := sorted(set(names or ()) - set(known)):
        raise typer.BadParameter(
            f"unknown {', '.join(unknown)}; known are {', '.join(known)}", param_hint="--detector"
        )
    return tuple(d for d in DETECTORS if not names or d.name in names)


def _policy(jurisdiction: str, day: date | None, currency: str) -> "InForce":
    from casegate.errors import CurrencyMixed, RulesInvalid
    from tools.transactions.policy import read_policy

    policy = None if day is None else read_policy().in_force(jurisdiction, day)
    if policy is None:
        raise RulesInvalid(f"no detector policy for {jurisdiction} on {day}")
    if policy.currency != currency:
        raise CurrencyMixed(
            f"the policy {policy.name} is in {policy.currency}, the entries are in {currency}",
            remedy="Choose another --jurisdiction, or send the entries in base amounts.",
        )
    return policy


def _summary(stored: "TransactionSet") -> Iterable[str]:
    yield f"{stored.rows} entries in {stored.currency}, {stored.first} to {stored.last}"
    yield f"canonical rows {stored.parquet[:12]}"


def _lines(findings: "Sequence[TypologyFinding]") -> Iterable[str]:
    if not findings:
        yield "no pattern found"
    for finding in findings:
        yield (
            f"{finding.typology:14} {finding.account:14} {finding.start} to {finding.end} "
            f"{finding.count:5} entries {finding.total:>15,.2f} {finding.currency}"
        )
