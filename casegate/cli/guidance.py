"""`casegate guidance`: search the notes."""

from typing import Annotated

import typer

from casegate.cli import frame

app = frame.group("Search the guidance notes.")


@app.callback()
def guidance() -> None:
    """Search the guidance notes."""


@app.command("search")
def search(
    text: Annotated[str, typer.Argument(help="What to look for, in any words.")],
    limit: Annotated[int, typer.Option("--limit", min=1, max=20)] = 3,
    as_json: frame.AsJson = False,
) -> None:
    """Show the passages nearest in meaning, with note, source and how sure it is."""
    from casegate.cli.wiring import settings_in
    from tools.guidance.index import GuidanceIndex

    settings = settings_in()
    index = GuidanceIndex(settings.data / "guidance" / "vectors.json", url=settings.qdrant_url)
    passages = index.search(text, limit=limit)
    lines = []
    for passage in passages:
        laws = "; ".join(f"{source.law} {source.paragraph}" for source in passage.note.sources)
        lines += [f"{passage.score:.3f}  {passage.note.title} ({passage.note.id})", passage.quote]
        lines += [f"  {laws} [{passage.note.confidence.replace('_', ' ')}]", ""]
    frame.emit(
        {"passages": [passage.model_dump(mode="json") for passage in passages]},
        as_json=as_json,
        text=lines,
    )
