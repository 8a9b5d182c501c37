"""`casegate audit`: verify, sign and export the event log."""

from pathlib import Path
from typing import Annotated

import typer

from casegate.cli import frame

app = frame.group("The tamper-evident event log: verify, checkpoint, export.")


@app.command("verify")
def verify(as_json: frame.AsJson = False) -> None:
    """Recompute the whole chain; exit 1 and name the first bad entry if it does not hold."""
    from casegate.audit.verify import verify as verify_chain
    from casegate.cli.wiring import kernel, settings_in

    with kernel(settings_in()) as parts, parts.store.read() as work:
        report = verify_chain(work.log, parts.checkpoints)
    if report.ok:
        line = f"{report.entries} entries hold; root {report.root}"
    else:
        line = f"BROKEN at entry {report.first_bad}: {report.reason}"
    frame.emit(report, as_json=as_json, text=[line])
    if not report.ok:
        raise frame.No


@app.command("checkpoint")
def checkpoint(as_json: frame.AsJson = False) -> None:
    """Sign the newest entry, so that cutting the log off before it is found."""
    from casegate.cli.wiring import kernel, settings_in

    with kernel(settings_in()) as parts, parts.store.work() as work:
        signed = parts.checkpoints.sign(work.log.head())
        work.log.add_checkpoint(signed.seq, signed.model_dump_json())
    frame.emit(signed, as_json=as_json, text=[f"entry {signed.seq} signed: {signed.hash}"])


@app.command("export")
def export(
    to: Annotated[Path, typer.Argument(help="File to write, one entry a line.", dir_okay=False)],
    as_json: frame.AsJson = False,
) -> None:
    """Write the log as JSON lines, for verification elsewhere."""
    from casegate.audit.verify import export as lines_of
    from casegate.cli.wiring import kernel, settings_in

    with kernel(settings_in()) as parts, parts.store.read() as work, to.open("w") as out:
        count = sum(1 for line in lines_of(work.log) if out.write(line + "\n"))
    key = parts.checkpoints.public_pem()
    frame.emit(
        {"entries": count, "file": str(to), "public_key": key},
        as_json=as_json,
        text=[f"{count} entries written to {to}"],
    )
