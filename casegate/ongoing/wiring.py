"""Puts ongoing screening together over a kernel, the same way for API, worker and command line."""

from collections.abc import Callable

import httpx

from casegate.config import Settings
from casegate.desk.intake import Intake
from casegate.desk.kernel import Kernel
from casegate.desk.office import Office
from casegate.desk.ports import Screener
from casegate.ongoing.addresses import Resolve, resolve
from casegate.ongoing.desk import OngoingDesk
from casegate.ongoing.ports import CustomerScreener
from casegate.ongoing.recording import Recorder
from casegate.ongoing.rescreening import Rescreening
from casegate.ongoing.screening import CustomerScreening
from casegate.ongoing.webhooks import SECONDS, Webhooks


def plain_client() -> httpx.Client:
    """Give the client that sends webhooks: short patience, no redirects, no proxy."""
    return httpx.Client(timeout=SECONDS, follow_redirects=False, trust_env=False)


def ongoing_desk(
    settings: Settings,
    parts: Kernel,
    screener: Callable[[], CustomerScreener],
    *,
    asked: Callable[[], Screener],
    client: Callable[[], httpx.Client] = plain_client,
    resolve: Resolve = resolve,
) -> OngoingDesk:
    """Give the desk of ongoing screening.

    Args:
        screener: opened with the first customer; gives the same one each time.
        asked: answers single questions; opened with the first one.
        client: what sends webhooks.
        resolve: gives the addresses of a webhook's host.
    """
    office = Office(parts.store, parts.blobs, parts.clock, parts.new_id)
    intake = Intake(office, settings.max_document_bytes, settings.max_transactions_bytes)
    screening = CustomerScreening(
        parts.store, screener, Recorder(intake, settings.customer_jurisdiction)
    )
    return OngoingDesk(
        office=office,
        asked=asked,
        screener=screener,
        screening=screening,
        rescreening=Rescreening(screening),
        webhooks=Webhooks(
            office, client, production=settings.environment == "production", resolve=resolve
        ),
    )
