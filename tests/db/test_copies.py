"""Copies that were opened and read before they count, and checks of what is at hand."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from advisorcrm.db import copies
from advisorcrm.db.copies import check_database, check_file, make_copy
from advisorcrm.db.copy_places import copies_of, newest_copy
from advisorcrm.db.database import Database, open_file
from advisorcrm.db.keys import Vault, vault_path
from advisorcrm.errors import DatabaseDamagedError, NotAllowedError, UserError
from advisorcrm.services.workplace import desk
from tests.conftest import CHEAP, NOW, rows
from tests.factories import KEY, PASSWORD, People, make_client

PAGE = 4096


@pytest.fixture
def path(file_database: Database) -> Path:
    """The file of a database that has its vault."""
    assert file_database.path is not None
    vault, _key = Vault.create(vault_path(file_database.path), secret=KEY, cost=CHEAP)
    vault.set_password("LSL0042", PASSWORD, KEY)
    return file_database.path


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def damage(path: Path, page: int) -> None:
    content = bytearray(path.read_bytes())
    content[page * PAGE + 1000] ^= 1
    path.write_bytes(content)


@pytest.fixture
def writer(file_database: Database) -> Iterator[list[int]]:
    """Somebody who saves all the time, two fields of one record alike."""
    done: list[int] = []
    enough = threading.Event()

    def save(number: int) -> None:
        file_database.write(
            lambda s, a: s.execute(
                text("UPDATE branch SET phone = :n, postcode = :n"), {"n": str(number)}
            )
        )

    def work() -> None:
        while not enough.is_set():
            save(len(done))
            done.append(len(done))

    save(0)
    thread = threading.Thread(target=work)
    thread.start()
    yield done
    enough.set()
    thread.join()


@pytest.mark.req("F18")
def test_a_copy_made_while_somebody_saves_is_whole(
    file_database: Database, path: Path, writer: list[int]
) -> None:
    before = len(writer)
    copy = open_file(make_copy(file_database, now=NOW), KEY)
    [(phone, postcode)] = rows(copy, "SELECT phone, postcode FROM branch")
    assert phone == postcode
    assert int(phone) >= before - 1
    assert check_database(copy) == []
    copy.close()


def test_a_copy_holds_what_is_saved_and_not_what_is_being_saved(
    file_database: Database, path: Path, file_people: People
) -> None:
    file_database.write(lambda s, a: make_client(s, file_people.advisor, name="已存"))

    def half_saved(session, actor):  # type: ignore[no-untyped-def]
        make_client(session, file_people.advisor, name="未存")
        return make_copy(file_database, now=NOW)

    copy = open_file(file_database.write(half_saved), KEY)
    assert rows(copy, "SELECT name FROM client") == [("已存",)]
    copy.close()


def test_fourteen_daily_copies_are_kept_each_with_its_vault(
    file_database: Database, path: Path
) -> None:
    for day in range(16):
        newest = make_copy(file_database, now=NOW + timedelta(days=day))
    kept = [f"backup-202611{20 + day}-062000" for day in range(2, 11)]
    kept += [f"backup-202612{day:02d}-062000" for day in range(1, 6)]
    assert newest_copy(path) == newest
    assert names(copies.copies_dir(path)) == sorted(
        f"{name}.{end}" for name in kept for end in ("db", "vault")
    )


def test_two_databases_in_one_folder_keep_their_copies_apart(
    file_database: Database, path: Path, file_template: Path
) -> None:
    other = Path(shutil.copyfile(file_template, path.with_name("second.db")))
    Vault.create(vault_path(other), secret=KEY, cost=CHEAP)
    second = open_file(other, KEY)
    theirs = make_copy(second, now=NOW)
    second.close()
    assert newest_copy(path) is None
    assert not copies.has_copy_of(path, NOW.date())
    made = [make_copy(file_database, now=NOW + timedelta(days=day)) for day in range(15)]
    assert theirs.exists(), "neither overwritten within the same second nor thinned out"
    assert copies_of(path) == made[:0:-1]
    assert copies_of(other) == [theirs]


def test_an_old_copy_that_another_program_reads_goes_another_day(
    file_database: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [make_copy(file_database, now=NOW + timedelta(days=day)) for day in range(14)]
    unlink = Path.unlink

    def as_on_windows(file: Path, missing_ok: bool = False) -> None:
        if file == made[0]:
            raise PermissionError(13, "sharing violation")
        unlink(file, missing_ok=missing_ok)

    with monkeypatch.context() as read_elsewhere:
        read_elsewhere.setattr(Path, "unlink", as_on_windows)
        assert make_copy(file_database, now=NOW + timedelta(days=14)).exists()
    assert made[0].exists()
    assert vault_path(made[0]).exists(), "it still opens"
    make_copy(file_database, now=NOW + timedelta(days=15))
    assert not made[0].exists()


def test_a_copy_made_by_a_clock_gone_back_is_not_the_one_that_goes(
    file_database: Database, path: Path
) -> None:
    for day in range(14):
        make_copy(file_database, now=NOW + timedelta(days=day))
    made = make_copy(file_database, now=NOW - timedelta(days=2000))
    assert made in copies_of(path)
    assert len(copies_of(path)) == 14


def test_copies_in_a_folder_of_ones_own_are_not_thinned_out(
    file_database: Database, path: Path, tmp_path: Path
) -> None:
    for day in range(16):
        make_copy(file_database, now=NOW + timedelta(days=day), folder=tmp_path / "stick")
    assert len(list((tmp_path / "stick").glob("*.db"))) == 16


@pytest.mark.req("F18")
def test_a_copy_opens_with_the_recovery_key_and_with_a_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file_people: People, file_database: Database
) -> None:
    monkeypatch.setattr(desk, "PASSWORD_COST", CHEAP)
    assert file_database.path is not None
    vault, recovery_key = Vault.create(vault_path(file_database.path), secret=KEY, cost=CHEAP)
    vault.set_password("LSL0042", PASSWORD, KEY)
    file_database.write(lambda s, a: make_client(s, file_people.advisor, name="欧阳文静"))
    place = str(make_copy(file_database, now=NOW, folder=tmp_path / "stick"))

    desk.recover(place, recovery_key, "LSL0010", "brand-new-password", now=NOW)
    for number, password in (("LSL0042", PASSWORD), ("LSL0010", "brand-new-password")):
        copy = desk.sign_in(place, number, password, now=NOW)
        assert rows(copy, "SELECT name FROM client") == [("欧阳文静",)]
        copy.close()


@pytest.mark.req("F18")
def test_a_copy_is_as_unreadable_as_the_database(file_database: Database, path: Path) -> None:
    content = make_copy(file_database, now=NOW).read_bytes()
    assert not content.startswith(b"SQLite")
    assert b"LSL0042" not in content


def test_one_wrong_bit_on_any_page_of_a_copy_is_noticed(
    file_database: Database, path: Path
) -> None:
    copy = make_copy(file_database, now=NOW)
    whole = copy.read_bytes()
    for page in range(0, len(whole) // PAGE, 5):
        damage(copy, page)
        with pytest.raises(DatabaseDamagedError, match="没有通过完整性检查"):
            check_file(copy, KEY)
        copy.write_bytes(whole)
    check_file(copy, KEY)


def test_a_copy_that_is_lost_or_empty_does_not_pass_the_check(tmp_path: Path) -> None:
    lost, empty = tmp_path / "lost.db", tmp_path / "empty.db"
    empty.touch()
    for path in (lost, empty):
        with pytest.raises(DatabaseDamagedError):
            check_file(path, KEY)
    assert not lost.exists()
    assert empty.stat().st_size == 0


def test_a_damaged_database_gives_no_copy_and_the_good_ones_stay(
    file_database: Database, path: Path
) -> None:
    good = make_copy(file_database, now=NOW)
    before = names(good.parent)
    file_database.close()
    damage(path, path.stat().st_size // PAGE - 3)
    hurt = open_file(path, KEY)
    with pytest.raises(DatabaseDamagedError):
        make_copy(hurt, now=NOW + timedelta(days=1))
    hurt.close()
    assert names(good.parent) == before
    check_file(good, KEY)


def test_a_copy_without_its_vault_is_no_copy(file_database: Database) -> None:
    assert file_database.path is not None
    with pytest.raises(UserError, match="备份没有完成"):
        make_copy(file_database, now=NOW)
    assert names(copies.copies_dir(file_database.path)) == []


def test_a_folder_that_cannot_be_written_is_said_so(
    file_database: Database, path: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(UserError, match="无法写入"):
        make_copy(file_database, now=NOW, folder=tmp_path / "file" / "stick")


def test_a_folder_that_takes_no_file_is_said_so(
    file_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "_demand_room", lambda _database, _folder: None)
    with pytest.raises(UserError, match="/proc 无法写入"):
        make_copy(file_database, now=NOW, folder=Path("/proc"))


def test_a_server_is_copied_by_its_administrator(database: Database) -> None:
    if database.path is None:
        with pytest.raises(NotAllowedError, match="服务器管理员"):
            make_copy(database, now=NOW)
    assert check_database(database) == []


def test_a_check_names_missing_triggers(database: Database) -> None:
    on = "" if database.path else " ON contact_log"
    with database.writing_engine.begin() as connection:
        connection.execute(text(f"DROP TRIGGER keep_contact_log_delete{on}"))
    assert check_database(database) == ["缺少修改历史触发器 keep_contact_log_delete"]


def test_a_check_names_triggers_that_no_longer_do_their_work(database: Database) -> None:
    swap = (
        [
            "DROP TRIGGER keep_access_log_delete",
            "CREATE TRIGGER keep_access_log_delete BEFORE DELETE ON access_log BEGIN SELECT 1; END",
        ]
        if database.engine_name == "sqlite"
        else ["ALTER TABLE access_log DISABLE TRIGGER keep_access_log_delete"]
    )
    with database.writing_engine.begin() as connection:
        for statement in swap:
            connection.exec_driver_sql(statement)
    assert [line for line in check_database(database) if "keep_access_log_delete" in line]


def test_a_check_finds_one_wrong_bit_on_any_page(file_database: Database, path: Path) -> None:
    file_database.close()
    whole = path.read_bytes()
    for page in range(1, len(whole) // PAGE, 5):
        damage(path, page)
        try:
            hurt = open_file(path, KEY)
        except DatabaseDamagedError:
            pass  # the sign-in has said it already
        else:
            assert check_database(hurt) != [], page
            hurt.close()
        path.write_bytes(whole)


def test_a_page_torn_by_a_power_cut_is_whole_in_the_log_and_no_damage(
    file_database: Database, path: Path, tmp_path: Path
) -> None:
    file_database.write(lambda s, a: s.execute(text("UPDATE branch SET phone = '4711'")))
    after = tmp_path / "after.db"
    for end in ("", "-wal"):
        Path(f"{after}{end}").write_bytes(Path(f"{path}{end}").read_bytes())
    log = Path(f"{after}-wal").read_bytes()
    saved = {int.from_bytes(log[at : at + 4]) for at in range(32, len(log), PAGE + 24)}
    damage(after, max(saved) - 1)

    cut = open_file(after, KEY)
    assert check_database(cut) == []
    assert rows(cut, "SELECT phone FROM branch") == [("4711",)]
    cut.close()


def test_nobodys_save_waits_for_the_check(file_database: Database, path: Path) -> None:
    with file_database.reading_engine.connect() as connection:
        assert copies._faults_of_file(file_database, connection) == []
        file_database.write(lambda s, a: s.execute(text("UPDATE branch SET phone = '1'")))
        assert copies._faults_of_file(file_database, connection) == []
