"""SignedIn."""

from typing import ClassVar

from casegate.audit.event import Event, Ref


class SignedIn(Event):
    """A user signed in."""

    kind: ClassVar[str] = "signed_in"

    user: Ref
