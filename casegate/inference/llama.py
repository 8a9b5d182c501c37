"""llama.cpp inside this process."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from casegate.errors import ModelTimeout, TokenBudgetExceeded
from casegate.inference.answer import check_answer, cut_off
from casegate.inference.catalogue import Entry
from casegate.inference.chat import Chat
from casegate.inference.generate import generate
from casegate.inference.ports import Completion, ModelIdentity, Request
from casegate.inference.prefix import PrefixShelf
from casegate.inference.threads import FreeCores
from casegate.inference.verify import verified
from casegate.inference.weights import Interrupted, Weights


@dataclass
class _Loaded:
    weights: Weights
    chat: Chat
    shelf: PrefixShelf


class LlamaComplete:
    """The model file, checked and loaded at the first call, answering one call at a time.

    The same request gets the same answer, warm or cold, on one thread or many. Callers that may
    come at once belong into a `WaitingLine`.
    """

    def __init__(
        self,
        models_dir: Path,
        entry: Entry,
        *,
        threads: int,
        context: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Remember what to load; nothing is read yet.

        Args:
            models_dir: Where the file lies.
            entry: What the file must be.
            threads: 0 takes every core that nothing else keeps busy.
            context: Tokens of prompt and answer together.
            clock: Seconds that never go back.
        """
        self._models_dir = models_dir
        self._entry = entry
        self._threads: Callable[[], int] = (lambda: threads) if threads else FreeCores()
        self._context = context
        self._clock = clock
        self._deadline = 0.0
        self._lock = threading.Lock()
        self._loaded: _Loaded | None = None

    @property
    def identity(self) -> ModelIdentity:
        """Name the weights."""
        return ModelIdentity(
            name=self._entry.name, sha256=self._entry.sha256, context_tokens=self._context
        )

    def __call__(self, request: Request) -> Completion:
        """Answer; see `Complete`."""
        deadline = self._clock() + request.deadline_s
        if not self._lock.acquire(timeout=request.deadline_s):
            raise self._late(request)
        try:
            self._deadline = deadline
            return self._answer(request)
        except Interrupted:
            raise self._late(request) from None
        finally:
            self._lock.release()

    def close(self) -> None:
        """Free the memory; the next call loads again."""
        with self._lock:
            if self._loaded is not None:
                self._loaded.weights.close()
                self._loaded = None

    def _answer(self, request: Request) -> Completion:
        loaded = self._load()
        begun = self._clock()
        tokens, stable = loaded.chat.tokens(request.messages)
        self._fits(request, len(tokens))
        loaded.shelf.read(loaded.weights, tokens, stable)
        answer = generate(loaded.weights, request.schema_, request.sampler)
        if self._expired():
            raise Interrupted
        if not answer.finished:
            raise cut_off(request, answer.tokens)
        check_answer(request, answer.text)
        return Completion(
            text=answer.text,
            prompt_tokens=len(tokens),
            completion_tokens=answer.tokens,
            seconds=round(self._clock() - begun, 3),
        )

    def _load(self) -> _Loaded:
        if self._loaded is None:
            path = verified(self._entry, self._models_dir)
            weights = Weights(
                path, context=self._context, threads=self._threads, expired=self._expired
            )
            self._loaded = _Loaded(weights, Chat(weights), PrefixShelf())
        return self._loaded

    def _expired(self) -> bool:
        return self._clock() > self._deadline

    def _fits(self, request: Request, prompt: int) -> None:
        asked = request.sampler.max_tokens
        if prompt + asked > self._context:
            raise TokenBudgetExceeded(
                f"task {request.task!r}: {prompt} tokens of prompt and {asked} of answer, "
                f"the context holds {self._context}",
                remedy="Shorten what is asked, or raise CASEGATE_MODEL_CONTEXT.",
            )

    def _late(self, request: Request) -> ModelTimeout:
        return ModelTimeout(
            f"model {self._entry.name!r} did not finish task {request.task!r} "
            f"within {request.deadline_s:g} s",
            remedy="Raise CASEGATE_MODEL_DEADLINE_S, or choose a smaller model.",
        )
