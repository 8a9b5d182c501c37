"""Words that a narrative must not hold, whatever the records say."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guardrails.claims.records import Records
from guardrails.claims.words import Mark, Term, Vocabulary
from guardrails.rubric_text import ContentFinding
from guardrails.text import HIDDEN, LOOKALIKE, UNREADABLE, Cleaned, Token, tokens

_DISGUISE = {
    HIDDEN: "hidden characters stand between the letters",
    LOOKALIKE: "letters or digits of another alphabet stand in for ordinary ones",
    UNREADABLE: "characters that can't be read",
}


@dataclass(frozen=True)
class _Entry:
    words: tuple[str, ...]
    term: Term

    def stands_at(self, text: Sequence[Token], at: int) -> bool:
        here = text[at : at + len(self.words)]
        return len(here) == len(self.words) and all(
            self._same(wanted, token) for wanted, token in zip(self.words, here, strict=True)
        )

    def _same(self, wanted: str, token: Token) -> bool:
        word = token.text if self.term.cased else token.low
        if wanted.endswith("*"):
            return word.startswith(wanted[:-1])
        return word == wanted


class ContentReader:
    """Looks sentences through for the terms and marks of the lexicon."""

    def __init__(self, words: Vocabulary) -> None:
        self._exact: dict[str, list[_Entry]] = defaultdict(list)
        self._begun: dict[str, list[_Entry]] = defaultdict(list)
        for term in words.lexicon.content:
            for phrase in term.terms:
                self._add(_Entry(tuple(phrase.split()), term))
        self._marks: tuple[tuple[Mark, re.Pattern[str]], ...] = tuple(
            (mark, re.compile(mark.pattern)) for mark in words.lexicon.marks
        )

    def __call__(self, sentence: Cleaned, raw: str, records: Records) -> list[ContentFinding]:
        """Give the forbidden things in one sentence, each once. `raw` is the text as handed in."""
        found = [*self._terms(sentence.text, records), *self._marked(raw)]
        found += [
            ContentFinding(flag, "GRD-4" if flag == UNREADABLE else "FRM-5", _DISGUISE[flag])
            for flag in sorted(sentence.flags)
        ]
        return list(dict.fromkeys(found))

    def _add(self, entry: _Entry) -> None:
        first = entry.words[0].casefold()
        if first.endswith("*"):
            self._begun[first[:3]].append(entry)
        else:
            self._exact[first].append(entry)

    def _terms(self, text: str, records: Records) -> Iterator[ContentFinding]:
        words = [t for t in tokens(text) if t.low[0].isalnum()]
        spared: list[bool] | None = None
        for at, word in enumerate(words):
            entries = (*self._exact.get(word.low, ()), *self._begun.get(word.low[:3], ()))
            for entry in entries:
                if not entry.stands_at(words, at):
                    continue
                if spared is None:
                    spared = self._spared(words, records)
                if self._counts(entry, words, at, spared, records):
                    shown = " ".join(t.text for t in words[at : at + len(entry.words)])
                    yield ContentFinding(entry.term.code, entry.term.check, shown)

    def _counts(
        self,
        entry: _Entry,
        words: Sequence[Token],
        at: int,
        spared: Sequence[bool],
        records: Records,
    ) -> bool:
        if not entry.term.in_values and all(spared[at : at + len(entry.words)]):
            return False
        if entry.term.unless_recorded:
            phrase = " ".join(t.low for t in words[at : at + len(entry.words)])
            return not any(
                phrase in text.casefold().split("_")
                or f" {phrase} " in f" {text.casefold().replace('_', ' ')} "
                for text in records.strings()
            )
        return True

    def _spared(self, words: Sequence[Token], records: Records) -> list[bool]:
        """Mark the words that are part of a recorded value, such as a company's name."""
        inside = [False] * len(words)
        low = [w.low for w in words]
        for text in records.strings():
            value = [t.low for t in tokens(text) if t.low[0].isalnum()]
            if not value:
                continue
            for at in range(len(low) - len(value) + 1):
                if low[at : at + len(value)] == value:
                    inside[at : at + len(value)] = [True] * len(value)
        return inside

    def _marked(self, raw: str) -> Iterator[ContentFinding]:
        for mark, form in self._marks:
            found = form.search(raw)
            if found is not None:
                yield ContentFinding(mark.code, mark.check, found[0].strip()[:60] or "tab")
