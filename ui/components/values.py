"""The values of a document: what is missing, what to check, what can be used."""

from itertools import groupby

import streamlit as st

from casegate.client import Band, Document, Engine, Field, FieldAnswer, FieldReview, TextSource
from ui import words
from ui.components import reading, review, safe
from ui.components.review import Desk
from ui.components.safe import chip, esc

BAND = {
    Band.USE: ("Use", "good"),
    Band.CHECK: ("Check", "warn"),
    Band.RE_REQUEST: ("Ask again", "bad"),
}
_HEAD = {
    Band.RE_REQUEST: "Hardly readable: ask for a better copy, or read it yourself",
    Band.CHECK: "To check against the page",
    Band.USE: "Read for certain",
}
ENGINE = {
    Engine.LABEL: "read beside its label",
    Engine.VALIDATOR: "verified by check digits",
    Engine.MRZ: "read in the machine readable zone",
    Engine.MODEL: "found by the model",
    Engine.PERSON: "given by a person",
}
FROM = {
    TextSource.TEXT_LAYER: "in the text",
    TextSource.OCR: "in the picture (OCR)",
    TextSource.MARKUP: "in the text",
}


def values(desk: Desk, document: Document) -> None:
    """Show every value with what can be done about it."""
    if not document.fields and not document.missing:
        safe.show(safe.paragraph("No values were read from this document.", quiet=True))
        return
    _missing(desk, document)
    for band, group in groupby(reading.ordered_fields(document), key=lambda field: field.band):
        found = list(group)
        safe.show(f'<h3 class="cg-section">{esc(_HEAD[band])} ({len(found)})</h3>')
        for field in found:
            _row(desk, document, field)


def _missing(desk: Desk, document: Document) -> None:
    if not document.missing:
        return
    count = len(document.missing)
    safe.show(f'<h3 class="cg-section">Required and not found ({count})</h3>')
    for name in document.missing:
        part = f"missing:{name}"
        said = f"{chip('Not found', 'bad')}<span class='cg-quiet'>holds the case</span>"
        _line(document, part, words.plain(name), said)
        if not desk.open or reading.current(document) != part:
            continue
        if review.entering(document, part):
            _entry(desk, document, part, "")
        else:
            st.button(
                "Enter it",
                key=f"enter-{document.id}-{name}",
                shortcut="E",
                help=safe.label(f"Type the {words.plain(name).lower()} that the page shows"),
                on_click=review.open_entry,
                args=(document, part),
            )


def _row(desk: Desk, document: Document, field: Field) -> None:
    part = f"field:{field.id}"
    said = _value(desk, field, _last(desk, document, field))
    _line(document, part, words.plain(field.name), said)
    if not desk.open or reading.current(document) != part:
        return
    if review.entering(document, part):
        _entry(desk, document, part, field.value)
        return
    with st.container(horizontal=True, gap="small", key=f"acts-{document.id}-{field.id}"):
        if field.band is not Band.USE:
            st.button(
                "Confirm",
                key=f"confirm-{document.id}-{field.id}",
                type="primary",
                shortcut="Y",
                on_click=review.confirm,
                args=(desk, document, field.id),
            )
        st.button(
            "Correct",
            key=f"correct-{document.id}-{field.id}",
            shortcut="E",
            on_click=review.open_entry,
            args=(document, part),
        )
    review.refused(document, part)


def _line(document: Document, part: str, name: str, said: str) -> None:
    """Show a name that leads to its place on the page, beside what is known."""
    left, right = st.columns([2, 4], vertical_alignment="center", gap="small")
    with left:
        st.button(
            safe.label(name),
            key=f"look-{document.id}-{part}",
            type="primary" if reading.current(document) == part else "secondary",
            width="stretch",
            on_click=reading.look_at,
            args=(document.id, part),
        )
    with right:
        safe.show(f'<div class="cg-field">{said}</div>')


def _entry(desk: Desk, document: Document, part: str, printed: str) -> None:
    """Let a value be typed, with what was read beside it."""
    with st.form(f"form-{document.id}-{part}", border=True):
        st.text_input(
            "What the page shows",
            value=printed,
            key=review.entry_key(document, part),
            autocomplete="off",
        )
        if printed:
            safe.show(f'<p class="cg-quiet">Read as: {esc(printed)}</p>')
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button(
                "Save", type="primary", on_click=review.correct, args=(desk, document, part)
            )
            st.form_submit_button("Leave it", on_click=review.close_entry)
        review.refused(document, part)
    safe.focus_form()


def _last(desk: Desk, document: Document, field: Field) -> FieldReview | None:
    """Give what a person said of a value last."""
    found = [
        one
        for one in desk.dossier.field_reviews
        if one.document_id == document.id and one.name == field.name
        if one.field_id in {"", field.id}
    ]
    return found[-1] if found else None


def _value(desk: Desk, field: Field, last: FieldReview | None) -> str:
    about = _whose(desk, field)
    word, tone = BAND[field.band]
    other = f"means {field.normalised}; " if _differs(field) else ""
    return (
        f"{chip(word, tone)}<span class='cg-strong'>{esc(field.value)}</span> {about}<br>"
        f"<span class='cg-quiet'>{esc(other)}{_how(field, last)}</span>"
    )


def _whose(desk: Desk, field: Field) -> str:
    """Name the party that a value is about, where the case has several."""
    parties = {party.id: party.name for party in desk.dossier.bundle.parties}
    if len(parties) < 2 or field.subject not in parties:
        return ""
    return chip(parties[field.subject], title="Whose value it is")


def _differs(field: Field) -> bool:
    return field.normalised.casefold() != field.value.casefold()


def _how(field: Field, last: FieldReview | None) -> str:
    """Say where a value comes from, and how often such values were right."""
    if last is not None and last.answer is FieldAnswer.CONFIRM:
        return f"confirmed by {esc(last.reviewer)}, {esc(words.minute(last.at))}"
    if last is not None:
        before = f"; read as {esc(last.before)}" if last.before else ""
        return f"given by {esc(last.reviewer)}, {esc(words.minute(last.at))}{before}"
    if field.engine is Engine.PERSON:
        return esc(ENGINE[field.engine])
    where = f"{ENGINE[field.engine]} {FROM[field.read_from]}"
    if field.band is Band.USE:
        return esc(where)
    return esc(f"{where}; {field.confidence:.0%} of such readings were right")
