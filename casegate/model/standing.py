"""How a hit stands: what the tool found, what people said of it, and what still waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from casegate.model.base import Record
from casegate.model.evidence import Hit, ScreenedParty
from casegate.model.party import Party
from casegate.model.screening import HitReview, Suppression, SuppressionEnd

CUSTOMER = "customer"
"""Kind of the identifier that holds the institution's own number of a customer."""

HitState = Literal["open", "waits_for_second", "suppressed", "settled"]
Disposition = Literal["open", "true_match", "false_positive", "unsure"]


class HitStanding(Record):
    """A hit of the newest screening, with everything that people said of it."""

    evidence: str
    """Id of the screening evidence."""
    hit: Hit
    """With the disposition that holds."""
    query_hash: str
    state: HitState
    words: tuple[HitReview, ...] = ()
    """Those that are about this content of entry and party, oldest first."""
    earlier: tuple[HitReview, ...] = ()
    """Those from before the entry or what is known of the party changed; they hold no more."""
    waiting: HitReview | None = None
    """The word that waits for a second person."""
    suppression: Suppression | None = None
    """The one that the screening names or that rests on a word of this case, in force or not."""
    suppression_end: SuppressionEnd | None = None
    customer: str = ""
    """The institution's own number of the party; without one no hit is suppressed."""

    @property
    def is_open(self) -> bool:
        """Tell whether a person still has to settle it."""
        return self.state in ("open", "waits_for_second")


class CaseHits(Record):
    """The hits of a case's newest screening, each with what people said of it."""

    hits: tuple[HitStanding, ...]


class SuppressionPage(Record):
    """Some suppressions, oldest first, with the ends of those that were ended."""

    suppressions: tuple[Suppression, ...]
    ends: tuple[SuppressionEnd, ...]
    next: str | None = None
    """Pass as `after` for the following page; None on the last."""


@dataclass(frozen=True)
class Words:
    """All that people said on a case, oldest first."""

    reviews: Sequence[HitReview]
    suppressions: Sequence[Suppression]
    ends: Sequence[SuppressionEnd]


def standing(
    words: Words,
    evidence: str,
    screened: ScreenedParty,
    hit: Hit,
    party: Party | None,
    *,
    at: date,
) -> HitStanding:
    """Say how one hit stands on day `at`."""
    about = [word for word in words.reviews if _same_entry(word, hit)]
    now = tuple(w for w in about if _same_content(w, hit, screened.query_hash, evidence))
    disposition, waiting = settled(now)
    held = hit.model_copy(update={"disposition": disposition or hit.disposition})
    suppression = _suppression(words, hit, now)
    end = None
    if suppression is not None:
        end = next((e for e in words.ends if e.suppression == suppression.id), None)
    number = customer_number(party)
    covered = (
        suppression is not None
        and end is None
        and suppression.id == hit.suppressed
        and _covers(suppression, hit, screened.query_hash, number, at=at)
        and (not now or (now[-1].answer == "false_positive" and now[-1].agrees))
    )
    return HitStanding(
        evidence=evidence,
        hit=held,
        query_hash=screened.query_hash,
        state=_state(held.disposition, waiting, covered=covered),
        words=now,
        earlier=tuple(word for word in about if word not in now),
        waiting=waiting,
        suppression=suppression,
        suppression_end=end,
        customer=number,
    )


def settled(words: Sequence[HitReview]) -> tuple[Disposition | None, HitReview | None]:
    """Give the disposition that `words` on one hit come to, and the word that waits.

    Without a word both are None. A word that needs a second person leaves the hit open until
    somebody other than its author agrees.
    """
    disposition: Disposition | None = None
    first: HitReview | None = None
    waiting: HitReview | None = None
    for word in words:
        if not word.seconds:
            first, waiting = word, word if word.needs_second else None
            disposition = "open" if word.needs_second else word.answer
        elif first is not None and word.seconds == first.id and word.reviewer != first.reviewer:
            waiting = None
            disposition = first.answer if word.agrees else "open"
    return disposition, waiting


def is_sanction(hit: Hit) -> bool:
    """Tell whether the entry is listed for sanctions; one that does not say what for counts too."""
    # `sanction.linked` is FollowTheMoney's word for entries that are not listed themselves but
    # close to one that is; it counts too, as the careful reading.
    return not hit.topics or any(topic.split(".")[0] == "sanction" for topic in hit.topics)


def customer_number(party: Party | None) -> str:
    """Give the institution's own number of a party; empty if it has none or several."""
    numbers = {
        identifier.value.strip()
        for identifier in (party.identifiers if party is not None else ())
        if identifier.kind == CUSTOMER and identifier.value.strip()
    }
    return numbers.pop() if len(numbers) == 1 else ""


def _state(disposition: str, waiting: HitReview | None, *, covered: bool) -> HitState:
    if disposition in ("true_match", "false_positive"):
        return "settled"
    if covered:
        return "suppressed"
    return "open" if waiting is None else "waits_for_second"


def _same_entry(word: HitReview, hit: Hit) -> bool:
    return (word.party, word.list, word.entity_id) == (hit.party, hit.list, hit.entity_id)


def _same_content(word: HitReview, hit: Hit, query_hash: str, evidence: str) -> bool:
    """Tell whether a word is about the content that is known now.

    Without content hashes nobody can tell whether anything changed: the word then holds for the
    very screening that it was given on, and no other.
    """
    same = (word.entity_hash, word.query_hash) == (hit.entity_hash, query_hash)
    known = bool(hit.entity_hash and query_hash)
    return same and (known or word.evidence == evidence)


def _suppression(words: Words, hit: Hit, now: Sequence[HitReview]) -> Suppression | None:
    own = {word.id for word in now}
    found = [s for s in words.suppressions if s.id == hit.suppressed or s.review in own]
    return found[-1] if found else None


def _covers(
    suppression: Suppression, hit: Hit, query_hash: str, customer: str, *, at: date
) -> bool:
    """Tell whether a suppression is about this very content and its last day is not over."""
    asked = (suppression.customer, suppression.query_hash)
    return asked == (customer, query_hash) and suppression.is_about(hit, on=at)
