"""What a screening of a customer leaves behind, all in one transaction.

Hits become rows, new ones open a case in the queue where people work hits, and whoever subscribed
is told. A process that dies has done all of it for a customer or nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from casegate.access.principals import Principal, Role
from casegate.audit.events import CustomerHitFound, CustomerHitRemoved
from casegate.desk.intake import Intake
from casegate.hashing import canonical_json, query_hash, sha256_hex
from casegate.model.base import Country
from casegate.model.bundle import CaseBundle
from casegate.model.case import Alert, CaseKind
from casegate.model.customer import Customer, CustomerHit, CustomerRow, Delivery, HitStatus
from casegate.model.evidence import Hit
from casegate.model.party import FurtherDetails, Identifier, Party, PartyRole, PartySchema
from casegate.model.standing import CUSTOMER
from casegate.storage import Work
from casegate.storage.customers import HitKey

ONGOING = Principal(id="ongoing-screening", name="Ongoing screening", roles=(Role.API_CLIENT,))
"""Opens the cases of customers' hits and signs the events of re-screenings."""

HITS_FOUND = "customer.hits"
"""The one kind of message to subscribers."""
_DAY = 10
_NOTHING = "0" * 64


def number_hash(number: str) -> str:
    """Give what the log holds in the place of a customer's number."""
    return sha256_hex(number.encode())


@dataclass(frozen=True)
class Recorder:
    """Writes hits of customers."""

    intake: Intake
    jurisdiction: Country
    """Of the cases that are opened."""

    def record(self, work: Work, row: CustomerRow, hits: Sequence[Hit], *, actor: Principal) -> int:
        """Store what was found on a customer; gives how many hits are new or changed.

        A hit whose entry and customer are as they were is left as it is.
        """
        at = self.intake.office.clock()
        asked = query_hash(row.customer.query())
        fresh = []
        for hit in sorted(hits, key=lambda one: (one.list, one.entity_id)):
            new = self._row(work, row.customer, hit, asked, at)
            if new is not None:
                fresh.append(new)
        waiting = [hit for hit in fresh if hit.status is HitStatus.OPEN]
        case_id = self._open_case(work, row.customer, waiting, at) if waiting else None
        for one in fresh:
            mine = case_id if one.status is HitStatus.OPEN else one.case_id
            work.customers.put_hit(one.model_copy(update={"case_id": mine}))
            self._note_found(work, one, actor, mine)
        if case_id is not None:
            self._tell(work, row.customer, case_id, len(waiting), at)
        return len(fresh)

    def remove(self, work: Work, hit: CustomerHit, reason: str, *, actor: Principal) -> None:
        """Mark that a hit no longer stands."""
        gone = {"status": HitStatus.REMOVED, "removed_at": self.intake.office.clock()}
        work.customers.put_hit(hit.model_copy(update=gone))
        event = CustomerHitRemoved(
            customer=number_hash(hit.customer),
            list_name=hit.list,
            entity=sha256_hex(hit.entity_id.encode()),
            reason=reason,
        )
        self.intake.office.note(work, event, actor, hit.case_id)

    def _row(
        self, work: Work, customer: Customer, hit: Hit, asked: str, at: datetime
    ) -> CustomerHit | None:
        """Give the hit's row if it is new, changed, or newly covered or uncovered."""
        key = HitKey(customer=customer.id, list=hit.list, entity_id=hit.entity_id)
        known = work.customers.hit(key)
        covered = covering(work, hit, asked, known, customer=customer.id, on=at.date())
        status = HitStatus.SUPPRESSED if covered else HitStatus.OPEN
        if known is not None and known.status is not HitStatus.REMOVED:
            same = (known.entity_hash, known.query_hash) == (hit.entity_hash, asked)
            if same and known.status is status:
                return None
        return CustomerHit(
            customer=customer.id,
            list=hit.list,
            entity_id=hit.entity_id,
            entity_hash=hit.entity_hash,
            query_hash=asked,
            hit=hit,
            first_seen=hit.version,
            first_seen_at=at,
            status=status,
            suppression=covered,
            case_id=None if known is None else known.case_id,
        )

    def _open_case(
        self, work: Work, customer: Customer, hits: Sequence[CustomerHit], at: datetime
    ) -> str:
        """Open and start one case for all new hits of a customer."""
        found = [[h.list, h.entity_id, h.entity_hash, h.query_hash] for h in hits]
        digest = sha256_hex(canonical_json(found))
        reference = f"ongoing-{number_hash(customer.id)[:16]}-{digest[:16]}"
        again = 1
        # The rows of these hits are written in this very transaction, so a reference that is taken
        # is that of an earlier time at which the same hits stood open.
        while work.cases.by_reference(ONGOING.id, _numbered(reference, again)) is not None:
            again += 1
        reference = _numbered(reference, again)
        bundle = CaseBundle(
            reference=reference,
            kind=CaseKind.SCREENING_ALERT,
            jurisdiction=self.jurisdiction,
            opened_at=at,
            parties=(party_of(customer),),
            alert=Alert(
                id=reference,
                raised_at=at,
                scenario="ongoing_screening",
                summary=f"{len(hits)} new or changed list entries resemble this customer",
            ),
        )
        case = self.intake.submit_in(work, ONGOING, bundle)
        return self.intake.start_in(work, ONGOING, case.id).id

    def _note_found(
        self, work: Work, hit: CustomerHit, actor: Principal, case_id: str | None
    ) -> None:
        event = CustomerHitFound(
            customer=number_hash(hit.customer),
            list_name=hit.list,
            version=hit.hit.version,
            entity=sha256_hex(hit.entity_id.encode()),
            entity_hash=hit.entity_hash or _NOTHING,
            query_hash=hit.query_hash,
            suppression=hit.suppression or None,
        )
        self.intake.office.note(work, event, actor, case_id)

    def _tell(self, work: Work, customer: Customer, case_id: str, count: int, at: datetime) -> None:
        for subscription in work.webhooks.subscriptions():
            id_ = self.intake.office.new_id("whd")
            body = canonical_json(
                {
                    "id": id_,
                    "event": HITS_FOUND,
                    "customer": customer.id,
                    "case_id": case_id,
                    "count": count,
                    "at": at.isoformat(),
                }
            )
            work.webhooks.add(
                Delivery(
                    id=id_,
                    subscription=subscription.id,
                    state="pending",
                    body=body.decode(),
                    due_at=at,
                )
            )


