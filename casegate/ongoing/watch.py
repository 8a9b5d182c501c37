"""The worker's watch: re-screens when lists change or time is up, and sends what waits."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from casegate.errors import CasegateError
from casegate.ongoing.desk import OngoingDesk

log = logging.getLogger("casegate.ongoing")


@dataclass(frozen=True)
class Watch:
    """Looks every few seconds, in a thread of its own: cases never wait for it."""

    desk: OngoingDesk
    poll_s: float
    full_days: int
    """Days after which every customer is asked about anew; 0: never."""

    def run(self, stop: threading.Event) -> None:
        """Look until `stop` is set; whatever goes wrong, the next look comes."""
        while not stop.is_set():
            self._try("re-screening", lambda: self.rescreen(stop))
            self._try("webhooks", self.desk.webhooks.send_due)
            stop.wait(self.poll_s)

    def rescreen(self, stop: threading.Event) -> None:
        """Re-screen if there is something to do; without customers no list is needed."""
        if not self._customers():
            return
        done = self.desk.rescreening.run(full=self._full_is_due(), stop=stop)
        if done is not None:
            log.info(
                "re-screening %s (%s) %s: %d hits, %d removed",
                done.id, done.kind, done.state, done.hits, done.removed,
            )  # fmt: skip

    def _customers(self) -> int:
        with self.desk.office.store.read() as work:
            return work.customers.count()

    def _full_is_due(self) -> bool:
        if not self.full_days:
            return False
        with self.desk.office.store.read() as work:
            if work.rescreens.running() is not None:
                return False
            last = work.rescreens.latest(kind="full")
            since = work.customers.oldest_change() if last is None else last.updated_at
        return since is not None and self.desk.office.clock() - since >= timedelta(
            days=self.full_days
        )

    def _try(self, what: str, do: Callable[[], object]) -> None:
        try:
            do()
        except CasegateError as error:
            log.error("%s: %s", what, error.code)
        except Exception as error:  # noqa: BLE001 (outermost loop of the watch)
            log.error("%s failed: %s", what, type(error).__name__)
