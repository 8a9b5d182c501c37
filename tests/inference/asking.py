"""A plain request, and how to change it."""

from typing import Any

from casegate.inference.ports import Message, Request, Sampler

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "colour": {"enum": ["red", "green"]},
        "place": {"type": ["string", "null"], "maxLength": 30},
    },
    "required": ["colour", "place"],
    "additionalProperties": False,
}
CONTEXT = 1024


def ask(
    text: str = "The door is red and stands in Lisbon.",
    *,
    system: str = "Name the colour and the place. Answer in JSON.",
    schema: dict[str, Any] = SCHEMA,
    deadline_s: float = 60.0,
    **sampler: float,
) -> Request:
    """Make a request; `sampler` fields may be changed."""
    return Request(
        task="extract",
        prompt="test/colour@1#000000000000",
        messages=(
            Message(role="system", content=system),
            Message(role="user", content=text),
        ),
        schema_=schema,
        sampler=Sampler.model_validate({"max_tokens": 40, **sampler}),
        deadline_s=deadline_s,
    )
