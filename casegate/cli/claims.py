"""`casegate claims`: the claim gate alone, on any text about a case."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casegate.cli import frame
from casegate.model.narrative import OutputKind

if TYPE_CHECKING:
    from casegate.model.base import Json
    from casegate.model.dossier import Dossier
    from casegate.model.narrative import ClaimReport, SentenceText
    from guardrails.claims import FactClaimGate

app = frame.group("Check every value of a text against the records of its case.")


@app.callback()
def claims() -> None:
    """Check every value of a text against the records of its case."""


@app.command("check")
def check(
    narrative: Annotated[
        Path,
        typer.Option(
            "--narrative",
            exists=True,
            dir_okay=False,
            help='Plain text, or JSON: {"sentences": [{"text", "evidence": [ids]}]}.',
        ),
    ],
    case: Annotated[str | None, typer.Option("--case", help="Case id.")] = None,
    dossier: Annotated[
        Path | None,
        typer.Option("--dossier", help="Dossier as JSON.", exists=True, dir_okay=False),
    ] = None,
    output: Annotated[
        OutputKind | None,
        typer.Option("--output", help="Kind of text; that of the case's proposal by default."),
    ] = None,
    as_json: frame.AsJson = False,
) -> None:
    """Say of every sentence whether the records support it; the answer is "no" if it is held."""
    from casegate.cli.gate import from_file, stored
    from guardrails.claims import load_claim_gate

    if (case is None) == (dossier is None):
        raise typer.BadParameter("give either --case or --dossier")
    read = stored(case) if case is not None else from_file(dossier)
    gate = load_claim_gate()
    kind = output or kind_of(read)
    report = gate(read, sentences_of(narrative, gate, read), kind)
    frame.emit(document(report, kind), as_json=as_json, text=lines(report, kind))
    if report.held:
        raise frame.No


def kind_of(dossier: "Dossier") -> OutputKind:
    """Give the kind of the proposal's text; without a proposal, the kind with most checks."""
    if dossier.proposal is not None:
        return dossier.proposal.narrative.output
    return OutputKind.SAR_NARRATIVE


def sentences_of(
    path: Path, gate: "FactClaimGate", dossier: "Dossier"
) -> "tuple[SentenceText, ...]":
    """Read a narrative file; bytes that are no UTF-8 stay visible and are held by the gate.

    Raises:
        InvalidInput: JSON of another shape than documented; names the fields, never their values.
    """
    import json

    text = path.read_bytes().decode("utf-8-sig", errors="replace")
    if not text.lstrip().startswith("{"):
        return gate.split(text, dossier)
    try:
        given = json.loads(text)
    except json.JSONDecodeError:
        # Not JSON after all: prose may begin with a brace, and the gate holds such a mark.
        return gate.split(text, dossier)
    return _sentences(given, path.name)


def _sentences(given: "Json", name: str) -> "tuple[SentenceText, ...]":
    from pydantic import TypeAdapter, ValidationError

    from casegate.errors import InvalidInput
    from casegate.model.narrative import SentenceText

    try:
        rows = TypeAdapter(list[dict[str, object]]).validate_python(given.get("sentences"))
        known = set(SentenceText.model_fields)
        return tuple(
            SentenceText.model_validate({k: v for k, v in row.items() if k in known})
            for row in rows
        )
    except ValidationError as bad:
        found = "; ".join(
            f"`{'.'.join(map(str, e['loc'])) or 'sentences'}`: {e['type']}"
            for e in bad.errors(include_input=False, include_url=False, include_context=False)
        )
        raise InvalidInput(f"{name} holds no sentences: {found}") from None


def document(report: "ClaimReport", kind: OutputKind) -> "dict[str, object]":
    """Give the JSON answer: the report, the kind of text, and what is unsupported."""
    return {
        **report.model_dump(mode="json"),
        "output": kind.value,
        "unsupported_values": report.unsupported_values(),
    }


def lines(report: "ClaimReport", kind: OutputKind) -> list[str]:
    """Word a report for a person."""
    told = [f"{'held' if report.held else 'clear'}  ({kind.value})"]
    for number, sentence in enumerate(report.sentences, start=1):
        told.append(f"{number:3} {sentence.verdict.value:14} {sentence.text}")
        told += [
            f"      {c.kind.value} {c.text!r}: {c.verdict.value}, {c.reason}"
            + (f"; nearest {c.nearest}" if c.nearest else "")
            for c in sentence.claims
            if c.verdict.value != "supported"
        ]
        told += [f"      {reason}" for reason in sentence.reasons]
    told += [
        f"{'FATAL' if f.fatal else 'open ' if not f.decided else 'warn '} {f.check}: {f.message}"
        for f in report.rubric
    ]
    return told
