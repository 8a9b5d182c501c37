"""Puts the HTTP service together. No rule and no state of its own."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI

from casegate import __version__
from casegate.access.sign_in import SignIn
from casegate.api import problems
from casegate.api.deps import Ready, Services
from casegate.api.headers import SecurityHeaders
from casegate.api.limits import BodyLimit, Limits
from casegate.api.problems import LastResort
from casegate.api.routers import (
    customers,
    deciding,
    documents,
    hits,
    intake,
    operation,
    reading,
    screening,
    session,
)
from casegate.desk.desk import Desk
from casegate.ongoing.desk import OngoingDesk

_ABOUT = (
    "The model proposes. The gate checks. A person decides. Everything can be proved afterwards. "
    "Every refusal is an `application/problem+json` document with a stable `code` and a `remedy`."
)


def create_app(
    desk: Desk,
    sign_in: SignIn,
    *,
    ready: Ready,
    limits: Limits,
    close: Callable[[], None],
    ongoing: OngoingDesk | None = None,
) -> FastAPI:
    """Give the service over `desk`.

    Args:
        sign_in: opens sessions and tells whose a token is.
        ready: raises while the database or the files are out of reach.
        limits: how much one request may carry.
        close: called once, when the service ends.
        ongoing: customers and single screenings; without it their addresses answer 503.
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        close()

    app = FastAPI(
        title="Casegate",
        version=__version__,
        description=_ABOUT,
        # The interactive pages load scripts from a public network; nothing here ever does.
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        separate_input_output_schemas=False,
    )
    app.state.services = Services(desk, sign_in, ready, ongoing)
    problems.install(app)
    problems.describe(app)
    app.include_router(session.router)
    app.include_router(intake.router)
    app.include_router(reading.router)
    app.include_router(documents.router)
    app.include_router(hits.router)
    app.include_router(deciding.router)
    app.include_router(screening.router)
    app.include_router(customers.router)
    app.include_router(operation.router)
    app.add_middleware(BodyLimit, limits=limits)
    app.add_middleware(LastResort)
    app.add_middleware(SecurityHeaders)
    return app
