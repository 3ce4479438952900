"""Faults 3 and 4: the disk is full while something is saved, copied or set up."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from advisorcrm.db.copies import check_database, make_copy
from advisorcrm.db.copy_places import copies_dir
from advisorcrm.db.database import Database, open_file, open_for_reading
from advisorcrm.db.keys import Vault, vault_path
from advisorcrm.errors import DatabaseReadOnlyError, DiskFullError, UserError
from advisorcrm.services.workplace import desk
from tests.conftest import BRANCH, CHEAP, NOW, rows
from tests.factories import KEY, PASSWORD, PEOPLE
from tests.faults.disks import SmallDisk, small_disk

FULL = (DiskFullError, DatabaseReadOnlyError, UserError)
"""A file that may not grow is another error than a full disk, and a sentence as well."""


@pytest.fixture
def disk(tmp_path: Path, file_template: Path) -> Iterator[SmallDisk]:
    """Room for the empty database, one copy of it, and a little more."""
    empty = file_template.stat().st_size // 1024
    with small_disk(tmp_path / "disk", kib=2 * empty + 720) as small:
        yield small


@pytest.fixture
def database(disk: SmallDisk, file_template: Path) -> Iterator[Database]:
    path = Path(shutil.copyfile(file_template, disk.folder / "branch.db"))
    vault, _key = Vault.create(vault_path(path), secret=KEY, cost=CHEAP)
    vault.set_password("LSL0042", PASSWORD, KEY)
    database = open_file(path, KEY)
    yield database
    database.close()


def save(database: Database, number: int) -> None:
    values = {"text": f"{number:06d}" * 3_000, "number": number}
    database.write(
        lambda s, a: s.execute(
            text("UPDATE branch SET form_footer = :text, phone = :number"), values
        )
    )


def save_until_full(database: Database) -> int:
    """The number saved last before the disk was full."""
    for number in range(10_000):
        try:
            save(database, number)
        except FULL:
            return number - 1
    raise AssertionError("the disk is too large for this trial")


@pytest.mark.req("F3")
def test_a_full_disk_loses_nothing_saved_and_room_lets_it_go_on(
    disk: SmallDisk, database: Database
) -> None:
    last = save_until_full(database)
    assert last > 3
    assert rows(database, "SELECT phone FROM branch") == [(str(last),)]
    disk.make_room()
    save(database, 77)
    assert rows(database, "SELECT phone FROM branch") == [("77",)]
    assert check_database(database) == []


@pytest.mark.req("F3")
def test_a_disk_that_was_full_at_the_start_is_said_to_be_full_and_not_protected(
    file_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(shutil.copyfile(file_template, tmp_path / "branch.db"))
    database = open_for_reading(path, KEY)
    with pytest.raises(DatabaseReadOnlyError, match="只读"):
        save(database, 1)
    full = shutil.disk_usage(tmp_path)._replace(free=4096)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: full)
    with pytest.raises(DiskFullError, match="重新登录"):
        save(database, 1)
    database.close()


@pytest.mark.req("F4")
def test_a_copy_on_a_full_disk_leaves_nothing_half_made(
    disk: SmallDisk, database: Database
) -> None:
    assert database.path is not None
    good = make_copy(database, now=NOW)
    before = sorted(file.name for file in copies_dir(database.path).iterdir())
    save_until_full(database)
    disk.tighten()
    with pytest.raises(FULL):
        make_copy(database, now=NOW + timedelta(days=1))

    assert sorted(file.name for file in copies_dir(database.path).iterdir()) == before
    disk.make_room()
    open_file(good, KEY).close()
    make_copy(database, now=NOW + timedelta(days=1))


@pytest.mark.req("F4")
def test_a_copy_that_turns_out_larger_than_the_room_leaves_nothing(
    disk: SmallDisk, database: Database
) -> None:
    assert database.path is not None
    with database.writing_engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.cursor().execute("PRAGMA wal_autocheckpoint = 0")  # what is saved stays in the log
    log = database.path.with_name("branch.db-wal")
    for number in range(100):
        save(database, number)
        if log.stat().st_size > 600_000:
            break
    disk.tighten()
    with pytest.raises(FULL):
        make_copy(database, now=NOW)
    assert list(copies_dir(database.path).iterdir()) == []
    assert rows(database, "SELECT phone FROM branch") == [(str(number),)]


@pytest.mark.req("F3")
def test_a_password_that_cannot_be_stored_leaves_the_old_one(
    disk: SmallDisk, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "PASSWORD_COST", CHEAP)
    assert database.path is not None
    place, vault_file = str(database.path), vault_path(database.path)
    disk.tighten()
    with (disk.folder / "filler").open("wb", buffering=0) as filler, suppress(OSError):
        while True:
            filler.write(bytes(512))
    before = vault_file.read_bytes()
    with pytest.raises(DatabaseReadOnlyError, match="磁盘"):
        desk.change_password(place, "LSL0042", PASSWORD, "brand-new-password", now=NOW)
    assert vault_file.read_bytes() == before
    disk.make_room()
    desk.change_password(place, "LSL0042", PASSWORD, "brand-new-password", now=NOW)


@pytest.mark.req("F3")
def test_a_set_up_on_a_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    with small_disk(tmp_path / "tiny", kib=100) as tiny:
        with pytest.raises(FULL, match="磁盘"):
            desk.set_up(str(tiny.folder / "branch.db"), BRANCH, PEOPLE, cost=CHEAP)
        assert list(tiny.folder.iterdir()) == []
        tiny.make_room()
        desk.set_up(str(tiny.folder / "branch.db"), BRANCH, PEOPLE, cost=CHEAP)
