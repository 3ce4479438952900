"""The login window: by keys alone, waiting after a failure, light enough to be first."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from advisorcrm.columns import show_instant
from advisorcrm.db.copy_places import copies_dir
from advisorcrm.terms import Role
from advisorcrm.views.sign_in.login_info import login_info
from advisorcrm.views.sign_in.login_window import LoginInfo, LoginWindow, split_remedy
from advisorcrm.views.widgets.buttons import Button
from advisorcrm.views.widgets.label import Label

FAILURE = "工号或密码不对。还可试 4 次。忘记密码请找系统管理员 秦越。"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ADVISORCRM_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def login(home: Path, qtbot: QtBot) -> LoginWindow:
    window = LoginWindow(LoginInfo(branch="历山路证券营业部", place="branch.db"))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitActive(window)
    return window


def test_a_person_signs_in_by_keys_alone(login: LoginWindow, qtbot: QtBot) -> None:
    assert login.number.hasFocus()
    qtbot.keyClicks(login.number, "LSL0042")
    qtbot.keyClick(login.number, Qt.Key.Key_Return)
    assert login.password.hasFocus()
    qtbot.keyClicks(login.password, "geheim123")
    with qtbot.waitSignal(login.submitted) as told:
        qtbot.keyClick(login.password, Qt.Key.Key_Return)
    assert told.args == ["LSL0042", "geheim123"]


def test_the_number_is_remembered_and_the_cursor_waits_in_the_password(
    login: LoginWindow, qtbot: QtBot
) -> None:
    login.show_signed_in("LSL0042", "林若溪", Role.ADVISOR)
    login.close()
    again = LoginWindow()
    qtbot.addWidget(again)
    again.show()
    qtbot.waitActive(again)
    assert again.number.text() == "LSL0042"
    qtbot.waitUntil(again.password.hasFocus)


def test_after_a_failure_enter_is_kept_until_the_time_is_over(
    login: LoginWindow, qtbot: QtBot
) -> None:
    login.number.setText("LSL0042")
    login.password.setText("falsch123")
    login.enter.press()
    login.show_failure(FAILURE, wait_seconds=0.3)
    assert login.enter.is_waiting()
    assert not login.enter.button.isEnabled()
    with qtbot.waitSignal(login.submitted) as told:
        qtbot.keyClicks(login.password, "richtig12")
        qtbot.keyClick(login.password, Qt.Key.Key_Return)
    assert told.args == ["LSL0042", "richtig12"]


def test_a_failure_names_the_tries_left_and_the_remedy_apart() -> None:
    assert split_remedy(FAILURE) == (
        "工号或密码不对。还可试 4 次。",
        "忘记密码请找系统管理员 秦越。",
    )
    assert split_remedy("请填写工号。") == ("请填写工号。", "")


def test_the_password_shows_only_while_the_eye_is_held(login: LoginWindow, qtbot: QtBot) -> None:
    eye = next(b for b in login.findChildren(Button) if b.accessibleName() == "按住显示密码")
    qtbot.mousePress(eye, Qt.MouseButton.LeftButton)
    assert login.password.echoMode() == QLineEdit.EchoMode.Normal
    qtbot.mouseRelease(eye, Qt.MouseButton.LeftButton)
    assert login.password.echoMode() == QLineEdit.EchoMode.Password


def test_locked_capitals_are_told(login: LoginWindow, qtbot: QtBot) -> None:
    login.password.setFocus()
    with qtbot.waitSignal(login.password.capitals_locked) as told:
        qtbot.keyClick(login.password, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    assert told.args == [False]
    with qtbot.waitSignal(login.password.capitals_locked) as told:
        qtbot.keyClicks(login.password, "A", Qt.KeyboardModifier.NoModifier)
    assert told.args == [True]


def test_nothing_is_submitted_without_number_and_password(login: LoginWindow, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(login.submitted):
        login.enter.press()
    assert login.number.hasFocus()


def test_every_control_of_the_login_has_a_name(login: LoginWindow) -> None:
    controls = [*login.findChildren(Button), login.number, login.password]
    assert [control for control in controls if not control.accessibleName()] == []


def test_the_way_to_the_login_window_imports_nothing_heavy(home: Path) -> None:
    code = (
        "import sys; from PySide6.QtWidgets import QApplication; "
        "from advisorcrm.views import theme; theme.prepare(); app = QApplication([]); "
        "theme.start(app); from advisorcrm.views.sign_in.login_window import LoginWindow; "
        "w = LoginWindow(); w.show(); w.grab(); "
        "heavy = {'sqlalchemy', 'openpyxl', 'pypinyin', 'argon2', 'alembic', 'apscheduler', "
        "'PySide6.QtPrintSupport', 'json', 'concurrent.futures'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_foot_tells_when_the_last_copy_was_made(home: Path, qtbot: QtBot) -> None:
    database = home / "branch.db"
    now = datetime(2026, 11, 20, 6, tzinfo=UTC)
    told = login_info(str(database), now.date(), now=now)
    assert (told.backup, told.backup_tone) == ("还没有备份", "warn")
    copy = copies_dir(database) / "backup-20261119-000000.db"
    copy.parent.mkdir()
    copy.touch()
    for hours, tone in ((2, "text2"), (30, "warn"), (80, "crit")):
        made = now - timedelta(hours=hours)
        os.utime(copy, (made.timestamp(), made.timestamp()))
        told = login_info(str(database), now.date(), now=now)
        assert (told.backup, told.backup_tone) == (f"备份 {show_instant(made)}", tone)
    window = LoginWindow(told)
    qtbot.addWidget(window)
    assert told.backup in [label.text() for label in window.findChildren(Label)]


def test_what_went_well_is_told_in_another_colour_than_what_failed(login: LoginWindow) -> None:
    login.show_done("已用备份恢复，原来的文件在 x。请重新登录。")
    assert login._failure.property("level") == "ok"
    login.show_failure(FAILURE)
    assert login._failure.property("level") == "error"
