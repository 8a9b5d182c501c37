"""Principals and roles."""

from enum import StrEnum

from casegate.model.base import Record


class Role(StrEnum):
    """What a principal is, for the rights table."""

    API_CLIENT = "api_client"
    ANALYST = "analyst"
    INVESTIGATOR = "investigator"
    MLRO = "mlro"
    AUDITOR = "auditor"
    EVALUATOR = "evaluator"
    ADMIN = "admin"
    AGENT = "agent"


class Principal(Record):
    """Who acts. Only sign-in, the worker and tests make one."""

    id: str
    name: str
    roles: tuple[Role, ...]


AGENT = Principal(id="agent", name="Agent", roles=(Role.AGENT,))
"""The worker's principal: writes through `RunDesk`, never decides or approves."""
