"""The code behind the rubric's checks. Messages name facts and parties by id."""

from collections.abc import Callable, Iterator

from casegate.model.fact import Fact, RoleType, RoleValue
from casegate.model.narrative import ClaimVerdict
from casegate.narrative.candidates import ROWS
from guardrails.rubric_text import Answer, CheckedText, Failed, Undecided
from guardrails.text import words_key

_ACTIVITY = frozenset({"structuring", "pass_through", "fan_in", "transfers_to", "cash_place"})
_TOTALS = {"structuring": "total", "pass_through": "credited", "fan_in": "total",
           "transfers_to": "total", "exceeds_expected": "measured"}  # fmt: skip
_PROFILE = {"expected_monthly": "amount", "declared_season": "amount",
            "exceeds_expected": "expected", "within_expected": "expected",
            "same_season": "previous"}  # fmt: skip
_MEANS = {
    "cash": ("cash", "currency"), "wire": ("wire", "transfer"), "card": ("card",),
    "ach": ("ach",), "check": ("check", "cheque"), "internal": ("internal", "transfer"),
    "other": (), "transfer": ("transfer", "wire", "payment", "sent", "paid"),
}  # fmt: skip


Check = Callable[[CheckedText, tuple[str, ...]], Answer]


def _missing(text: CheckedText, wanted: Iterator[tuple[Fact, str]]) -> Answer:
    """Fail with the facts whose role the text does not state."""
    absent = sorted({f"{f.id}.{role}" for f, role in wanted if not text.tells(role, f.roles[role])})
    return Failed(f"not stated: {', '.join(absent[:8])}") if absent else None


def _subjects(text: CheckedText, _: tuple[str, ...]) -> Answer:
    absent = [
        p.id for p in text.dossier.subjects()
        if not text.tells("party", RoleValue(type=RoleType.PARTY, value=p.name))
    ]  # fmt: skip
    return Failed(f"not named: {', '.join(absent)}") if absent else None


def _occupation(text: CheckedText, _: tuple[str, ...]) -> Answer:
    names = {p.name for p in text.dossier.subjects()}
    return _missing(
        text,
        (
            (f, "occupation")
            for f in text.of("customer")
            if f.roles["party"].value in names and "occupation" in f.roles
        ),
    )


def _has_words(text: CheckedText, words: tuple[str, ...]) -> Answer:
    return None if text.has(words) else Failed("no such sentence found")


def _totals(text: CheckedText, _: tuple[str, ...]) -> Answer:
    found = list(text.of(*_TOTALS))
    if not found:
        return Undecided("no fact of the case holds a total")
    wanted = [f for f in found if f.required] or found[:1]
    return _missing(text, ((f, _TOTALS[f.predicate]) for f in wanted))


def _means(text: CheckedText, _: tuple[str, ...]) -> Answer:
    means = {f.roles["channel"].value for f in text.of(*ROWS)}
    means |= {"cash" for _ in text.of("structuring", "cash_place")}
    means |= {"transfer" for _ in text.of("transfers_to")}
    if not means:
        return Undecided("no fact of the case holds an instrument")
    absent = sorted(m for m in means if _MEANS.get(m) and not text.has(_with_plural(_MEANS[m])))
    return Failed(f"not named: {', '.join(absent)}") if absent else None


def _with_plural(words: tuple[str, ...]) -> tuple[str, ...]:
    return (*words, *(f"{w}s" for w in words), *(f"{w}red" for w in words))


def _accounts(text: CheckedText, _: tuple[str, ...]) -> Answer:
    found = [f for f in text.of(*_ACTIVITY, "activity", *ROWS) if "account" in f.roles]
    if not found:
        return Undecided("no fact of the case names an account")
    return _missing(text, ((f, "account") for f in found))


