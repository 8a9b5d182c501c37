"""A model at the seam that answers any schema with its first admissible value.

It stands where the weights stand (`casegate.inference.ports.Complete`), so tests run the real
graph, storage and gates without waiting for tokens. It knows nothing of the case.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from casegate.inference.ports import Completion, ModelIdentity, Request


def first_value(schema: dict[str, Any]) -> Any:  # noqa: ANN401
    """Give the first value that `schema` admits: first enumeration, null where null may stand."""
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    for combined in ("anyOf", "oneOf"):
        if combined in schema:
            nullable = {"type": "null"} in schema[combined]
            return None if nullable else first_value(schema[combined][-1])
    kind = schema.get("type", "object")
    if isinstance(kind, list):
        return None if "null" in kind else first_value({**schema, "type": kind[0]})
    if kind == "object":
        needed = schema.get("required", [])
        return {name: first_value(schema["properties"][name]) for name in needed}
    if kind == "array":
        return [first_value(schema["items"]) for _ in range(schema.get("minItems", 0))]
    return {"string": "", "integer": 0, "number": 0, "boolean": False, "null": None}[kind]


@dataclass
class SchemaModel:
    """Answers at once; `asked` keeps the requests in order."""

    asked: list[Request] = field(default_factory=list)

    @property
    def identity(self) -> ModelIdentity:
        """Name it so that nobody takes it for weights."""
        return ModelIdentity(name="first-value", sha256="f" * 64, context_tokens=4096)

    def __call__(self, request: Request) -> Completion:
        """Answer with the first admissible value."""
        self.asked.append(request)
        text = json.dumps(first_value(request.schema_))
        return Completion(text=text, prompt_tokens=100, completion_tokens=10, seconds=0.001)
