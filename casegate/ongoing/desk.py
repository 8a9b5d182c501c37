"""What people and sending systems do with customers and single screenings. Checks rights itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from casegate.access.principals import Principal
from casegate.access.rights import Action, acting_role
from casegate.audit.events import (
    CustomerClosed,
    CustomerRegistered,
    CustomersLoaded,
    ScreeningAnswered,
)
from casegate.desk.office import Office
from casegate.desk.ports import Screener
from casegate.errors import ScreeningUnavailable
from casegate.hashing import canonical_json, content_hash, query_hash, sha256_hex
from casegate.model.base import Record
from casegate.model.customer import Customer, CustomerHit, CustomerRow, HitStatus, Rescreen
from casegate.model.screening import ScreenAnswer, ScreenQuery
from casegate.model.standing import Disposition, settled
from casegate.ongoing.ports import CustomerScreener
from casegate.ongoing.recording import covering, number_hash
from casegate.ongoing.rescreening import Rescreening
from casegate.ongoing.screening import CustomerScreening
from casegate.ongoing.webhooks import Webhooks
from casegate.storage import Work


class Screening(Record):
    """An answer with what proves it: the log holds the same id, query hash, versions, matcher."""

    id: str
    at: datetime
    query_hash: str
    answer: ScreenAnswer


class LoadedCustomers(Record):
    """What a file of customers changed."""

    customers: int
    changed: int


@dataclass(frozen=True)
class OngoingDesk:
    """One method a use case; safe to share between threads."""

    office: Office
    asked: Callable[[], Screener]
    """Answers single questions: the lists on disk or another service."""
    screener: Callable[[], CustomerScreener]
    screening: CustomerScreening
    rescreening: Rescreening
    webhooks: Webhooks

    def screen(self, actor: Principal, queries: Sequence[ScreenQuery]) -> tuple[Screening, ...]:
        """Look parties up, in order, all against the same versions; each answer is logged.

        Raises:
            ScreeningUnavailable: nobody was screened.
        """
        acting_role(actor, Action.SCREEN)
        if not queries:
            return ()
        answers = self.asked().screen(queries)
        at = self.office.clock()
        found = tuple(
            Screening(id=self.office.new_id("s"), at=at, query_hash=query_hash(q), answer=answer)
            for q, answer in zip(queries, answers, strict=True)
        )
        with self.office.store.work() as work:
            for one in found:
                self.office.note(work, _answered(one), actor)
        return found

    def require_lists(self) -> None:
        """Tell before anybody is asked about that there is nothing to ask.

        Raises:
            ScreeningUnavailable: no list is in force, or nobody can tell.
        """
        if not self.asked().versions():
            raise ScreeningUnavailable("no sanctions list is loaded")

    def register(self, actor: Principal, customer: Customer) -> CustomerRow:
        """Register or change a customer, and screen it; the same content changes nothing.

        Raises:
            ScreeningUnavailable: nothing was stored; send it again.
        """
        acting_role(actor, Action.REGISTER_CUSTOMER)
        digest = content_hash(customer)
        with self.office.store.read() as work:
            known = work.customers.find(customer.id)
        same = known is not None and (known.content_hash, known.is_open) == (digest, True)
        if known is not None and same and known.screened is not None:
            return known
        row = CustomerRow(
            customer=customer,
            content_hash=digest,
            is_open=True,
            changed_at=self.office.clock(),
            screened=None,
            screened_at=None,
            coverage=None,
        )
        found = self.screening.look([row])
        with self.office.store.work() as work:
            if work.customers.put(customer, at=row.changed_at):
                event = CustomerRegistered(
                    customer=number_hash(customer.id), content_hash=digest, new=known is None
                )
                self.office.note(work, event, actor)
            self.screening.keep(work, found, actor=actor)
            return work.customers.get(customer.id)

    def load(self, actor: Principal, customers: Sequence[Customer]) -> LoadedCustomers:
        """Register many customers, all or none; they are screened after that, in batches."""
        acting_role(actor, Action.REGISTER_CUSTOMER)
        at = self.office.clock()
        with self.office.store.work() as work:
            changed = sum(work.customers.put(customer, at=at) for customer in customers)
            event = CustomersLoaded(
                customers=len(customers),
                changed=changed,
                digest=sha256_hex(canonical_json([content_hash(one) for one in customers])),
            )
            self.office.note(work, event, actor)
        return LoadedCustomers(customers=len(customers), changed=changed)

    def customer(self, actor: Principal, number: str) -> CustomerRow:
        """Give a customer; raises CustomerUnknown."""
        acting_role(actor, Action.READ_CUSTOMERS)
        with self.office.store.read() as work:
            return work.customers.get(number)

    def is_up_to_date(self, row: CustomerRow) -> bool:
        """Tell whether a customer was screened under what is in force."""
        if row.screened is None:
            return False
        now = self.screener().state()
        with self.office.store.read() as work:
            return work.rescreens.state(row.screened) == now

    def customers(
        self, actor: Principal, *, after: str = "", limit: int = 100
    ) -> tuple[CustomerRow, ...]:
        """Give customers by number, closed ones too."""
        acting_role(actor, Action.READ_CUSTOMERS)
        with self.office.store.read() as work:
            return work.customers.page(after=after, limit=limit, closed=True)

    def close(self, actor: Principal, number: str) -> CustomerRow:
        """Screen a customer no more; its hits and their cases stay as they are."""
        acting_role(actor, Action.REGISTER_CUSTOMER)
        with self.office.store.work() as work:
            work.customers.get(number)
            if work.customers.close(number):
                self.office.note(work, CustomerClosed(customer=number_hash(number)), actor)
            return work.customers.get(number)

    def hits(self, actor: Principal, number: str) -> tuple[CustomerHit, ...]:
        """Give all hits of a customer as they stand today, removed ones too."""
        acting_role(actor, Action.READ_CUSTOMERS)
        with self.office.store.read() as work:
            work.customers.get(number)
            return tuple(self._today(work, hit) for hit in work.customers.hits_of(number))

    def all_hits(self, actor: Principal, *, open_only: bool) -> tuple[CustomerHit, ...]:
        """Give the hits of all customers."""
        acting_role(actor, Action.READ_CUSTOMERS)
        wanted = (HitStatus.OPEN,) if open_only else tuple(HitStatus)
        with self.office.store.read() as work:
            found = work.customers.hits(*wanted, limit=100_000)
            today = tuple(self._today(work, hit) for hit in found)
        return tuple(hit for hit in today if hit.status in wanted)

    def latest_rescreen(self, actor: Principal) -> Rescreen | None:
        """Give how far the newest re-screening is."""
        acting_role(actor, Action.READ_CUSTOMERS)
        with self.office.store.read() as work:
            return work.rescreens.latest()

    def _today(self, work: Work, hit: CustomerHit) -> CustomerHit:
        """Show a hit as settled or suppressed as soon as people's words make it so."""
        if hit.status is not HitStatus.OPEN:
            return hit
        said = _said(work, hit)
        if said in ("true_match", "false_positive"):
            return hit.model_copy(update={"status": HitStatus.SETTLED, "disposition": said})
        hit = hit.model_copy(update={"disposition": said})
        covered = covering(
            work,
            hit.hit,
            hit.query_hash,
            hit,
            customer=hit.customer,
            on=self.office.clock().date(),
        )
        if not covered:
            return hit
        return hit.model_copy(update={"status": HitStatus.SUPPRESSED, "suppression": covered})


def _said(work: Work, hit: CustomerHit) -> Disposition:
    """Give what people said of a hit in the case that was opened for it, on this very entry."""
    words = work.hits.reviews(hit.case_id) if hit.case_id else ()
    same = (hit.list, hit.entity_id, hit.entity_hash)
    mine = [w for w in words if (w.list, w.entity_id, w.entity_hash) == same]
    newest = [w for w in mine if w.query_hash == mine[-1].query_hash]
    return settled(newest)[0] or "open"


def _answered(one: Screening) -> ScreeningAnswered:
    return ScreeningAnswered(
        screening=one.id,
        query_hash=one.query_hash,
        coverage=one.answer.coverage,
        hits=len(one.answer.hits),
        versions=tuple(f"{v.list}@{v.version}" for v in one.answer.versions),
        matcher=one.answer.matcher.config_hash,
    )
