"""Text that reads like an order to the machine: told to the reviewer, kept from the model."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from casegate.model.document import Signal, SignalLevel

if TYPE_CHECKING:
    from tools.documents.parsed import Parsed

KIND = "instruction_like_text"
_SEEN = "The text"


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    import yaml

    table = yaml.safe_load(Path(__file__).with_name("instructions.yaml").read_text("utf-8"))
    return tuple(
        (row["id"], re.compile(row["match"].replace(" ", r"\s+"), re.IGNORECASE | re.DOTALL))
        for row in table["patterns"]
    )


def find_instructions(text: str) -> Iterable[tuple[str, int, int]]:
    """Give pattern id, start and end of everything that reads like an order."""
    for name, pattern in _patterns():
        for match in pattern.finditer(text):
            blanks = len(match[0]) - len(match[0].lstrip())
            yield name, match.start() + blanks, match.end()


def instruction_signals(
    parsed: "Parsed", concealed: Iterable[tuple[str, str, int | None]]
) -> tuple[Signal, ...]:
    """Make the signals of a document, one per pattern and page."""
    found: dict[tuple[str, int | None], list[str]] = {}
    for name, start, _ in find_instructions(parsed.text):
        found.setdefault((_SEEN, parsed.page_of(start)), []).append(name)
    for where, text, page in concealed:
        for name, _, _ in find_instructions(text):
            found.setdefault((f"Text in {where}", page), []).append(name)
    return tuple(
        Signal(
            kind=KIND,
            message=f"{where} reads like an instruction to a machine "
            f"({', '.join(dict.fromkeys(names))}).",
            page=page,
            level=SignalLevel.LOOK if where == _SEEN else SignalLevel.ALARM,
        )
        for (where, page), names in found.items()
    )


def seen_anew(signals: Iterable[Signal], parsed: "Parsed") -> tuple[Signal, ...]:
    """Give the signals with those on the text made again: more of it has been read since."""
    kept = (s for s in signals if s.kind != KIND or not s.message.startswith(_SEEN))
    return (*kept, *instruction_signals(parsed, ()))


def without_instructions(text: str) -> str:
    """Blank out every line that holds part of such text; positions stay as they are."""
    blanked: list[str] = []
    position = 0
    for _, start, end in sorted(find_instructions(text), key=lambda found: found[1]):
        if end <= position:
            continue
        first = max(position, text.rfind("\n", position, start) + 1)
        last = text.find("\n", end)
        last = len(text) if last < 0 else last
        blanked += [text[position:first], re.sub(r"[^\n]", " ", text[first:last])]
        position = last
    return "".join([*blanked, text[position:]])
