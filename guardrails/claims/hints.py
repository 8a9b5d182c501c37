"""What the words between two values say of the second: a begin, an end, after, before."""

import re
from collections.abc import Iterator, Sequence

from casegate.model.narrative import ClaimKind
from guardrails.claims.mention import Hint, Mention
from guardrails.text import Token

_BETWEEN = re.compile(r"\b(?:between|from)\s+$", re.IGNORECASE)
_UP_TO = re.compile(r"\s*(?:to|-|until|through)\s*", re.IGNORECASE)
_JOINED = re.compile(r"^\s*(?:and|to|-|until|through)\s*$", re.IGNORECASE)
_STARTS = frozenset({"between", "from", "starting", "beginning", "commencing", "began", "started"})
_ENDS = frozenset({"to", "until", "till", "through", "thru", "ending", "ended", "by", "-"})
_FIRSTS = frozenset({"first", "earliest", "initial", "began", "begins", "beginning", "started",
                     "starts", "starting", "commenced", "commencing"})  # fmt: skip
_LASTS = frozenset({"last", "latest", "final", "ended", "ends", "ending", "concluded", "finished",
                    "stopped"})  # fmt: skip


def with_hints(text: str, words: Sequence[Token], mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Say of days and amounts whether the words before them make them a begin or an end."""
    previous: Mention | None = None
    for at, mention in enumerate(mentions):
        made = mention
        if mention.kind in (ClaimKind.DATE, ClaimKind.AMOUNT) and mention.hint is Hint.NONE:
            since = previous.end if previous is not None else 0
            near = [w.low for w in words if since <= w.start < mention.start][-4:]
            hint = _hint(text[since : mention.start], near, previous, mention)
            if hint is Hint.NONE and _opens_span(text, mention, mentions[at + 1 : at + 2]):
                hint = Hint.START
            if hint is not Hint.NONE:
                made = Mention(
                    mention.kind, mention.start, mention.end, mention.text, mention.readings,
                    hint, mention.wrong,
                )  # fmt: skip
        yield made
        previous = made


def _opens_span(text: str, mention: Mention, following: Sequence[Mention]) -> bool:
    """Tell whether a day begins a span without a word that says so: `during May 3 to May 9`."""
    return any(
        mention.kind is ClaimKind.DATE
        and after.kind is ClaimKind.DATE
        and bool(_UP_TO.fullmatch(text[mention.end : after.start]))
        for after in following
    )


def _hint(between: str, words: Sequence[str], previous: Mention | None, mention: Mention) -> Hint:
    last = words[-1] if words else ""
    pair = previous is not None and previous.kind is mention.kind
    if pair and _JOINED.fullmatch(between) and previous and previous.hint is Hint.START:
        return Hint.END
    if mention.kind is ClaimKind.AMOUNT:
        return Hint.START if _BETWEEN.search(between) else Hint.NONE
    if last == "on":
        if _FIRSTS & set(words):
            return Hint.START
        return Hint.END if _LASTS & set(words) else Hint.NONE
    if words[-2:] == ["back", "to"]:
        return Hint.NONE
    if last in _STARTS:
        return Hint.START
    if last in _ENDS:
        return Hint.END
    return {"after": Hint.AFTER, "before": Hint.BEFORE}.get(last, Hint.NONE)
