"""Faults 5 to 8 and 21 at the window: a place that cannot be opened is said, and not touched."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from advisorcrm.app import Program, location_from
from advisorcrm.db.copies import make_copy
from advisorcrm.db.database import Database, open_file
from advisorcrm.views.discard_dialog import DiscardDialog
from advisorcrm.views.sign_in.login_window import LoginWindow
from tests.e2e.conftest import Start, sign_in, window_of
from tests.e2e.person import Person
from tests.factories import KEY, NOW, PASSWORD
from tests.faults.disks import read_only_disk

Harm = Callable[[Path], object]


def contents(folder: Path) -> dict[str, str]:
    """What lies there; logs that SQLite makes for a look, empty or not, are not counted."""
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.iterdir()
        if file.is_file() and not file.name.endswith(("-wal", "-shm"))
    }


def said(login: LoginWindow) -> str:
    return login._failure.accessibleName() if login._failure.isVisible() else ""


def banner_after_sign_in(program: Program, person: Person) -> str:
    """What stands over the pages of a database that can only be read."""
    sign_in(program, person, "LSL0042")
    bar = window_of(program).read_only
    assert bar.isVisible()
    return bar.text()


def try_to_sign_in(program: Program, person: Person) -> str:
    """Number and password by keys; returns the sentence on the window."""
    login = program.entrance.login
    assert login is not None
    person.waits_for(login.isActiveWindow)
    login.number.setFocus()
    person.type("LSL0042")
    person.press("Return")
    person.type(PASSWORD)
    person.press("Return")
    person.waits_for(lambda: said(login))
    assert program.window is None
    assert login.enter.button.isEnabled()
    return said(login)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def put_another_programs_file(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE strange (word TEXT)")
    connection.executemany("INSERT INTO strange VALUES (?)", [("word" * 500,)] * 20)
    connection.commit()
    connection.close()


def hurt_the_vault(path: Path) -> None:
    vault = path.with_suffix(".vault")
    vault.write_bytes(vault.read_bytes()[:100])


def make_it_newer(path: Path) -> None:
    database = open_file(path, KEY)
    database.write(lambda s, a: s.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    database.close()


HARM: dict[str, tuple[Harm, str]] = {
    "truncated": (cut, "已损坏"),
    "empty": (lambda path: path.write_bytes(b""), "文件是空的"),
    "foreign": (put_another_programs_file, "已损坏或密钥不符"),
    "no database at all": (lambda path: path.write_bytes(b"PK\x03\x04" * 4000), "密钥不符"),
    "damaged vault": (hurt_the_vault, "密钥文件"),
    "no vault": (lambda path: path.with_suffix(".vault").unlink(), "密钥文件"),
    "newer": (make_it_newer, "更新版本的程序"),
}  # fmt: skip


@pytest.mark.parametrize("name", HARM)
def test_a_bad_database_meets_its_sentence_and_keeps_every_byte(
    name: str, place: Path, start: Start, person: Person
) -> None:
    harm, words = HARM[name]
    harm(place)
    before = contents(place.parent)
    sentence = try_to_sign_in(start(place), person)
    assert words in sentence
    assert sentence.endswith("。")
    assert contents(place.parent) == before


@pytest.mark.parametrize("name", ["truncated", "damaged vault", "lost"])
def test_a_damaged_database_gives_way_to_the_newest_sound_copy(
    name: str, place: Path, start: Start, person: Person, behind: Database
) -> None:
    sound = behind_copy(behind, hour=9)
    newest = behind_copy(behind, hour=10)
    newest.write_bytes(newest.read_bytes()[:-4096])
    behind.close()
    (HARM[name][0] if name in HARM else Path.unlink)(place)
    damaged = place.read_bytes() if place.exists() else b""
    program = start(place)
    login = program.entrance.login
    assert login is not None
    if name == "lost":
        login.number.setText("LSL0042")
        login.password.setText(PASSWORD)
    else:
        try_to_sign_in(program, person)
    person.waits_for(lambda: login.restore is not None and login.restore.isVisible())
    assert login.restore is not None
    person.click(login.restore)
    question = person.sees(DiscardDialog)
    person.click(question.discard)
    person.waits_for(lambda: program.entrance.login not in (None, login))
    assert program.entrance.login is not None
    person.waits_for(lambda: "已用备份恢复" in said(program.entrance.login))
    assert program.entrance.login.number.text() == "LSL0042"
    sign_in(program, person, "LSL0042")
    assert sound.exists()
    (aside,) = place.parent.glob("branch-replaced-*")
    assert not damaged or (aside / place.name).read_bytes() == damaged


def behind_copy(database: Database, hour: int) -> Path:
    return make_copy(database, now=NOW.replace(hour=hour))


def test_a_disk_that_cannot_be_written_is_said(place: Path, start: Start, person: Person) -> None:
    files = {name: (place.parent / name).read_bytes() for name in ("branch.db", "branch.vault")}
    with read_only_disk(files) as disk:
        assert "只读" in banner_after_sign_in(start(disk / "branch.db"), person)
        assert contents(disk) == contents(place.parent)


def test_a_home_that_cannot_be_written_is_no_silent_end(
    place: Path, start: Start, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {name: (place.parent / name).read_bytes() for name in ("branch.db", "branch.vault")}
    with read_only_disk(files) as disk:
        monkeypatch.setenv("ADVISORCRM_HOME", str(disk))
        assert "只读" in banner_after_sign_in(start(disk / "branch.db"), person)
        assert contents(disk) == contents(place.parent)
    monkeypatch.setenv("ADVISORCRM_HOME", str(place.parent / "home"))


def test_a_lost_database_is_told_at_once_and_another_can_be_opened(
    place: Path, start: Start, person: Person
) -> None:
    moved = place.rename(place.with_name("elsewhere.db"))
    place.with_suffix(".vault").rename(moved.with_suffix(".vault"))
    place.with_suffix(".vault").write_bytes(moved.with_suffix(".vault").read_bytes())
    before = contents(place.parent)
    program = start(place)
    login = program.entrance.login
    assert login is not None
    person.waits_for(login.isActiveWindow)
    assert "没有找到数据库" in said(login)
    assert not login.enter.button.isEnabled()

    program.entrance.ask_file = lambda: str(moved)
    login.open_wanted.emit()
    person.waits_for(lambda: program.entrance.login is not login)
    sign_in(program, person, "LSL0042")
    assert window_of(program).workplace.label == "elsewhere.db"
    assert {name for name in contents(place.parent) if name.endswith((".db", ".vault"))} == set(
        before
    )


def test_the_next_start_finds_the_file_that_was_chosen(
    place: Path, start: Start, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ADVISORCRM_DATABASE", raising=False)
    program = start(Path(location_from([])))
    assert program.entrance.first_run is not None
    program.entrance.first_run.existing_chosen.emit(str(place))
    person.waits_for(lambda: program.entrance.login is not None)
    program.stop()
    assert location_from([]) == str(place)
