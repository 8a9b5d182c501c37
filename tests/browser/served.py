"""The API of the browser tests: real desk, real SQLite, gates that tests arrange.

`uvicorn --factory tests.browser.served:app` with the data folder in `CASEGATE_DATA_DIR`.
"""

from fastapi import FastAPI

from casegate.config import load_settings
from server import serve
from tests.api.seed import hand_in, open_desk, put_into_queue
from tests.api.seed_gates import ESCALATE, FLAG, FakeRules
from tests.api.seed_hits import put_hits_into_queue, suppress_known
from tests.api.seed_papers import put_papers_into_queue


def app() -> FastAPI:
    """Give an API with cases in its queue and one that waits for a worker."""
    settings = load_settings()
    kernel = open_desk(settings.data, rules=FakeRules((ESCALATE, FLAG)), settings=settings)
    hand_in(kernel, "company-two-owners")
    put_into_queue(kernel, "person-account-opening")
    put_papers_into_queue(kernel)
    put_papers_into_queue(kernel, "REVIEW-2", name="Corwin Tesselby")
    put_hits_into_queue(kernel, suppressed=suppress_known(kernel))
    put_into_queue(kernel, vague=True)
    return serve(settings, kernel)
