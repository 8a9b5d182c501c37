"""The desk's methods about screening hits."""

from datetime import date

from casegate.access.principals import Principal
from casegate.desk.hits import Hits
from casegate.model.screening import HitAnswer, HitReview, SuppressionEnd
from casegate.model.standing import CaseHits, SuppressionPage


class HitDesk:
    """What people do with hits; `Desk` is one."""

    _hits: Hits

    def hits(self, actor: Principal, case_id: str) -> CaseHits:
        """Give the hits of the newest screening, with what people said of each.

        Raises:
            AccessRefused, CaseUnknown: the case is not the actor's to read.
        """
        return self._hits.standing(actor, case_id)

    def review_hit(
        self,
        actor: Principal,
        case_id: str,
        *,
        party: str,
        list: str,
        entity_id: str,
        answer: HitAnswer,
        reason: str,
        version: int,
    ) -> HitReview:
        """Say what a hit is; where policy asks, it counts once a second person agrees.

        Both gates run again on the proposal, and the case takes its next version.

        Raises:
            HitUnknown: the newest screening has no such hit.
            InvalidInput: the reason is missing or too long.
            Conflict: the case is not being investigated.
            AccessRefused: the case is in someone else's hands.
            VersionConflict: the case changed since `version` was read.
        """
        return self._hits.review(
            actor,
            case_id,
            party=party,
            list_=list,
            entity_id=entity_id,
            answer=answer,
            reason=reason,
            version=version,
        )

    def second_hit(
        self,
        actor: Principal,
        case_id: str,
        *,
        review: str,
        agrees: bool,
        reason: str,
        suppress_until: date | None = None,
        version: int,
    ) -> HitReview:
        """Agree with a colleague's word on a hit, or set the hit back to open.

        Args:
            review: id of the colleague's word.
            suppress_until: with a false positive that both agree on: the first day on which the
                same hit on the same customer asks for a person again. None suppresses nothing.

        Raises:
            SelfApproval: the actor gave that word.
            HitUnknown: there is no such word, or the newest screening no longer has its hit.
            InvalidInput: nothing can be suppressed here, or not until that day.
            Conflict: the word was answered already, or is about other content.
            AccessRefused, VersionConflict: as for `review_hit`, but of any case under work.
        """
        return self._hits.second(
            actor,
            case_id,
            review=review,
            agrees=agrees,
            reason=reason,
            suppress_until=suppress_until,
            version=version,
        )

    def suppressions(
        self,
        actor: Principal,
        *,
        case_id: str | None = None,
        after: str | None = None,
        limit: int = 100,
    ) -> SuppressionPage:
        """Give suppressions, oldest first, with those that ended or expired.

        Args:
            case_id: only those that were made on this case.
        """
        return self._hits.suppressions(actor, case_id=case_id, after=after, limit=limit)

    def end_suppression(
        self, actor: Principal, suppression_id: str, *, reason: str
    ) -> SuppressionEnd:
        """End a suppression; its hits wait for a person again, and decisions on them are void.

        Raises:
            SuppressionUnknown: there is none.
            Conflict: it was ended already.
        """
        return self._hits.end_suppression(actor, suppression_id, reason=reason)
