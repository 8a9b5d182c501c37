"""People settle screening hits: a first word, a second pair of eyes, and what follows from both."""

from dataclasses import dataclass
from datetime import date, timedelta

from casegate.access.hit_policy import ANSWERS, HitPolicy
from casegate.access.principals import Principal
from casegate.access.rights import Action, acting_role
from casegate.audit.event import Event
from casegate.audit.events import HitReviewed, HitSeconded, SuppressionEnded, SuppressionMade
from casegate.desk.dossier import assemble
from casegate.desk.holding import held, investigated
from casegate.desk.office import Office
from casegate.desk.rechecking import Plan, Rechecking
from casegate.desk.sight import case_row
from casegate.errors import Conflict, HitUnknown, InvalidInput, SelfApproval
from casegate.hashing import content_hash
from casegate.model.dossier import Dossier
from casegate.model.screening import HitAnswer, HitReview, Suppression, SuppressionEnd
from casegate.model.standing import CaseHits, HitStanding, SuppressionPage
from casegate.storage import Work

MOST_LETTERS = 1000
"""Of a reason."""
MOST_SUPPRESSIONS = 500
"""On one page."""


@dataclass(frozen=True)
class Hits:
    """The use cases of whoever settles hits: one word is one change of the case."""

    office: Office
    rechecking: Rechecking
    policy: HitPolicy

    def standing(self, actor: Principal, case_id: str) -> CaseHits:
        """Give the hits as they stand today."""
        with self.office.store.read() as work:
            case_row(work, actor, Action.READ_CASE, case_id)
            dossier = assemble(work, case_id)
        return CaseHits(hits=dossier.standings(at=self._today()))

    def review(
        self,
        actor: Principal,
        case_id: str,
        *,
        party: str,
        list_: str,
        entity_id: str,
        answer: HitAnswer,
        reason: str,
        version: int,
    ) -> HitReview:
        """Keep the first word on a hit, of whoever holds the case."""
        if answer not in ANSWERS:
            raise InvalidInput(f"`answer` must be one of {', '.join(ANSWERS)}")
        before = held(self.office, actor, case_id, version=version, reviewed="hits")
        hit = self._hit(before, party, list_, entity_id)
        word = self._word(actor, case_id, hit, answer, _reason(reason)).model_copy(
            update={"needs_second": self.policy.asks_for_second(answer, hit.hit.band)}
        )
        told = HitReviewed(
            review=word.id,
            evidence=word.evidence,
            answer=answer,
            needs_second=word.needs_second,
            content_hash=content_hash(word),
        )
        self._keep(actor, before, word, told)
        return word

    def second(
        self,
        actor: Principal,
        case_id: str,
        *,
        review: str,
        agrees: bool,
        reason: str,
        suppress_until: date | None,
        version: int,
    ) -> HitReview:
        """Keep a second person's word on a colleague's, and the suppression that they approve."""
        acting_role(actor, Action.SECOND_HIT)
        self.policy.require_second_role(actor)
        before = investigated(
            self.office, actor, Action.SECOND_HIT, case_id, version=version, reviewed="hits"
        )
        hit, first = self._seconded(before, review)
        if first.reviewer == actor.id:
            raise SelfApproval(f"{actor.id} gave the word {review} that is to be agreed with")
        word = self._word(actor, case_id, hit, first.answer, _reason(reason)).model_copy(
            update={"seconds": first.id, "agrees": agrees, "needs_second": first.needs_second}
        )
        suppression = None
        if suppress_until is not None:
            suppression = self._suppression(hit, first, word, suppress_until)
        told = HitSeconded(
            review=word.id,
            seconds=first.id,
            evidence=word.evidence,
            agrees=agrees,
            content_hash=content_hash(word),
        )
        self._keep(actor, before, word, told, suppression)
        return word

    def suppressions(
        self, actor: Principal, *, case_id: str | None, after: str | None, limit: int
    ) -> SuppressionPage:
        """Give a page of suppressions, those that ended included."""
        acting_role(actor, Action.READ_SUPPRESSIONS)
        if not 1 <= limit <= MOST_SUPPRESSIONS:
            raise InvalidInput(f"`limit` must be 1 to {MOST_SUPPRESSIONS}, got {limit}")
        with self.office.store.read() as work:
            if case_id is not None:
                case_row(work, actor, Action.READ_CASE, case_id)
            found = work.hits.suppressions(case_id=case_id, after=after, limit=limit + 1)
            shown = found[:limit]
            ends = work.hits.ends([one.id for one in shown])
        following = shown[-1].id if len(found) > limit else None
        return SuppressionPage(suppressions=shown, ends=ends, next=following)

    def end_suppression(
        self, actor: Principal, suppression_id: str, *, reason: str
    ) -> SuppressionEnd:
        """End a suppression now: its hits count again wherever they are read."""
        acting_role(actor, Action.END_SUPPRESSION)
        why = _reason(reason)
        with self.office.store.work() as work:
            suppression = work.hits.suppression(suppression_id)
            if work.hits.ends([suppression.id]):
                raise Conflict(f"suppression {suppression.id} was ended already")
            # Inside the transaction: a decision that was stored before is older than this.
            end = SuppressionEnd(
                suppression=suppression.id,
                reason=why,
                ended_by=actor.id,
                at=self.office.clock(),
            )
            work.hits.add_end(end)
            ended = SuppressionEnded(suppression=suppression.id, content_hash=content_hash(end))
            self.office.note(work, ended, actor, suppression.case_id)
        return end

    def _today(self) -> date:
        return self.office.clock().date()

    def _hit(self, dossier: Dossier, party: str, list_: str, entity_id: str) -> HitStanding:
        for one in dossier.standings(at=self._today()):
            if (one.hit.party, one.hit.list, one.hit.entity_id) == (party, list_, entity_id):
                return one
        raise HitUnknown(
            f"the newest screening of case {dossier.case.id} has no such hit on party {party!r}"
        )

    def _seconded(self, dossier: Dossier, review: str) -> tuple[HitStanding, HitReview]:
        """Give the word that a second person answers, with its hit."""
        word = next((w for w in dossier.hit_reviews if w.id == review and not w.seconds), None)
        if word is None:
            raise HitUnknown(f"case {dossier.case.id} has no first word {review!r} on a hit")
        hit = self._hit(dossier, word.party, word.list, word.entity_id)
        remedy = "Load the case's hits again and answer the newest word."
        if word not in hit.words:
            raise Conflict(
                f"the entry or the party of word {review} has changed since", remedy=remedy
            )
        if hit.words[-1] != word:
            raise Conflict(f"word {review} was answered or replaced already", remedy=remedy)
        return hit, word

    def _word(
        self, actor: Principal, case_id: str, hit: HitStanding, answer: HitAnswer, reason: str
    ) -> HitReview:
        return HitReview(
            # The same kind of id as reviews of documents: what follows from both has one order.
            id=self.office.new_id("v"),
            case_id=case_id,
            evidence=hit.evidence,
            party=hit.hit.party,
            list=hit.hit.list,
            entity_id=hit.hit.entity_id,
            entity_hash=hit.hit.entity_hash,
            query_hash=hit.query_hash,
            answer=answer,
            reason=reason,
            reviewer=actor.id,
            at=self.office.clock(),
        )

    def _suppression(
        self, hit: HitStanding, first: HitReview, word: HitReview, until: date
    ) -> Suppression:
        self._require_suppressible(hit, first, word, until)
        return Suppression(
            id=self.office.new_id("sup"),
            customer=hit.customer,
            list=word.list,
            entity_id=word.entity_id,
            entity_hash=word.entity_hash,
            query_hash=word.query_hash,
            reason=word.reason,
            case_id=word.case_id,
            review=word.id,
            proposed_by=first.reviewer,
            approved_by=word.reviewer,
            approved_at=word.at,
            expires_on=until,
        )

    def _require_suppressible(
        self, hit: HitStanding, first: HitReview, word: HitReview, until: date
    ) -> None:
        if first.answer != "false_positive" or not word.agrees:
            raise InvalidInput("only a false positive that both people agree on is suppressed")
        if not hit.customer:
            raise InvalidInput(
                f"party {word.party} has no customer number, so no later hit can be known as its",
                remedy="Submit the party with one identifier of kind `customer`.",
            )
        if not (word.entity_hash and word.query_hash):
            raise Conflict(
                f"screening {word.evidence} holds no content hashes to suppress by",
                remedy="Screen the case again.",
            )
        last = self._today() + timedelta(days=self.policy.longest_suppression_days)
        if not self._today() < until <= last:
            raise InvalidInput(
                f"`suppress_until` must lie after today and not after {last} "
                f"({self.policy.longest_suppression_days} days)"
            )

    def _keep(
        self,
        actor: Principal,
        before: Dossier,
        word: HitReview,
        told: Event,
        suppression: Suppression | None = None,
    ) -> None:
        """Store a word and its suppression, and have both gates rule on the proposal anew."""
        with self.office.store.work() as work:
            work.cases.change(before.case)
            work.hits.add_review(word)
            self.office.note(work, told, actor, word.case_id)
            if suppression is not None:
                self._suppress(work, actor, suppression)
            # No evidence changes: only the gates and the rating see the word.
            self.rechecking.keep(work, actor, before, Plan(word.id, (), 0))

    def _suppress(self, work: Work, actor: Principal, suppression: Suppression) -> None:
        work.hits.add_suppression(suppression)
        made = SuppressionMade(
            suppression=suppression.id,
            review=suppression.review,
            content_hash=content_hash(suppression),
        )
        self.office.note(work, made, actor, suppression.case_id)


def _reason(reason: str) -> str:
    plain = " ".join(reason.split())
    if not plain:
        raise InvalidInput("`reason` must say why")
    if len(plain) > MOST_LETTERS:
        raise InvalidInput(f"`reason` has more than {MOST_LETTERS} letters")
    return plain
