"""SignInRefused."""

from typing import ClassVar

from casegate.audit.event import Event, Ref


class SignInRefused(Event):
    """A known user's sign-in failed; `locked` when it locked the account."""

    kind: ClassVar[str] = "sign_in_refused"

    user: Ref
    locked: bool
