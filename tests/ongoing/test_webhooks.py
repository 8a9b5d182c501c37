"""Messages about new hits: signed, repeated until taken, never into the own network."""

import hmac
import json
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from casegate.access.principals import Principal, Role
from casegate.errors import AccessRefused, InvalidInput, SubscriptionUnknown
from casegate.ongoing.addresses import checked_target
from casegate.ongoing.watch import Watch
from casegate.ongoing.webhooks import TRIES
from tests.kernel.world import ANA, BANK, MIRA, OTHER_BANK, CountingClock
from tests.ongoing.conftest import BASE, FILLER, Place


@dataclass
class Receiver:
    """A subscriber that fails as often as it is told to."""

    fails: int = 0
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A real HTTP server on this machine."""
    made = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.got.append((dict(self.headers.items()), body))
            self.send_response(500 if len(made.got) <= made.fails else 204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    made.url = f"http://localhost:{server.server_port}/hooks?x=1"
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


def later(place: Place, **delta: float) -> None:
    """Let time pass."""
    clock = place.desk.office.clock
    assert isinstance(clock, CountingClock)
    clock.at += timedelta(**delta)


def test_a_new_hit_is_told_signed_and_without_a_name(place: Place, receiver: Receiver) -> None:
    made = place.desk.webhooks.subscribe(BANK, receiver.url)
    place.register("C-1", "Pyotr Volnogorsky")
    assert place.desk.webhooks.send_due() == 1
    ((headers, body),) = receiver.got
    told = json.loads(body)
    assert set(told) == {"id", "event", "customer", "case_id", "count", "at"}
    assert (told["event"], told["customer"], told["count"]) == ("customer.hits", "C-1", 1)
    assert told["case_id"] == place.desk.hits(MIRA, "C-1")[0].case_id
    assert told["id"] == headers["Casegate-Delivery"]
    at, _, value = headers["Casegate-Signature"].partition(",v1=")
    signed = f"{at.removeprefix('t=')}.{body.decode()}".encode()
    assert hmac.compare_digest(hmac.new(made.secret.encode(), signed, sha256).hexdigest(), value)
    assert headers["Host"].startswith("localhost:")
    assert place.desk.webhooks.send_due() == 0


def test_a_subscriber_that_fails_first_gets_the_same_message_again(
    place: Place, receiver: Receiver
) -> None:
    receiver.fails = 2
    made = place.desk.webhooks.subscribe(BANK, receiver.url)
    place.register("C-1", "Pyotr Volnogorsky")
    assert place.desk.webhooks.send_due() == 0
    assert place.desk.webhooks.send_due() == 0, "not before its time"
    assert len(receiver.got) == 1
    later(place, seconds=20)
    assert place.desk.webhooks.send_due() == 0
    later(place, seconds=40)
    assert place.desk.webhooks.send_due() == 1
    assert len({body for _, body in receiver.got}) == 1
    (row,) = place.desk.webhooks.deliveries(BANK, made.id)
    assert (row.state, row.attempts, row.last) == ("delivered", 3, "204")


def test_a_message_that_nobody_takes_is_given_up_and_shown(
    place: Place, receiver: Receiver
) -> None:
    receiver.fails = 1000
    made = place.desk.webhooks.subscribe(BANK, receiver.url)
    place.register("C-1", "Pyotr Volnogorsky")
    for _ in range(TRIES + 3):
        place.desk.webhooks.send_due()
        later(place, hours=3)
    assert len(receiver.got) == TRIES
    ((_, counts),) = place.desk.webhooks.subscriptions(BANK)
    assert counts == {"failed": 1}
    (event,) = place.events("delivery_failed")
    assert event.payload["subscription"] == made.id


def test_a_subscriber_that_is_away_stops_nothing_else(place: Place, receiver: Receiver) -> None:
    place.desk.webhooks.subscribe(BANK, "http://127.0.0.1:9/closed")
    place.desk.webhooks.subscribe(BANK, receiver.url)
    place.register("C-1", "Pyotr Volnogorsky")
    assert place.desk.webhooks.send_due() == 1


def test_an_unchanged_hit_is_told_once(place: Place, receiver: Receiver) -> None:
    place.desk.webhooks.subscribe(BANK, receiver.url)
    place.register("C-1", "Pyotr Volnogorsky")
    place.desk.rescreening.run(full=True)
    place.desk.webhooks.send_due()
    assert len(receiver.got) == 1


def test_subscriptions_belong_to_who_made_them(place: Place, receiver: Receiver) -> None:
    made = place.desk.webhooks.subscribe(BANK, receiver.url)
    assert place.desk.webhooks.subscriptions(OTHER_BANK) == ()
    with pytest.raises(SubscriptionUnknown):
        place.desk.webhooks.unsubscribe(OTHER_BANK, made.id)
    with pytest.raises(AccessRefused):
        place.desk.webhooks.subscribe(ANA, receiver.url)
    assert len(place.desk.webhooks.subscriptions(MIRA)) == 1
    place.desk.webhooks.unsubscribe(BANK, made.id)
    place.register("C-1", "Pyotr Volnogorsky")
    assert place.desk.webhooks.send_due() == 0
    assert receiver.got == []
    assert made.secret not in repr(made)


PUBLIC = ("93.184.216.34",)


@pytest.mark.parametrize(
    ("url", "addresses"),
    [
        ("https://hooks.example", ("10.0.0.7",)),
        ("https://hooks.example", ("127.0.0.1",)),
        ("https://hooks.example", ("169.254.169.254",)),
        ("https://hooks.example", ("::1",)),
        ("https://hooks.example", ("fd00::5",)),
        ("https://hooks.example", ("::ffff:10.0.0.1",)),
        ("https://hooks.example", ("0.0.0.0",)),  # noqa: S104 - an address to refuse
        ("https://hooks.example", ("100.64.0.1",)),
        ("https://hooks.example", (*PUBLIC, "192.168.1.1")),
        ("https://hooks.example", ()),
        ("http://hooks.example", PUBLIC),
        ("ftp://hooks.example", PUBLIC),
        ("https://user:pw@hooks.example", PUBLIC),
        ("https://hooks.example/#x", PUBLIC),
        ("https://hooks.example:99999", PUBLIC),
        ("https://[hooks", PUBLIC),
        ("https:///nowhere", PUBLIC),
        ("https://hooks.example/ a", PUBLIC),
        ("hooks", PUBLIC),
    ],
)
def test_production_sends_nothing_into_a_private_network(
    url: str, addresses: Sequence[str]
) -> None:
    with pytest.raises(InvalidInput):
        checked_target(url, production=True, resolve=lambda *_: addresses)


def test_a_public_address_is_spoken_to_at_the_ip_that_was_checked() -> None:
    target = checked_target("https://hooks.example/a", production=True, resolve=lambda *_: PUBLIC)
    assert target.address == PUBLIC[0]
    with pytest.raises(InvalidInput):
        checked_target("http://hooks.example", production=False, resolve=lambda *_: PUBLIC)


def test_a_name_that_later_leads_inside_gets_no_message(place: Place, receiver: Receiver) -> None:
    hooks = replace(place.desk.webhooks, production=True, resolve=lambda *_: PUBLIC)
    made = hooks.subscribe(BANK, "https://hooks.example/a")
    place.register("C-1", "Pyotr Volnogorsky")
    moved = replace(hooks, resolve=lambda *_: ("127.0.0.1",))
    assert moved.send_due() == 0
    (row,) = moved.deliveries(BANK, made.id)
    assert (row.state, row.last) == ("pending", "InvalidInput")


def test_the_watch_rescreens_and_sends_in_a_thread_of_its_own(
    place: Place, receiver: Receiver
) -> None:
    place.desk.webhooks.subscribe(BANK, receiver.url)
    place.register("C-1", "Fyodor Karshenboim")
    place.lists(*BASE, *FILLER, "n1,Person,Fyodor Timofeyevich Karshenboim,", day=2)
    stop = threading.Event()
    thread = threading.Thread(target=Watch(place.desk, poll_s=0.05, full_days=0).run, args=(stop,))
    thread.start()
    for _ in range(200):
        if receiver.got:
            break
        stop.wait(0.1)
    stop.set()
    thread.join()
    assert len(receiver.got) == 1
    assert place.hits() == [("C-1", "n1", "open")]


def test_everybody_is_asked_about_anew_once_the_days_are_over(place: Place) -> None:
    watch = Watch(place.desk, poll_s=1, full_days=7)
    place.register("C-1", "Unrelated Wexford")
    watch.rescreen(threading.Event())
    assert place.events("rescreen_ended") == []
    later(place, days=8)
    watch.rescreen(threading.Event())
    watch.rescreen(threading.Event())
    assert [e.payload["done"] for e in place.events("rescreen_ended")] == [1]


def test_a_watch_outlives_lists_that_cannot_be_read(place: Place, tmp_path: Path) -> None:
    place.register("C-1", "Unrelated Wexford")
    (tmp_path / "lists" / "current.json").write_text("{")
    stop = threading.Event()
    watch = Watch(place.desk, poll_s=0.01, full_days=0)
    thread = threading.Thread(target=watch.run, args=(stop,))
    thread.start()
    stop.wait(0.2)
    assert thread.is_alive()
    stop.set()
    thread.join()


def test_a_role_without_the_right_reads_no_customer(place: Place) -> None:
    nobody = Principal(id="eva", name="Eva", roles=(Role.EVALUATOR,))
    with pytest.raises(AccessRefused):
        place.desk.customers(nobody)
