"""Bell, centre, pop-ups and the locked hours, by clicks and keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database, open_file
from advisorcrm.models import DutyDone, User
from advisorcrm.rules.reminding import DEFAULT_RULES, KindRule, ReminderWay, write_rule
from advisorcrm.services.branch.settings import save_setting
from advisorcrm.services.completeness.completeness_snapshots import list_snapshots
from advisorcrm.services.dues.reminders import PopUp
from advisorcrm.services.tasks.tasks import NewTask, TaskData, add_task
from advisorcrm.terms import DueKind, Sex
from advisorcrm.views.branch_window import BranchWindow
from advisorcrm.views.remembered import remember
from advisorcrm.views.reminding.autostart import start_with_system, starts_with_system
from advisorcrm.views.reminding.notification_centre import snooze_offers
from advisorcrm.views.reminding.pop_ups import pop_up_texts
from advisorcrm.views.reminding.reminding import CLOSE_TO_TRAY
from advisorcrm.views.reminding.tray import Tray
from advisorcrm.views.widgets.toast import Toast
from tests.factories import KEY, People, make_client, make_log
from tests.views.windows import branch_window, nameless, words_of

SATURDAY = datetime(2026, 11, 21, 9, tzinfo=BRANCH_TIME)
POPPING = write_rule(DueKind.NEXT_STEP, KindRule(way=ReminderWay.BOTH))


class Desk:
    """The advisor's window with a clock of its own."""

    def __init__(self, window: BranchWindow) -> None:
        self.window = window
        self.reminding = window.reminding
        self.bell = window.main_window.top.bell
        object.__setattr__(self.window.around, "clock", lambda: SATURDAY)
        self.reminding.attend()

    def at(self, at: datetime) -> None:
        """It is this time, and the heart beats."""
        object.__setattr__(self.window.around, "clock", lambda: at)
        self.reminding.beat()

    def titles(self) -> list[str]:
        return [line.line.title for line in self.reminding.centre().lines]


@pytest.fixture
def desk(file_database: Database, file_people: People, qtbot: QtBot) -> Iterator[Desk]:
    """Two next steps on Saturday: one without a time, one at half past two."""
    advisor = file_people.advisor

    def fill(session: Session, actor: Actor) -> None:
        save_setting(session, actor, "reminder_rules", (POPPING,))
        for name, sex, at in (("陈志强", Sex.MALE, None), ("欧阳文静", Sex.FEMALE, time(14, 30))):
            client = make_client(session, advisor, name=name, sex=sex, mobile="13900000458")
            make_log(session, advisor, client, contacted_at=SATURDAY - timedelta(days=9),
                     next_on=SATURDAY.date(), next_at=at, next_note="发送周报")  # fmt: skip

    file_database.acting_as(advisor).write(fill)
    with branch_window(file_database, advisor) as window:
        window.main_window.activateWindow()
        qtbot.waitUntil(window.main_window.isActiveWindow)
        yield Desk(window)


def press(qtbot: QtBot, key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key)


