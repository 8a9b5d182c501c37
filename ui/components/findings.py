"""What the rules gate found, most severe first, in words that say what to do."""

import re
from collections.abc import Sequence

from casegate.client import PRECEDENCE, Document, Finding, Ruling
from ui import words
from ui.components import safe
from ui.components.safe import chip, esc

_VALUE = re.compile(r"\b(?P<document>d-[0-9a-z]+)(?:\.(?P<field>[a-z_]+))?")
"""How rules name a document or a value in it: by id, for their messages stand in logs too."""


def message(found: Finding, documents: Sequence[Document]) -> str:
    """Write a finding for people: documents by their file's name, values by their field's."""
    names = {document.id: safe.visible(document.filename) for document in documents}

    def named(match: re.Match[str]) -> str:
        name = names.get(match["document"])
        if name is None:
            return match[0]
        field = match["field"]
        return f"{words.plain(field).lower()} in {name}" if field else name

    return _VALUE.sub(named, found.message)


def ordered(ruling: Ruling) -> list[Finding]:
    """Give the findings, most severe first, in the order of the rules within."""
    return sorted(ruling.findings, key=lambda f: PRECEDENCE.index(f.outcome))


def findings(ruling: Ruling, documents: Sequence[Document] = ()) -> str:
    """Draw every finding with its rule and source."""
    rows = "".join(_finding(f, documents) for f in ordered(ruling))
    if not rows:
        rows = f'<p class="cg-p">{esc("No rule objects. That is not an approval.")}</p>'
    return (
        f"{rows}<p class='cg-quiet'>{len(ruling.evaluated)} rules in force on "
        f"{esc(words.day(ruling.at))} were read, version {esc(ruling.rules_version)}.</p>"
    )


def _finding(found: Finding, documents: Sequence[Document]) -> str:
    said, tone, _ = words.OUTCOME[found.outcome]
    to = f" Goes to: {words.plain(found.to).lower()}." if found.to else ""
    also = f" Also: {found.also}." if found.also else ""
    missing = f" Not known: {', '.join(found.missing)}." if found.missing else ""
    doubtful = found.confidence == "from_memory" and found.source != "policy"
    source = found.source + (" (source not verified)" if doubtful else "")
    return (
        f'<div class="cg-finding"><p>{chip(said, tone)}<span class="cg-strong">'
        f"{esc(message(found, documents))}</span>{esc(to + also + missing)}</p>"
        f'<p class="cg-quiet">{esc(found.rule)} · {esc(source)}</p></div>'
    )
