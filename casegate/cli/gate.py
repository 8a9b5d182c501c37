"""`casegate gate`: the rules alone, on a case or on a dossier file."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casegate.cli import frame

if TYPE_CHECKING:
    from casegate.model.decision import Ruling
    from casegate.model.dossier import Dossier
    from guardrails.gate import DatedRules

app = frame.group("Ask the deterministic gate rules, without a model.")

At = Annotated[
    datetime | None,
    typer.Option("--at", formats=["%Y-%m-%d"], help="Day whose law holds; today by default."),
]


@app.command("eval")
def evaluate(
    case: Annotated[str | None, typer.Option("--case", help="Case id.")] = None,
    dossier: Annotated[
        Path | None,
        typer.Option("--dossier", help="Dossier as JSON.", exists=True, dir_okay=False),
    ] = None,
    at: At = None,
    as_json: frame.AsJson = False,
) -> None:
    """Rule on the proposal of a case; the answer is "no" if any rule finds something."""
    if (case is None) == (dossier is None):
        raise typer.BadParameter("give either --case or --dossier")
    read = stored(case) if case is not None else from_file(dossier)
    ruling = rule_on(read, day(at))
    frame.emit(ruling, as_json=as_json, text=lines(ruling))
    if ruling.findings:
        raise frame.No


@app.command("rules")
def list_rules(
    at: At = None,
    jurisdiction: Annotated[str, typer.Option("--jurisdiction", help="ISO country.")] = "US",
    as_json: frame.AsJson = False,
) -> None:
    """List the rules in force on a day."""
    gate = configured_gate()
    rows = [c.rule for c in gate.in_force(jurisdiction, at=day(at))]
    frame.emit(
        {"version": gate.version(jurisdiction, at=day(at)), "rules": rows},
        as_json=as_json,
        text=[f"{r.id}  {r.outcome:8}  {'/'.join(r.stages):27}  {r.title}" for r in rows],
    )


@app.command("docs")
def docs(
    out: Annotated[Path, typer.Option("--out", help="File to write.")] = Path("docs/rules.md"),
    check: Annotated[
        bool, typer.Option("--check", help="Only tell whether it is current.")
    ] = False,
) -> None:
    """Write docs/rules.md from the rule files, or check that it is what they say."""
    from guardrails.rules_page import rules_page

    page = rules_page(configured_gate().table)
    current = out.is_file() and out.read_text(encoding="utf-8") == page
    if check and not current:
        frame.note(f"{out} differs from the rule files; run `casegate gate docs`.")
        raise frame.No
    if not check:
        out.write_text(page, encoding="utf-8")


def rule_on(dossier: "Dossier", at: date) -> "Ruling":
    """Ask the gate about a dossier's proposal.

    Raises:
        InvalidInput: there is no proposal yet.
    """
    from guardrails.proposed import proposed

    return configured_gate()(dossier, proposed(dossier), at=at)


def stored(case_id: str) -> "Dossier":
    """Read a case of this installation."""
    from casegate.cli.wiring import kernel, settings_in

    with kernel(settings_in()) as parts:
        return parts.run_desk.dossier(case_id)


def from_file(path: Path | None) -> "Dossier":
    """Read a dossier file.

    Raises:
        InvalidInput: the file is no dossier; names the fields, never their values.
    """
    from pydantic import ValidationError

    from casegate.errors import InvalidInput
    from casegate.model.dossier import Dossier

    if path is None:
        raise typer.BadParameter("give either --case or --dossier")
    try:
        return Dossier.model_validate_json(path.read_bytes())
    except ValidationError as bad:
        found = "; ".join(
            f"`{'.'.join(map(str, e['loc'])) or 'dossier'}`: {e['type']}"
            for e in bad.errors(include_input=False, include_url=False, include_context=False)
        )
        raise InvalidInput(f"{path.name} is no dossier: {found}") from None


def configured_gate() -> "DatedRules":
    """Load the gate with this installation's own numbers."""
    from casegate.config import load_settings
    from guardrails.gate import DatedRules

    return DatedRules(list_max_age_days=load_settings().list_max_age_days)


def day(at: datetime | None) -> date:
    """Give the day asked for, or today."""
    from casegate.clock import utc_now

    return (at or utc_now()).date()


def lines(ruling: "Ruling") -> list[str]:
    """Word a ruling for a person."""
    head = f"{ruling.outcome}  ({len(ruling.evaluated)} rules asked, {ruling.rules_version})"
    return [head, *(f"{f.rule}  {f.outcome:8}  {f.message}" for f in ruling.findings)]
