"""From a place and a password to an open database, and back to nothing when a step fails."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from advisorcrm.db import copies, upgrade
from advisorcrm.db.copy_places import copies_dir
from advisorcrm.db.database import Database
from advisorcrm.db.keys import Vault
from advisorcrm.errors import (
    AccountClosedError,
    AdvisorCrmError,
    DatabaseDamagedError,
    InvalidFieldError,
    NewerDatabaseError,
    NotAllowedError,
    NotFoundError,
    SignInError,
)
from advisorcrm.services.branch.branches import BranchInfo, get_branch
from advisorcrm.services.branch.users import deactivate_user
from advisorcrm.services.workplace import desk
from advisorcrm.services.workplace.desk import (
    NewUser,
    change_password,
    enter_user,
    recover,
    reset_password,
    set_up,
    sign_in,
)
from advisorcrm.services.workplace.workplace import Workplace
from advisorcrm.terms import Role
from tests.conftest import BRANCH, CHEAP, NOW, Server, rows
from tests.factories import PASSWORD, PEOPLE

ADMIN, MANAGER, ADVISOR = "LSL0001", "LSL0010", "LSL0042"
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "PASSWORD_COST", CHEAP)
    for function in (set_up, sign_in, enter_user):
        monkeypatch.setitem(function.__kwdefaults__, "cost", CHEAP)


@pytest.fixture
def place(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a new branch may be made, on either engine."""
    if engine_name == "sqlite":
        yield str(tmp_path / "branch.db")
        return
    server: Server = request.getfixturevalue("server")
    name = f"desk_{tmp_path.name}"[:60].lower()
    server.run(f'CREATE DATABASE "{name}"')
    yield server.url(name)
    server.run(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def recovery_key(place: str) -> str:
    """The branch is set up; this came out of it."""
    return set_up(place, BRANCH, PEOPLE)


def enter(
    place: str, number: str = ADVISOR, password: str = PASSWORD, *, now: datetime = NOW
) -> str:
    """Sign in, say who it is, and leave."""
    database = sign_in(place, number, password, now=now)
    name = database.actor.name
    database.close()
    return name


def files(folder: Path) -> dict[str, str]:
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


# --- set up and sign in -----------------------------------------------------------------------


def test_a_new_branch_lets_its_people_in_and_nobody_else(place: str, recovery_key: str) -> None:
    assert enter(place) == "林若溪"
    assert enter(place, " lsl 0010 ") == "方静"
    database = sign_in(place, ADMIN, PASSWORD, now=NOW)
    assert database.actor.role is Role.ADMINISTRATOR
    assert database.read(get_branch) == BRANCH
    assert len(rows(database, "SELECT id FROM code_list")) > 40
    database.close()
    for number, password in ((ADVISOR, "wrong-password"), ("LSL9999", PASSWORD)):
        with pytest.raises(SignInError, match=r"工号或密码不对.*系统管理员 秦越"):
            enter(place, number, password)


def test_the_recovery_key_stands_nowhere(place: str, recovery_key: str, tmp_path: Path) -> None:
    vault = desk.vault_of(place).read_text("utf-8")
    assert recovery_key not in vault
    assert recovery_key.replace("-", "") not in vault
    assert PASSWORD not in vault


def test_wrong_passwords_wait_longer_each_time_even_after_a_restart(
    place: str, recovery_key: str
) -> None:
    now, waits = NOW, []
    for _try in range(5):
        with pytest.raises(SignInError) as caught:
            enter(place, password="wrong-password", now=now)
        waits.append(caught.value.wait_seconds)
        with pytest.raises(SignInError, match="请等"):
            enter(place, now=now)
        now += timedelta(seconds=caught.value.wait_seconds)
    assert waits == [5, 10, 30, 60, 900]
    assert enter(place, now=now) == "林若溪"


def test_a_clock_set_back_makes_nobody_wait_longer_than_the_rule(
    place: str, recovery_key: str
) -> None:
    with pytest.raises(SignInError):
        enter(place, password="wrong-password")
    with pytest.raises(SignInError) as caught:
        enter(place, now=NOW - timedelta(days=30))
    assert caught.value.wait_seconds == 5


def test_a_closed_account_stays_out(place: str, recovery_key: str) -> None:
    database = sign_in(place, ADMIN, PASSWORD, now=NOW)
    [(key,)] = rows(database, f"SELECT id FROM \"user\" WHERE employee_no = '{ADVISOR}'")
    database.write(lambda s, a: deactivate_user(s, a, key))
    database.close()
    with pytest.raises(NotFoundError, match="已停用"):
        enter(place)


# --- passwords --------------------------------------------------------------------------------


def test_a_new_password_takes_the_old_ones_place_and_leaves_the_database_alone(
    place: str, recovery_key: str, tmp_path: Path
) -> None:
    before = files(tmp_path)
    change_password(place, "lsl0042", PASSWORD, "brand-new-password", now=NOW)
    after = files(tmp_path)
    assert {name for name in after if after[name] != before.get(name)} <= {
        desk.vault_of(place).name
    }
    assert enter(place, password="brand-new-password") == "林若溪"
    with pytest.raises(SignInError):
        enter(place)


def test_a_password_is_changed_only_by_who_knows_it_and_only_for_a_long_one(
    place: str, recovery_key: str
) -> None:
    with pytest.raises(InvalidFieldError, match="至少 8 位"):
        change_password(place, ADVISOR, PASSWORD, "1234567", now=NOW)
    with pytest.raises(SignInError):
        change_password(place, ADVISOR, "wrong-password", "brand-new-password", now=NOW)
    assert enter(place, now=LATER) == "林若溪"


def test_the_recovery_key_gives_a_new_password_at_once_whatever_went_wrong_before(
    place: str, recovery_key: str
) -> None:
    with pytest.raises(SignInError):
        enter(place, password="forgotten-password")
    recover(place, recovery_key.lower(), ADVISOR, "brand-new-password", now=NOW)
    assert enter(place, password="brand-new-password") == "林若溪"
    for wrong in ("", "AAAA-BBBB", recovery_key[:-1] + ("2" if recovery_key[-1] != "2" else "3")):
        with pytest.raises(SignInError):
            recover(place, wrong, ADVISOR, "another-password", now=LATER)


def test_the_recovery_key_lets_nobody_in_who_is_not_of_the_branch(
    place: str, recovery_key: str
) -> None:
    with pytest.raises(NotFoundError):
        recover(place, recovery_key, "LSL9999", "brand-new-password", now=NOW)
    with pytest.raises(SignInError):
        enter(place, "LSL9999", "brand-new-password")


def test_a_new_person_gets_in_with_the_first_password(place: str, recovery_key: str) -> None:
    person = NewUser("lsl0077", "许清", Role.ADVISOR, PASSWORD, ("第二客户组",))
    database = sign_in(place, ADMIN, PASSWORD, now=NOW)
    enter_user(database, place, person)
    with pytest.raises(InvalidFieldError, match="已有人使用"):
        enter_user(database, place, person)
    database.close()
    assert enter(place, "LSL0077") == "许清"


def test_only_the_administrator_enters_people(place: str, recovery_key: str) -> None:
    database = sign_in(place, MANAGER, PASSWORD, now=NOW)
    with pytest.raises(NotAllowedError):
        enter_user(database, place, NewUser("LSL0077", "许清", Role.ADVISOR, PASSWORD))
    database.close()
    assert not Vault.load(desk.vault_of(place)).has("LSL0077")


def test_a_person_whose_password_could_not_be_kept_can_be_entered_again(
    place: str, recovery_key: str
) -> None:
    person = NewUser("LSL0077", "许清", Role.ADVISOR, PASSWORD)
    database = sign_in(place, ADMIN, PASSWORD, now=NOW)
    obstacle = desk.vault_of(place).with_suffix(".vault.new")
    obstacle.mkdir()
    with pytest.raises(AdvisorCrmError):
        enter_user(database, place, person)
    assert rows(database, "SELECT id FROM \"user\" WHERE employee_no = 'LSL0077'") == []
    obstacle.rmdir()
    enter_user(database, place, person)
    database.close()
    assert enter(place, "LSL0077") == "许清"


# --- what fails leaves nothing behind ---------------------------------------------------------

BAD: dict[str, Callable[[str], object]] = {
    "no name": lambda place: set_up(place, BranchInfo(name=" "), PEOPLE),
    "one number twice": lambda place: set_up(place, BRANCH, (PEOPLE[0], PEOPLE[0])),
    "a short password": lambda place: set_up(
        place, BRANCH, (*PEOPLE, NewUser("LSL0077", "许清", Role.ADVISOR, "short"))
    ),
    "no person's name": lambda place: set_up(
        place, BRANCH, (*PEOPLE, NewUser("LSL0077", "", Role.ADVISOR, PASSWORD))
    ),
}


def test_a_set_up_that_fails_leaves_nothing_and_can_be_tried_again(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for bad in BAD.values():
        with pytest.raises(InvalidFieldError):
            bad(place)
        assert files(tmp_path) == {}
    vault = desk.vault_of(place)
    (vault.parent / (vault.name + ".new")).mkdir(parents=True)  # the vault cannot be written
    with pytest.raises(AdvisorCrmError, match="无法写入"):
        set_up(place, BRANCH, PEOPLE)
    assert files(tmp_path) == {}
    (vault.parent / (vault.name + ".new")).rmdir()

    set_up(place, BRANCH, PEOPLE)
    assert enter(place) == "林若溪"


def test_what_is_there_is_never_overwritten(place: str, recovery_key: str, tmp_path: Path) -> None:
    before = files(tmp_path)
    with pytest.raises(AdvisorCrmError, match="没有覆盖"):
        set_up(place, BRANCH, PEOPLE)
    assert files(tmp_path) == before
    desk.vault_of(place).unlink()
    with pytest.raises(AdvisorCrmError, match="没有覆盖"):
        set_up(place, BRANCH, PEOPLE)
    assert not desk.vault_of(place).exists()


def test_a_set_up_that_was_killed_before_the_server_had_its_branch_is_begun_anew(
    place: str, engine_name: str, tmp_path: Path
) -> None:
    if engine_name == "sqlite":
        return  # tests/faults/test_stopped_files.py
    vault = desk.vault_of(place)
    vault.parent.mkdir(parents=True, exist_ok=True)
    vault.write_text("left by the killed set-up")
    set_up(place, BRANCH, PEOPLE)
    assert enter(place)
    [kept] = [file for file in vault.parent.iterdir() if "left by" in file.read_text("utf-8")]
    assert kept.name == f"{vault.name}.advisorcrm-old"


def test_a_computer_without_the_servers_vault_is_told_where_it_belongs() -> None:
    place = "postgresql://crm:geheim@db.branch:5433/crm"
    other = "postgresql://db.branch/crm"
    assert desk.vault_of(place).name != desk.vault_of(other).name, "two servers, two vaults"
    for ask in (
        lambda: sign_in(place, ADVISOR, PASSWORD, now=NOW),
        lambda: recover(place, "A" * 32, ADVISOR, PASSWORD, now=NOW),
    ):
        with pytest.raises(DatabaseDamagedError, match="还没有服务器") as told:
            ask()
        assert str(desk.vault_of(place)) in str(told.value)
        assert "geheim" not in str(told.value)
    assert desk.shown_place(place) == "postgresql://crm:***@db.branch:5433/crm"
    assert ":" not in desk.vault_of("postgresql://[::1]/crm").name, "no name of a file on Windows"
    for wrong in ("postgresql://h:abc/x", "postgresql://[::1/x"):
        with pytest.raises(InvalidFieldError, match="服务器地址写得不对"):
            sign_in(wrong, ADVISOR, PASSWORD, now=NOW)
    with pytest.raises(DatabaseDamagedError, match="是文件夹"):
        sign_in("/", ADVISOR, PASSWORD, now=NOW)


def test_somebody_elses_file_in_the_place_stays(tmp_path: Path) -> None:
    place = tmp_path / "branch.db"
    place.write_bytes(b"somebody's")
    with pytest.raises(DatabaseDamagedError, match="没有覆盖"):
        set_up(str(place), BRANCH, PEOPLE)
    assert place.read_bytes() == b"somebody's"
    assert [file.name for file in tmp_path.iterdir()] == ["branch.db"]


# --- old and new files ------------------------------------------------------------------------


@pytest.fixture
def file_place(tmp_path: Path) -> str:
    place = str(tmp_path / "branch.db")
    set_up(place, BRANCH, PEOPLE)
    return place


def test_a_file_of_a_newer_program_is_refused_and_keeps_every_byte(
    file_place: str, tmp_path: Path
) -> None:
    database = sign_in(file_place, ADMIN, PASSWORD, now=NOW)
    database.write(lambda s, a: s.execute(text("UPDATE alembic_version SET version_num = '0999'")))
    database.close()
    before = files(tmp_path)
    with pytest.raises(NewerDatabaseError, match="请升级程序"):
        enter(file_place)
    assert files(tmp_path) == before


def test_a_verified_copy_is_made_before_an_older_file_is_upgraded(
    file_place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []

    def step(database: Database) -> None:
        done.append(len(list(copies_dir(Path(file_place)).glob("*.db"))))

    monkeypatch.setattr(upgrade, "needs_upgrade", lambda database: True)
    monkeypatch.setattr(upgrade, "upgrade", step)
    assert enter(file_place) == "林若溪"
    assert done == [1]
    copies.check_file(
        next(copies_dir(Path(file_place)).glob("*.db")),
        Vault.load(desk.vault_of(file_place)).unlock(ADVISOR, PASSWORD, now=NOW),
    )


def test_only_who_may_makes_a_copy(file_place: str, tmp_path: Path) -> None:
    advisor = sign_in(file_place, ADVISOR, PASSWORD, now=NOW)
    with pytest.raises(NotAllowedError):
        desk.back_up(advisor, now=NOW, folder=tmp_path / "stick")
    advisor.close()
    administrator = sign_in(file_place, ADMIN, PASSWORD, now=NOW)
    copy = desk.back_up(administrator, now=NOW, folder=tmp_path / "stick")
    administrator.close()
    assert enter(str(copy)) == "林若溪"


def test_a_person_and_a_password_are_not_shown_by_accident() -> None:
    assert PASSWORD not in repr(NewUser("LSL0077", "许清", Role.ADVISOR, PASSWORD))


@pytest.mark.parametrize("engine_name", ["postgresql"])
def test_two_computers_of_a_server_have_their_own_passwords_and_the_same_closed_accounts(
    place: str, recovery_key: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    vault = desk.vault_of(place).read_bytes()
    with monkeypatch.context() as second:
        second.setenv("ADVISORCRM_HOME", str(tmp_path / "second"))
        desk.vault_of(place).parent.mkdir(parents=True)
        desk.vault_of(place).write_bytes(vault)
        administrator = sign_in(place, ADMIN, PASSWORD, now=NOW)
        [(key,)] = rows(administrator, f"SELECT id FROM \"user\" WHERE employee_no = '{ADVISOR}'")
        reset_password(administrator, place, key, "brand-new-password", cost=CHEAP)
        assert enter(place, password="brand-new-password") == "林若溪"
    assert enter(place) == "林若溪", "the first computer knows nothing of the new password"
    mine = sign_in(place, ADVISOR, PASSWORD, now=NOW)
    with monkeypatch.context() as second:
        second.setenv("ADVISORCRM_HOME", str(tmp_path / "second"))
        Workplace(place, administrator).close_account(key)
    administrator.close()
    with pytest.raises(AccountClosedError, match="已停用"):
        mine.read(get_branch)
    mine.close()
    with pytest.raises(NotFoundError, match="已停用"):
        enter(place)
    assert enter(place, MANAGER) == "方静"
