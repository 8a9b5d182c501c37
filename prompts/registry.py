"""The prompts that the manifest lists: loaded and checked together, or not at all.

The list in `manifest.yaml` is explicit, so that a prompt that is missing, changed or forgotten is
found when the process starts and not in the middle of a case.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field, ValidationError

from casegate.errors import PromptInvalid, PromptUnknown
from casegate.model.base import Record, Sha256
from prompts.prompt import Prompt, file_of, read_prompt

FOLDER = Path(__file__).parent
MANIFEST = "manifest.yaml"

State = Literal["live", "shadow", "retired"]


class Entry(Record):
    """One line of the manifest."""

    id: str
    version: int = Field(ge=1)
    file: str
    sha256: Sha256
    state: State


class Manifest(Record):
    """`manifest.yaml`."""

    prompts: tuple[Entry, ...]


@dataclass(frozen=True)
class Prompts:
    """All prompts of an installation."""

    entries: tuple[Entry, ...]
    by_ref: dict[tuple[str, int], Prompt]

    def live(self, prompt_id: str) -> Prompt:
        """Give the version in use.

        Raises:
            PromptUnknown: the manifest has no prompt of that id.
        """
        for entry in self.entries:
            if entry.id == prompt_id and entry.state == "live":
                return self.by_ref[entry.id, entry.version]
        raise PromptUnknown(f"there is no prompt {prompt_id!r}")

    def get(self, prompt_id: str, version: int) -> Prompt:
        """Give one version, whatever its state.

        Raises:
            PromptUnknown: the manifest has no such version.
        """
        found = self.by_ref.get((prompt_id, version))
        if found is None:
            raise PromptUnknown(f"there is no prompt {prompt_id!r} of version {version}")
        return found


def load_prompts(folder: Path = FOLDER) -> Prompts:
    """Load every prompt of the manifest.

    Raises:
        PromptInvalid: names every problem of every file and of the manifest at once.
    """
    manifest = read_manifest(folder)
    problems = _problems_of_list(manifest, folder)
    by_ref: dict[tuple[str, int], Prompt] = {}
    for entry in manifest.prompts:
        prompt, found = _load(entry, folder)
        problems += [f"{entry.file}: {problem}" for problem in found]
        if prompt is not None:
            by_ref[entry.id, entry.version] = prompt
    if problems:
        raise PromptInvalid("; ".join(problems))
    return Prompts(entries=manifest.prompts, by_ref=by_ref)


def read_manifest(folder: Path) -> Manifest:
    """Read the list alone.

    Raises:
        PromptInvalid: it is missing or has a wrong shape.
    """
    path = folder / MANIFEST
    try:
        said: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        return Manifest.model_validate(said)
    except FileNotFoundError:
        raise PromptInvalid(f"{path} is missing") from None
    except yaml.YAMLError as error:
        raise PromptInvalid(f"{MANIFEST} is no YAML: {str(error).splitlines()[0]}") from None
    except ValidationError as error:
        problems = (
            f"{MANIFEST}: `{'.'.join(map(str, e['loc']))}`: {e['msg'].lower()}"
            for e in error.errors(include_input=False, include_url=False)
        )
        raise PromptInvalid("; ".join(problems)) from None


def prompt_files(folder: Path) -> list[str]:
    """List the prompt files that lie in the folder, listed or not."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.glob("*/*.md"))


def _load(entry: Entry, folder: Path) -> tuple[Prompt | None, list[str]]:
    path = folder / entry.file
    if not path.is_file():
        return None, ["the file is missing"]
    raw = path.read_bytes()
    prompt, problems = read_prompt(raw)
    if prompt is None:
        return None, problems
    if (prompt.id, prompt.version) != (entry.id, entry.version):
        problems.append(
            f"says {prompt.id}@{prompt.version}, the manifest {entry.id}@{entry.version}"
        )
    if prompt.sha256 != entry.sha256:
        problems.append(
            f"has sha256 {prompt.sha256[:12]}, the manifest {entry.sha256[:12]}: "
            "it changed since it was sealed"
        )
    return prompt, problems


def _problems_of_list(manifest: Manifest, folder: Path) -> list[str]:
    listed = Counter((entry.id, entry.version) for entry in manifest.prompts)
    problems = [f"{MANIFEST}: {i}@{v} is listed twice" for (i, v), n in listed.items() if n > 1]
    for prompt_id in sorted({entry.id for entry in manifest.prompts}):
        live = sum(e.state == "live" for e in manifest.prompts if e.id == prompt_id)
        if live != 1:
            problems.append(f"{MANIFEST}: {prompt_id} has {live} live versions, expected one")
    for entry in manifest.prompts:
        if entry.file != file_of(entry.id, entry.version):
            expected = file_of(entry.id, entry.version)
            problems.append(f"{MANIFEST}: {entry.file} must be named {expected}")
    unlisted = set(prompt_files(folder)) - {entry.file for entry in manifest.prompts}
    problems += [f"{name}: is not in {MANIFEST}" for name in sorted(unlisted)]
    return problems
