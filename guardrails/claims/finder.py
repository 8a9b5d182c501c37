"""Finds every value-like thing in a sentence; what it can't read is a mention too."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from casegate.model.fact import RoleType
from casegate.model.narrative import ClaimKind
from guardrails.claims.amounts import Amounts, find_bare, find_measures
from guardrails.claims.days import find_days
from guardrails.claims.hints import with_hints
from guardrails.claims.mention import Form, Mention, Reading
from guardrails.claims.names import NameFinder
from guardrails.claims.numerals import SPELT_SCALES, WORDS
from guardrails.claims.records import Known, Records, account_key
from guardrails.claims.words import Vocabulary
from guardrails.text import Token, tokens

_KINDS = {
    RoleType.PARTY: ClaimKind.NAME,
    RoleType.PLACE: ClaimKind.PLACE,
    RoleType.LIST: ClaimKind.NAME,
    RoleType.TEXT: ClaimKind.IDENTIFIER,
    RoleType.ACCOUNT: ClaimKind.ACCOUNT,
}
CITATION = re.compile(r"[\[(]?\bE\d{1,6}\b(?:\s*[,;]\s*E\d{1,6}\b)*[\])]?")
_CITED = re.compile(r"E\d{1,6}")
_ACCOUNT = re.compile(
    r"\b(?i:accounts?|acct|a/c|iban)\b\.?\s*(?i:no\.?|number|nr\.?|#)?\s*:?\s*"
    r"(?P<end>(?i:ending)\s+(?i:in|with|on)?\s*)?"
    r"(?P<n>[*xX.]*(?=[A-Z0-9*/-]*\d)[A-Z0-9][A-Z0-9*/-]*(?: (?=[A-Z0-9]*\d)[A-Z0-9]{2,4}\b)*)"
)
_ENDING = re.compile(r"\b(?i:ending)\s+(?:(?i:in|with|on)\s+)?(?P<n>\d[\d-]+)")
_LONG_NUMBER = re.compile(r"(?<![\w.,$/-])(?:\d[\d -]*-[\d -]*\d|\d{7,})\b(?!-)")
_IBAN = re.compile(r"(?<![\w.,$/-])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b")
_CODE = re.compile(
    r"(?<![\w])(?=[\w/.-]*\d)(?=[\w/.-]*[A-Za-z])[A-Za-z0-9]+(?:[-/._][A-Za-z0-9]+)*(?!\w)"
)
_WEB = re.compile(r"\b(?:https?://|www\.)\S+|\b[\w.+-]+@[\w-]+\.[\w.]+")
_CLOCK = re.compile(
    r"\b\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?|\b\d{1,2}\s?[ap]\.?m\b\.?", re.I
)
_DIGIT = re.compile(r"[^\s\0]*\d[^\s\0]*")


class Found(NamedTuple):
    """The values of a sentence, and all its words."""

    mentions: tuple[Mention, ...]
    words: tuple[Token, ...]


class Finder:
    """Finds mentions. Every digit of a sentence ends up inside exactly one of them."""

    def __init__(self, words: Vocabulary) -> None:
        money = words.lexicon.currencies
        names: dict[str, tuple[str, ...]] = {**money.signs, **money.words}
        names |= {code: (code,) for code in money.codes}
        self._amounts = Amounts(names, upper_only=money.codes)
        self._names = NameFinder(words)
        self._words = words
        self._references = tuple(sorted(words.data.references, key=len, reverse=True))

    def __call__(self, text: str, records: Records, *, month_first: bool) -> Found:
        """Find all values of one sentence, in the order of the text."""
        page = _Page(text)
        for reference in self._references:
            page.blot_all(reference)
        page.take(_citations(page.left))
        words = tokens(page.left)
        page.take(_known(words, records))
        page.take(_web_and_clock(page.left))
        page.take(_accounts(page.left))
        spelt = any(word.low in _NUMBER_WORDS for word in words)
        digits = page.digits
        page.take(find_days(page.left, month_first=month_first))
        if digits:
            page.take(_long(page.left, _IBAN))
        if digits or spelt:
            page.take(self._amounts.find_money(page.left, spelt=spelt))
        page.take(find_measures(page.left, spelt=spelt))
        if digits:
            page.take(_codes(page.left))
            page.take(_long(page.left, _LONG_NUMBER))
        if digits or spelt:
            page.take(find_bare(page.left, spelt=spelt))
            page.take(self._ones(words))
        page.take(self._names.find(text, page.left, words, records))
        if digits:
            page.take(_unreadable(page.left))
        found = sorted(page.found, key=lambda m: m.start)
        return Found(tuple(with_hints(text, words, found)), words)

    def _ones(self, words: Sequence[Token]) -> Iterator[Mention]:
        """Read `one` as a number where something countable follows."""
        for at, word in enumerate(words):
            following = [w.low for w in words[at + 1 : at + 4]]
            single = word.low == "single" and at > 0 and words[at - 1].low == "a"
            if (word.low == "one" or single) and any(
                w in self._words.count_nouns for w in following
            ):
                reading = (Reading(Form.COUNT, "1"),)
                yield Mention(ClaimKind.COUNT, word.start, word.end, word.text, reading)
            if word.low == "no" and following[:1] and following[0] in _EARLIER:
                reading = (Reading(Form.COUNT, "0"),)
                yield Mention(ClaimKind.COUNT, word.start, word.end, word.text, reading)


_EARLIER = frozenset({"prior", "previous", "earlier"})
_NUMBER_WORDS = frozenset({*WORDS, *SPELT_SCALES, "single", "no"} - {"zero"})


class _Page:
    """A sentence from which what was found is blotted out."""

    def __init__(self, text: str) -> None:
        self.left = text
        self.found: list[Mention] = []

    @property
    def digits(self) -> bool:
        return any(c.isdigit() for c in self.left)

    def take(self, mentions: Iterator[Mention]) -> None:
        for mention in list(mentions):
            if "\0" not in self.left[mention.start : mention.end]:
                self.found.append(mention)
                self._blot(mention.start, mention.end)

    def blot_all(self, phrase: str) -> None:
        at = self.left.find(phrase)
        while at >= 0:
            self._blot(at, at + len(phrase))
            at = self.left.find(phrase)

    def _blot(self, start: int, end: int) -> None:
        self.left = self.left[:start] + "\0" * (end - start) + self.left[end:]


def _citations(text: str) -> Iterator[Mention]:
    for found in CITATION.finditer(text):
        ids = _CITED.findall(found[0])
        keys = tuple(Reading(Form.NONE, i) for i in ids)
        yield Mention(ClaimKind.CITATION, found.start(), found.end(), found[0], keys)


def cited(text: str) -> tuple[str, ...]:
    """Give the evidence ids that a text cites."""
    return tuple(i for found in CITATION.finditer(text) for i in _CITED.findall(found[0]))


def _known(words: Sequence[Token], records: Records) -> Iterator[Mention]:
    """Find recorded names, places, lists, references and account numbers, longest first."""
    at = 0
    while at < len(words):
        match = next(
            (k for k in records.known.get(words[at].low, ()) if _stands_at(words, at, k)), None
        )
        if match is None:
            at += 1
            continue
        last = words[at + len(match.words) - 1]
        text = " ".join(match.words)
        reading = (
            Reading(Form.ACCOUNT, account_key(text))
            if match.kind is RoleType.ACCOUNT
            else Reading(Form.WORDS, text)
        )
        yield Mention(
            _KINDS[match.kind], words[at].start, last.end, " ".join(match.exact), (reading,)
        )
        at += len(match.words)


def _stands_at(words: Sequence[Token], at: int, known: Known) -> bool:
    here = words[at : at + len(known.words)]
    if tuple(w.low for w in here) != known.words:
        return False
    if len(known.words) == 1 and len(known.words[0]) <= 3:
        return here[0].text == known.exact[0]
    return here[0].text[:1].isupper() or not known.exact[0][:1].isupper()


def _web_and_clock(text: str) -> Iterator[Mention]:
    for form in (_WEB, _CLOCK):
        for found in form.finditer(text):
            yield Mention(
                ClaimKind.IDENTIFIER, found.start(), found.end(), found[0],
                (Reading(Form.NONE, found[0]),),
            )  # fmt: skip


def _accounts(text: str) -> Iterator[Mention]:
    for form in (_ACCOUNT, _ENDING):
        for found in form.finditer(text):
            number = found["n"]
            key = account_key(number)
            partial = form is _ENDING or found["end"] or number[:1] in "*xX."
            kind = Form.ACCOUNT_END if partial else Form.ACCOUNT
            wrong = "" if len(key) >= 3 else "too short for an account"
            yield Mention(
                ClaimKind.ACCOUNT, found.start("n"), found.end("n"), number,
                (Reading(kind, key),), wrong=wrong,
            )  # fmt: skip


def _long(text: str, form: re.Pattern[str]) -> Iterator[Mention]:
    for found in form.finditer(text):
        number = found[0].strip(" -")
        if len(account_key(number)) >= 6:
            reading = (Reading(Form.ACCOUNT, account_key(number)),)
            at = found.start() + found[0].index(number)
            yield Mention(ClaimKind.ACCOUNT, at, at + len(number), number, reading)


def _codes(text: str) -> Iterator[Mention]:
    for found in _CODE.finditer(text):
        if not re.fullmatch(r"\d+(?:st|nd|rd|th)", found[0]):
            reading = (Reading(Form.WORDS, found[0].casefold()),)
            yield Mention(ClaimKind.IDENTIFIER, found.start(), found.end(), found[0], reading)


def _unreadable(text: str) -> Iterator[Mention]:
    for found in _DIGIT.finditer(text):
        yield Mention(
            ClaimKind.IDENTIFIER, found.start(), found.end(), found[0], (), wrong="not readable"
        )
