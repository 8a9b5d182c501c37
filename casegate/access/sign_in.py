"""Local users: argon2id passwords, opaque tokens, a lock after repeated failure."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from casegate.access.principals import Principal, Role
from casegate.audit.event import Event
from casegate.audit.events import SignedIn, SignInRefused, UserAdded
from casegate.desk.ports import Clock, NewId
from casegate.errors import InvalidInput, NotSignedIn, SettingInvalid, SignInFailed
from casegate.model.base import Record
from casegate.storage import Store, Work
from casegate.storage.users import User

MAX_FAILURES = 5
LOCK_MINUTES = 15

DEMO_PASSWORD = "casegate-demo"  # noqa: S105
"""Documented, so it protects nothing: production refuses to start while a user has it."""

DEMO_USERS: tuple[Principal, ...] = (
    Principal(id="ana", name="Ana (analyst)", roles=(Role.ANALYST,)),
    Principal(id="ivan", name="Ivan (investigator)", roles=(Role.INVESTIGATOR,)),
    Principal(id="ines", name="Ines (investigator)", roles=(Role.INVESTIGATOR,)),
    Principal(id="mira", name="Mira (MLRO)", roles=(Role.MLRO,)),
    Principal(id="otto", name="Otto (auditor)", roles=(Role.AUDITOR,)),
    Principal(id="eva", name="Eva (evaluator)", roles=(Role.EVALUATOR,)),
    Principal(id="adam", name="Adam (administrator)", roles=(Role.ADMIN,)),
    Principal(id="core-banking", name="Core banking", roles=(Role.API_CLIENT,)),
)


class Session(Record):
    """A token just issued. Only its hash is stored; it is shown this once."""

    token: str
    principal: Principal
    expires_at: datetime


class SignIn:
    """Signs users in and tells who a token belongs to."""

    def __init__(
        self,
        store: Store,
        *,
        clock: Clock,
        new_id: NewId,
        minutes: int,
        hasher: PasswordHasher | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._new_id = new_id
        self._lifetime = timedelta(minutes=minutes)
        self._hasher = hasher or PasswordHasher()
        self._nobody = ""

    def sign_in(self, user_id: str, password: str) -> Session:
        """Check a password and issue a token.

        Raises:
            SignInFailed: unknown user, wrong password or locked account; they look the same.
        """
        with self._store.read() as work:
            user = work.users.get(user_id)
        if user is None:
            self._take_as_long(password)
            raise _failed()
        right = self._matches(user.password_hash, password)
        now = self._clock()
        if user.locked_until is not None and now < user.locked_until:
            raise _failed()
        if not right:
            self._count_failure(user_id)
            raise _failed()
        return self._issue(user, now)

    def principal(self, token: str) -> Principal:
        """Tell whose token it is.

        Raises:
            NotSignedIn: the token is unknown or expired.
        """
        with self._store.read() as work:
            user = work.users.by_token(_token_hash(token), at=self._clock())
        if user is None:
            raise NotSignedIn("the token is unknown or expired")
        return user.principal()

    def sign_out(self, token: str) -> None:
        """Forget a token."""
        with self._store.work() as work:
            work.users.close_session(_token_hash(token))

    def add_user(self, principal: Principal, password: str, *, demo: bool = False) -> None:
        """Create a local user, or give one a new password and roles.

        Raises:
            InvalidInput: the role `agent` is the worker's alone; or the password is too short.
        """
        if Role.AGENT in principal.roles:
            raise InvalidInput("the role `agent` can't be given to a user")
        if len(password) < 12:
            raise InvalidInput("`password` must have at least 12 characters")
        hashed = self._hasher.hash(password)
        with self._store.work() as work:
            work.users.put(
                User(
                    id=principal.id,
                    name=principal.name,
                    roles=principal.roles,
                    password_hash=hashed,
                    demo=demo,
                )
            )
            work.users.close_sessions(principal.id)
            added = UserAdded(user=principal.id, roles=principal.roles, demo=demo)
            self._note(work, added, principal.id)

    def _issue(self, user: User, now: datetime) -> Session:
        token = secrets.token_urlsafe(32)
        until = now + self._lifetime
        with self._store.work() as work:
            work.users.put(user.model_copy(update={"failures": 0, "locked_until": None}))
            work.users.open_session(_token_hash(token), user.id, at=now, until=until)
            self._note(work, SignedIn(user=user.id), user.id)
        return Session(token=token, principal=user.principal(), expires_at=until)

    def _count_failure(self, user_id: str) -> None:
        with self._store.work() as work:
            user = work.users.get(user_id)
            if user is None:
                return
            failures = user.failures + 1
            locks = failures >= MAX_FAILURES
            until = self._clock() + timedelta(minutes=LOCK_MINUTES) if locks else None
            counted = {"failures": 0 if locks else failures, "locked_until": until}
            work.users.put(user.model_copy(update=counted))
            self._note(work, SignInRefused(user=user_id, locked=locks), user_id)

    def _take_as_long(self, password: str) -> None:
        # An unknown user costs as long as a wrong password, so that time does not tell them apart.
        self._nobody = self._nobody or self._hasher.hash(secrets.token_hex(16))
        self._matches(self._nobody, password)

    def _matches(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False

    def _note(self, work: Work, event: Event, user_id: str) -> None:
        work.log.append(event, id=self._new_id("e"), at=self._clock(), actor=user_id)


def seed_demo_users(
    sign_in: SignIn,
    store: Store,
    *,
    password: str = DEMO_PASSWORD,
    users: Iterable[Principal] = DEMO_USERS,
) -> None:
    """Create the demo's users where they are missing."""
    with store.read() as work:
        known = {user.id for user in work.users.all()}
    for principal in users:
        if principal.id not in known:
            sign_in.add_user(principal, password, demo=True)


def refuse_demo_passwords(store: Store) -> None:
    """Refuse to go on while a user with the demo password exists.

    Raises:
        SettingInvalid: names the users.
    """
    with store.read() as work:
        demo = [user.id for user in work.users.all() if user.demo]
    if demo:
        raise SettingInvalid(
            f"CASEGATE_ENVIRONMENT is `production`, but users {demo} have the demo password",
            remedy="Use a new data folder, or give these users passwords of their own.",
        )


def _failed() -> SignInFailed:
    return SignInFailed(
        "unknown user or wrong password, or the account is locked",
        remedy=f"After {MAX_FAILURES} failures an account is locked for {LOCK_MINUTES} minutes.",
    )


def _token_hash(token: str) -> bytes:
    return sha256(token.encode()).digest()
