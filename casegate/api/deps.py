"""What routes ask for, as annotated types: the parameter list says what a route needs."""

from dataclasses import dataclass
from typing import Annotated, Protocol

from fastapi import Depends, Header, Path, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from casegate.access.principals import Principal
from casegate.access.sign_in import SignIn
from casegate.desk.desk import Desk
from casegate.errors import InvalidInput, NotSignedIn, ScreeningUnavailable
from casegate.ongoing.desk import OngoingDesk


class Ready(Protocol):
    """Tells whether the service can serve."""

    def __call__(self) -> None:
        """Return if the database and the blob store answer.

        Raises:
            PartDown: names the part that does not.
        """
        ...


@dataclass(frozen=True)
class Services:
    """What the routes work with; `create_app` puts it into the app's state."""

    desk: Desk
    sign_in: SignIn
    ready: Ready
    ongoing: OngoingDesk | None = None


def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


ServicesIn = Annotated[Services, Depends(_services)]

_bearer = HTTPBearer(auto_error=False, description="The token of `POST /v1/sign-in`.")


def _token(given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> str:
    if given is None:
        raise NotSignedIn("the request has no `Authorization: Bearer <token>`")
    return given.credentials


Token = Annotated[str, Depends(_token)]


def _desk(services: ServicesIn) -> Desk:
    return services.desk


def _actor(services: ServicesIn, token: Token) -> Principal:
    return services.sign_in.principal(token)


def _ongoing(services: ServicesIn) -> OngoingDesk:
    if services.ongoing is None:
        raise ScreeningUnavailable("this service was started without screening")
    return services.ongoing


OngoingIn = Annotated[OngoingDesk, Depends(_ongoing)]
DeskIn = Annotated[Desk, Depends(_desk)]
Actor = Annotated[Principal, Depends(_actor)]
"""Who asks. A route with this parameter is closed to everyone else."""

CaseId = Annotated[str, Path(max_length=80, examples=["c-01k9zq3v6p"])]
DocumentId = Annotated[str, Path(max_length=80, examples=["d-01k9zq3v9c"])]


def _version(
    if_match: Annotated[
        str | None,
        Header(
            alias="If-Match",
            description="The case version that was read, as its `ETag` gave it.",
            examples=['"4"'],
        ),
    ] = None,
) -> int:
    plain = (if_match or "").removeprefix("W/").strip('"')
    if not plain.isdecimal() or len(plain) > 9:
        raise InvalidInput(
            'the header `If-Match` must hold the version of the case that was read, such as `"4"`',
            remedy="Take it from the `ETag` of `GET /v1/cases/{id}`.",
        )
    return int(plain)


Version = Annotated[int, Depends(_version)]


def etag(version: int) -> dict[str, str]:
    """Give the header that names a case version."""
    return {"ETag": f'"{version}"'}
