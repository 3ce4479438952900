"""Fault 5: the disk cannot be written."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from advisorcrm import paths
from advisorcrm.cli.main import run
from advisorcrm.db import upgrade
from advisorcrm.db.actor import Actor
from advisorcrm.db.copies import check_database, make_copy
from advisorcrm.db.database import Database, create_file, open_file
from advisorcrm.db.keys import WAITS, Vault
from advisorcrm.errors import DatabaseReadOnlyError, SignInError, SystemTroubleError, UserError
from advisorcrm.exports.client_list import ClientListRequest, register_client_list
from advisorcrm.services.clients.client_search import find_clients
from advisorcrm.services.files.client_points import reveal_field
from advisorcrm.services.workplace import desk
from advisorcrm.terms import RevealReason
from tests.conftest import BRANCH, CHEAP, NOW, rows
from tests.factories import KEY, PASSWORD, PEOPLE, make_client, people_of
from tests.faults.disks import read_only_disk, read_only_file

pytestmark = pytest.mark.req("F5")


@pytest.fixture
def files(file_template: Path, tmp_path: Path) -> dict[str, bytes]:
    """A branch as it lies on a disk."""
    vault, _key = Vault.create(tmp_path / "branch.vault", secret=KEY, cost=CHEAP)
    vault.set_password("LSL0042", PASSWORD, KEY)
    return {
        "branch.db": file_template.read_bytes(),
        "branch.vault": (tmp_path / "branch.vault").read_bytes(),
    }


def test_a_database_on_a_read_only_disk_is_said_so_and_not_touched(
    files: dict[str, bytes],
) -> None:
    with read_only_disk(files) as folder:
        with pytest.raises(DatabaseReadOnlyError, match="只读"):
            desk.sign_in(str(folder / "branch.db"), "LSL0042", PASSWORD, now=NOW).write(
                lambda s, a: s.execute(text("UPDATE branch SET phone = '1'"))
            )
        assert {file.name: file.read_bytes() for file in folder.iterdir()} == files


@pytest.mark.req("R16")
def test_a_wrong_password_is_not_forgiven_because_it_cannot_be_counted(
    files: dict[str, bytes],
) -> None:
    with read_only_disk(files) as folder:
        place = str(folder / "branch.db")
        with pytest.raises(SignInError, match="工号或密码不对。还可试 4 次") as refused:
            desk.sign_in(place, "LSL0042", "wrong-password", now=NOW)
        assert refused.value.wait_seconds == WAITS[0]
        with pytest.raises(SignInError, match="请等 5 秒"):
            desk.sign_in(place, "LSL0042", PASSWORD, now=NOW)
        later = NOW + timedelta(seconds=WAITS[0] + 1)
        for _again in range(2):
            desk.sign_in(place, "LSL0042", PASSWORD, now=later).close()


def test_a_new_database_on_a_read_only_disk_is_refused_in_words() -> None:
    with read_only_disk({}) as folder:
        for place in (folder / "branch.db", folder / "new" / "branch.db"):
            with pytest.raises(DatabaseReadOnlyError, match="磁盘"):
                create_file(place, KEY)
            with pytest.raises(DatabaseReadOnlyError, match="磁盘"):
                desk.set_up(str(place), BRANCH, PEOPLE, cost=CHEAP)


def test_a_copy_onto_a_read_only_disk_is_refused_in_words(file_database: Database) -> None:
    with read_only_disk({}) as folder, pytest.raises(UserError, match="无法写入"):
        make_copy(file_database, now=NOW, folder=folder)


# --- what can still be done ---------------------------------------------------------------------


@pytest.fixture
def with_client(file_template: Path, files: dict[str, bytes], tmp_path: Path) -> dict[str, bytes]:
    """The same with 欧阳文静 saved for good, and no log."""
    path = Path(shutil.copyfile(file_template, tmp_path / "filled.db"))
    database = open_file(path, KEY)
    database.write(enter_client)
    database.close()
    return files | {"branch.db": path.read_bytes()}


@pytest.fixture
def with_log(file_template: Path, files: dict[str, bytes], tmp_path: Path) -> dict[str, bytes]:
    """The same as a kill leaves it: 欧阳文静 is only in the log."""
    path = Path(shutil.copyfile(file_template, tmp_path / "killed.db"))
    database = open_file(path, KEY)
    database.write(enter_client)
    left = {
        f"branch.db{suffix}": path.with_name(path.name + suffix).read_bytes()
        for suffix in ("", "-wal", "-shm")
    }
    database.close()
    assert left["branch.db-wal"]
    return files | left


def enter_client(session: Session, _actor: Actor) -> None:
    make_client(session, people_of(session).advisor, name="欧阳文静", mobile="13900000458")


def found_on(folder: Path) -> list[str]:
    """Who is found by initials on that disk, by the advisor."""
    database = desk.sign_in(str(folder / "branch.db"), "LSL0042", PASSWORD, now=NOW)
    try:
        assert database.is_read_only
        assert check_database(database) == []
        return [one.name for one in database.read(partial(find_clients, text="oywj")).clients]
    finally:
        database.close()


def test_clients_are_found_on_a_disk_that_takes_nothing(with_client: dict[str, bytes]) -> None:
    with read_only_disk(with_client) as folder:
        assert found_on(folder) == ["欧阳文静"]
        assert {file.name: file.read_bytes() for file in folder.iterdir()} == with_client


@pytest.mark.parametrize("has_index", [True, False])
def test_saves_that_are_only_in_the_log_are_read_too(
    with_log: dict[str, bytes], has_index: bool
) -> None:
    if not has_index:
        del with_log["branch.db-shm"]
    with read_only_disk(with_log) as folder:
        assert found_on(folder) == ["欧阳文静"]
        assert {file.name: file.read_bytes() for file in folder.iterdir()} == with_log
    assert list(paths.temp_dir().glob("run-*/tmp*")) == [], "the private copy has gone"


def test_a_log_that_cannot_be_copied_anywhere_is_no_empty_database(
    with_log: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    del with_log["branch.db-shm"]
    with read_only_disk(with_log) as folder:
        monkeypatch.setenv("ADVISORCRM_HOME", str(folder))
        monkeypatch.setattr("tempfile.tempdir", str(folder))
        with pytest.raises(SystemTroubleError, match="没有可以写入的临时文件夹"):
            found_on(folder)


def test_a_file_alone_that_is_read_only_is_read(with_client: dict[str, bytes]) -> None:
    with read_only_file(with_client) as folder:
        assert found_on(folder) == ["欧阳文静"]
        assert (folder / "branch.db").read_bytes() == with_client["branch.db"]


@pytest.mark.req("R16", "R148")
def test_what_must_be_logged_is_refused_where_nothing_can_be_logged(
    with_client: dict[str, bytes],
) -> None:
    with read_only_disk(with_client) as folder:
        database = desk.sign_in(str(folder / "branch.db"), "LSL0042", PASSWORD, now=NOW)
        reveal = partial(
            reveal_field, client_id=1, field="address", reason=RevealReason.CALL, now=NOW
        )
        export = partial(register_client_list, request=ClientListRequest(), now=NOW)
        for work in (reveal, export):
            with pytest.raises(DatabaseReadOnlyError, match="没有保存：现在是只读模式"):
                database.write(work)
        database.close()


def test_a_copy_can_be_saved_from_a_disk_that_takes_nothing(
    with_log: dict[str, bytes], tmp_path: Path
) -> None:
    with read_only_disk(with_log) as folder:
        database = open_file(folder / "branch.db", KEY)
        copy = make_copy(database, now=NOW, folder=tmp_path)
        database.close()
    saved = open_file(copy, KEY)
    assert rows(saved, "SELECT name FROM client") == [("欧阳文静",)]
    saved.close()


def test_a_database_that_must_be_upgraded_first_is_refused_in_words(
    files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upgrade, "HEAD", "9999")
    with (
        read_only_disk(files) as folder,
        pytest.raises(DatabaseReadOnlyError, match="要先升级才能打开"),
    ):
        desk.sign_in(str(folder / "branch.db"), "LSL0042", PASSWORD, now=NOW)


def test_the_command_line_finds_and_refuses_to_export(
    with_client: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("ADVISORCRM_PASSWORD", PASSWORD)
    with read_only_disk(with_client) as folder:
        who = ["--database", str(folder / "branch.db"), "--user", "LSL0042", "--json"]
        assert run(["find", "oywj", *who]) == 0
        assert json.loads(capsys.readouterr().out)["total"] == 1
        out = tmp_path / "list.xlsx"
        assert run(["export", "client-list", "--out", str(out), *who]) == 1
    assert "只读模式" in json.loads(capsys.readouterr().out)["error"]
    assert not out.exists()
