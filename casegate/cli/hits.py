"""`casegate hits`: settle screening hits and look after suppressions, scripted."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from casegate.cli import frame
from casegate.cli.case import As, CaseId, signed_in

if TYPE_CHECKING:
    from casegate.model.standing import HitStanding

app = frame.group("Settle screening hits, list and end suppressions.")

Reason = Annotated[str, typer.Option(help="Why, at most 1,000 characters.")]


@app.command("list")
def list_hits(case_id: CaseId, user: As = "ana", as_json: frame.AsJson = False) -> None:
    """Show the hits of a case; exit 1 while one waits for a person."""
    from casegate.cli.wiring import kernel, settings_in

    with kernel(settings_in()) as parts:
        found = parts.desk.hits(signed_in(parts, user), case_id)
    lines = [line for one in found.hits for line in _told(one)]
    frame.emit(found, as_json=as_json, text=lines or ["no hits"])
    if any(one.is_open for one in found.hits):
        raise frame.No


@app.command("answer")
def answer(
    case_id: CaseId,
    party: Annotated[str, typer.Option(help="Party id, such as P1.")],
    list_: Annotated[str, typer.Option("--list", help="List name.")],
    entry: Annotated[str, typer.Option(help="Entity id of the entry.")],
    is_: Annotated[
        Literal["true_match", "false_positive", "unsure"], typer.Option("--is", help="What it is.")
    ],
    reason: Reason,
    user: As = "ana",
    as_json: frame.AsJson = False,
) -> None:
    """Say what a hit of a case in your hands is; it may wait for a second person."""
    from casegate.cli.wiring import kernel, settings_in

    with kernel(settings_in()) as parts:
        actor = signed_in(parts, user)
        word = parts.desk.review_hit(
            actor,
            case_id,
            party=party,
            list=list_,
            entity_id=entry,
            answer=is_,
            reason=reason,
            version=parts.desk.read(actor, case_id).case.version,
        )
    waits = "waits for a second person" if word.needs_second else "counts"
    frame.emit(word, as_json=as_json, text=[f"{word.id} {waits}"])


@app.command("second")
def second(
    case_id: CaseId,
    review: Annotated[str, typer.Option(help="Id of the colleague's word.")],
    reason: Reason,
    user: As,
    disagree: Annotated[bool, typer.Option("--disagree", help="Set the hit back to open.")] = False,
    suppress_until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="First day on which the hit counts again."),
    ] = None,
    as_json: frame.AsJson = False,
) -> None:
    """Agree with a colleague's word on a hit as second person, or set the hit back to open."""
    from casegate.cli.wiring import kernel, settings_in

    until: date | None = None if suppress_until is None else suppress_until.date()
    with kernel(settings_in()) as parts:
        actor = signed_in(parts, user)
        word = parts.desk.second_hit(
            actor,
            case_id,
            review=review,
            agrees=not disagree,
            reason=reason,
            suppress_until=until,
            version=parts.desk.read(actor, case_id).case.version,
        )
    said = "disagrees: the hit is open again" if disagree else "agrees: the answer counts"
    frame.emit(word, as_json=as_json, text=[f"{word.id} {said}"])


@app.command("suppressions")
def suppressions(
    case_id: Annotated[str | None, typer.Option("--case", help="Only those of a case.")] = None,
    after: Annotated[str | None, typer.Option(help="Continue after this one.")] = None,
    user: As = "ana",
    as_json: frame.AsJson = False,
) -> None:
    """List suppressions, oldest first, ended ones included; at most 500."""
    from casegate.cli.wiring import kernel, settings_in

    with kernel(settings_in()) as parts:
        actor = signed_in(parts, user)
        found = parts.desk.suppressions(actor, case_id=case_id, after=after, limit=500)
    ended = {one.suppression: one for one in found.ends}
    lines = [
        f"{one.id} {one.list} {one.entity_id} until {one.expires_on} by {one.approved_by}"
        + (f", ended by {ended[one.id].ended_by}" if one.id in ended else "")
        for one in found.suppressions
    ]
    frame.emit(found, as_json=as_json, text=lines or ["no suppressions"])


@app.command("end")
def end(
    suppression: Annotated[str, typer.Argument(help="Suppression id, such as sup-01k0....")],
    reason: Reason,
    user: As,
    as_json: frame.AsJson = False,
) -> None:
    """End a suppression now: its hits wait for a person again."""
    from casegate.cli.wiring import kernel, settings_in

    with kernel(settings_in()) as parts:
        made = parts.desk.end_suppression(signed_in(parts, user), suppression, reason=reason)
    frame.emit(made, as_json=as_json, text=[f"{made.suppression} ended"])


def _told(one: "HitStanding") -> list[str]:
    hit = one.hit
    state = hit.disposition if one.state == "settled" else one.state
    line = f"{state:16} {hit.party} {hit.list} {hit.entity_id} {hit.band} {hit.score:.2f}"
    waiting = [] if one.waiting is None else [f"{'':16} {one.waiting.id} by {one.waiting.reviewer}"]
    return [line, *waiting]
