"""Serves the desk: Streamlit behind strict headers, with a sign-in page of its own.

`uvicorn --factory ui.serve:app`, or `casegate ui`.
"""

from pathlib import Path

from starlette.middleware import Middleware
from streamlit.starlette import App

from ui.gatehouse import Gatehouse, PageHeaders, sign_in_routes


def app() -> App:
    """Give the ASGI application; called once by the process that serves it."""
    return App(
        Path(__file__).with_name("app.py"),
        routes=sign_in_routes(),
        middleware=[Middleware(PageHeaders), Middleware(Gatehouse)],
    )
