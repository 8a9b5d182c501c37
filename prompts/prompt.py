"""One prompt file: front matter, turns, rendering.

    ---
    id: intake/extract
    version: 1
    ...
    ---
    What the model is told in every call (the system turn). Holds no variables.
    ---user---
    The last turn: {{text}}

More turns (`---user---`, `---assistant---`) may stand in between as examples. Only the last turn, a
user's, holds variables: everything before it is the same in every call, so that the model reads
it once, and nothing from a document ever stands in the system turn.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

import yaml
from pydantic import Field, ValidationError

from casegate.errors import PromptInvalid
from casegate.hashing import sha256_hex
from casegate.inference.ports import Message
from casegate.model.base import Record

Value = str | int | Sequence[str]

_FRAME = re.compile(r"\A---\n(?P<front>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
_TURN = re.compile(r"^---(user|assistant)---\n", re.MULTILINE)
_VARIABLE = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")
_TAG = re.compile(r"<(/?[a-z]+)>")


class InputType(StrEnum):
    """What a variable takes."""

    STRING = "string"
    INTEGER = "integer"
    LIST = "list"
    """Texts, one a line."""
    UNTRUSTED = "untrusted"
    """Text from outside: where it holds a tag of the prompt, such as `</document>`, the tag's
    `<` becomes U+2039, so that it can't end the place it stands in."""


class Sampling(Record):
    """How the answer is drawn."""

    temperature: float = Field(ge=0, le=2)
    seed: int
    max_tokens: int = Field(gt=0)


class FrontMatter(Record):
    """What a prompt file says about itself; an unknown key is an error."""

    id: str = Field(pattern=r"^[a-z]+/[a-z_]+$")
    version: int = Field(ge=1)
    purpose: str = Field(min_length=1)
    owner: str = Field(min_length=1)
    inputs: dict[str, InputType]
    sampling: Sampling
    suite: str = Field(min_length=1)
    """The eval suite that a new version must pass."""
    changes: str = Field(min_length=1)


@dataclass(frozen=True)
class Prompt:
    """A checked prompt."""

    front: FrontMatter
    turns: tuple[Message, ...]
    """With their variables still in place."""
    sha256: str
    """Of the file."""

    @property
    def id(self) -> str:
        """Its name, such as `intake/extract`."""
        return self.front.id

    @property
    def version(self) -> int:
        """Counts up from 1."""
        return self.front.version

    @property
    def sampling(self) -> Sampling:
        """How the answer is drawn."""
        return self.front.sampling

    @property
    def ref(self) -> str:
        """What a log entry names: `id@version#` and the first 12 digits of the file's sha256."""
        return f"{self.id}@{self.version}#{self.sha256[:12]}"

    def messages(self, **values: Value) -> tuple[Message, ...]:
        """Fill the variables, each once; a value that looks like a variable stays as it is.

        Raises:
            PromptInvalid: names every input that is missing, unknown or of the wrong type.
        """
        problems = [
            *(f"`{name}` is missing" for name in sorted(set(self.front.inputs) - set(values))),
            *(f"`{name}` is no input" for name in sorted(set(values) - set(self.front.inputs))),
            *(
                f"`{name}` must be of type {kind}"
                for name, kind in self.front.inputs.items()
                if name in values and not _fits(values[name], kind)
            ),
        ]
        if problems:
            raise PromptInvalid(f"{self.ref}: {'; '.join(problems)}")
        *start, last = self.turns
        tags = frozenset(_TAG.findall(last.content))
        shown = {name: _show(values[name], kind, tags) for name, kind in self.front.inputs.items()}
        content = _VARIABLE.sub(lambda found: shown[found[1]], last.content)
        return (*start, Message(role="user", content=content))


def read_prompt(raw: bytes) -> tuple[Prompt | None, list[str]]:
    """Read one file: the prompt, or every problem that keeps it from being one."""
    try:
        frame = _FRAME.match(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return None, ["is no UTF-8"]
    if frame is None:
        return None, ["must begin with front matter between two lines `---`"]
    front, problems = _front(frame["front"])
    turns = _turns(frame["body"])
    problems += _problems_of_turns(turns, front)
    if front is None or problems:
        return None, problems
    return Prompt(front=front, turns=tuple(turns), sha256=sha256_hex(raw)), []


def file_of(prompt_id: str, version: int) -> str:
    """Give the path, within the folder, that a prompt's version has."""
    return f"{prompt_id}.v{version}.md"


def _front(text: str) -> tuple[FrontMatter | None, list[str]]:
    try:
        said: Any = yaml.safe_load(text)
    except yaml.YAMLError as error:
        return None, [f"front matter is no YAML: {str(error).splitlines()[0]}"]
    try:
        return FrontMatter.model_validate(said), []
    except ValidationError as error:
        return None, [
            f"`{'.'.join(map(str, e['loc'])) or 'front matter'}`: {e['msg'].lower()}"
            for e in error.errors(include_input=False, include_url=False)
        ]


def _turns(body: str) -> list[Message]:
    system, *rest = _TURN.split(body)
    turns = [Message(role="system", content=system.strip())]
    for role, content in zip(rest[::2], rest[1::2], strict=True):
        turns.append(Message(role=_role(role), content=content.strip()))
    return turns


def _role(name: str) -> Literal["user", "assistant"]:
    return "user" if name == "user" else "assistant"


def _problems_of_turns(turns: Sequence[Message], front: FrontMatter | None) -> list[str]:
    problems = [f"the {turn.role} turn is empty" for turn in turns if not turn.content]
    roles = [turn.role for turn in turns]
    alternating = ["user" if n % 2 else "assistant" for n in range(1, len(turns))]
    if roles[1:] != alternating or roles[-1] != "user":
        problems.append("turns must alternate and end with one `---user---`")
    if any(_VARIABLE.search(turn.content) for turn in turns[:-1]):
        problems.append("only the last turn may hold variables")
    stray = re.findall(r"\{\{.*?\}\}|\{\{|\}\}", _VARIABLE.sub("", turns[-1].content))
    problems += [f"{found!r} is no variable" for found in stray]
    if front is not None:
        used = set(_VARIABLE.findall(turns[-1].content))
        declared = set(front.inputs)
        problems += [f"`{{{{{name}}}}}` is not in `inputs`" for name in sorted(used - declared)]
        problems += [f"input `{name}` is not used" for name in sorted(declared - used)]
    return problems


def _fits(value: Value, kind: InputType) -> bool:
    if kind is InputType.INTEGER:
        return isinstance(value, int) and not isinstance(value, bool)
    if kind is InputType.LIST:
        return (
            isinstance(value, Sequence)
            and not isinstance(value, str)
            and all(isinstance(line, str) for line in value)
        )
    return isinstance(value, str)


def _show(value: Value, kind: InputType, tags: frozenset[str]) -> str:
    if isinstance(value, str):
        return _harmless(value, tags) if kind is InputType.UNTRUSTED else value
    return str(value) if isinstance(value, int) else "\n".join(value)


def _harmless(text: str, tags: frozenset[str]) -> str:
    names = {tag.lstrip("/") for tag in tags}
    if not names:
        return text
    pattern = rf"<(?=\s*/?\s*(?:{'|'.join(map(re.escape, sorted(names)))})\b)"
    return re.sub(pattern, "\u2039", text, flags=re.IGNORECASE)
