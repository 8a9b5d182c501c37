"""A model behind an OpenAI-compatible server: llama.cpp server, vLLM and their like."""

import json
import time
from collections.abc import Callable
from typing import Any

import httpx

from casegate.errors import (
    ModelOutputInvalid,
    ModelTimeout,
    ModelUnavailable,
    TokenBudgetExceeded,
)
from casegate.hashing import content_hash
from casegate.inference.answer import check_answer, cut_off
from casegate.inference.ports import Completion, ModelIdentity, Request
from casegate.model.base import Json

CONNECT_S = 10.0
MAX_BYTES = 10_000_000
"""An answer of a few thousand tokens is far smaller; more is no answer."""


class ServerComplete:
    """Calls `POST {base_url}/chat/completions` with `response_format: json_schema`.

    The server's own check of the schema is not trusted: the answer is checked here too.
    """

    def __init__(
        self,
        base_url: str,
        model: str,
        *,
        api_key: str = "",
        context: int,
        transport: httpx.BaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Remember where the server is; nothing is sent yet.

        Args:
            base_url: Up to and with `/v1`.
            model: The server's name for it.
            api_key: Sent as a bearer token; empty sends none.
            context: Tokens of prompt and answer together that the server was started with.
            transport: Another wire than the network.
            clock: Seconds that never go back.
        """
        self._url = f"{base_url.rstrip('/')}/chat/completions"
        self._model = model
        self._context = context
        self._clock = clock
        headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._client = httpx.Client(headers=headers, transport=transport)
        self._identity = ModelIdentity(
            name=model,
            sha256=content_hash({"url": base_url.rstrip("/"), "model": model}),
            context_tokens=context,
        )

    @property
    def identity(self) -> ModelIdentity:
        """Name the server's model; its file is out of reach, so URL and name are hashed."""
        return self._identity

    def __call__(self, request: Request) -> Completion:
        """Answer; see `Complete`."""
        begun = self._clock()
        body = self._post(request, begun + request.deadline_s)
        completion = self._completion(request, body, self._clock() - begun)
        check_answer(request, completion.text)
        return completion

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def _post(self, request: Request, deadline: float) -> Json:
        timeout = httpx.Timeout(request.deadline_s, connect=min(CONNECT_S, request.deadline_s))
        raw = bytearray()
        try:
            with self._client.stream(
                "POST", self._url, json=_body(request, self._model), timeout=timeout
            ) as answer:
                for chunk in answer.iter_bytes():
                    raw += chunk
                    if self._clock() > deadline:
                        raise self._late(request)
                    if len(raw) > MAX_BYTES:
                        raise ModelOutputInvalid(f"the answer is over {MAX_BYTES} bytes long")
        except httpx.ConnectTimeout:
            raise self._down("can't be reached") from None
        except httpx.TimeoutException:
            raise self._late(request) from None
        except httpx.HTTPError as error:
            raise self._down(f"can't be reached ({type(error).__name__})") from None
        body = _json(bytes(raw))
        if answer.is_error:
            raise self._refusal(request, answer.status_code, body)
        return body

    def _completion(self, request: Request, body: Json, seconds: float) -> Completion:
        try:
            choice = body["choices"][0]
            text, reason = choice["message"]["content"], choice["finish_reason"]
            prompt, answered = body["usage"]["prompt_tokens"], body["usage"]["completion_tokens"]
        except (KeyError, IndexError, TypeError):
            raise self._down("answered without a completion and its usage") from None
        if reason == "length":
            raise cut_off(request, answered)
        return Completion(
            text=text if isinstance(text, str) else "",
            prompt_tokens=prompt,
            completion_tokens=answered,
            seconds=round(seconds, 3),
        )

    def _refusal(
        self, request: Request, status: int, body: Json
    ) -> TokenBudgetExceeded | ModelUnavailable:
        """Read an error status; what the server says may quote the prompt and stays unread."""
        said = str(body.get("error", body)).lower()
        if status == httpx.codes.BAD_REQUEST and "context" in said:
            return TokenBudgetExceeded(
                f"task {request.task!r}: prompt and answer don't fit the server's context"
            )
        if status in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
            return self._down("refused the key", "Set CASEGATE_MODEL_API_KEY.")
        return self._down(f"answered with status {status}")

    def _down(self, how: str, remedy: str = "") -> ModelUnavailable:
        return ModelUnavailable(
            f"the model server {self._url} {how}",
            remedy=remedy or "Check CASEGATE_MODEL_URL and the server's log.",
        )

    def _late(self, request: Request) -> ModelTimeout:
        return ModelTimeout(
            f"the model server did not finish task {request.task!r} "
            f"within {request.deadline_s:g} s",
            remedy="Raise CASEGATE_MODEL_DEADLINE_S, or give the server more.",
        )


def _body(request: Request, model: str) -> Json:
    return {
        "model": model,
        "messages": [message.model_dump() for message in request.messages],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "answer", "strict": True, "schema": request.schema_},
        },
        "temperature": request.sampler.temperature,
        "top_p": request.sampler.top_p,
        "seed": request.sampler.seed,
        "max_tokens": request.sampler.max_tokens,
        "stream": False,
    }


def _json(raw: bytes) -> Json:
    try:
        body: Any = json.loads(raw)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
