"""The claim gate: one judgement for text of models and of people alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casegate.model.dossier import Dossier
from casegate.model.narrative import (
    CheckedSentence,
    Claim,
    ClaimKind,
    ClaimReport,
    ClaimVerdict,
    OutputKind,
    SentenceText,
)
from casegate.narrative.candidates import ROWS, admissible
from guardrails.claims.binding import Binder
from guardrails.claims.clause import Sentence
from guardrails.claims.content import ContentReader
from guardrails.claims.finder import CITATION, Finder, cited
from guardrails.claims.forms import FormReader
from guardrails.claims.judge import Judge, Judgement
from guardrails.claims.mention import Mention
from guardrails.claims.records import Records
from guardrails.claims.words import Vocabulary, load_vocabulary
from guardrails.rubric import Rubric, apply_rubric, load_rubric
from guardrails.rubric_text import CheckedText, ContentFinding
from guardrails.text import clean

V = ClaimVerdict
_WORST = (V.SUPPORTED, V.NOT_CHECKABLE, V.UNSUPPORTED, V.CONTRADICTED)
_BAD = frozenset({V.UNSUPPORTED, V.CONTRADICTED})
_MONTH_FIRST = "US"


@dataclass(frozen=True)
class _Checked:
    """One sentence with what the rubric needs besides."""

    sentence: CheckedSentence
    facts: frozenset[int]
    content: tuple[ContentFinding, ...]


class FactClaimGate:
    """Implements `casegate.desk.ports.ClaimGate`.

    It reads text and the dossier alone: bindings and fact ids that come with a sentence are never
    believed. Nothing that it can't read passes: it is unsupported, and the text is held.
    """

    def __init__(self, words: Vocabulary, rubric: Rubric) -> None:
        self._words = words
        self._rubric = rubric
        self._find = Finder(words)
        self._content = ContentReader(words)

    def __call__(
        self, dossier: Dossier, sentences: Sequence[SentenceText], output: OutputKind
    ) -> ClaimReport:
        """Check every value of every sentence; one checked sentence for each handed in."""
        records = Records(dossier)
        size = sum(len(s.text) for s in sentences)
        if size > self._rubric.limits.checked_characters:
            checked = [_unread(s.text, f"the text has {size} characters") for s in sentences]
        else:
            reader = _Reader(self._words, self._rubric, self._find, self._content, dossier, records)
            checked = [reader.sentence(s) for s in sentences]
        findings = apply_rubric(self._rubric, self._text(dossier, output, checked, records))
        bad = any(c.sentence.verdict in _BAD for c in checked)
        return ClaimReport(
            sentences=tuple(c.sentence for c in checked),
            rubric=findings,
            held=bad or not checked or any(f.fatal for f in findings),
        )

    def split(self, text: str, dossier: Dossier) -> tuple[SentenceText, ...]:
        """Cut plain text into sentences; citations such as `[E3]` become their evidence."""
        names = [p.name for p in dossier.bundle.parties]
        values = [v.value for f in dossier.facts for v in f.roles.values()]
        pieces = self._words.split(text, [*names, *values])
        return tuple(
            SentenceText(text=piece, evidence=cited(clean(piece).text)) for piece in pieces
        )

    def _text(
        self, dossier: Dossier, output: OutputKind, checked: Sequence[_Checked], records: Records
    ) -> CheckedText:
        return CheckedText(
            dossier=dossier,
            output=output,
            sentences=tuple(c.sentence for c in checked),
            facts=tuple(frozenset(records.facts[i].id for i in c.facts) for c in checked),
            content=tuple(f for c in checked for f in c.content),
            required=_required(dossier, output),
            limits=self._rubric.limits.model_dump(),
            key_terms={k.typology: k.term for k in self._rubric.key_terms},
        )


class _Reader:
    """Checks the sentences of one text against the records of one case."""

    def __init__(
        self,
        words: Vocabulary,
        rubric: Rubric,
        find: Finder,
        content: ContentReader,
        dossier: Dossier,
        records: Records,
    ) -> None:
        self._words = words
        self._limits = rubric.limits
        self._find = find
        self._content = content
        self._records = records
        self._month_first = dossier.case.jurisdiction == _MONTH_FIRST
        self._forms = FormReader(records, self._mentions)
        self._binder = Binder(words, records)
        self._judge = Judge(words, records)
        self._names = tuple(records.strings())
        self._latest = ""

    def sentence(self, given: SentenceText) -> _Checked:
        """Check one sentence as handed in; it may hold several."""
        try:
            return self._sentence(given)
        except Exception as bad:  # noqa: BLE001 - what can't be checked is held, whatever the cause
            return _unread(given.text, f"could not be checked ({type(bad).__name__})")

    def _sentence(self, given: SentenceText) -> _Checked:
        cleaned = clean(given.text)
        content = tuple(self._content(cleaned, given.text, self._records))
        ids = tuple(dict.fromkeys((*given.evidence, *cited(cleaned.text))))
        pieces = self._words.split(cleaned.text, self._names)
        if not pieces:
            return _unread(given.text, "the sentence is empty")
        claims: list[Claim] = []
        facts: set[int] = set()
        for piece in pieces:
            judged = self._piece(piece, frozenset(ids))
            claims += judged.claims
            facts |= judged.facts
            claims += self._citations(judged, ids)
        claims += self._unknown(ids)
        reasons = tuple(dict.fromkeys(f"{f.code}: {f.words}" for f in content))
        if not ids and facts:
            reasons = (*reasons, "uncited: the sentence names no evidence")
        sentence = CheckedSentence(
            text=given.text,
            verdict=max((c.verdict for c in claims), key=_WORST.index),
            claims=tuple(claims),
            reasons=reasons,
        )
        return _Checked(sentence, frozenset(facts), content)

    def _piece(self, piece: str, ids: frozenset[str]) -> Judgement:
        text = CITATION.sub("", piece)
        text = " ".join(text.replace(" .", ".").split())
        if not any(c.isalnum() for c in text):
            return Judgement((_statement(piece, V.NOT_CHECKABLE, "no statement"),), frozenset())
        if len(text) > self._limits.sentence_characters:
            reason = f"longer than {self._limits.sentence_characters} characters"
            return Judgement((_statement(text[:120], V.UNSUPPORTED, reason),), frozenset())
        match = self._forms(text, ids)
        if match is not None:
            judged = self._judge.form(match, self._mentions(text) if not match.exact else ())
            return self._in_order(judged)
        return self._free(text)

    def _free(self, text: str) -> Judgement:
        found = self._find(text, self._records, month_first=self._month_first)
        mentions, words = _values(found.mentions), found.words
        if len(mentions) > self._limits.sentence_values:
            reason = f"more than {self._limits.sentence_values} values in one sentence"
            return Judgement((_statement(text[:120], V.UNSUPPORTED, reason),), frozenset())
        if not mentions:
            reason = "no value to compare: a person reads it"
            return Judgement((_statement(text, V.NOT_CHECKABLE, reason),), frozenset())
        return self._judge.bonds(self._binder.bind(Sentence(text, mentions, words)))

    def _mentions(self, text: str) -> tuple[Mention, ...]:
        return _values(self._find(text, self._records, month_first=self._month_first).mentions)

    def _in_order(self, judged: Judgement) -> Judgement:
        """Hold `then` against the days of the sentence before."""
        days = sorted(d for i in judged.facts for d in self._records.days(i)[:1])
        before, self._latest = self._latest, days[0] if days else self._latest
        if judged.join in ("then", "subsequently") and days and before and days[0] < before:
            claim = _statement(
                judged.join, V.CONTRADICTED, "the records have it the other way round"
            )
            return Judgement((*judged.claims, claim), judged.facts, judged.join)
        return judged

    def _citations(self, judged: Judgement, ids: Sequence[str]) -> Iterable[Claim]:
        """Hold cited evidence against the evidence that the told facts rest on."""
        if not ids:
            return
        for index in sorted(judged.facts):
            fact = self._records.facts[index]
            if not set(fact.evidence) & set(ids):
                yield Claim(
                    text=", ".join(ids), kind=ClaimKind.CITATION, verdict=V.CONTRADICTED,
                    record=fact.id, nearest=", ".join(fact.evidence),
                    reason=f"{fact.id} rests on other evidence",
                )  # fmt: skip

    def _unknown(self, ids: Sequence[str]) -> Iterable[Claim]:
        for evidence in ids:
            if evidence not in self._records.evidence:
                yield Claim(
                    text=evidence, kind=ClaimKind.CITATION, verdict=V.UNSUPPORTED,
                    reason="the case has no such evidence",
                )  # fmt: skip


def _values(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    return tuple(m for m in mentions if m.kind is not ClaimKind.CITATION)


def _statement(text: str, verdict: ClaimVerdict, reason: str) -> Claim:
    return Claim(text=text[:200], kind=ClaimKind.STATEMENT, verdict=verdict, reason=reason)


def _unread(text: str, reason: str) -> _Checked:
    claim = _statement(text[:60], V.UNSUPPORTED, reason)
    sentence = CheckedSentence(text=text, verdict=V.UNSUPPORTED, claims=(claim,))
    return _Checked(sentence, frozenset(), ())


def _required(dossier: Dossier, output: OutputKind) -> tuple[tuple[str, frozenset[str]], ...]:
    """Give the required facts that this kind of text can tell, each with its equals."""
    tellable = {f.predicate for c in admissible(dossier.facts, output) for f in c.facts}
    same: dict[tuple[object, ...], set[str]] = {}
    for fact in dossier.facts:
        key = (fact.predicate, tuple(sorted((r, v.value, v.unit) for r, v in fact.roles.items())))
        same.setdefault(key, set()).add(fact.id)
    twins = {fact: frozenset(group) for group in same.values() for fact in group}
    return tuple(
        (f.id, twins[f.id])
        for f in dossier.facts
        if f.required and f.predicate not in ROWS and f.predicate in tellable
    )


def load_claim_gate() -> FactClaimGate:
    """Build the gate from the policy files that ship with it.

    Raises:
        RulesInvalid: a policy file does not load.
    """
    return FactClaimGate(load_vocabulary(), load_rubric())
