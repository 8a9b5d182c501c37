"""Writing digests into the manifest: what was sealed and used never changes again."""

import os
from pathlib import Path

import yaml

from casegate.errors import PromptInvalid, PromptUnknown
from prompts.prompt import Prompt, file_of, read_prompt
from prompts.registry import MANIFEST, Entry, Manifest, prompt_files, read_manifest

HEADER = """\
# Every prompt file, its digest and its state; written by `casegate prompts seal`.
# Exactly one version of an id is live. A shadow runs beside it and decides nothing.
"""


def seal(folder: Path, *, replace: frozenset[str] = frozenset()) -> tuple[Entry, ...]:
    """Take new and changed prompt files into the manifest.

    The first version of an id becomes live, a further one shadow. A changed file is taken only
    while its version is a shadow, or if `replace` names it as `id@version`.

    Returns:
        The entries that were added or changed.

    Raises:
        PromptInvalid: names every file that can't be read or changed without a new version.
        PromptUnknown: `replace` names a version that the manifest does not hold.
    """
    entries = list(read_manifest(folder).prompts) if (folder / MANIFEST).exists() else []
    unknown = replace - {f"{entry.id}@{entry.version}" for entry in entries}
    if unknown:
        raise PromptUnknown(f"the manifest does not hold {', '.join(sorted(unknown))}")
    changed: list[Entry] = []
    problems: list[str] = []
    for name in prompt_files(folder):
        prompt, found = read_prompt((folder / name).read_bytes())
        if prompt is None:
            problems += [f"{name}: {problem}" for problem in found]
        else:
            _take(prompt, name, entries, replace, changed, problems)
    if problems:
        raise PromptInvalid("; ".join(problems))
    if changed:
        _write(folder, entries)
    return tuple(changed)


def _take(
    prompt: Prompt,
    name: str,
    entries: list[Entry],
    replace: frozenset[str],
    changed: list[Entry],
    problems: list[str],
) -> None:
    ref = f"{prompt.id}@{prompt.version}"
    if name != file_of(prompt.id, prompt.version):
        problems.append(f"{name}: {ref} must be named {file_of(prompt.id, prompt.version)}")
        return
    at = next((n for n, e in enumerate(entries) if f"{e.id}@{e.version}" == ref), None)
    if at is None:
        first = not any(entry.id == prompt.id for entry in entries)
        fresh = Entry(
            id=prompt.id,
            version=prompt.version,
            file=name,
            sha256=prompt.sha256,
            state="live" if first else "shadow",
        )
        entries.append(fresh)
        changed.append(fresh)
    elif entries[at].sha256 != prompt.sha256:
        if entries[at].state != "shadow" and ref not in replace:
            following = file_of(prompt.id, prompt.version + 1)
            problems.append(
                f"{name}: {ref} is {entries[at].state} and sealed; "
                f"undo the change and make {following} with `version: {prompt.version + 1}`"
            )
            return
        entries[at] = entries[at].model_copy(update={"sha256": prompt.sha256})
        changed.append(entries[at])


def _write(folder: Path, entries: list[Entry]) -> None:
    manifest = Manifest(prompts=tuple(sorted(entries, key=lambda e: (e.id, e.version))))
    text = yaml.safe_dump(manifest.model_dump(mode="json"), sort_keys=False)
    fresh = folder / f".{MANIFEST}.{os.getpid()}"
    fresh.write_text(HEADER + text, encoding="utf-8")
    fresh.replace(folder / MANIFEST)
