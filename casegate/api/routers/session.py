"""Who asks: sign in, sign out, who am I."""

from fastapi import APIRouter

from casegate.access.principals import Principal
from casegate.api.deps import Actor, ServicesIn, Token
from casegate.api.problems import problems
from casegate.api.wire import Credentials, Session

router = APIRouter(prefix="/v1", tags=["session"])


@router.post("/sign-in", responses=problems(401))
def sign_in(services: ServicesIn, given: Credentials) -> Session:
    """Open a session. Unknown user and wrong password are never told apart."""
    opened = services.sign_in.sign_in(given.user, given.password.get_secret_value())
    return Session(token=opened.token, expires_at=opened.expires_at, principal=opened.principal)


@router.post("/sign-out", status_code=204, responses=problems(401))
def sign_out(services: ServicesIn, token: Token) -> None:
    """End the session of the token."""
    services.sign_in.sign_out(token)


@router.get("/me", responses=problems(401))
def me(actor: Actor) -> Principal:
    """Tell who the token stands for."""
    return actor
