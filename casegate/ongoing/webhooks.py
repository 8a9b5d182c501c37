"""Tells subscribers of new hits: signed, at least once, never for ever.

A message is stored in the transaction of its hit. It is sent until the subscriber answers 2xx or
the last try is over; each try carries the same id, by which the subscriber tells repeats.
"""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

import httpx

from casegate.access.principals import Principal, Role
from casegate.access.rights import Action, acting_role
from casegate.audit.events import DeliveryFailed, SubscriptionChanged
from casegate.desk.office import Office
from casegate.errors import InvalidInput, SubscriptionUnknown
from casegate.hashing import sha256_hex
from casegate.model.customer import Delivery, Subscription
from casegate.ongoing.addresses import Resolve, Target, checked_target
from casegate.ongoing.recording import ONGOING

SIGNATURE = "Casegate-Signature"
DELIVERY = "Casegate-Delivery"
TRIES = 12
"""With the waits below, the last try comes about 14 hours after the first."""
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(hours=2)
SECONDS = 10.0
_BATCH = 50
MOST = 100
"""Subscriptions of one installation."""


@dataclass(frozen=True)
class Webhooks:
    """Subscriptions, and the sending of what waits for them."""

    office: Office
    client: Callable[[], httpx.Client]
    production: bool
    resolve: Resolve

    def subscribe(self, actor: Principal, url: str) -> Subscription:
        """Have new hits told to an address; the secret is shown this once.

        Raises:
            InvalidInput: the address is no public https address; in the demo this machine will do.
        """
        acting_role(actor, Action.SUBSCRIBE)
        checked_target(url, production=self.production, resolve=self.resolve)
        new = Subscription(
            id=self.office.new_id("sub"),
            url=url,
            owner=actor.id,
            secret=secrets.token_urlsafe(32),
            created_at=self.office.clock(),
        )
        with self.office.store.work() as work:
            if len(work.webhooks.subscriptions()) >= MOST:
                raise InvalidInput(f"there are {MOST} subscriptions", remedy="Delete one first.")
            work.webhooks.subscribe(new)
            self.office.note(work, _changed(new, active=True), actor)
        return new

    def subscriptions(self, actor: Principal) -> tuple[tuple[Subscription, dict[str, int]], ...]:
        """Give the actor's subscriptions, all of them to an MLRO or admin, with counts by state."""
        acting_role(actor, Action.SUBSCRIBE)
        with self.office.store.read() as work:
            found = work.webhooks.subscriptions(owner=_owner(actor))
            return tuple((one, work.webhooks.counts(one.id)) for one in found)

    def deliveries(self, actor: Principal, id_: str) -> tuple[Delivery, ...]:
        """Give the newest messages of a subscription."""
        acting_role(actor, Action.SUBSCRIBE)
        with self.office.store.read() as work:
            _own(actor, work.webhooks.subscription(id_))
            return work.webhooks.newest(id_, limit=_BATCH)

    def unsubscribe(self, actor: Principal, id_: str) -> None:
        """End a subscription; what was not sent yet is sent no more."""
        acting_role(actor, Action.SUBSCRIBE)
        with self.office.store.work() as work:
            known = _own(actor, work.webhooks.subscription(id_))
            work.webhooks.unsubscribe(id_)
            self.office.note(work, _changed(known, active=False), actor)

    def send_due(self) -> int:
        """Try every message whose time has come; gives how many were taken."""
        now = self.office.clock()
        with self.office.store.read() as work:
            due = work.webhooks.due(now, limit=_BATCH)
            known = {one.id: one for one in work.webhooks.subscriptions()}
        if not due:
            return 0
        with self.client() as client:
            return sum(self._send(client, known.get(one.subscription), one) for one in due)

    def _send(self, client: httpx.Client, to: Subscription | None, message: Delivery) -> bool:
        # The try is counted before it is made: a process that dies in it waits like any failure.
        begun = _tried(message, self.office.clock(), "under way")
        with self.office.store.work() as work:
            if to is None or not work.webhooks.move(message, begun):
                return False
        told = self._post(client, to, message)
        taken = told.startswith("2")
        if taken:
            ended = begun.model_copy(update={"state": "delivered", "last": told})
        elif begun.attempts >= TRIES:
            ended = begun.model_copy(update={"state": "failed", "last": told})
        else:
            ended = begun.model_copy(update={"last": told})
        with self.office.store.work() as work:
            if work.webhooks.move(begun, ended) and ended.state == "failed":
                given_up = DeliveryFailed(
                    delivery=ended.id, subscription=to.id, attempts=ended.attempts
                )
                self.office.note(work, given_up, ONGOING)
        return taken

    def _post(self, client: httpx.Client, to: Subscription, message: Delivery) -> str:
        """Send one message; gives the status, or what kind of error there was."""
        try:
            # Looked up anew each time, and spoken to at the address that was checked: a name that
            # later leads elsewhere leads nowhere.
            target = checked_target(to.url, production=self.production, resolve=self.resolve)
            answered = client.send(_request(client, target, to, message, self.office.clock()))
        except (httpx.HTTPError, InvalidInput) as bad:
            return type(bad).__name__
        return str(answered.status_code)


def sign(secret: str, body: str, at: int) -> str:
    """Give the value of the signature header: HMAC-SHA256 over `<unix time>.<body>`."""
    digest = hmac.new(secret.encode(), f"{at}.{body}".encode(), sha256).hexdigest()
    return f"t={at},v1={digest}"


def _request(
    client: httpx.Client, target: Target, to: Subscription, message: Delivery, at: datetime
) -> httpx.Request:
    parts = target.url
    host = parts.hostname or ""
    address = f"[{target.address}]" if ":" in target.address else target.address
    port = "" if parts.port is None else f":{parts.port}"
    url = parts._replace(netloc=f"{address}{port}").geturl()
    return client.build_request(
        "POST",
        url,
        content=message.body.encode(),
        headers={
            "Host": f"{host}{port}",
            "Content-Type": "application/json",
            DELIVERY: message.id,
            SIGNATURE: sign(to.secret, message.body, int(at.timestamp())),
        },
        extensions={"sni_hostname": host},
    )


def _tried(message: Delivery, at: datetime, told: str) -> Delivery:
    wait = min(FIRST_WAIT * 2**message.attempts, LONGEST_WAIT)
    update = {"attempts": message.attempts + 1, "due_at": at + wait, "last": told}
    return message.model_copy(update=update)


def _changed(of: Subscription, *, active: bool) -> SubscriptionChanged:
    return SubscriptionChanged(
        subscription=of.id, url_hash=sha256_hex(of.url.encode()), active=active
    )


def _owner(actor: Principal) -> str | None:
    return None if {Role.MLRO, Role.ADMIN} & set(actor.roles) else actor.id


def _own(actor: Principal, found: Subscription) -> Subscription:
    if _owner(actor) not in (None, found.owner):
        raise SubscriptionUnknown(f"no subscription {found.id!r}")
    return found
