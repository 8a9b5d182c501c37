"""An answer is JSON of the asked schema, or it is an error."""

import json
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from casegate.errors import InvalidInput, ModelOutputInvalid
from casegate.inference.ports import Request


def check_answer(request: Request, text: str) -> None:
    """Refuse what is not JSON of the request's schema. Messages never quote the answer.

    Raises:
        ModelOutputInvalid: the text is no JSON or breaks the schema.
        InvalidInput: the schema itself is none.
    """
    try:
        value = json.loads(text, parse_constant=_no_constants)
    except ValueError:
        raise ModelOutputInvalid(
            f"the answer to task {request.task!r} is no JSON ({len(text)} characters)"
        ) from None
    try:
        Draft202012Validator.check_schema(request.schema_)
    except SchemaError as error:
        raise InvalidInput(f"`schema` of task {request.task!r} is none: {error.message}") from None
    broken = next(Draft202012Validator(request.schema_).iter_errors(value), None)
    if broken is not None:
        place = "/".join(str(part) for part in broken.absolute_path) or "the whole"
        raise ModelOutputInvalid(
            f"the answer to task {request.task!r} breaks {broken.validator!r} at {place}"
        )


def cut_off(request: Request, tokens: int) -> ModelOutputInvalid:
    """The error for an answer that `max_tokens` ended."""
    return ModelOutputInvalid(
        f"the answer to task {request.task!r} broke off after {tokens} tokens",
        remedy="Ask for less in one call, or raise `max_tokens` of the prompt.",
    )


def _no_constants(name: str) -> Any:  # noqa: ANN401 - the signature of `json`
    raise ValueError(f"{name} is no JSON")
