"""Changes a narrative sentence by sentence, each change read by the claim gate at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from casegate.client import (
    ClaimReport,
    Client,
    ClientError,
    Dossier,
    Section,
    Sentence,
    SentenceText,
)
from ui import words
from ui.components import safe
from ui.components.narrative import verdict_lines
from ui.session import show_error


@dataclass(frozen=True)
class Line:
    """One sentence under edit; its text and citations live in the widgets of its number."""

    number: int
    section: Section
    original: Sentence | None


def edit_key(case_id: str) -> str:
    """Name the switch that opens the narrative for change."""
    return f"edit-{case_id}"


def edited(dossier: Dossier) -> tuple[Sentence, ...] | None:
    """Give the narrative as it now stands; None if it is still the proposal's.

    A sentence that nobody touched stays the very same record.
    """
    proposal, case_id = dossier.proposal, dossier.case.id
    if not st.session_state.get(edit_key(case_id), False):
        return None
    now = tuple(_sentence(case_id, line) for line in _lines(dossier))
    return None if proposal and now == proposal.narrative.sentences else now


def editor(client: Client, dossier: Dossier) -> ClaimReport | None:
    """Show the editor; gives the claim gate's report on what stands in it."""
    lines = _lines(dossier)
    sentences = [_sentence(dossier.case.id, line) for line in lines]
    try:
        report = _checked(client, dossier, sentences)
    except ClientError as error:
        show_error(error)
        report = None
    for place, line in enumerate(lines):
        _edit_line(dossier, line, place, report)
    _adding(dossier)
    return report


def _lines(dossier: Dossier) -> list[Line]:
    key = f"lines-{dossier.case.id}"
    if key not in st.session_state:
        given = dossier.proposal.narrative.sentences if dossier.proposal else ()
        st.session_state[key] = [Line(n, s.section, s) for n, s in enumerate(given)]
    lines: list[Line] = st.session_state[key]
    return lines


def _sentence(case_id: str, line: Line) -> Sentence:
    was = line.original
    text = str(st.session_state.get(_key(case_id, line, "text"), was.text if was else ""))
    cites = tuple(st.session_state.get(_key(case_id, line, "cites"), was.evidence if was else ()))
    if was is not None and text == was.text and cites == was.evidence:
        return was
    return Sentence(text=text.strip(), section=line.section, evidence=cites, origin="human")


def _key(case_id: str, line: Line, what: str) -> str:
    return f"{what}-{case_id}-{line.number}"


def _checked(client: Client, dossier: Dossier, sentences: Sequence[Sentence]) -> ClaimReport:
    asked = tuple(
        SentenceText(text=s.text, evidence=s.evidence, section=s.section) for s in sentences
    )
    # A review of a document changes what the records say, not the text.
    on = (dossier.case.id, dossier.evidence_hash, asked)
    kept = st.session_state.get("checked")
    if kept is not None and kept[0] == on:
        last: ClaimReport = kept[1]
        return last
    report = client.check(dossier.case.id, asked)
    st.session_state["checked"] = (on, report)
    return report


def _edit_line(dossier: Dossier, line: Line, place: int, report: ClaimReport | None) -> None:
    case_id, was = dossier.case.id, line.original
    text, cites = _key(case_id, line, "text"), _key(case_id, line, "cites")
    st.session_state.setdefault(text, was.text if was else "")
    st.session_state.setdefault(cites, list(was.evidence) if was else [])
    titles = {e.id: f"{e.id} {safe.visible(e.title)}" for e in dossier.evidence}
    titles |= {e: f"{e} (not in this case)" for e in st.session_state[cites] if e not in titles}
    with st.container(border=True, gap="xsmall"):
        name = f"Sentence {place + 1}, {words.plain(line.section).lower()}"
        st.text_area(name, key=text, height=80, persist_state="session")
        left, right = st.columns([5, 1], vertical_alignment="bottom")
        with left:
            st.multiselect(
                f"Evidence of sentence {place + 1}",
                list(titles),
                format_func=titles.__getitem__,
                key=cites,
                label_visibility="collapsed",
                placeholder="Cite the evidence it rests on",
                persist_state="session",
            )
        with right:
            st.button(
                "Remove",
                key=_key(case_id, line, "remove"),
                help=f"Take sentence {place + 1} out",
                on_click=_remove,
                args=(case_id, line),
                width="stretch",
            )
        if report is not None and place < len(report.sentences):
            checked = report.sentences[place]
            said = verdict_lines(checked) or f"<p>{safe.chip('Supported', 'good')}</p>"
            safe.show(f'<div role="status">{said}</div>')


def _remove(case_id: str, line: Line) -> None:
    st.session_state[f"lines-{case_id}"].remove(line)


def _adding(dossier: Dossier) -> None:
    case_id = dossier.case.id
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    with left:
        section = st.selectbox(
            "Section of a new sentence", list(Section), index=1, format_func=words.plain
        )
    with right:
        st.button("Add a sentence", on_click=_add, args=(case_id, section), width="stretch")


def _add(case_id: str, section: Section) -> None:
    lines: list[Line] = st.session_state[f"lines-{case_id}"]
    following = max((line.number for line in lines), default=-1) + 1
    after = [n for n, line in enumerate(lines) if _rank(line.section) <= _rank(section)]
    lines.insert(after[-1] + 1 if after else 0, Line(following, section, None))


def _rank(section: Section) -> int:
    return list(Section).index(section)
