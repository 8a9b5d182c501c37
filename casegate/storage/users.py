"""Local users and their sessions."""

import json
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from casegate.access.principals import Principal, Role
from casegate.clock import moment, stamp
from casegate.model.base import Record
from casegate.storage.tables import session, user


class User(Record):
    """A local user. The password is an argon2id hash."""

    id: str
    name: str
    roles: tuple[Role, ...]
    password_hash: str
    demo: bool = False
    """Seeded with a password that everyone knows."""
    failures: int = 0
    locked_until: datetime | None = None

    def principal(self) -> Principal:
        """Give the user as a principal."""
        return Principal(id=self.id, name=self.name, roles=self.roles)


class Users:
    """Users and the sessions that they opened."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, user_id: str) -> User | None:
        """Give the user of that id."""
        row = self._connection.execute(select(user).where(user.c.id == user_id)).mappings().first()
        if row is None:
            return None
        locked = row["locked_until"]
        return User(
            id=row["id"],
            name=row["name"],
            roles=tuple(json.loads(row["roles"])),
            password_hash=row["password_hash"],
            demo=row["demo"],
            failures=row["failures"],
            locked_until=None if locked is None else moment(locked),
        )

    def all(self) -> tuple[User, ...]:
        """Give all users by id."""
        ids = self._connection.scalars(select(user.c.id).order_by(user.c.id)).all()
        return tuple(found for found in map(self.get, ids) if found is not None)

    def put(self, stored: User) -> None:
        """Store a user, new or changed."""
        locked = stored.locked_until
        values = stored.model_dump() | {
            "roles": json.dumps(stored.roles),
            "locked_until": None if locked is None else stamp(locked),
        }
        if self.get(stored.id) is None:
            self._connection.execute(insert(user).values(values))
        else:
            self._connection.execute(update(user).where(user.c.id == stored.id).values(values))

    def open_session(
        self, token_hash: bytes, user_id: str, *, at: datetime, until: datetime
    ) -> None:
        """Store a session; the token itself is never stored."""
        self._connection.execute(delete(session).where(session.c.expires_at < stamp(at)))
        self._connection.execute(
            insert(session).values(
                token_hash=token_hash,
                user_id=user_id,
                created_at=stamp(at),
                expires_at=stamp(until),
            )
        )

    def by_token(self, token_hash: bytes, *, at: datetime) -> User | None:
        """Find the user of a session that has not expired."""
        query = select(session.c.user_id).where(
            session.c.token_hash == token_hash, session.c.expires_at > stamp(at)
        )
        user_id = self._connection.scalar(query)
        return None if user_id is None else self.get(user_id)

    def close_session(self, token_hash: bytes) -> None:
        """Forget a session."""
        self._connection.execute(delete(session).where(session.c.token_hash == token_hash))

    def close_sessions(self, user_id: str) -> None:
        """Forget all sessions of a user."""
        self._connection.execute(delete(session).where(session.c.user_id == user_id))
