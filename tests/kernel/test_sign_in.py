"""Local users: passwords, tokens, locks, the demo's users."""

from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from casegate.access.principals import Principal, Role
from casegate.access.sign_in import (
    DEMO_USERS,
    LOCK_MINUTES,
    MAX_FAILURES,
    SignIn,
    seed_demo_users,
)
from casegate.config import Settings
from casegate.desk.kernel import open_kernel
from casegate.errors import InvalidInput, NotSignedIn, SettingInvalid, SignInFailed
from tests.kernel.world import ANA, OTTO, REVIEW, FakeClaims, FakeRules, World

PASSWORD = "correct horse battery"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def sign_in(world: World) -> SignIn:
    made = SignIn(world.store, clock=world.clock, new_id=world.new_id, minutes=30, hasher=QUICK)
    made.add_user(ANA, PASSWORD)
    return made


def test_a_token_tells_who_signed_in_until_it_expires(world: World, sign_in: SignIn) -> None:
    session = sign_in.sign_in("ana", PASSWORD)
    assert sign_in.principal(session.token) == ANA
    world.clock.at += timedelta(minutes=31)
    with pytest.raises(NotSignedIn):
        sign_in.principal(session.token)


def test_signing_out_forgets_the_token(sign_in: SignIn) -> None:
    session = sign_in.sign_in("ana", PASSWORD)
    sign_in.sign_out(session.token)
    with pytest.raises(NotSignedIn):
        sign_in.principal(session.token)


def test_an_unknown_user_and_a_wrong_password_look_the_same(sign_in: SignIn) -> None:
    messages = set()
    for user, password in (("ana", "wrong"), ("nobody", PASSWORD)):
        with pytest.raises(SignInFailed) as failed:
            sign_in.sign_in(user, password)
        messages.add((failed.value.message, failed.value.remedy))
    assert len(messages) == 1


def test_an_account_is_locked_after_repeated_failure_and_opens_again(
    world: World, sign_in: SignIn
) -> None:
    for _ in range(MAX_FAILURES):
        with pytest.raises(SignInFailed):
            sign_in.sign_in("ana", "wrong")
    with pytest.raises(SignInFailed):
        sign_in.sign_in("ana", PASSWORD)
    world.clock.at += timedelta(minutes=LOCK_MINUTES)
    assert sign_in.sign_in("ana", PASSWORD).principal == ANA


def test_a_success_forgets_earlier_failures(sign_in: SignIn) -> None:
    for _ in range(3):
        for _ in range(MAX_FAILURES - 1):
            with pytest.raises(SignInFailed):
                sign_in.sign_in("ana", "wrong")
        sign_in.sign_in("ana", PASSWORD)


def test_neither_password_nor_token_is_stored(world: World, sign_in: SignIn) -> None:
    session = sign_in.sign_in("ana", PASSWORD)
    world.store.close()
    for file in world.folder.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert PASSWORD.encode() not in data
            assert session.token.encode() not in data


def test_sign_ins_are_in_the_log(world: World, sign_in: SignIn) -> None:
    sign_in.sign_in("ana", PASSWORD)
    with pytest.raises(SignInFailed):
        sign_in.sign_in("ana", "wrong")
    with world.store.read() as work:
        kinds = [row.kind for row in work.log.rows()]
    assert kinds == ["user_added", "signed_in", "sign_in_refused"]
    assert world.desk.verify_audit(OTTO).ok


def test_a_new_password_ends_open_sessions(sign_in: SignIn) -> None:
    session = sign_in.sign_in("ana", PASSWORD)
    sign_in.add_user(ANA, "another long password")
    with pytest.raises(NotSignedIn):
        sign_in.principal(session.token)
    assert sign_in.sign_in("ana", "another long password").principal == ANA


def test_short_passwords_and_the_workers_role_are_refused(sign_in: SignIn) -> None:
    with pytest.raises(InvalidInput):
        sign_in.add_user(ANA, "short")
    robot = Principal(id="robot", name="Robot", roles=(Role.AGENT,))
    with pytest.raises(InvalidInput):
        sign_in.add_user(robot, PASSWORD)


def test_the_demo_has_one_user_for_each_role_of_people_and_clients(
    world: World, sign_in: SignIn
) -> None:
    for _ in range(2):
        seed_demo_users(sign_in, world.store)
    roles = {role for user in DEMO_USERS for role in user.roles}
    assert roles == set(Role) - {Role.AGENT}
    assert sign_in.sign_in("ana", PASSWORD).principal == ANA
    assert sign_in.sign_in("mira", "casegate-demo").principal.roles == (Role.MLRO,)


def test_production_refuses_to_start_while_demo_users_exist(tmp_path: Path) -> None:
    kernel = open_kernel(
        Settings(data_dir=tmp_path), rules=FakeRules(), claims=FakeClaims(), review=REVIEW
    )
    quick = SignIn(kernel.store, clock=kernel.clock, new_id=kernel.new_id, minutes=5, hasher=QUICK)
    seed_demo_users(quick, kernel.store, users=DEMO_USERS[:1])
    kernel.close()
    production = Settings(data_dir=tmp_path, environment="production")
    with pytest.raises(SettingInvalid, match=r"\['ana'\] have the demo password"):
        open_kernel(production, rules=FakeRules(), claims=FakeClaims(), review=REVIEW)
    again = open_kernel(
        Settings(data_dir=tmp_path), rules=FakeRules(), claims=FakeClaims(), review=REVIEW
    )
    SignIn(again.store, clock=again.clock, new_id=again.new_id, minutes=5, hasher=QUICK).add_user(
        ANA, PASSWORD
    )
    again.close()
    open_kernel(production, rules=FakeRules(), claims=FakeClaims(), review=REVIEW).close()