def _rows(text: CheckedText, _: tuple[str, ...]) -> Answer:
    rows = list(text.of(*ROWS))
    if not rows:
        return Undecided("no fact of the case holds a single transaction")
    told = frozenset[str]().union(*text.facts)
    twins = {(f.roles["date"].value, f.roles["amount"].value) for f in rows if f.id in told}
    stated = sum((f.roles["date"].value, f.roles["amount"].value) in twins for f in rows)
    few = len(rows) <= text.limits["rows_all_up_to"]
    wanted = len(rows) if few else -(-len(rows) * text.limits["rows_share_percent"] // 100)
    return Failed(f"{stated} of {len(rows)} stated") if stated < wanted else None


def _ends(text: CheckedText, _: tuple[str, ...]) -> Answer:
    return _missing(
        text, ((f, "counterparty") for f in text.of("transfers_to", *ROWS)
               if "counterparty" in f.roles)
    )  # fmt: skip


def _first_and_last(text: CheckedText, _: tuple[str, ...]) -> Answer:
    days = [
        (f.roles[role].value, f, role)
        for f in text.of(*_ACTIVITY, *ROWS)
        for role in ("first", "last", "date")
        if role in f.roles
    ]
    if not days:
        return Undecided("no fact of the case holds the days of the activity")
    first, last = min(days, key=lambda d: d[0]), max(days, key=lambda d: d[0])
    return _missing(text, iter([(first[1], first[2]), (last[1], last[2])]))


def _detected(text: CheckedText, _: tuple[str, ...]) -> Answer:
    alerts = list(text.of("alert"))
    day = text.dossier.case.detection_date
    if day is not None:
        value = RoleValue(type=RoleType.DATE, value=day.isoformat())
        if text.tells("date", value):
            return None
    if not alerts:
        return Undecided("no fact of the case holds the day of detection")
    return _missing(text, ((f, "date") for f in alerts))


def _places(text: CheckedText, _: tuple[str, ...]) -> Answer:
    return _missing(
        text, ((f, "place") for f in text.of("cash_place", *ROWS) if "place" in f.roles)
    )


def _abroad(text: CheckedText, _: tuple[str, ...]) -> Answer:
    home = text.dossier.case.jurisdiction
    return _missing(
        text, ((f, "country") for f in text.of("transfers_to", *ROWS)
               if "country" in f.roles and f.roles["country"].value != home)
    )  # fmt: skip


def _profile(text: CheckedText, _: tuple[str, ...]) -> Answer:
    found = list(text.of(*_PROFILE))
    if not found:
        return Undecided("no fact of the case holds an expected activity")
    if any(text.tells(_PROFILE[f.predicate], f.roles[_PROFILE[f.predicate]]) for f in found):
        return None
    return Failed(f"none stated of {', '.join(f.id for f in found[:8])}")


def _prior_reports(text: CheckedText, words: tuple[str, ...]) -> Answer:
    filed = [p for p in text.dossier.bundle.prior_cases if p.sar_filed]
    if not filed:
        told = text.has(words)
        return Failed("the text names one, the records hold none") if told else None
    absent = [p.id for p in filed if f" {words_key(p.id)} " not in text.words]
    return Failed(f"not referenced: {', '.join(absent)}") if absent else None


def _law_enforcement(text: CheckedText, words: tuple[str, ...]) -> Answer:
    if text.has(words):
        return Failed("the text names such a contact, no record holds one")
    return Undecided("no record tells whether there was such a contact")


def _key_terms(text: CheckedText, _: tuple[str, ...]) -> Answer:
    if text.dossier.assessment is None:
        return Undecided("the case has no assessment yet")
    found = text.dossier.assessment.typologies
    absent = [text.key_terms[t] for t in found if t in text.key_terms
              and not text.has((text.key_terms[t],))]  # fmt: skip
    return Failed(f"missing: {', '.join(absent)}") if absent else None


def _purpose(text: CheckedText, words: tuple[str, ...]) -> Answer:
    opening = " ".join(s.text for s in text.sentences[:2])
    return None if text.has(words, within=opening) else Failed("not in the first two sentences")


def _closing(text: CheckedText, words: tuple[str, ...]) -> Answer:
    closing = " ".join(s.text for s in text.sentences[-3:])
    return None if text.has(words, within=closing) else Failed("not in the last three sentences")


def _chronological(text: CheckedText, _: tuple[str, ...]) -> Answer:
    days = {f.id: f.roles["date"].value for f in text.of(*ROWS)}
    told = [days[next(iter(ids))] for ids in text.facts if len(ids) == 1 and ids <= set(days)]
    return None if told == sorted(told) else Failed("single transactions are out of order")


def _length_and_markup(text: CheckedText, words: tuple[str, ...]) -> Answer:
    if len(text.text) > text.limits["report_characters"]:
        return Failed(f"{len(text.text)} characters")
    return _content("FRM-1")(text, words)


def _too_short(text: CheckedText, _: tuple[str, ...]) -> Answer:
    size, count = len(text.text), len(text.sentences)
    if size >= text.limits["short_characters"] and count >= text.limits["short_sentences"]:
        return None
    return Failed(f"{size} characters in {count} sentences")


def _content(check: str) -> Check:
    """Make the check that fails on the lexicon's findings of its id."""

    def decide(text: CheckedText, _: tuple[str, ...]) -> Answer:
        found = [f for f in text.content if f.check == check]
        codes = sorted({f.code for f in found})
        return Failed(f"{len(found)} found ({', '.join(codes)})") if found else None

    return decide


def _no_claim_is(verdict: ClaimVerdict) -> Check:
    def decide(text: CheckedText, _: tuple[str, ...]) -> Answer:
        bad = sum(c.verdict is verdict for s in text.sentences for c in s.claims)
        return Failed(f"{bad} {verdict.value}") if bad else None

    return decide


def _required(text: CheckedText, _: tuple[str, ...]) -> Answer:
    told = frozenset[str]().union(*text.facts)
    absent = [fact for fact, twins in text.required if not twins & told]
    return Failed(f"not stated: {', '.join(absent[:12])}") if absent else None


def _readable(text: CheckedText, words: tuple[str, ...]) -> Answer:
    if not text.dossier.evidence or not text.dossier.facts:
        return Failed("the case has no evidence or no facts")
    if not any(s.text.strip() for s in text.sentences):
        return Failed("the text is empty")
    return _content("GRD-4")(text, words)


CHECKS: dict[str, Check] = {
    "WHO-1": _subjects, "WHO-2": _occupation, "WHO-3": _has_words,
    "WHAT-1": _totals, "WHAT-2": _means, "WHAT-3": _accounts, "WHAT-4": _rows, "WHAT-5": _ends,
    "WHEN-1": _first_and_last, "WHEN-2": _detected, "WHERE-1": _places, "WHERE-2": _abroad,
    "WHY-1": _has_words, "WHY-2": _profile, "HOW-1": _has_words,
    "CTX-1": _prior_reports, "CTX-2": _law_enforcement, "CTX-3": _key_terms,
    "STR-1": _purpose, "STR-2": _closing, "STR-3": _chronological,
    "FRM-1": _length_and_markup, "FRM-2": _content("FRM-2"), "FRM-3": _too_short,
    "FRM-4": _content("FRM-4"), "FRM-5": _content("FRM-5"),
    "CON-1": _content("CON-1"), "CON-2": _content("CON-2"), "CON-3": _content("CON-3"),
    "CON-4": _content("CON-4"), "CON-5": _content("CON-5"), "CON-6": _content("CON-6"),
    "GRD-1": _no_claim_is(ClaimVerdict.UNSUPPORTED),
    "GRD-2": _no_claim_is(ClaimVerdict.CONTRADICTED),
    "GRD-3": _required, "GRD-4": _readable,
}  # fmt: skip
"""Every check by id; `rubric.yaml` says which apply and how severe they are."""
