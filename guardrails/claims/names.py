"""Finds names: recorded ones in part, and capitalised words that no list knows."""

import re
from collections.abc import Iterator, Sequence

from casegate.model.narrative import ClaimKind
from guardrails.claims.mention import Form, Mention, Reading
from guardrails.claims.records import Records
from guardrails.claims.words import Vocabulary
from guardrails.text import Token, stem, tokens

_INSIDE = frozenset({"of", "de", "da", "di", "del", "van", "von", "der", "den", "la", "le", "al",
                     "el", "bin", "ibn", "dos", "&", "-", ".", "y", "zu"})  # fmt: skip
_VERBS = frozenset({"is", "was", "has", "had", "made", "holds", "held", "owns", "controls", "did"})
_PLACE_BEFORE = frozenset({"at", "in", "near"})
_PLACE_AFTER = frozenset({"branch", "street", "road", "square", "avenue", "office"})
_RUN_IN = re.compile(r"[\s.]*")


class NameFinder:
    """Finds names and places in what is left of a sentence."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words

    def find(
        self, text: str, left: str, spelling: Sequence[Token], records: Records
    ) -> Iterator[Mention]:
        """Find runs of capitalised words in `left` (found values blotted out of `text`)."""
        words = [t for t in spelling if left[t.start] != "\0"]
        at = 0
        while at < len(words):
            run = self._run(words, at)
            if not run:
                at += 1
                continue
            at += len(run)
            mention = self._mention(run, words, at, text, records)
            if mention is not None:
                yield mention

    def _run(self, words: Sequence[Token], at: int) -> list[Token]:
        """Give the capitalised words from `at` on, small words of names between them included."""
        if not _capital(words[at]):
            return []
        run = [words[at]]
        for word in words[at + 1 :]:
            gap = word.start - run[-1].end
            if gap > 1 or not (_capital(word) or word.low in _INSIDE):
                break
            run.append(word)
        while run and not _capital(run[-1]):
            run.pop()
        return run

    def _mention(
        self, run: list[Token], words: Sequence[Token], after: int, text: str, records: Records
    ) -> Mention | None:
        opens = not _RUN_IN.sub("", text[: run[0].start]).strip("\"'(")
        opens = opens and run[0].low not in self._words.titles
        run = self._strip(run, opens=opens, records=records)
        if not run:
            return None
        following = words[after].low if after < len(words) else ""
        spelling = [w.low for w in run if w.low[0].isalnum()]
        owners = self._owners(spelling, records)
        if owners:
            readings = tuple(Reading(Form.WORDS, " ".join(o)) for o in owners)
            return _made(run, text, ClaimKind.NAME, readings)
        if opens and len(run) == 1 and not self._acts(run[0], following):
            return None
        kind = self._kind(run, text, following)
        return _made(run, text, kind, ())

    def _strip(self, run: list[Token], *, opens: bool, records: Records) -> list[Token]:
        """Take away titles and capitalised words that are no names."""
        while run and (run[0].low in self._words.not_names or run[0].low in self._words.titles
                       or run[0].low in _INSIDE):  # fmt: skip
            run = run[1:]
        while run and (run[-1].low in self._words.not_names or run[-1].low in _INSIDE):
            run = run[:-1]
        if run and opens and run[0].low not in records.name_words and self._is_word(run[0]):
            return self._strip(run[1:], opens=False, records=records)
        return run

    def _is_word(self, word: Token) -> bool:
        return not word.text.isupper() and stem(word.low) in self._words.all_words

    def _acts(self, word: Token, following: str) -> bool:
        """Tell whether a single opening word stands where a person would act."""
        verb = following in self._words.directions or following in _VERBS
        return verb and not word.low.endswith(("s", "ing", "ly", "ion", "ment", "ed"))

    def _owners(self, spelling: Sequence[str], records: Records) -> list[tuple[str, ...]]:
        """Give the recorded names that hold all these words, initials allowed."""
        telling = [w for w in spelling if len(w) > 1 and w not in self._words.legal_forms]
        if not telling:
            return []
        sets = [records.name_words.get(w, set()) for w in telling]
        both = set.intersection(*sets)
        initials = [w for w in spelling if len(w) == 1]
        return sorted(o for o in both if all(any(p[0] == i for p in o) for i in initials))

    def _kind(self, run: Sequence[Token], text: str, following: str) -> ClaimKind:
        before = tokens(text[max(0, run[0].start - 12) : run[0].start])
        last = before[-1].low if before else ""
        if last == "the" and len(before) > 1:
            last = before[-2].low
        if last in _PLACE_BEFORE or following in _PLACE_AFTER or run[-1].low in _PLACE_AFTER:
            return ClaimKind.PLACE
        return ClaimKind.NAME


def _capital(word: Token) -> bool:
    return word.text[0].isupper() and (len(word.text) > 1 or word.text not in "AI")


def _made(
    run: Sequence[Token], text: str, kind: ClaimKind, readings: tuple[Reading, ...]
) -> Mention:
    start, end = run[0].start, run[-1].end
    return Mention(kind, start, end, text[start:end], readings)
