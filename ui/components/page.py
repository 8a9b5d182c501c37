"""A page of a document with the place that is looked at."""

from typing import NamedTuple

import streamlit as st

from casegate.client import Box, Client, ClientError, Document, Field, PageImage
from ui import words
from ui.components import reading, safe
from ui.components.page_image import SIGNAL, VALUE, marked_page
from ui.components.safe import esc
from ui.session import show_error

_AROUND = 300
"""How many letters of a text without pages stand on either side of a value."""


class Place(NamedTuple):
    """Where to look."""

    page: int | None
    boxes: tuple[Box, ...]
    name: str
    colour: tuple[int, int, int]


def page(client: Client, document: Document) -> None:
    """Show the page, or the text of a format without pages."""
    place = _place(document)
    if not document.pages:
        _text(client, document, reading.chosen_field(document))
        return
    image = _choose_page(document, place)
    boxes = place.boxes if place.page == image.page else ()
    try:
        png = _png(client, document, image)
    except ClientError as error:
        show_error(error)
        return
    where = f"page {image.page} of {document.page_count}"
    told = f"{place.name} framed, {where}" if boxes else where
    if place.name and not boxes:
        told = f"{place.name}: no place on the page is known; {where}"
    shown = marked_page(png, image, boxes, place.colour)
    st.image(shown, width="stretch", caption=safe.label(told), alt=told)


def _place(document: Document) -> Place:
    part = reading.current(document)
    signal, field = reading.chosen_signal(document), reading.chosen_field(document)
    if signal is not None:
        return Place(signal.page, signal.boxes, words.plain(signal.kind), SIGNAL)
    if part == "zone" and document.mrz is not None:
        return Place(document.mrz.page, document.mrz.boxes, "Machine readable zone", VALUE)
    if field is not None:
        return Place(field.page, field.boxes, words.plain(field.name), VALUE)
    return Place(None, (), words.plain(part.partition(":")[2]), VALUE)


def _choose_page(document: Document, place: Place) -> PageImage:
    by_number = {p.page: p for p in document.pages}
    wanted = place.page if place.page in by_number else document.pages[0].page
    if len(by_number) > 1:
        # A key that holds the part makes the page follow what was chosen last.
        key = f"page-{document.id}-{reading.current(document)}"
        wanted = st.segmented_control(
            "Page", list(by_number), default=wanted, required=True, key=key, width="stretch"
        )
    return by_number[wanted or document.pages[0].page]


def _text(client: Client, document: Document, field: Field | None) -> None:
    if document.text_blob is None:
        safe.show(safe.paragraph("There is no page to show. Download the file to see it."))
        return
    try:
        text = client.document_text(document.case_id, document.id)
    except ClientError as error:
        show_error(error)
        return
    if field is not None and field.span.end > field.span.start:
        safe.show(_marked(text, field))
    st.text(safe.visible(text))


def _marked(text: str, field: Field) -> str:
    start, end = field.span.start, field.span.end
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return (
        f'<p class="cg-around">{esc(before)}<mark>{esc(text[start:end])}</mark>{esc(after)}</p><hr>'
    )


def _png(client: Client, document: Document, image: PageImage) -> bytes:
    kept: dict[str, bytes] = st.session_state.setdefault("pages", {})
    if image.blob not in kept:
        if len(kept) >= 20:
            kept.clear()
        kept[image.blob] = client.document_page(document.case_id, document.id, image.page)
    return kept[image.blob]
