"""The rights table. What it does not name is refused."""

from enum import StrEnum

from casegate.access.principals import Principal, Role
from casegate.errors import AccessRefused


class Action(StrEnum):
    """What can be done at the desk."""

    SUBMIT = "submit"
    ADD_MATERIAL = "add_material"
    START = "start"
    FOLLOW = "follow"
    """See how far a case is, without its content."""
    LIST_CASES = "list_cases"
    READ_CASE = "read_case"
    CLAIM = "claim"
    REASSIGN = "reassign"
    """Take over a case that someone else is working on."""
    DECIDE = "decide"
    REVIEW = "review"
    """Confirm, correct, accept or reject what was read from documents; answer a screening hit."""
    SECOND_HIT = "second_hit"
    """Agree or disagree with a colleague's word on a screening hit."""
    END_SUPPRESSION = "end_suppression"
    READ_SUPPRESSIONS = "read_suppressions"
    APPROVE = "approve"
    SEE_OUTCOME = "see_outcome"
    """See how closed cases of others ended, filings included (31 U.S.C. 5318(g)(2))."""
    READ_EVENTS = "read_events"
    VERIFY_AUDIT = "verify_audit"
    LOAD_LISTS = "load_lists"
    SCREEN = "screen"
    """Look a name up in the lists."""
    REGISTER_CUSTOMER = "register_customer"
    READ_CUSTOMERS = "read_customers"
    SUBSCRIBE = "subscribe"
    """Have new hits on customers told to an address."""
    RUN = "run"
    """Write a run's results: the worker alone."""


_WORKERS = frozenset({Role.ANALYST, Role.INVESTIGATOR, Role.MLRO})
_SENDERS = _WORKERS | {Role.API_CLIENT}
_READERS = _WORKERS | {Role.AUDITOR}

RIGHTS: dict[Action, frozenset[Role]] = {
    Action.SUBMIT: _SENDERS,
    Action.ADD_MATERIAL: _SENDERS,
    Action.START: _SENDERS,
    Action.FOLLOW: _READERS | {Role.API_CLIENT},
    Action.LIST_CASES: _READERS | {Role.API_CLIENT},
    Action.READ_CASE: _READERS,
    Action.CLAIM: _WORKERS,
    Action.REASSIGN: frozenset({Role.INVESTIGATOR, Role.MLRO}),
    Action.DECIDE: _WORKERS,
    Action.REVIEW: _WORKERS,
    Action.SECOND_HIT: frozenset({Role.INVESTIGATOR, Role.MLRO}),
    Action.END_SUPPRESSION: frozenset({Role.INVESTIGATOR, Role.MLRO}),
    Action.READ_SUPPRESSIONS: _READERS,
    Action.APPROVE: frozenset({Role.INVESTIGATOR, Role.MLRO}),
    Action.SEE_OUTCOME: frozenset({Role.INVESTIGATOR, Role.MLRO, Role.AUDITOR}),
    Action.READ_EVENTS: _READERS,
    Action.VERIFY_AUDIT: frozenset({Role.MLRO, Role.AUDITOR, Role.ADMIN}),
    Action.LOAD_LISTS: frozenset({Role.MLRO, Role.ADMIN}),
    Action.SCREEN: _SENDERS,
    Action.REGISTER_CUSTOMER: _SENDERS,
    Action.READ_CUSTOMERS: _READERS | {Role.API_CLIENT},
    Action.SUBSCRIBE: frozenset({Role.API_CLIENT, Role.MLRO, Role.ADMIN}),
    Action.RUN: frozenset({Role.AGENT}),
}


def may(actor: Principal, action: Action) -> bool:
    """Tell whether one of the actor's roles carries the right."""
    return not RIGHTS.get(action, frozenset()).isdisjoint(actor.roles)


def acting_role(actor: Principal, action: Action) -> Role:
    """Give the role in which `actor` does `action`.

    Raises:
        AccessRefused: none of the actor's roles carries the right.
    """
    for role in actor.roles:
        if role in RIGHTS.get(action, frozenset()):
            return role
    raise AccessRefused(
        f"`{action}` is not among the rights of {actor.id} ({', '.join(actor.roles) or 'no role'})",
        remedy="Sign in with an account whose role carries this right.",
    )
