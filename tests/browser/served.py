"""The API of the browser tests: real desk, real SQLite, gates that tests arrange.

`uvicorn --factory tests.browser.served:app` with the data folder in `CASEGATE_DATA_DIR`.
"""

from fastapi import FastAPI

from casegate.config import load_settings
from server import serve
from tests.api.seed import hand_in, open_desk, put_into_queue
from tests.api.seed_gates import ESCALATE, FLAG, FakeRules

HOSTILE = "![x](https://evil.example/p.png) <img src=//evil.example onerror=alert(1)> Doe"
"""A customer's name that would reach out of the house wherever it were taken for more than text."""


def app() -> FastAPI:
    """Give an API with three cases in its queue and one that waits for a worker."""
    settings = load_settings()
    kernel = open_desk(settings.data, rules=FakeRules((ESCALATE, FLAG)), settings=settings)
    hand_in(kernel, "company-two-owners")
    put_into_queue(kernel, "seasonal-business", vague=True, subject=HOSTILE)
    put_into_queue(kernel, "person-account-opening")
    put_into_queue(kernel, vague=True)
    return serve(settings, kernel)
