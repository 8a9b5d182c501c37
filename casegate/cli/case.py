"""`casegate case`: everything that the desk does with a case, scripted."""

import getpass
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casegate.cli import frame

if TYPE_CHECKING:
    from casegate.access.principals import Principal
    from casegate.desk.kernel import Kernel

app = frame.group("Open, run, show, decide, approve and export cases.")

As = Annotated[
    str, typer.Option("--as", help="User who acts; password from CASEGATE_PASSWORD or asked.")
]
CaseId = Annotated[str, typer.Argument(help="Case id, such as c-01k0....")]


def signed_in(parts: "Kernel", user: str) -> "Principal":
    """Sign in as the desk does: the command line gives nobody a right."""
    return parts.sign_in.sign_in(user, _password(user)).principal


def _password(user: str) -> str:
    return os.environ.get("CASEGATE_PASSWORD") or getpass.getpass(f"Password of {user}: ")


@app.command("open")
def open_case(
    bundle: Annotated[Path, typer.Argument(help="Bundle folder or zip.", exists=True)],
    user: As = "core-banking",
    api: Annotated[
        str, typer.Option(help="Send it to the service at this address, such as http://host:8400.")
    ] = "",
    as_json: frame.AsJson = False,
) -> None:
    """Submit a bundle and queue its run; the same bundle again is the same case."""
    from casegate.cli.bundles import read_bundle, submit
    from casegate.cli.wiring import kernel, settings_in

    files = read_bundle(bundle)
    if api:
        from casegate.cli.sending import send_as

        sent = send_as(api, user, _password(user), files)
        line = f"{sent.id} {sent.status.value}"
        frame.emit({"id": sent.id, "status": sent.status.value}, as_json=as_json, text=[line])
        return
    with kernel(settings_in()) as parts:
        case_id = submit(parts.desk, signed_in(parts, user), files)
        case = parts.run_desk.dossier(case_id).case
    frame.emit(
        {"id": case_id, "status": case.status.value},
        as_json=as_json,
        text=[f"{case_id} {case.status.value}"],
    )


@app.command("run")
def run(case_id: CaseId, user: As = "ana", as_json: frame.AsJson = False) -> None:
    """Work the queue in this process until this case and all before it are done."""
    from threading import Event

    from casegate.cli.wiring import kernel, settings_in
    from casegate.cli.work import run_worker

    settings = settings_in()
    with kernel(settings) as parts:
        actor = signed_in(parts, user)
        status = parts.desk.progress(actor, case_id).status
        if status == "failed":
            parts.desk.retry(actor, case_id)
        run_worker(settings, parts, Event(), until_idle=True)
        case = parts.run_desk.dossier(case_id).case
    frame.emit(
        {"id": case_id, "status": case.status.value},
        as_json=as_json,
        text=[f"{case_id} {case.status.value}"],
    )
    if case.status == "failed":
        raise frame.No


@app.command("show")
def show(case_id: CaseId, user: As = "ana", as_json: frame.AsJson = False) -> None:
    """Show a case as the desk shows it to this user."""
    from casegate.cli.wiring import kernel, settings_in

    with kernel(settings_in()) as parts:
        actor = signed_in(parts, user)
        dossier = parts.desk.read(actor, case_id)
        papers = parts.desk.documents(actor, case_id).documents
    proposal = dossier.proposal
    text = [f"{case_id}  {dossier.case.kind.value}  {dossier.case.status.value}"]
    if proposal is not None:
        text.append(f"proposed: {proposal.disposition.value} ({', '.join(proposal.reason_codes)})")
        text += [f"  {s.text} [{', '.join(s.evidence)}]" for s in proposal.narrative.sentences]
    if dossier.ruling is not None:
        text += [f"{f.outcome.value:9} {f.rule}: {f.message}" for f in dossier.ruling.findings]
    text += [
        f"asked again since {wanted.at:%Y-%m-%d %H:%M} ({wanted.reason_code.value}): "
        f"{paper.id}, {wanted.asked}"
        for paper in papers
        if (wanted := paper.requested_again) is not None
    ]
    text += [f"problem {p.code} at {p.where}: {p.message}" for p in dossier.problems]
    frame.emit(dossier, as_json=as_json, text=text)


