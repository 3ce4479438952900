"""Locking while work is under way: what is saved is saved, what is answered is not shown."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from advisorcrm import private_files
from advisorcrm.db.database import Database
from advisorcrm.db.keys import Vault, vault_path
from advisorcrm.errors import DatabaseReadOnlyError
from advisorcrm.services.branch.settings import load_settings, save_setting
from advisorcrm.services.workplace import desk
from advisorcrm.services.workplace.workplace import Workplace
from advisorcrm.views.jobs import Jobs
from advisorcrm.views.locking import Locking
from advisorcrm.views.main_window import MainWindow
from advisorcrm.views.shell.parts import ShellInfo
from advisorcrm.views.sign_in.lock_screen import LockScreen
from tests.conftest import CHEAP
from tests.factories import KEY, PASSWORD, People

INFO = ShellInfo("LSL0042", "林若溪", "客服专员", "历山路证券营业部", "branch.db")


class Room:
    """A window with its lock, real threads and a real door."""

    def __init__(self, workplace: Workplace) -> None:
        self.workplace = workplace
        self.jobs = Jobs(workplace.database)
        self.window = MainWindow(INFO, [])
        self.locking = Locking(self.window, self.jobs, workplace, minutes=5, has_form=lambda: False)

    @property
    def screen(self) -> LockScreen:
        screen = self.locking._screen
        assert screen is not None
        return screen


@pytest.fixture
def room(file_database: Database, file_people: People, qtbot: QtBot) -> Iterator[Room]:
    assert file_database.path is not None
    vault, _key = Vault.create(vault_path(file_database.path), secret=KEY, cost=CHEAP)
    vault.set_password("LSL0042", PASSWORD, KEY)
    door = file_database.acting_as(file_people.advisor)
    room = Room(Workplace(str(file_database.path), door))
    qtbot.addWidget(room.window)
    room.window.show()
    room.locking.begin()
    yield room
    room.locking.stop()
    room.jobs.close()
    room.workplace.lock()


def test_what_is_being_saved_is_saved_before_the_key_goes(room: Room, qtbot: QtBot) -> None:
    began, go_on = threading.Event(), threading.Event()

    def save(session: Any, actor: Any) -> None:
        began.set()
        go_on.wait(10)
        save_setting(session, actor, "font_percent", 125)

    room.jobs.write(save)
    qtbot.waitUntil(began.is_set)
    QTimer.singleShot(20, go_on.set)
    room.locking.lock()
    assert go_on.is_set()
    assert room.jobs.is_idle()
    room.screen.unlock_wanted.emit(PASSWORD)
    qtbot.waitUntil(lambda: not room.locking.is_locked())
    assert room.workplace.database.read(load_settings).font_percent == 125


def test_a_password_given_while_it_still_saves_opens_afterwards(room: Room, qtbot: QtBot) -> None:
    began, go_on = threading.Event(), threading.Event()

    def save(_session: Any, _actor: Any) -> None:
        began.set()
        go_on.wait(10)

    room.jobs.write(save)
    qtbot.waitUntil(began.is_set)
    before = room.workplace.database
    unlock_as_soon_as_locked(room, go_on)
    room.locking.lock()
    qtbot.waitUntil(lambda: not room.locking.is_locked())
    assert room.workplace.database is not before
    assert room.workplace.database.read(lambda _session, actor: actor.name) == "林若溪"


def unlock_as_soon_as_locked(room: Room, go_on: threading.Event) -> None:
    def unlock() -> None:
        assert room.locking.is_locked()
        room.screen.unlock_wanted.emit(PASSWORD)
        go_on.set()

    QTimer.singleShot(20, unlock)


def test_an_answer_that_comes_while_locked_is_shown_only_afterwards(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("advisorcrm.views.locking._SETTLE_SECONDS", 0)
    began, go_on, told = threading.Event(), threading.Event(), []

    def report(_session: Any, _actor: Any) -> str:
        began.set()
        go_on.wait(10)
        return "done"

    room.jobs.long(report, then=told.append)
    qtbot.waitUntil(began.is_set)
    room.locking.lock()
    go_on.set()
    qtbot.waitUntil(room.jobs.is_idle)
    assert told == []
    room.screen.unlock_wanted.emit(PASSWORD)
    qtbot.waitUntil(lambda: not room.locking.is_locked())
    assert told == ["done"]


def test_a_failure_that_comes_while_locked_opens_no_dialog_over_the_lock(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("advisorcrm.views.locking._SETTLE_SECONDS", 0)
    go_on = threading.Event()

    def fail(_session: Any, _actor: Any) -> None:
        go_on.wait(10)
        raise DatabaseReadOnlyError("欧阳文静 的档案没有存下。")

    room.jobs.write(fail)
    room.locking.lock()
    go_on.set()
    qtbot.waitUntil(room.jobs.is_idle)
    assert [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog)] == []
    room.screen.unlock_wanted.emit(PASSWORD)
    qtbot.waitUntil(lambda: not room.locking.is_locked())
    (dialog,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog)]
    dialog.close()


def test_a_damaged_vault_is_said_and_the_lock_stays(room: Room, qtbot: QtBot) -> None:
    room.locking.lock()
    vault = desk.vault_of(room.workplace.location)
    whole = vault.read_bytes()
    vault.write_bytes(whole[:50])
    room.screen.unlock_wanted.emit(PASSWORD)
    qtbot.waitUntil(room.screen._said.isVisible)
    assert "密钥文件" in room.screen._said.text()
    assert room.locking.is_locked()
    vault.write_bytes(whole)
    room.screen.unlock_wanted.emit(PASSWORD)
    qtbot.waitUntil(lambda: not room.locking.is_locked())


def test_locking_twice_is_locking_once(room: Room) -> None:
    room.locking.lock()
    screen = room.screen
    room.locking.lock("idle")
    assert room.screen is screen


def test_what_was_handed_to_other_programs_does_not_lie_there_behind_the_lock(room: Room) -> None:
    shown, kept = private_files.hand_out("合同.pdf", b"%PDF-"), private_files.place_for("copy.db")
    kept.write_bytes(b"a copy that is read from")
    with shown.open("rb") as viewer:
        room.locking.lock()
        assert viewer.read() == b"%PDF-"
    assert not shown.parent.exists()
    assert kept.exists()
