"""Fixed sentences: no facts, no values. What they say holds for every text of their kind."""

from casegate.model.narrative import OutputKind
from casegate.narrative.patterns.base import BODY, END, HIT, INTRO, KYC, NO_FILE, SAR, Pattern


def _fixed(id_: str, kinds: frozenset[OutputKind], order: int, text: str, *, end: bool) -> Pattern:
    return Pattern(id_, (), kinds, END if end else INTRO, order, text, always=True)


PATTERNS: tuple[Pattern, ...] = (
    _fixed("fixed.sar_purpose", frozenset({SAR}), 0,
           "This report is filed to describe activity that appears unusual for the customer and "
           "the account named below.", end=False),
    _fixed("fixed.sar_support", frozenset({SAR}), 90,
           "Supporting documentation is kept by the institution and is available on request.",
           end=True),
    _fixed("fixed.no_file_purpose", frozenset({NO_FILE}), 0,
           "This note records why no report is proposed on the activity reviewed.", end=False),
    _fixed("fixed.kyc_purpose", frozenset({KYC}), 0,
           "This memo records the customer due diligence review.", end=False),
    _fixed("fixed.kyc_decision", frozenset({KYC}), 80,
           "The decision on the relationship is for a person to take.", end=True),
    _fixed("fixed.hit_purpose", frozenset({HIT}), 0,
           "This note records what screening and the customer's records show.", end=False),
    _fixed("fixed.hit_open", frozenset({HIT}), 80,
           "A reviewer resolves a possible match; this note does not.", end=True),
    _fixed("fixed.case_file", frozenset({NO_FILE, KYC, HIT}), 90,
           "The evidence behind each sentence is kept in the case file.", end=True),
    Pattern("fixed.no_conclusion", (), frozenset({SAR, NO_FILE, KYC, HIT}), BODY, 99,
            "No conclusion about the conduct of any person is drawn here."),
)  # fmt: skip
