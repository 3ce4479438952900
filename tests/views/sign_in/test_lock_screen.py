"""The lock screen: nothing of the page, a password, and what goes on meanwhile."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.views.sign_in.lock_screen import LockInfo, LockScreen

INFO = LockInfo("林若溪", "客服专员 · 第二客户组", "14:27 锁定，空闲满 5 分钟", drafts=2, due=1)


@pytest.fixture
def lock(qtbot: QtBot) -> LockScreen:
    screen = LockScreen(INFO, clock=lambda: datetime(2026, 11, 20, 14, 35, tzinfo=BRANCH_TIME))
    qtbot.addWidget(screen)
    screen.show()
    qtbot.waitActive(screen)
    screen.setFocus()
    return screen


def texts(screen: LockScreen) -> list[str]:
    return [label.text() for label in screen.findChildren(QLabel)]


def test_the_lock_tells_time_drafts_and_deadlines_but_no_client(lock: LockScreen) -> None:
    shown = texts(lock)
    assert "14:35" in shown
    assert "11 月 20 日 星期五" in shown
    assert "2 份草稿已保存" in shown
    assert "时限继续计时：今日还有 1 项到期" in shown


def test_without_drafts_and_deadlines_both_lines_are_missing(qtbot: QtBot) -> None:
    screen = LockScreen(LockInfo("林若溪", "客服专员"))
    qtbot.addWidget(screen)
    assert not [text for text in texts(screen) if "草稿" in text or "时限" in text]


def test_enter_unlocks_and_escape_does_nothing(lock: LockScreen, qtbot: QtBot) -> None:
    qtbot.keyClick(lock.password, Qt.Key.Key_Escape)
    assert lock.isVisible()
    qtbot.keyClicks(lock.password, "geheim123")
    with qtbot.waitSignal(lock.unlock_wanted) as told:
        qtbot.keyClick(lock.password, Qt.Key.Key_Return)
    assert told.args == ["geheim123"]


def test_a_wrong_password_waits_as_at_sign_in(lock: LockScreen, qtbot: QtBot) -> None:
    lock.show_failure("密码不对。还可试 4 次。", wait_seconds=5)
    with qtbot.assertNotEmitted(lock.unlock_wanted):
        qtbot.keyClicks(lock.password, "x")
        qtbot.keyClick(lock.password, Qt.Key.Key_Return)
