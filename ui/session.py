"""Who is signed in, and how screens reach the API."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import streamlit as st

from casegate.client import Client, ClientError, api_address
from ui.components import safe

_SENTENCE = re.compile(r"^S(\d+):")
"""How the API names a sentence: counted from 0."""

_PART = re.compile(r"; (?=(?:S\d+|[A-Z]+-\w+): |the (?:claim )?gate)")
"""Where one objection of the gate ends and the next begins."""

COOKIE = "casegate_session"
"""Holds the session token; HttpOnly, so no script on the page can read it."""


@cache
def _address() -> str:
    return api_address()


def current_client() -> Client | None:
    """Give the client of the person on this screen; None if nobody is signed in."""
    client: Client | None = st.session_state.get("client")
    if client is None and (token := st.context.cookies.get(COOKIE)):
        client = st.session_state["client"] = Client(_address(), token=token)
    return client


def forget() -> None:
    """Drop everything that this screen remembers."""
    for key in list(st.session_state):
        del st.session_state[key]


def show_error(error: ClientError) -> None:
    """Say what went wrong and what to do about it."""
    remedy = f"<p>{safe.esc(error.remedy)}</p>" if error.remedy else ""
    code = f'<p class="cg-quiet">{safe.esc(error.code)}</p>' if error.status else ""
    safe.show(f'<div class="cg-error" role="alert">{_told(error)}{remedy}{code}</div>')


def _told(error: ClientError) -> str:
    """Word an error; what the gate objects to becomes a list, with sentences as numbered here."""
    if error.code != "gate_refused":
        return f"<strong>{safe.esc(error.detail)}</strong>"
    rows = "".join(f"<li>{safe.esc(_numbered(part))}</li>" for part in _PART.split(error.detail))
    return f"<strong>The gate does not let this pass:</strong><ul>{rows}</ul>"


def _numbered(part: str) -> str:
    return _SENTENCE.sub(lambda found: f"Sentence {int(found[1]) + 1}:", part)


@contextmanager
def told() -> Iterator[None]:
    """Show a refusal of the API in place instead of ending the screen."""
    try:
        yield
    except ClientError as error:
        show_error(error)
