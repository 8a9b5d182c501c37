"""Answers that were given before, found by the hash of the request: for replays and tests."""

import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from casegate.errors import ModelUnavailable
from casegate.hashing import content_hash
from casegate.inference.answer import check_answer
from casegate.inference.ports import Complete, Completion, ModelIdentity, Request
from casegate.model.base import Record

IDENTITY = "identity.json"


class Recording(Record):
    """One answer in a folder of recordings. Holds no prompt: that would be personal data."""

    task: str
    prompt: str
    completion: Completion


class RecordedComplete:
    """Gives the recorded answer to a request that is equal in every field, or none."""

    def __init__(
        self, recordings: Path | Mapping[str, Completion], identity: ModelIdentity | None = None
    ) -> None:
        """Take a folder that a `Recorder` filled, or answers by `content_hash(request)`.

        Args:
            recordings: A folder names its own model; for a mapping `identity` is needed.
            identity: Which weights once answered.
        """
        self._recordings = recordings
        self._identity = identity

    @property
    def identity(self) -> ModelIdentity:
        """Name the weights that once answered."""
        if self._identity is None:
            self._identity = self._read_identity()
        return self._identity

    def __call__(self, request: Request) -> Completion:
        """Answer; see `Complete`. A request that was never recorded is `ModelUnavailable`."""
        found = self._find(content_hash(request))
        if found is None:
            raise ModelUnavailable(
                f"no answer is recorded for task {request.task!r} with prompt {request.prompt!r}",
                remedy="Record it again: the prompt, its inputs or the sampler changed.",
            )
        check_answer(request, found.text)
        return found

    def _find(self, key: str) -> Completion | None:
        if not isinstance(self._recordings, Path):
            return self._recordings.get(key)
        path = self._recordings / f"{key}.json"
        try:
            return Recording.model_validate_json(path.read_bytes()).completion
        except FileNotFoundError:
            return None
        except (OSError, ValidationError):
            raise ModelUnavailable(f"the recording {path.name} can't be read") from None

    def _read_identity(self) -> ModelIdentity:
        if not isinstance(self._recordings, Path):
            raise ModelUnavailable("recordings in memory need an `identity`")
        try:
            return ModelIdentity.model_validate_json((self._recordings / IDENTITY).read_bytes())
        except (OSError, ValidationError):
            raise ModelUnavailable(f"{self._recordings} holds no readable {IDENTITY}") from None


class Recorder:
    """A `Complete` that asks another one and keeps its answers in a folder."""

    def __init__(self, inner: Complete, folder: Path) -> None:
        """Record what `inner` answers; the folder is made if it is not there."""
        self._inner = inner
        self._folder = folder

    @property
    def identity(self) -> ModelIdentity:
        """Name the weights that answer."""
        return self._inner.identity

    def __call__(self, request: Request) -> Completion:
        """Answer and record; see `Complete`. Errors are not recorded."""
        completion = self._inner(request)
        recording = Recording(task=request.task, prompt=request.prompt, completion=completion)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._write(IDENTITY, self.identity)
        self._write(f"{content_hash(request)}.json", recording)
        return completion

    def _write(self, name: str, record: Record) -> None:
        fresh = self._folder / f".{name}.{os.getpid()}"
        fresh.write_text(record.model_dump_json(indent=2) + "\n", encoding="utf-8")
        fresh.replace(self._folder / name)
