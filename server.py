"""The composition root of the HTTP service: `uvicorn --factory server:app`, or `casegate serve`."""

from fastapi import FastAPI

from casegate.api.app import create_app
from casegate.api.limits import Limits
from casegate.cli.wiring import open_ongoing, review_ports
from casegate.config import Settings, load_settings
from casegate.desk.kernel import Kernel, open_kernel
from casegate.origin import require_own_packages
from guardrails.claims import load_claim_gate
from guardrails.gate import DatedRules


def app() -> FastAPI:
    """Wire the service by the settings of the environment.

    Raises:
        SettingInvalid, StorageUnavailable, RulesInvalid: the service does not start half.
    """
    require_own_packages()
    settings = load_settings()
    rules = DatedRules(list_max_age_days=settings.list_max_age_days)
    kernel = open_kernel(
        settings, rules=rules, claims=load_claim_gate(), review=review_ports(settings)
    )
    return serve(settings, kernel)


def serve(settings: Settings, kernel: Kernel) -> FastAPI:
    """Give the service over an open kernel, which it closes when it ends."""
    return create_app(
        kernel.desk,
        kernel.sign_in,
        ready=lambda: _ready(kernel),
        limits=Limits(
            document=settings.max_document_bytes,
            transactions=settings.max_transactions_bytes,
            batch=settings.max_batch_bytes,
        ),
        close=kernel.close,
        ongoing=open_ongoing(settings, kernel),
    )


def _ready(kernel: Kernel) -> None:
    """Touch the database; raises StorageUnavailable while it is out of reach."""
    with kernel.store.read() as work:
        work.log.head()
