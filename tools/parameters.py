"""The schema of tools that take no parameters."""

from casegate.errors import ToolInputError
from casegate.model.base import Json

NO_PARAMETERS: Json = {"type": "object", "properties": {}, "additionalProperties": False}


def take_none(parameters: Json) -> None:
    """Refuse any parameter.

    Raises:
        ToolInputError: names the parameters that were given.
    """
    if parameters:
        raise ToolInputError(f"no parameters are taken, got {sorted(parameters)}")
