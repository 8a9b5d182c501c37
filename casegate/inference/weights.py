"""A loaded GGUF model on llama.cpp's C interface: tokens in, logits out, one sequence.

The Python binding's own completion loop re-reads the whole answer for every token, lets the grammar
look at each of 150,000 tokens and can't be interrupted while it reads a prompt. This class offers
only the steps, so that the loop in `generate.py` can do without all three.
"""

import ctypes
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import llama_cpp
import numpy as np
import numpy.typing as npt

from casegate.errors import ModelUnavailable

BATCH = 512
"""Tokens that are read in one step."""

_ABORTED = 2

Logits = npt.NDArray[np.float32]


class Interrupted(Exception):
    """The deadline passed while tokens were read; the sequence is as it was before."""


_silence = llama_cpp.llama_log_callback(lambda level, text, data: None)
"""Swallows the library's chatter; what matters comes back as an error."""


class Weights:
    """One model with one context. Not thread-safe: its owner lets one caller in at a time."""

    def __init__(
        self,
        path: Path,
        *,
        context: int,
        threads: Callable[[], int],
        expired: Callable[[], bool],
    ) -> None:
        """Load the file.

        Args:
            path: A checked GGUF file.
            context: Tokens that the sequence can hold.
            threads: How many compute at once; asked before every step.
            expired: Asked often while tokens are read; True stops the reading.

        Raises:
            ModelUnavailable: llama.cpp can't load it, or there is not enough memory.
        """
        llama_cpp.llama_log_set(_silence, ctypes.c_void_p(0))
        llama_cpp.llama_backend_init()
        self._abort = llama_cpp.ggml_abort_callback(lambda _: expired())
        self._threads = threads
        self._computing = threads()
        self._model = self._load_model(path)
        self._context = self._make_context(context)
        self._vocab = llama_cpp.llama_model_get_vocab(self._model)
        self._memory = llama_cpp.llama_get_memory(self._context)
        self._batch = llama_cpp.llama_batch_init(BATCH, 0, 1)
        self.vocab_size: int = llama_cpp.llama_vocab_n_tokens(self._vocab)
        self.tokens: list[int] = []
        """What the sequence holds now."""

    def _load_model(self, path: Path) -> Any:  # noqa: ANN401 - an opaque pointer
        params = llama_cpp.llama_model_default_params()
        params.n_gpu_layers = 0
        model = llama_cpp.llama_model_load_from_file(str(path).encode(), params)
        if not model:
            raise ModelUnavailable(f"llama.cpp can't load the model file {path.name}")
        return model

    def _make_context(self, context: int) -> Any:  # noqa: ANN401 - a pointer
        params = llama_cpp.llama_context_default_params()
        params.n_ctx = context
        params.n_batch = params.n_ubatch = BATCH
        params.n_threads = params.n_threads_batch = self._computing
        params.n_seq_max = 1
        params.no_perf = True
        params.abort_callback = self._abort
        made = llama_cpp.llama_init_from_model(self._model, params)
        if not made:
            llama_cpp.llama_model_free(self._model)
            raise ModelUnavailable(
                f"no memory for a context of {context} tokens",
                remedy="Lower CASEGATE_MODEL_CONTEXT or choose a smaller model.",
            )
        return made

    @property
    def vocab(self) -> Any:  # noqa: ANN401 - an opaque pointer
        """The vocabulary, for samplers."""
        return self._vocab

    @property
    def context_tokens(self) -> int:
        """How many tokens fit."""
        return int(llama_cpp.llama_n_ctx(self._context))

    def chat_template(self) -> str:
        """Give the Jinja template that the model was trained with; empty if it has none."""
        template = llama_cpp.llama_model_chat_template(self._model, None)
        return template.decode() if template else ""

    def special(self, which: str) -> str:
        """Give the text of the token `bos` or `eos`; empty if the model has none."""
        find = getattr(llama_cpp, f"llama_vocab_{which}")
        token = find(self._vocab)
        return "" if token < 0 else llama_cpp.llama_vocab_get_text(self._vocab, token).decode()

    def tokenise(self, text: str, *, special: bool) -> list[int]:
        """Split text into tokens; only with `special` may it hold control tokens."""
        raw = text.encode()
        room = len(raw) + 8
        found = (llama_cpp.llama_token * room)()
        count = llama_cpp.llama_tokenize(self._vocab, raw, len(raw), found, room, False, special)
        return list(found[:count])

    def piece(self, token: int) -> bytes:
        """Give the bytes that a token stands for; nothing for control tokens."""
        room = 256
        buffer = ctypes.create_string_buffer(room)
        size = llama_cpp.llama_token_to_piece(self._vocab, token, buffer, room, 0, False)
        return buffer.raw[: max(size, 0)]

    def letters(self) -> "npt.NDArray[np.int32]":
        """Give the tokens that stand for one printable ASCII character each."""
        found = [self.tokenise(chr(code), special=False) for code in range(0x20, 0x7F)]
        return np.array([tokens[0] for tokens in found if len(tokens) == 1], dtype=np.int32)

    def ends(self, token: int) -> bool:
        """Tell whether a token ends the answer."""
        return bool(llama_cpp.llama_vocab_is_eog(self._vocab, token))

    def keep(self, count: int) -> None:
        """Forget everything after the first `count` tokens."""
        llama_cpp.llama_memory_seq_rm(self._memory, 0, count, -1)
        del self.tokens[count:]

    def read(self, tokens: Sequence[int], *, every: bool = False) -> None:
        """Append tokens to the sequence and compute logits, of the last token or of `every` one.

        Raises:
            Interrupted: `expired` said so.
            ModelUnavailable: llama.cpp refused.
        """
        for start in range(0, len(tokens), BATCH):
            self._read_batch(tokens[start : start + BATCH], every)

    def _read_batch(self, tokens: Sequence[int], every: bool) -> None:
        past = len(self.tokens)
        batch = self._batch
        batch.n_tokens = len(tokens)
        for i, token in enumerate(tokens):
            batch.token[i] = token
            batch.pos[i] = past + i
            batch.n_seq_id[i] = 1
            batch.seq_id[i][0] = 0
            batch.logits[i] = every
        batch.logits[len(tokens) - 1] = True
        self._follow_the_load()
        code = llama_cpp.llama_decode(self._context, batch)
        if code != 0:
            self.keep(past)
            if code == _ABORTED:
                raise Interrupted
            raise ModelUnavailable(f"llama.cpp could not compute (code {code})")
        self.tokens.extend(tokens)

    def _follow_the_load(self) -> None:
        threads = self._threads()
        if threads != self._computing:
            llama_cpp.llama_set_n_threads(self._context, threads, threads)
            self._computing = threads

    def logits(self, index: int = -1) -> Logits:
        """Give a copy of the logits of token `index` of the last batch; -1 is its last token."""
        pointer = llama_cpp.llama_get_logits_ith(self._context, index)
        return np.ctypeslib.as_array(pointer, shape=(self.vocab_size,)).copy()

    def save(self) -> bytes:
        """Copy what the sequence holds, to `restore` later."""
        size = llama_cpp.llama_state_seq_get_size(self._context, 0)
        buffer = (ctypes.c_uint8 * size)()
        written = llama_cpp.llama_state_seq_get_data(self._context, buffer, size, 0)
        return bytes(memoryview(buffer)[:written])

    def restore(self, state: bytes, tokens: Sequence[int]) -> bool:
        """Put a saved sequence of `tokens` back; False if it can't be, then nothing is held."""
        self.keep(0)
        buffer = (ctypes.c_uint8 * len(state)).from_buffer_copy(state)
        if not llama_cpp.llama_state_seq_set_data(self._context, buffer, len(state), 0):
            self.keep(0)
            return False
        self.tokens = list(tokens)
        return True

    def close(self) -> None:
        """Free the memory; the object is of no use afterwards."""
        llama_cpp.llama_batch_free(self._batch)
        llama_cpp.llama_free(self._context)
        llama_cpp.llama_model_free(self._model)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
