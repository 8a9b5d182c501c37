"""A narrative, sentence by sentence, with what each sentence rests on."""

from collections.abc import Sequence
from itertools import groupby

from casegate.client import CheckedSentence, ClaimReport, ClaimVerdict, Dossier, Sentence
from ui import words
from ui.components.facts import cited, evidence_line, fact_line
from ui.components.safe import chip, esc

_EDGE = {
    ClaimVerdict.SUPPORTED: "",
    ClaimVerdict.CONTRADICTED: "cg-edge-bad",
    ClaimVerdict.UNSUPPORTED: "cg-edge-bad",
    ClaimVerdict.NOT_CHECKABLE: "cg-edge-warn",
}
_ORIGIN = {
    "plan": "planned by the model",
    "template": "written by code",
    "human": "written by a person",
}


def narrative(dossier: Dossier, sentences: Sequence[Sentence], report: ClaimReport) -> str:
    """Draw all sentences under the headings of their sections, the doubtful ones also on top."""
    numbered = list(enumerate(sentences))
    doubtful = [(n, s) for n, s in numbered if not _stands(_checked(report, n))]
    parts: list[str] = []
    if doubtful:
        parts.append('<h3 class="cg-section">Read these first</h3>')
        parts += [_sentence(dossier, n, s, _checked(report, n)) for n, s in doubtful]
    for section, group in groupby(numbered, key=lambda pair: pair[1].section):
        parts.append(f'<h3 class="cg-section">{esc(words.plain(section))}</h3>')
        parts += [_sentence(dossier, n, s, _checked(report, n)) for n, s in group]
    return f'<div class="cg-text">{"".join(parts)}</div>'


def _stands(checked: CheckedSentence | None) -> bool:
    return checked is not None and checked.verdict is ClaimVerdict.SUPPORTED


def _checked(report: ClaimReport, number: int) -> CheckedSentence | None:
    return report.sentences[number] if number < len(report.sentences) else None


def uncited(sentence: Sentence) -> str:
    """Mark a sentence without citation: a tested standard sentence holds no value to cite."""
    if sentence.pattern is not None and not sentence.bindings:
        return chip("standard sentence")
    return chip("no citation", "bad")


def _sentence(
    dossier: Dossier, number: int, sentence: Sentence, checked: CheckedSentence | None
) -> str:
    edge = _EDGE[checked.verdict] if checked else "cg-edge-warn"
    cites = "".join(cited(e, dossier) for e in sentence.evidence)
    if not cites and not _stands(checked):
        cites = chip("no citation", "bad")
    return (
        f'<div class="cg-sentence {edge}"><div><p><span class="cg-number">{number + 1}</span>'
        f"{marked(sentence, checked)}</p>{verdict_lines(checked)}</div>"
        f"<div>{cites}{_basis(dossier, sentence)}</div></div>"
    )


def marked(sentence: Sentence, checked: CheckedSentence | None) -> str:
    """Draw the text with bound values underlined and wrong values marked."""
    spans = [(b.start, b.end, "span", f"{b.fact}.{b.role}") for b in sentence.bindings]
    spans += _wrong(sentence.text, checked)
    drawn, at = "", 0
    for start, end, tag, hint in sorted(spans):
        if not at <= start < end <= len(sentence.text):
            continue
        css = "cg-bound" if tag == "span" else "cg-wrong"
        drawn += esc(sentence.text[at:start])
        drawn += f'<{tag} class="{css}" title="{esc(hint)}">{esc(sentence.text[start:end])}</{tag}>'
        at = end
    return drawn + esc(sentence.text[at:])


def _wrong(text: str, checked: CheckedSentence | None) -> list[tuple[int, int, str, str]]:
    bad = {ClaimVerdict.CONTRADICTED, ClaimVerdict.UNSUPPORTED}
    found = []
    for claim in checked.claims if checked else ():
        at = text.find(claim.text) if claim.text else -1
        if claim.verdict in bad and at >= 0:
            found.append((at, at + len(claim.text), "mark", claim.reason or claim.verdict))
    return found


def verdict_lines(checked: CheckedSentence | None) -> str:
    """Say what the claim gate objects to; nothing when it objects to nothing."""
    if checked is None:
        return f"<p>{chip('Not checked', 'warn')}</p>"
    lines = []
    if checked.verdict is not ClaimVerdict.SUPPORTED:
        said, tone = words.VERDICT[checked.verdict]
        lines.append(f"<p>{chip(said, tone)}{_consequence(checked.verdict)}</p>")
    for claim in checked.claims:
        if claim.verdict in {ClaimVerdict.CONTRADICTED, ClaimVerdict.UNSUPPORTED}:
            nearest = f" Nearest in the records: {claim.nearest}." if claim.nearest else ""
            reason = f" {claim.reason.rstrip('.')}." if claim.reason else ""
            lines.append(f"<p>“{esc(claim.text)}”:{esc(reason)}{esc(nearest)}</p>")
    lines += [f"<p>{chip('Content', 'bad')}{esc(words.plain(r))}</p>" for r in checked.reasons]
    return "".join(lines)


def _consequence(verdict: ClaimVerdict) -> str:
    if verdict is ClaimVerdict.NOT_CHECKABLE:
        return "Read it yourself and tick it when you decide."
    return "It can't stay in this form."


def _basis(dossier: Dossier, sentence: Sentence) -> str:
    facts = [f for f in dossier.facts if f.id in sentence.facts]
    evidence = [e for e in dossier.evidence if e.id in sentence.evidence]
    rows = [f"<li>{fact_line(f)}</li>" for f in facts]
    rows += [f"<li>{evidence_line(e)}</li>" for e in evidence]
    if not rows:
        return ""
    bound = words.amount_of(len(facts), "fact") if facts else "No fact bound"
    said = f"{bound}, {_ORIGIN[sentence.origin]}"
    return f"<details><summary>{esc(said)}</summary><ul>{''.join(rows)}</ul></details>"


def tally(report: ClaimReport) -> str:
    """Draw how many sentences stand, and how many don't, in one line."""
    counts = {v: sum(s.verdict is v for s in report.sentences) for v in ClaimVerdict}
    chips = [
        chip(f"{counts[v]} {words.TALLY[v]}", words.VERDICT[v][1])
        for v in ClaimVerdict
        if counts[v]
    ]
    failed = "".join(
        f"<p>{chip('Incomplete', 'bad') if r.fatal else chip('Consider', 'info')}{esc(r.message)} "
        f'<span class="cg-quiet">{esc(r.check)}</span></p>'
        for r in report.rubric
    )
    return f"<p>{''.join(chips)}</p>{failed}"
