"""The typed client's calls about screening hits."""

from datetime import date

from casegate.api.wire import HitReviewRequest, HitSecondRequest, SuppressionEndRequest
from casegate.client.wire import Wire, if_match
from casegate.model.screening import HitAnswer, HitReview, SuppressionEnd
from casegate.model.standing import CaseHits, SuppressionPage


class HitCalls:
    """What `Client` says of hits."""

    _wire: Wire

    def hits(self, case_id: str) -> CaseHits:
        """Give the hits of the newest screening, with what people said of each."""
        return self._wire.ask(CaseHits, "GET", f"/v1/cases/{case_id}/hits")

    def review_hit(
        self,
        case_id: str,
        *,
        party: str,
        list: str,
        entity_id: str,
        answer: HitAnswer,
        reason: str,
        version: int,
    ) -> HitReview:
        """Say what a hit is; where policy asks, it counts once a second person agrees."""
        said = HitReviewRequest(
            party=party, list=list, entity_id=entity_id, answer=answer, reason=reason
        ).model_dump(mode="json")
        path = f"/v1/cases/{case_id}/hits/reviews"
        return self._wire.ask(HitReview, "POST", path, json=said, headers=if_match(version))

    def second_hit(
        self,
        case_id: str,
        review: str,
        *,
        agrees: bool,
        reason: str,
        suppress_until: date | None = None,
        version: int,
    ) -> HitReview:
        """Agree with a colleague's word on a hit, or set the hit back to open.

        Args:
            suppress_until: with a false positive: the first day on which the same hit on the same
                customer asks for a person again.
        """
        said = HitSecondRequest(
            agrees=agrees, reason=reason, suppress_until=suppress_until
        ).model_dump(mode="json")
        path = f"/v1/cases/{case_id}/hits/reviews/{review}/second"
        return self._wire.ask(HitReview, "POST", path, json=said, headers=if_match(version))

    def suppressions(
        self, *, case_id: str | None = None, after: str | None = None, limit: int = 100
    ) -> SuppressionPage:
        """Give a page of suppressions, oldest first."""
        asked = {"case": case_id, "after": after, "limit": limit}
        params = {name: value for name, value in asked.items() if value is not None}
        return self._wire.ask(SuppressionPage, "GET", "/v1/suppressions", params=params)

    def end_suppression(self, suppression: str, reason: str) -> SuppressionEnd:
        """End a suppression now."""
        said = SuppressionEndRequest(reason=reason).model_dump(mode="json")
        path = f"/v1/suppressions/{suppression}/end"
        return self._wire.ask(SuppressionEnd, "POST", path, json=said)
