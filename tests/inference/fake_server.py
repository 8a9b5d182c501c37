"""A real HTTP server on this machine that answers as llama.cpp's and vLLM's do.

The name of the model in the request chooses how it misbehaves.
"""

import contextlib
import json
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.inference.asking import CONTEXT


class Handler(BaseHTTPRequestHandler):
    """`POST /v1/chat/completions`; counts a word as a token."""

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        behave = BEHAVIOURS.get(body["model"], _answer)
        status, said = behave(body, self.headers.get("Authorization", ""))
        raw = said if isinstance(said, bytes) else json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        with contextlib.suppress(ConnectionError):
            self.wfile.write(raw)


Said = tuple[int, dict[str, Any] | bytes]


def _example(schema: dict[str, Any]) -> object:
    if "enum" in schema:
        return schema["enum"][0]
    if schema["type"] == "object":
        return {name: _example(part) for name, part in schema["properties"].items()}
    return "Lisbon"


def _completion(text: str, reason: str, prompt: int) -> Said:
    return 200, {
        "choices": [{"message": {"content": text}, "finish_reason": reason}],
        "usage": {"prompt_tokens": prompt, "completion_tokens": len(text.split())},
    }


def _answer(body: dict[str, Any], key: str) -> Said:
    prompt = sum(len(message["content"].split()) for message in body["messages"])
    if prompt + body["max_tokens"] > CONTEXT:
        return 400, {"error": {"type": "exceed_context_size_error", "message": "context size"}}
    text = json.dumps(_example(body["response_format"]["json_schema"]["schema"]))
    if len(text.split()) > body["max_tokens"]:
        return _completion(text[:5], "length", prompt)
    return _completion(text, "stop", prompt)


def _slow(body: dict[str, Any], key: str) -> Said:
    time.sleep(1.0)
    return _answer(body, key)


def _guarded(body: dict[str, Any], key: str) -> Said:
    return _answer(body, key) if key == "Bearer sesame" else (401, {"error": "no"})


BEHAVIOURS: dict[str, Callable[[dict[str, Any], str], Said]] = {
    "slow": _slow,
    "guarded": _guarded,
    "prose": lambda body, key: _completion("Certainly! The door is red.", "stop", 9),
    "other-schema": lambda body, key: _completion('{"colour": "mauve"}', "stop", 9),
    "not-a-number": lambda body, key: _completion("NaN", "stop", 9),
    "no-usage": lambda body, key: (200, {"choices": [{"message": {"content": "{}"}}]}),
    "page": lambda body, key: (200, b"<html>login</html>"),
    "busy": lambda body, key: (503, {"error": "loading model"}),
}