def covering(
    work: Work, hit: Hit, asked: str, known: CustomerHit | None, *, customer: str, on: date
) -> str:
    """Give the suppression that covers a hit of a customer; empty if there is none.

    It has to be about this content of the entry, and about what is known of the customer now:
    either of the very question, or made on the case that was opened for this very content.
    """
    for one in reversed(work.hits.of_customer(customer, hit.entity_id)):
        of_its_case = known is not None and (known.case_id, known.query_hash) == (
            one.case_id,
            asked,
        )
        if one.is_about(hit, on=on) and (one.query_hash == asked or of_its_case):
            return one.id
    return ""


def party_of(customer: Customer) -> Party:
    """Give a customer as the party of a case."""
    first = next(filter(None, map(_day, customer.births)), None)
    country = customer.countries[0] if customer.countries else None
    person = customer.schema_ is PartySchema.PERSON
    return Party(
        id="P1",
        schema=customer.schema_,
        role=PartyRole.SUBJECT,
        name=customer.name,
        date_of_birth=first if person else None,
        incorporated_on=None if person else first,
        nationality=country if person else None,
        country=None if person else country,
        identifiers=(
            Identifier(kind=CUSTOMER, value=customer.id),
            *(Identifier(kind="other", value=value) for value in customer.ids),
        ),
        # All that the hit may rest on: the case looks the customer up again.
        further=FurtherDetails(
            other_names=customer.other_names,
            births=customer.births,
            countries=customer.countries,
            genders=customer.genders,
        ),
    )


def _day(text: str) -> date | None:
    """Read a full date; a year alone and a day that never was are none."""
    try:
        return date.fromisoformat(text) if len(text) == _DAY else None
    except ValueError:
        return None


def _numbered(reference: str, again: int) -> str:
    return reference if again == 1 else f"{reference}-{again}"