@pytest.mark.req("R22")
def test_what_is_due_rings_the_bell_pops_up_once_and_opens_by_key(desk: Desk, qtbot: QtBot) -> None:
    assert (desk.bell.count, desk.reminding.tray.shown) == (1, ["今日 下一步 陈先生"])
    desk.at(SATURDAY + timedelta(minutes=1))
    assert desk.reminding.tray.shown == ["今日 下一步 陈先生"]
    desk.at(SATURDAY.replace(hour=14, minute=20))
    assert desk.reminding.tray.shown[1:] == ["今日 14:30 下一步 欧阳女士"]
    assert desk.bell.accessibleName() == "通知中心，2 件需处理"
    qtbot.keyClick(
        desk.window.main_window,
        Qt.Key.Key_N,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert desk.titles() == ["陈志强", "欧阳文静"]
    first, second = desk.reminding.centre().lines
    press(qtbot, Qt.Key.Key_Down)
    assert second.hasFocus()
    press(qtbot, Qt.Key.Key_Up)
    assert first.hasFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert desk.window.main_window.current_key() == "client"
    assert not desk.reminding.centre().isVisible()


def test_a_line_is_put_off_or_known_by_key_and_can_be_taken_back(desk: Desk, qtbot: QtBot) -> None:
    desk.at(SATURDAY.replace(hour=14, minute=20))
    qtbot.mouseClick(desk.bell, Qt.MouseButton.LeftButton)
    later, known = desk.reminding.centre().lines
    later.later.menu().actions()[0].trigger()
    assert (desk.bell.count, desk.titles()) == (1, ["欧阳文静"])
    press(qtbot, Qt.Key.Key_D)
    assert desk.bell.count == 0
    desk.window.main_window.undo()
    assert (desk.bell.count, desk.titles()) == (1, ["欧阳文静"])
    desk.at(SATURDAY.replace(hour=14, minute=50))
    assert desk.titles() == ["陈志强", "欧阳文静"]
    assert desk.reminding.tray.shown[-1] == "今日 下一步 陈先生"
    assert known.line.title == "欧阳文静"


def test_f9_hides_the_names_in_the_centre_the_search_and_what_is_told(
    desk: Desk, qtbot: QtBot
) -> None:
    window = desk.window.main_window
    qtbot.keyClick(window, Qt.Key.Key_F9)
    qtbot.mouseClick(desk.bell, Qt.MouseButton.LeftButton)
    assert desk.titles() == ["陈*"]
    centre = desk.reminding.centre()
    assert "陈志强" not in words_of(centre)
    desk.reminding.close_centre()
    window.omnibox.open_with("ouyang")
    assert window.omnibox.titles()[0] == "欧*"
    window.omnibox.close_sheet()
    told = window.findChild(Toast)
    window.toast("已记沟通：陈志强", desk.window.around.undo.is_empty)
    assert (told.text(), told.offers_undo()) == ("已记沟通：陈*", True)
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert (told.text(), told.offers_undo()) == ("已记沟通：陈*", True)
    assert desk.titles() == ["陈志强"]
    window.toast("已记沟通：陈志强")
    assert told.text() == "已记沟通：陈志强"


@pytest.mark.req("R21")
def test_a_duty_in_the_centre_is_recorded_as_done_and_can_be_taken_back(
    file_database: Database, file_people: People, qtbot: QtBot
) -> None:
    file_database.write(lambda s, _a: s.execute(update(User).values(since_on=date(2026, 11, 16))))
    with branch_window(file_database, file_people.manager) as window:
        window.main_window.activateWindow()
        qtbot.waitUntil(window.main_window.isActiveWindow)
        desk = Desk(window)
        qtbot.mouseClick(desk.bell, Qt.MouseButton.LeftButton)
        audit = next(one for one in desk.reminding.centre().lines
                     if one.line.kind is DueKind.FRIDAY_AUDIT)  # fmt: skip
        assert audit.done.accessibleName().startswith("完成")
        count = desk.bell.count
        audit.setFocus()
        press(qtbot, Qt.Key.Key_D)
        assert desk.bell.count == count - 1
        assert file_database.read(lambda s, _a: s.scalar(select(DutyDone.period_on))) == date(
            2026, 11, 16
        )
        window.main_window.undo()
        assert desk.bell.count == count


def test_every_line_can_be_reached_and_named_and_shows_no_number(desk: Desk, qtbot: QtBot) -> None:
    qtbot.mouseClick(desk.bell, Qt.MouseButton.LeftButton)
    centre = desk.reminding.centre()
    assert nameless(centre) == []
    assert "陈志强，约定的下一步：发送周报，今日" in words_of(centre)
    assert "13900000458" not in words_of(centre)
    press(qtbot, Qt.Key.Key_Escape)
    assert not centre.isVisible()


def test_an_empty_centre_says_so(desk: Desk, qtbot: QtBot) -> None:
    desk.at(SATURDAY - timedelta(days=2))
    desk.reminding.centre().show_lines((), SATURDAY.date(), [])
    assert desk.reminding.centre().empty.title() == "没有要处理的提醒"


@pytest.mark.req("R16")
def test_behind_the_lock_the_clock_goes_on_with_a_surname_and_is_not_repeated(
    desk: Desk, qtbot: QtBot
) -> None:
    qtbot.mouseClick(desk.bell, Qt.MouseButton.LeftButton)
    path = Path(desk.window.workplace.location)
    desk.window.locking.lock()
    assert desk.window.locking.ends == (SATURDAY.replace(hour=14, minute=30),)
    assert not desk.reminding.centre().isVisible()
    desk.at(SATURDAY.replace(hour=14, minute=20))
    assert desk.reminding.tray.shown[1:] == ["今日 14:30 下一步 欧阳女士"]
    assert desk.bell.count == 1
    door = open_file(path, KEY)
    desk.window.workplace._database = door.acting_as(desk.window.around.actor)
    desk.window.jobs.use(desk.window.workplace.database)
    desk.window.main_window.hide_lock()
    desk.at(SATURDAY.replace(hour=14, minute=21))
    assert desk.bell.count == 2
    assert len(desk.reminding.tray.shown) == 2
    desk.window.jobs.use(None)
    door.close()


def test_a_closed_window_goes_to_the_tray_where_that_was_chosen(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = desk.window.main_window
    monkeypatch.setattr(Tray, "exists", staticmethod(lambda: True))
    remember(CLOSE_TO_TRAY, "yes")
    ends: list[bool] = []
    desk.window.ended.connect(lambda: ends.append(True))
    close = QCloseEvent()
    QApplication.sendEvent(window, close)
    assert (close.isAccepted(), window.isVisible(), ends) == (False, False, [])
    desk.reminding.show_window()
    assert window.isVisible()
    remember(CLOSE_TO_TRAY, "no")
    QApplication.sendEvent(window, QCloseEvent())
    assert ends == [True]


def test_a_matter_with_a_page_of_its_own_opens_there(desk: Desk, qtbot: QtBot) -> None:
    task = NewTask(str(uuid4()), TaskData("整理档案", SATURDAY.date()))
    desk.window.jobs.write(partial(add_task, new=task, now=SATURDAY))
    desk.at(SATURDAY)
    qtbot.mouseClick(desk.bell, Qt.MouseButton.LeftButton)
    line = next(one for one in desk.reminding.centre().lines if one.line.kind is DueKind.TASK)
    assert line.line.reason == "任务：整理档案"
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert desk.window.main_window.current_key() == "tasks"


def test_many_at_once_are_one_sentence() -> None:
    one = PopUp(DueKind.APPOINTMENT, "陈先生", date(2026, 11, 21), "14:30")
    assert pop_up_texts([one], date(2026, 11, 20)) == ["11-21 14:30 预约 陈先生"]
    assert pop_up_texts([one] * 4, date(2026, 11, 20)) == ["有 4 条新提醒，请看通知中心"]


def test_it_may_be_put_off_for_half_an_hour_to_the_afternoon_or_the_next_working_day() -> None:
    monday = date(2026, 11, 23)
    offers = snooze_offers(SATURDAY, monday)
    assert [until for _text, until in offers] == [
        SATURDAY.replace(minute=30),
        SATURDAY.replace(hour=15),
        datetime(2026, 11, 23, 9, tzinfo=BRANCH_TIME),
    ]
    assert len(snooze_offers(SATURDAY.replace(hour=15), monday)) == 2


def test_the_program_starts_with_the_system_if_that_is_wanted(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
    assert not starts_with_system()
    start_with_system(is_wanted=True)
    assert starts_with_system()
    start_with_system(is_wanted=False)
    assert not starts_with_system()


def test_rules_are_chosen_in_the_settings_and_hold_at_once(desk: Desk, qtbot: QtBot) -> None:
    window = desk.window.main_window
    window.go("settings")
    page = window.page("settings")
    panels = [area.widget() for area in map(page.panels.widget, range(page.panels.count()))]
    panel = next(one for one in panels if type(one).__name__ == "RemindersPanel")
    assert panel.rows[DueKind.RISK_TEST].days.isReadOnly()
    assert panel.rows[DueKind.RISK_TEST].days.text() == "60, 30, 7"
    row = panel.rows[DueKind.FIRST_CONTACT]
    row.days.setText("45, 7")
    row.days.editingFinished.emit()
    look = desk.reminding._look
    assert look is not None
    assert look.rules[DueKind.FIRST_CONTACT].days == (45, 7)
    assert look.rules[DueKind.NEXT_STEP].way is ReminderWay.BOTH
    row.days.setText("morgen")
    row.days.editingFinished.emit()
    assert "提前天数写作" in words_of(panel)
    panel.defaults.click()
    assert desk.reminding._look is not None
    assert desk.reminding._look.rules == DEFAULT_RULES


@pytest.mark.req("R6")
def test_a_week_seen_by_the_manager_keeps_how_complete_the_files_are(
    file_database: Database, file_people: People
) -> None:
    boss = file_database.acting_as(file_people.manager)
    with branch_window(file_database, file_people.manager) as window:
        desk = Desk(window)
        monday = SATURDAY + timedelta(days=2)
        for at in (SATURDAY + timedelta(hours=3), monday, monday + timedelta(days=1)):
            desk.at(at)
        assert "2026-11-24" in words_of(window.main_window.status)
        rows = boss.read(list_snapshots)
    assert [row.taken_on for row in rows] == [monday.date(), SATURDAY.date()]
