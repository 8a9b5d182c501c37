"""The header `Idempotency-Key`: a request sent twice under one key is done once."""

from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import Header, Response
from pydantic import BaseModel

from casegate.access.principals import Principal
from casegate.desk.desk import Desk
from casegate.hashing import content_hash
from casegate.model.base import Json

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="Up to 200 printable characters, new for each request. The same request under "
        "the same key gives the first answer again, with `Idempotent-Replayed: true`.",
        examples=["5e9d1c1e-9a51-4c8e-8a3e-0f6f0a9d2b11"],
    ),
]
REPLAYED = {"Idempotent-Replayed": "true"}

Body = TypeVar("Body", bound=BaseModel)


def once(
    desk: Desk,
    actor: Principal,
    key: str | None,
    asked: Json,
    make: Callable[[], Body],
    *,
    kind: type[Body],
    response: Response,
) -> Body:
    """Give what `make` makes, or what it made when `asked` came under this key before.

    Args:
        asked: what tells one request from another, the address included.
    """
    if key is None:
        return make()
    answer, kept = desk.once(actor, key, content_hash(asked), lambda: make().model_dump_json())
    if kept:
        response.headers.update(REPLAYED)
    return kind.model_validate_json(answer)
