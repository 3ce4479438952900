"""The lock screen: nothing of the page, a password, and what goes on meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.views.sign_in.lock_screen import LockInfo, LockScreen

AT = datetime(2026, 11, 20, 14, 35, tzinfo=BRANCH_TIME)
INFO = LockInfo(
    "林若溪",
    "客服专员 · 第二客户组",
    "14:27 锁定，空闲满 5 分钟",
    drafts=2,
    drafts_at="14:26:58",
    ends=(AT.replace(hour=15, minute=30), AT.replace(hour=16, minute=0)),
)


@pytest.fixture
def lock(qtbot: QtBot) -> LockScreen:
    screen = LockScreen(INFO, clock=lambda: AT)
    qtbot.addWidget(screen)
    screen.show()
    qtbot.waitActive(screen)
    screen.setFocus()
    return screen


def texts(screen: LockScreen) -> list[str]:
    return [one.text() for one in screen.findChildren(QLabel) if one.isVisibleTo(screen)]


def test_the_lock_tells_time_drafts_and_deadlines_but_no_client(lock: LockScreen) -> None:
    shown = texts(lock)
    assert "14:35" in shown
    assert "11 月 20 日 星期五 · 农历十月十二" in shown
    assert {"客服专员 · 第二客户组", "2 份草稿已保存", "14:26:58"} <= set(shown)
    assert {"时限继续计时：今日还有 2 项到期", "最近 15:30"} <= set(shown)


def test_the_clocks_go_on_behind_the_lock(qtbot: QtBot) -> None:
    now = AT
    screen = LockScreen(INFO, clock=lambda: now)
    qtbot.addWidget(screen)
    now = AT.replace(hour=15, minute=40)
    screen.tick()
    assert {"时限继续计时：今日还有 1 项到期", "最近 16:00"} <= set(texts(screen))
    now = AT + timedelta(days=1)
    screen.tick()
    assert "11 月 21 日 星期六 · 农历十月十三" in texts(screen)
    assert not [text for text in texts(screen) if "时限" in text]


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
