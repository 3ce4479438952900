"""The rehearsal while the password is typed: everything is made, nothing is seen, nothing stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from advisorcrm.terms import Role
from advisorcrm.views.clients.clients_page import ClientsPage
from advisorcrm.views.main_window import MainWindow
from advisorcrm.views.rehearsal import Rehearsal
from advisorcrm.views.today.branch_today_page import BranchTodayPage
from advisorcrm.views.today.today_page import TodayPage


@pytest.fixture
def rehearsal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[Rehearsal]:
    monkeypatch.setenv("ADVISORCRM_HOME", str(tmp_path))
    made = Rehearsal()
    yield made
    made.stop()


def test_the_window_is_played_through_hidden_and_cleared_away(
    rehearsal: Rehearsal, qtbot: QtBot, tmp_path: Path
) -> None:
    shown, made = [], set()
    go_on = rehearsal._go_on

    def look() -> None:
        go_on()
        made.update(rehearsal._made)
        shown.extend(widget for widget in QApplication.topLevelWidgets() if widget.isVisible())

    rehearsal._timer.timeout.disconnect()
    rehearsal._timer.timeout.connect(look)
    rehearsal.start()
    qtbot.waitUntil(lambda: rehearsal.is_over)
    assert {MainWindow, TodayPage, BranchTodayPage, ClientsPage} <= {
        type(widget) for widget in made
    }
    assert shown == []
    qtbot.waitUntil(lambda: not any(map(shiboken6.isValid, made)))
    assert list(tmp_path.iterdir()) == [], "nothing is remembered of it"


def test_a_person_who_is_quicker_ends_it(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    rehearsal.start()
    qtbot.waitUntil(lambda: bool(rehearsal._made))
    made = list(rehearsal._made)
    rehearsal.stop()
    qtbot.waitUntil(lambda: not any(map(shiboken6.isValid, made)))
    assert rehearsal.is_over
    assert not rehearsal._timer.isActive()


@pytest.mark.parametrize(
    ("role", "page"), [(Role.LEADER, BranchTodayPage), (Role.ADVISOR, TodayPage)]
)
def test_who_signed_in_last_has_only_the_own_day_played(
    role: Role, page: type[QWidget], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setenv("ADVISORCRM_HOME", str(tmp_path))
    rehearsal = Rehearsal(role)
    days: set[type[QWidget]] = set()
    go_on = rehearsal._go_on

    def look() -> None:
        go_on()
        days.update(type(widget) for widget in rehearsal._made)

    rehearsal._timer.timeout.disconnect()
    rehearsal._timer.timeout.connect(look)
    rehearsal.start()
    qtbot.waitUntil(lambda: rehearsal.is_over)
    assert days & {TodayPage, BranchTodayPage} == {page}
