"""`casegate prompts`: what the model is told, by version."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casegate.cli import frame

if TYPE_CHECKING:
    from prompts.registry import Entry

app = frame.group("List, show, compare and seal prompts.")

Folder = Annotated[
    Path | None, typer.Option(help="Another prompts folder than this installation's.")
]
PromptId = Annotated[str, typer.Argument(help="Such as `narrative/plan`.")]


@app.command("list")
def list_prompts(folder: Folder = None, as_json: frame.AsJson = False) -> None:
    """Check all prompts and show their versions, digests and states."""
    from prompts.registry import FOLDER, load_prompts

    prompts = load_prompts(folder or FOLDER)
    rows = [_row(entry) for entry in prompts.entries]
    for row, entry in zip(rows, prompts.entries, strict=True):
        row["purpose"] = prompts.get(entry.id, entry.version).front.purpose
    text = [
        f"{row['state']:8}{row['id']}@{row['version']}#{str(row['sha256'])[:12]}  {row['purpose']}"
        for row in rows
    ]
    frame.emit({"prompts": rows}, as_json=as_json, text=text)


@app.command()
def show(
    prompt_id: PromptId,
    version: Annotated[int, typer.Option(help="0 is the live version.")] = 0,
    folder: Folder = None,
    as_json: frame.AsJson = False,
) -> None:
    """Show one version as its file stands."""
    from prompts.prompt import file_of
    from prompts.registry import FOLDER, load_prompts

    folder = folder or FOLDER
    prompts = load_prompts(folder)
    prompt = prompts.get(prompt_id, version) if version else prompts.live(prompt_id)
    text = (folder / file_of(prompt.id, prompt.version)).read_text(encoding="utf-8")
    document = {
        "ref": prompt.ref,
        "sha256": prompt.sha256,
        **prompt.front.model_dump(mode="json"),
        "turns": [turn.model_dump() for turn in prompt.turns],
    }
    frame.emit(document, as_json=as_json, text=text.splitlines())


@app.command()
def diff(
    prompt_id: PromptId,
    before: Annotated[int, typer.Argument(help="Version.")],
    after: Annotated[int, typer.Argument(help="Version.")],
    folder: Folder = None,
    as_json: frame.AsJson = False,
) -> None:
    """Compare two versions line by line; exit 1 if they differ in more than their numbers."""
    from difflib import unified_diff

    from prompts.prompt import file_of
    from prompts.registry import FOLDER, load_prompts

    folder = folder or FOLDER
    prompts = load_prompts(folder)
    old, new = prompts.get(prompt_id, before), prompts.get(prompt_id, after)
    one, other = (
        (folder / file_of(p.id, p.version)).read_text(encoding="utf-8").splitlines()
        for p in (old, new)
    )
    lines = list(unified_diff(one, other, old.ref, new.ref, lineterm="", n=2))
    same = (old.turns, old.front.inputs, old.sampling) == (
        new.turns,
        new.front.inputs,
        new.sampling,
    )
    document = {"before": old.ref, "after": new.ref, "same": same, "lines": lines}
    frame.emit(document, as_json=as_json, text=lines)
    if not same:
        raise frame.No


@app.command()
def seal(
    replace: Annotated[
        list[str] | None,
        typer.Option(help="`id@version` that was never used and may change in place."),
    ] = None,
    folder: Folder = None,
    as_json: frame.AsJson = False,
) -> None:
    """Write the digests of new and changed prompt files into the manifest."""
    from prompts.registry import FOLDER
    from prompts.seal import seal as write

    changed = write(folder or FOLDER, replace=frozenset(replace or ()))
    rows = [_row(entry) for entry in changed]
    text = [f"sealed {row['id']}@{row['version']} as {row['state']}" for row in rows]
    frame.emit({"sealed": rows}, as_json=as_json, text=text or ["nothing changed"])


def _row(entry: "Entry") -> dict[str, object]:
    return dict(entry.model_dump(mode="json"))
