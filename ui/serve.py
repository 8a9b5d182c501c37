"""Serves the desk: Streamlit behind strict headers, with a sign-in page of its own.

`uvicorn --factory ui.serve:app`, or `casegate ui`.
"""

import logging
import traceback
from pathlib import Path

from starlette.middleware import Middleware
from streamlit.starlette import App

from ui.gatehouse import Gatehouse, PageHeaders, sign_in_routes


def app() -> App:
    """Give the ASGI application; called once by the process that serves it."""
    logging.getLogger("streamlit.error_util").addFilter(_place_only)
    return App(
        Path(__file__).with_name("app.py"),
        routes=sign_in_routes(),
        middleware=[Middleware(PageHeaders), Middleware(Gatehouse)],
    )


def _place_only(record: logging.LogRecord) -> bool:
    """Keep kind and place of an error: its text may hold personal data."""
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        record.msg = f"{type(error).__name__} at {frame.filename}:{frame.lineno}"
        record.args, record.exc_info, record.exc_text = (), None, None
    return True
