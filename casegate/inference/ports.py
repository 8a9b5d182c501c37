"""What the rest of Casegate knows of a language model."""

from typing import Literal, Protocol

from casegate.model.base import Json, Record, Sha256


class Message(Record):
    """One turn of a chat."""

    role: Literal["system", "user", "assistant"]
    content: str


class Sampler(Record):
    """Everything that steers the choice of tokens. Temperature 0 with a fixed seed by default."""

    temperature: float = 0.0
    top_p: float = 1.0
    seed: int = 7
    max_tokens: int = 400


class Request(Record):
    """One model call. Its canonical JSON hash (`content_hash`) names the call in the log."""

    task: str
    """What it is for: `extract`, `plan`, `propose`, `gather`, `classify`."""
    prompt: str
    """Prompt reference `id@version#sha12`."""
    messages: tuple[Message, ...]
    schema_: Json
    """JSON schema of the answer; every call is grammar-constrained, there is no free text."""
    sampler: Sampler = Sampler()
    deadline_s: float = 120.0
    """Seconds from asking to answer, waiting in line included."""


class ModelIdentity(Record):
    """Which weights answer."""

    name: str
    sha256: Sha256
    """Of the model file; for a server, of its URL and model name, as the file is out of reach."""
    context_tokens: int


class Completion(Record):
    """An answer that is JSON of the asked schema. Anything else is an error, never an answer."""

    text: str
    """Canonical as the model gave it: what a replay returns byte for byte."""
    prompt_tokens: int
    completion_tokens: int
    seconds: float
    """Time inside the model, waiting in line excluded."""


class Complete(Protocol):
    """The seam. Implementations: llama.cpp in process, OpenAI-compatible server, recorded."""

    @property
    def identity(self) -> ModelIdentity:
        """Name the weights; reading it may hash a file once, never loads it."""
        ...

    def __call__(self, request: Request) -> Completion:
        """Answer `request`.

        Raises:
            ModelMissing, ModelHashWrong, ModelUnavailable: there is no usable model.
            ModelTimeout: no answer before the deadline; a late one is thrown away.
            TokenBudgetExceeded: prompt and `max_tokens` don't fit the context.
            ModelOutputInvalid: the answer broke off or is not of the schema.
        """
        ...
