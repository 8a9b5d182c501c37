"""The log's verifier and the probes of whoever runs the service."""

from fastapi import APIRouter

from casegate.api.deps import Actor, DeskIn, ServicesIn
from casegate.api.problems import problems
from casegate.api.wire import Health
from casegate.audit.verify import AuditReport

router = APIRouter(tags=["operation"])


@router.get("/v1/audit/verify", responses=problems(401, 403))
def verify_audit(desk: DeskIn, actor: Actor) -> AuditReport:
    """Verify the whole event chain. A broken chain is an answer, not an error: read `ok`."""
    return desk.verify_audit(actor)


@router.get("/healthz")
def healthz() -> Health:
    """Tell that the process runs."""
    return Health(status="alive")


@router.get("/readyz", responses=problems(503))
def readyz(services: ServicesIn) -> Health:
    """Tell that database and files can be reached."""
    services.ready()
    return Health(status="ready")
