"""Sentences about list screening and guidance. A hit resembles; no sentence here resolves it."""

from casegate.narrative.patterns.base import ALL, BODY, HIT, INTRO, KYC, SAR, Pattern

_PARTS = frozenset({SAR, KYC, HIT})
_LINK_FIRST = {SAR: INTRO}
"""A link to a sanctions list belongs into a report's introduction (FinCEN guidance, 2003)."""

PATTERNS: tuple[Pattern, ...] = (
    Pattern("hit.dated", ("hit",), ALL, BODY, 70,
            "{party} resembles the entry {entry} on {list} of {date}, with a score of {score}.",
            elsewhere=_LINK_FIRST),
    Pattern("hit.score", ("hit",), ALL, BODY, 71,
            "{party} resembles the entry {entry} on {list}, with a score of {score}.",
            elsewhere=_LINK_FIRST),
    Pattern("hit_agreement.attribute", ("hit_agreement",), _PARTS, BODY, 72,
            "The {attribute} of {party} agrees with the list entry {entry}."),
    Pattern("hit_contradiction.attribute", ("hit_contradiction",), _PARTS, BODY, 73,
            "The {attribute} of {party} differs from the list entry {entry}."),
    Pattern("screened.no_hit", ("screened",), ALL, BODY, 74,
            "{count} {count|party was|parties were} screened against {list} of {date} without a "
            "hit."),
    Pattern("guidance.note", ("guidance",), ALL, BODY, 90,
            "The guidance note {note} describes why {typology} matters."),
)  # fmt: skip