@app.command("decide")
def decide(
    case_id: CaseId,
    disposition: Annotated[str, typer.Option(help="Such as no_suspicion or suspicious_file.")],
    reason: Annotated[str, typer.Option(help="Reason code.")],
    rationale: Annotated[str, typer.Option(help="One to three sentences.")],
    acknowledge: Annotated[
        list[str] | None, typer.Option(help="Id of a finding that you read; S<n> for a sentence.")
    ] = None,
    detection_date: Annotated[str | None, typer.Option(help="Day of detection, ISO.")] = None,
    user: As = "ana",
    as_json: frame.AsJson = False,
) -> None:
    """Claim the case if it is free and hand in a decision; a second person has to approve it."""
    from casegate.cli.wiring import kernel, settings_in
    from casegate.model.decision import DecisionDraft

    draft = DecisionDraft.model_validate(
        {
            "disposition": disposition,
            "reason_code": reason,
            "rationale": rationale,
            "acknowledged": tuple(acknowledge or ()),
            "detection_date": detection_date,
        }
    )
    with kernel(settings_in()) as parts:
        actor = signed_in(parts, user)
        case = parts.desk.read(actor, case_id).case
        if case.status == "ready_for_review":
            case = parts.desk.claim(actor, case_id, version=case.version)
        made = parts.desk.decide(actor, case_id, version=case.version, draft=draft)
    frame.emit(
        made,
        as_json=as_json,
        text=[f"{made.id} waits for a second person", f"content hash {made.content_hash}"],
    )


@app.command("approve")
def approve(
    case_id: CaseId,
    decision: Annotated[str, typer.Option(help="Decision id.")],
    content_hash: Annotated[str, typer.Option(help="Content hash of what you read.")],
    user: As,
    note: Annotated[str, typer.Option(help="Why.")] = "",
    send_back: Annotated[bool, typer.Option("--return", help="Return it to the maker.")] = False,
    as_json: frame.AsJson = False,
) -> None:
    """Approve exactly what was read, as a second person, or return it."""
    from casegate.cli.wiring import kernel, settings_in

    with kernel(settings_in()) as parts:
        given = parts.desk.approve(
            signed_in(parts, user),
            case_id,
            decision_id=decision,
            content_hash=content_hash,
            approved=not send_back,
            note=note,
        )
    frame.emit(
        given, as_json=as_json, text=[f"{given.id} {'returned' if send_back else 'approved'}"]
    )


@app.command("export")
def export(
    case_id: CaseId,
    to: Annotated[Path, typer.Argument(help="File to write.", dir_okay=False)],
    user: As = "ana",
    as_json: frame.AsJson = False,
) -> None:
    """Write the case and its events as one JSON document."""
    import json

    from casegate.cli.wiring import kernel, settings_in

    with kernel(settings_in()) as parts:
        actor = signed_in(parts, user)
        dossier = parts.desk.read(actor, case_id)
        events = parts.desk.events(actor, case_id)
    document = {
        "dossier": dossier.model_dump(mode="json", by_alias=True),
        "events": [event.model_dump(mode="json") for event in events],
    }
    to.write_text(json.dumps(document, indent=1, ensure_ascii=False))
    frame.emit(
        {"file": str(to), "events": len(events)},
        as_json=as_json,
        text=[f"{case_id} with {len(events)} events written to {to}"],
    )


@app.command("replace")
def replace(
    case_id: CaseId,
    document_id: Annotated[str, typer.Argument(help="Document that was asked for again.")],
    file: Annotated[Path, typer.Argument(help="The other copy.", exists=True, dir_okay=False)],
    user: As = "core-banking",
    as_json: frame.AsJson = False,
) -> None:
    """Hand in the copy that was asked for; the worker reads it and has every check run again."""
    from casegate.cli.wiring import kernel, settings_in

    with kernel(settings_in()) as parts:
        document = parts.desk.add_document(
            signed_in(parts, user),
            case_id,
            filename=file.name,
            data=file.read_bytes(),
            replaces=document_id,
        )
    frame.emit(
        {"id": document.id, "replaces": document_id},
        as_json=as_json,
        text=[f"{document.id} is sent for {document_id} and waits to be read"],
    )
