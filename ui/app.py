"""The script that Streamlit runs for every screen: who is here, and which screen."""

from pathlib import Path

import streamlit as st

from casegate.client import Client, ClientError, Principal, Role
from ui.components import safe
from ui.session import current_client, forget, show_error
from ui.views import audit, case, queue

_ASSETS = Path(__file__).parent / "assets"
_CASE_WORK = {Role.ANALYST, Role.INVESTIGATOR, Role.MLRO, Role.AUDITOR}
_LOG = {Role.MLRO, Role.AUDITOR, Role.ADMIN}


def main() -> None:
    """Draw the screen that the address names."""
    st.set_page_config(
        page_title="Casegate",
        page_icon=str(_ASSETS / "favicon.png"),
        layout="wide",
    )
    st.html(_ASSETS / "desk.css")
    client = current_client()
    if client is None:
        _signed_out()
        return
    try:
        me = _me(client)
    except ClientError as error:
        _no_entry(error)
        return
    _navigate(client, me)


def _me(client: Client) -> Principal:
    if "me" not in st.session_state:
        st.session_state["me"] = client.me()
    me: Principal = st.session_state["me"]
    return me


def _signed_out() -> None:
    st.navigation([st.Page(lambda: None, title="Signed out")], position="hidden").run()
    safe.show('<div class="cg-note"><p>You are signed out.</p><a href="/sign-in">Sign in</a></div>')


def _no_entry(error: ClientError) -> None:
    if error.signed_out:
        forget()
        _signed_out()
        return
    show_error(error)


def _navigate(client: Client, me: Principal) -> None:
    roles = set(me.roles)
    one_case = st.Page(
        lambda: case.show(client, me), title="Case", url_path="case", visibility="hidden"
    )
    pages = []
    if roles & _CASE_WORK:
        pages.append(
            st.Page(
                lambda: queue.show(client, me, one_case),
                title="Queue",
                url_path="queue",
                icon=":material/inbox:",
                default=True,
            )
        )
        pages.append(one_case)
    if roles & _LOG:
        pages.append(
            st.Page(
                lambda: audit.show(client),
                title="Audit log",
                url_path="audit",
                icon=":material/verified:",
                default=not pages,
            )
        )
    if not pages:
        pages.append(st.Page(_nothing_here, title="Desk", url_path="desk", default=True))
    chosen = st.navigation(pages, position="hidden")
    _bar(client, me, [page for page in pages if page.visibility == "visible"])
    chosen.run()


def _nothing_here() -> None:
    said = "Your role works through the API or the command line; the desk has no screen for it."
    safe.show(f'<div class="cg-note" role="note">{said}</div>')


def _bar(client: Client, me: Principal, pages: list[st.Page]) -> None:
    with st.container(key="bar", horizontal=True, vertical_alignment="center", gap="small"):
        for page in pages:
            st.page_link(page)
        st.space("stretch")
        safe.show(f'<p class="cg-quiet">{safe.esc(me.name)}</p>', width="content")
        st.button("Sign out", key="sign-out", type="tertiary", on_click=_sign_out, args=(client,))


def _sign_out(client: Client) -> None:
    try:
        client.sign_out()
    except ClientError:
        # The session is gone here whatever the service says; there it ends by itself.
        return
    finally:
        client.close()
        forget()


main()
