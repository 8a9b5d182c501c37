"""ModelCalled."""

from typing import ClassVar

from casegate.audit.event import Event, Ref
from casegate.model.base import Sha256


class ModelCalled(Event):
    """A model answered; its answer is recorded and can be replayed."""

    kind: ClassVar[str] = "model_called"

    run: Ref
    key: Ref
    task: Ref
    completion: Ref
    model: Ref
    model_sha256: Sha256
    prompt: Ref
    sampler: dict[str, float | int]
    request_hash: Sha256
    completion_hash: Sha256
    prompt_tokens: int
    completion_tokens: int
