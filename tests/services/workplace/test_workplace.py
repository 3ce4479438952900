from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from advisorcrm.db import copies
from advisorcrm.db.database import Database
from advisorcrm.db.keys import Vault, vault_path
from advisorcrm.errors import InvalidFieldError, NotAllowedError, SignInError
from advisorcrm.services.branch.users import LET_IN_AGAIN
from advisorcrm.services.workplace import desk
from advisorcrm.services.workplace.desk import NewUser, enter_user
from advisorcrm.services.workplace.workplace import Workplace, sign_in_at
from advisorcrm.terms import Role
from tests.conftest import CHEAP, NOW, rows
from tests.factories import PASSWORD, PEOPLE


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the branch of the tests is set up by the first, to be copied by each."""
    return tmp_path_factory.mktemp("made")


@pytest.fixture
def branch(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(desk, "PASSWORD_COST", CHEAP)
    for function in (desk.set_up, desk.sign_in, enter_user, desk.reset_password):
        monkeypatch.setitem(function.__kwdefaults__, "cost", CHEAP)
    if not any(made.iterdir()):
        desk.set_up(str(made / "branch.db"), desk.BranchInfo(name="历山路"), PEOPLE)
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return str(tmp_path / "branch.db")


@pytest.fixture
def administrator(branch: str):  # type: ignore[no-untyped-def]
    workplace = sign_in_at(branch, "LSL0001", PASSWORD)
    yield workplace
    workplace.database.close()


def test_there_is_one_copy_a_day_whoever_is_signed_in(branch: str) -> None:
    advisor = sign_in_at(branch, "LSL0042", PASSWORD)
    assert advisor.last_copy() is None
    never = advisor.last_copied()
    assert never is not None
    assert not never.is_one
    assert abs(datetime.now(UTC) - never.at) < timedelta(hours=1)
    made = advisor.copy_daily()
    assert made == advisor.last_copy()
    copied = advisor.last_copied()
    assert copied is not None
    assert copied.is_one
    assert copied.at >= never.at
    assert advisor.copy_daily() is None
    with pytest.raises(NotAllowedError):
        advisor.back_up()
    assert advisor.check() == []
    advisor.database.close()


def test_a_closed_account_loses_its_key(branch: str, administrator: Workplace) -> None:
    key = administrator.enter_user(NewUser("LSL0077", "许清", Role.ADVISOR, PASSWORD))
    copy = administrator.back_up()
    assert Vault.load(vault_path(copy)).has("LSL0077")
    assert administrator.close_account(key) == "LSL0077"
    for place in (Path(branch), copy):
        assert not Vault.load(vault_path(place)).has("LSL0077"), "copies open as little"
    with pytest.raises(SignInError):
        desk.sign_in(branch, "LSL0077", PASSWORD, now=NOW)


def test_somebody_who_forgot_the_password_or_came_back_is_let_in_again(
    branch: str, administrator: Workplace
) -> None:
    key = administrator.enter_user(NewUser("LSL0077", "许清", Role.ADVISOR, PASSWORD))
    for _try in range(5):  # shut out for a quarter of an hour
        with pytest.raises(SignInError):
            desk.sign_in(branch, "LSL0077", "forgotten-long-ago", now=datetime.now(UTC))
    assert administrator.reset_password(key, "told-in-person") == "LSL0077"
    desk.sign_in(branch, "LSL0077", "told-in-person", now=datetime.now(UTC)).close()
    with pytest.raises(SignInError):
        desk.sign_in(branch, "LSL0077", PASSWORD, now=NOW)
    administrator.close_account(key)
    administrator.reset_password(key, "back-from-leave")
    back = desk.sign_in(branch, "LSL0077", "back-from-leave", now=datetime.now(UTC))
    with pytest.raises(NotAllowedError):
        Workplace(branch, back).reset_password(administrator.actor.user_id, "mine-from-now-on")
    back.close()


def test_a_new_password_is_in_the_history_and_is_nobodys_own(
    branch: str, administrator: Workplace
) -> None:
    key = administrator.enter_user(NewUser("LSL0077", "许清", Role.ADVISOR, PASSWORD))
    administrator.reset_password(key, "told-in-person")
    told = rows(
        administrator.database,
        "SELECT actor, why FROM change_history WHERE table_name = 'user'"
        f" AND row_id = {key} ORDER BY id",
    )
    assert [tuple(row) for row in told] == [
        ("LSL0001", ""), ("LSL0001", LET_IN_AGAIN), ("LSL0001", LET_IN_AGAIN),
    ]  # fmt: skip
    with pytest.raises(InvalidFieldError, match="原密码"):
        administrator.reset_password(administrator.actor.user_id, "told-in-person")


def test_a_person_changes_the_own_password(branch: str, administrator: Workplace) -> None:
    administrator.change_password(PASSWORD, "brand-new-password")
    database = desk.sign_in(branch, "LSL0001", "brand-new-password", now=NOW)
    assert database.actor == administrator.actor
    database.close()


class Clock:
    """A wall clock that can be set."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 6, 20, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def advisor(branch: str) -> Iterator[tuple[Workplace, Clock]]:
    """The advisor's place, with a clock of its own."""
    clock = Clock()
    database = desk.sign_in(branch, "LSL0042", PASSWORD, now=clock.now)
    workplace = Workplace(branch, database, clock=clock)
    yield workplace, clock
    workplace.lock()


def test_each_day_has_one_copy_even_if_the_clock_was_wrong_meanwhile(
    advisor: tuple[Workplace, Clock],
) -> None:
    workplace, clock = advisor
    assert workplace.copy_daily() is not None
    assert workplace.copy_daily() is None
    clock.now += timedelta(days=300)
    assert workplace.copy_daily() is not None, "the clock was set to next year by mistake"
    clock.now -= timedelta(days=299)
    assert workplace.copy_daily() is not None, "and set right the day after"
    clock.now += timedelta(minutes=30)
    assert workplace.copy_daily() is None, "one a day all the same"


def test_while_locked_there_is_no_door_and_no_copy(advisor: tuple[Workplace, Clock]) -> None:
    workplace, clock = advisor
    workplace.lock()
    with pytest.raises(NotAllowedError, match="已锁定"):
        workplace.check()
    assert workplace.copy_daily() is None
    with pytest.raises(SignInError):
        workplace.unlock("falsches-pferd")
    clock.now += timedelta(seconds=10)
    assert workplace.unlock(PASSWORD) is workplace.database
    assert workplace.check() == []
    assert workplace.copy_daily() is not None


def test_a_copy_that_is_being_made_survives_the_lock(
    advisor: tuple[Workplace, Clock], monkeypatch: pytest.MonkeyPatch
) -> None:
    workplace, _clock = advisor
    copy_pages = copies._copy_pages

    def and_lock(database: Database, draft: Path) -> None:
        copy_pages(database, draft)
        workplace.lock()

    monkeypatch.setattr(copies, "_copy_pages", and_lock)
    copy = workplace.copy_daily()
    assert copy is not None
    assert copy.with_suffix(".vault").is_file()
