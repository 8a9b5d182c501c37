"""What the rules gate found, most severe first, in words that say what to do."""

from casegate.client import PRECEDENCE, Finding, Ruling
from ui import words
from ui.components.safe import chip, esc


def ordered(ruling: Ruling) -> list[Finding]:
    """Give the findings, most severe first, in the order of the rules within."""
    return sorted(ruling.findings, key=lambda f: PRECEDENCE.index(f.outcome))


def findings(ruling: Ruling) -> str:
    """Draw every finding with its rule and source."""
    rows = "".join(_finding(f) for f in ordered(ruling))
    if not rows:
        rows = f'<p class="cg-p">{esc("No rule objects. That is not an approval.")}</p>'
    return (
        f"{rows}<p class='cg-quiet'>{len(ruling.evaluated)} rules in force on "
        f"{esc(words.day(ruling.at))} were read, version {esc(ruling.rules_version)}.</p>"
    )


def _finding(found: Finding) -> str:
    said, tone, _ = words.OUTCOME[found.outcome]
    to = f" Goes to: {words.plain(found.to).lower()}." if found.to else ""
    also = f" Also: {found.also}." if found.also else ""
    missing = f" Not known: {', '.join(found.missing)}." if found.missing else ""
    doubtful = found.confidence == "from_memory" and found.source != "policy"
    source = found.source + (" (source not verified)" if doubtful else "")
    return (
        f'<div class="cg-finding"><p>{chip(said, tone)}<span class="cg-strong">'
        f"{esc(found.message)}</span>{esc(to + also + missing)}</p>"
        f'<p class="cg-quiet">{esc(found.rule)} · {esc(source)}</p></div>'
    )
