"""The first page of the day, by clicks and keys; the clock stands at Friday 2026-11-20, 14:20."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from advisorcrm.db.database import Database
from advisorcrm.models import User
from advisorcrm.services.allocations.handovers import NewHandover, hand_over
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.branch.settings import Settings
from advisorcrm.services.completeness.completeness_snapshots import take_snapshot
from advisorcrm.services.days.absences import AwayAppointments
from advisorcrm.services.days.checklists import list_day_parts
from advisorcrm.services.days.day_closings import add_plan, close_day, write_day
from advisorcrm.services.days.day_matters import add_matter
from advisorcrm.services.days.room_rounds import list_rounds
from advisorcrm.services.files.client_files import update_client
from advisorcrm.services.files.conflicts import Change
from advisorcrm.services.meetings.meetings import begin_minutes
from advisorcrm.services.seats.client_rooms import NewRoom, add_room
from advisorcrm.services.tasks.task_lists import TaskFilter, list_tasks
from advisorcrm.services.tasks.tasks import NewTask, TaskData, add_task, cancel_task
from advisorcrm.services.visits.visit_suggestions import open_visit_board
from advisorcrm.services.workplace.start import load_start
from advisorcrm.terms import DueKind, MeetingKind, TaskSource
from advisorcrm.views.jobs import AtOnce, Jobs
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.today.branch_today_page import BranchTodayPage
from advisorcrm.views.today.day_dialogs import DuesDialog
from advisorcrm.views.today.day_page import DayPage
from advisorcrm.views.today.duties_dialog import DutiesDialog
from advisorcrm.views.today.round_dialog import RoundDialog
from advisorcrm.views.today.time_bar import _fitting
from advisorcrm.views.today.today_page import TodayPage
from advisorcrm.views.widgets.buttons import Button
from tests.conftest import NOW, TODAY
from tests.factories import People, make_client, make_log
from tests.views.windows import nameless, words_of


def desk_of(database: Database) -> Surroundings:
    book = database.read(load_code_book)
    jobs = Jobs(database, worker=AtOnce())
    return Surroundings(jobs, book, Settings(), database.actor, lambda: NOW)


@pytest.fixture
def mine(file_database: Database, file_people: People) -> Database:
    return file_database.acting_as(file_people.advisor)


@pytest.fixture
def desk(mine: Database) -> Iterator[Surroundings]:
    found = desk_of(mine)
    yield found
    found.jobs.close()


@pytest.fixture
def clients(mine: Database) -> dict[str, int]:
    """Three who are overdue, one visited today; one of them has a birthday on Sunday."""

    def fill(session: Any, actor: Any) -> dict[str, int]:
        ids = {}
        for name, days, fields in (
            ("陈国梁", 0, {"assets_fen": 600_000_000, "tier": "platinum"}),
            ("欧阳文静", 23, {"assets_fen": 450_000_000, "risk_expires_on": date(2026, 12, 2)}),
            ("王秀兰", 16, {"assets_fen": 210_000_000, "birthday": date(1960, 11, 22)}),
            ("单玉梅", 12, {"assets_fen": 120_000_000, "trading_way": ("on_site",)}),
        ):
            ids[name] = make_client(session, actor, name=name, contact_every_days=14, **fields)
            make_log(session, actor, ids[name], minutes=4,
                     contacted_at=NOW - timedelta(days=days, hours=4))  # fmt: skip
        make_log(session, actor, ids["陈国梁"], contacted_at=NOW - timedelta(hours=4),
                 content="谈持仓", next_on=TODAY, next_at=time(16), next_note="送材料")  # fmt: skip
        return ids

    return mine.write(fill)


def opened(qtbot: QtBot, page: DayPage) -> Any:
    qtbot.addWidget(page)
    page.resize(1240, 760)
    page.show()
    page.activateWindow()
    page.primary_focus().setFocus()
    qtbot.waitUntil(page.around.jobs.is_idle)
    QApplication.processEvents()  # the branch's page asks for the rest after its first lines
    return page


def texts(page: Any, name: str) -> list[str]:
    """One column of a card's table, when what is asked after the first lines is there."""
    QApplication.processEvents()
    model = getattr(page, name).model
    return [
        " | ".join(str(model.index(row, column).data()) for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


@pytest.mark.req("R33")
def test_who_was_visited_and_handed_over_since_counts_and_stands_there_by_surname(
    qtbot: QtBot, mine: Database, desk: Surroundings, clients: dict[str, int], file_people: People
) -> None:
    moves = ((clients["陈国梁"], file_people.colleague.user_id),)
    new = NewHandover(str(uuid.uuid4()), moves, "均衡")
    mine.acting_as(file_people.manager).write(partial(hand_over, new=new, now=NOW))
    page = opened(qtbot, TodayPage(desk))
    [gone, *open_lines] = texts(page, "visits")
    assert gone.startswith(" | 陈* |  |  |  | 已访 10:20 ")
    assert len(open_lines) == 3
    assert page.visits.count.text() == "1 / 3 位不同客户"
    wanted: list[int] = []
    page.client_wanted.connect(wanted.append)
    page.visits.table.go_to(0)
    page.visits.table.setFocus()
    QTest.keyClick(page.visits.table, Qt.Key.Key_Return)
    assert (wanted, page.current_client_id()) == ([], None)
    page.visits.table.go_to(1)
    assert page.current_client_id() in clients.values()


def test_the_day_read_at_the_sign_in_stands_there_before_anything_is_asked(
    qtbot: QtBot, mine: Database, desk: Surroundings, clients: dict[str, int]
) -> None:
    first = mine.read(partial(load_start, now=NOW)).day
    assert first is not None
    page = TodayPage(desk)
    page.begin(first)
    assert page.visits.count.text() == "1 / 3 位不同客户"
    assert len(page.bar.parts) == len(first.parts) > 0
    assert page.dues.model.rowCount() == 0
    opened(qtbot, page)
    qtbot.waitUntil(lambda: page.dues.model.rowCount() > 0)
    assert texts(page, "visits")[1].startswith(" | 欧阳文静")
    assert [row.split(" | ")[0] for row in texts(page, "birthdays")] == ["王秀兰"]
    mine.write(lambda s, a: make_log(s, a, clients["王秀兰"], contacted_at=NOW))
    page.reload()
    assert page.visits.count.text() == "2 / 3 位不同客户"


def test_a_day_read_at_the_sign_in_and_shown_after_midnight_is_read_anew(
    qtbot: QtBot, file_database: Database, file_people: People
) -> None:
    leader = file_database.acting_as(file_people.leader)
    yesterday = leader.read(partial(load_start, now=NOW - timedelta(days=1))).day
    assert yesterday is not None
    assert yesterday.branch is not None
    late = desk_of(leader)
    early = replace(late, clock=lambda: NOW - timedelta(days=1))
    page = BranchTodayPage(early)
    page.begin(yesterday)
    page.around = late
    opened(qtbot, page)
    assert page.day is not None
    assert page.day.advisors[0].days != yesterday.branch.advisors[0].days
    late.jobs.close()


@pytest.mark.req("R33", "R34", "R22")
def test_the_day_says_whom_to_visit_why_and_what_is_due(
    qtbot: QtBot, desk: Surroundings, clients: dict[str, int]
) -> None:
    page = opened(qtbot, TodayPage(desk))
    assert page.head.sub.text() == "11月20日 周五 · 农历十月十二"
    assert page.audit.isVisible()
    assert (page.visits.pips.done, page.visits.pips.wanted) == (1, 3)
    assert page.visits.count.text() == "1 / 3 位不同客户"
    assert texts(page, "visits") == [
        " | 陈国梁 | 第 1 | 600.0 万 | 今日 | 已访 10:20 电话 4 分钟 | 查看",
        " | 欧阳文静 | 第 2 | 450.0 万 | 23 天 | 超约定频率 14 天 × 1.6 | 记录 ⏎",
        " | 王秀兰 | 第 3 | 210.0 万 | 16 天 | 超约定频率 14 天 × 1.1 | 记录 ⏎",
        " | 单玉梅 | 第 4 | 120.0 万 | 12 天 | 约定频率 14 天，即将到期 | 记录 ⏎",
    ]  # fmt: skip
    second = page.visits.model.row_at(1).second_why
    assert second == "风险测评 12-02 到期"
    assert page.visits.table.current_id() == clients["欧阳文静"]
    assert "佣金 50%、资产 50%" in page.visits.order.toolTip()
    assert texts(page, "dues")[0].startswith("今日 16:00 | 下一步 | 陈国梁 | 约定的下一步：送材料")
    assert page.dues.of_today.text() == "2 今日"
    ends = "今日 17:00 | 今日收尾 | — | 写当天总结、次日计划和上报事项 | 林若溪 | 填写"
    assert texts(page, "dues")[1] == ends
    page.dues.table.go_to(1)
    with qtbot.waitSignal(page.dues.day_end_wanted) as led:
        QTest.keyClick(page.dues.table, Qt.Key.Key_Return)
    assert led.args == [TODAY]
    assert [row.split(" | ")[0] for row in texts(page, "birthdays")] == ["王秀兰"]
    assert [badge.text() for badge in page.week.badges] == ["一 0", "二 0", "三 0", "四 0", "五 1"]
    assert page.status_text() == "今日三访 1 / 3"
    ModelTester(None).check(page.visits.model)
    assert nameless(page) == []


@pytest.mark.req("R113", "R244")
def test_a_birthday_leads_to_its_greeting_by_key(
    qtbot: QtBot, desk: Surroundings, clients: dict[str, int]
) -> None:
    page = opened(qtbot, TodayPage(desk))
    wanted: list[Any] = []
    page.greet_wanted.connect(wanted.append)
    assert texts(page, "birthdays")[0].endswith(" | 祝贺")
    page.birthdays.table.setFocus()
    page.birthdays.table.selectRow(0)
    QTest.keyClick(page.birthdays.table, Qt.Key.Key_Return)
    assert [(row.client_id, row.on) for row in wanted] == [(clients["王秀兰"], date(2026, 11, 22))]


@pytest.mark.req("R33")
def test_enter_logs_with_the_next_and_the_visit_is_ticked_at_once(
    qtbot: QtBot, desk: Surroundings, clients: dict[str, int], mine: Database
) -> None:
    page = opened(qtbot, TodayPage(desk))
    wanted: list[int] = []
    page.log_wanted.connect(wanted.append)
    QTest.keyClick(page.visits.table, Qt.Key.Key_Return)
    assert wanted == [clients["欧阳文静"]] == [page.current_client_id()]
    desk.jobs.write(lambda s, a: make_log(s, a, clients["欧阳文静"], way="meeting"))
    qtbot.waitUntil(desk.jobs.is_idle)
    assert page.visits.pips.done == 2
    lines = texts(page, "visits")
    assert lines[1].startswith(" | 欧阳文静")
    assert lines[1].endswith("查看")
    looked: list[int] = []
    page.client_wanted.connect(looked.append)
    page.visits.table.go_to(0)
    QTest.keyClick(page.visits.table, Qt.Key.Key_Return)
    assert looked == [clients["陈国梁"]]


@pytest.mark.req("R34")
def test_s_puts_suggestions_aside_with_a_reason(
    qtbot: QtBot, desk: Surroundings, clients: dict[str, int], mine: Database
) -> None:
    page = opened(qtbot, TodayPage(desk))
    QTest.keyClick(page.visits.table, Qt.Key.Key_S)
    dialog = page.skip_dialog
    assert set(dialog.boxes) == set(clients.values()) - {clients["陈国梁"]}
    dialog.boxes[clients["单玉梅"]].setChecked(False)
    dialog.reason.set_value("other")
    dialog.submit()
    assert dialog.isVisible()
    dialog.note.set_value("都在外地")
    dialog.submit()
    qtbot.waitUntil(desk.jobs.is_idle)
    assert not dialog.isVisible()
    assert [line.split(" | ")[1] for line in texts(page, "visits")] == ["陈国梁", "单玉梅"]
    assert mine.read(partial(open_visit_board, today=TODAY)).skipped == 2


@pytest.mark.req("R53")
def test_the_time_bar_shows_where_the_day_stands_and_opens_by_key(
    qtbot: QtBot, desk: Surroundings, mine: Database
) -> None:
    page = opened(qtbot, TodayPage(desk))
    states = [page.bar.state_of(part) for part in page.bar.parts if not part.slot.is_deadline]
    assert states == ["left", "left", "left", "done", "current", "ahead", "ahead", "ahead"]
    assert page.bar.accessibleDescription().startswith("13:00–15:00 盘中服务")
    page.bar.setFocus()
    QTest.keyClick(page.bar, Qt.Key.Key_Home)
    QTest.keyClick(page.bar, Qt.Key.Key_Return)
    dialog = page.dialog
    assert dialog.windowTitle() == "晨会"
    for box in list(dialog.boxes.values()):
        dialog.boxes[next(k for k, b in dialog.boxes.items() if not b.isChecked())].click()
        qtbot.waitUntil(desk.jobs.is_idle)
        del box
    assert dialog.told_done.text() == "已完成 2 / 2 项"
    assert page.bar.state_of(page.bar.parts[0]) == "done"
    [meeting, *_rest] = mine.read(partial(list_day_parts, today=TODAY))
    assert meeting.is_complete
    dialog.accept()


@pytest.mark.req("R36", "R40", "R50")
def test_a_click_on_the_service_records_a_round_room_by_room(
    qtbot: QtBot, desk: Surroundings, mine: Database, file_people: People
) -> None:
    lead = mine.acting_as(file_people.manager)
    room = lead.write(partial(add_room, new=NewRoom("大户室", 1, 2)))
    page = opened(qtbot, TodayPage(desk))
    part = page.bar.current()
    ground = page.bar._ground(part)
    qtbot.mouseClick(page.bar, Qt.MouseButton.LeftButton, pos=QPoint(*ground.center().toTuple()))
    dialog = page.dialog
    assert dialog.windowTitle() == part.slot.label
    dialog.round_buttons[room].click()
    [form] = dialog.findChildren(RoundDialog)
    form.network.setChecked(False)
    form.submit()
    assert form.isVisible()  # what was wrong must be said
    form.finding.set_value("2 号机断网，已报修")
    form.submit()
    qtbot.waitUntil(desk.jobs.is_idle)
    [made] = mine.read(partial(list_rounds, from_on=TODAY, to_on=TODAY))
    assert (made.room, made.network, made.equipment, made.finding) == (
        "大户室", False, True, "2 号机断网，已报修",
    )  # fmt: skip
    assert page.bar.current().done == 1
    dialog.accept()


@pytest.mark.req("R47", "R48", "R53")
def test_a_part_of_the_day_leads_to_its_minutes_and_to_the_days_end(
    qtbot: QtBot, desk: Surroundings
) -> None:
    page = opened(qtbot, TodayPage(desk))
    ways: list[Any] = []
    page.way_wanted.connect(ways.append)
    told = []
    for label in ("晨会", "午休", "夕会", "整理档案"):
        part = next(part for part in page.bar.parts if part.slot.label == label)
        page.open_part(part.slot.id)
        told.append(page.dialog.way_button.text().strip())
        if page.dialog.way_button.isVisible():
            page.dialog.way_button.click()
            assert not page.dialog.isVisible()
        page.dialog.accept()
    assert told == ["写晨会纪要", "", "写夕会纪要", "今日收尾与次日计划"]
    assert [way.meeting for way in ways] == [MeetingKind.MORNING, MeetingKind.EVENING, None]
    with qtbot.waitSignal(page.calendar_wanted):
        page.calendar.click()


def visit_three(session: Any, actor: Any) -> None:
    """Three visits of today, with nothing else to do until Tuesday."""
    for name in ("贺敏", "邵立平", "段明霞"):
        key = make_client(session, actor, name=name)
        make_log(session, actor, key, contacted_at=NOW - timedelta(hours=1),
                 next_on=date(2026, 11, 24))  # fmt: skip


@pytest.mark.req("R22")
def test_a_day_without_anything_says_so_and_names_what_comes_next(
    qtbot: QtBot, desk: Surroundings
) -> None:
    page = opened(qtbot, TodayPage(desk))
    assert [row.split(" | ")[1] for row in texts(page, "dues")] == ["今日收尾"]
    for work in (partial(write_day, on=TODAY, summary="培训", acceptance="", today=TODAY),
                 partial(add_plan, text="回访贺敏", on=TODAY, today=TODAY),
                 partial(close_day, on=TODAY, now=NOW)):  # fmt: skip
        desk.jobs.write(work)
    plan = partial(list_tasks, query=TaskFilter(), today=TODAY)
    desk.jobs.read(plan, then=lambda rows: desk.jobs.write(
        partial(cancel_task, task_id=rows[0].id, now=NOW)))  # fmt: skip
    qtbot.waitUntil(desk.jobs.is_idle)
    assert page.dues.empty.title() == "没有到期或逾期的事项。"
    assert "下一项：12-01 周二 月度分析" in words_of(page.dues.empty)
    assert "还没有可建议的客户" in page.visits.nothing.text()
    assert not page.visits.skip.isVisible()
    for signal, button in ((page.dues.all_wanted, page.dues.weeks),
                           (page.dues.task_wanted, page.dues.task)):  # fmt: skip
        with qtbot.waitSignal(signal):
            button.click()
    task = TaskData("整理机位", date(2026, 11, 30))
    desk.jobs.write(partial(add_task, new=NewTask(str(uuid.uuid4()), task), now=NOW))
    qtbot.waitUntil(desk.jobs.is_idle)
    assert "下一项：11-30 周一 任务" in words_of(page.dues.empty)

    desk.jobs.write(visit_three)
    qtbot.waitUntil(desk.jobs.is_idle)
    assert page.dues.table.isVisible()
    assert page.dues.done.label.text() == "今天的事都办完了。下一项：11-24 周二 下一步（贺敏）"


@pytest.mark.req("R22", "R49")
def test_when_all_is_done_the_days_end_is_what_comes_next(
    qtbot: QtBot, mine: Database, desk: Surroundings
) -> None:
    mine.write(visit_three)
    page = opened(qtbot, TodayPage(desk))
    assert page.dues.done.label.text() == "今天的事都办完了。下一项：今日 17:00 今日收尾"


@pytest.mark.req("R33")
def test_who_leads_sees_the_branch_and_comes_to_the_list_behind_a_number(
    qtbot: QtBot, clients: dict[str, int], mine: Database, file_people: People
) -> None:
    lead = mine.acting_as(file_people.manager)
    lead.write(lambda s, a: make_client(s, None, name="无主"))
    desk = desk_of(lead)
    monday = TODAY - timedelta(days=TODAY.weekday())
    before = monday - timedelta(days=3)
    lead.write(partial(take_snapshot, now=NOW, today=before))
    lead.write(partial(write_day, on=before, summary="查岗", acceptance="", today=before))
    page = opened(qtbot, BranchTodayPage(desk))
    first, second = texts(page, "advisors")
    assert first == "林若溪 | 1 / 3 | 0、0、0、0、1 | 0 | 7.0%，持平 | 今日 10:20"
    assert second.startswith("周岚 | 0 / 3")
    assert page.waiting.unassigned.text() == "1 户没有客服专员"
    assert page.status_text() == "三访达标 0 / 2 人"
    assert {line.split(" | ")[4] for line in texts(page, "dues")} == {"林若溪", "方静"}
    assert page.day_end.text() == "11-13 周五 没有收尾"
    with qtbot.waitSignal(page.day_end.wanted):
        page.day_end.button.click()
    told: list[Any] = []
    page.logs_wanted.connect(told.append)
    page.unassigned_wanted.connect(lambda: told.append("unassigned"))
    QTest.keyClick(page.advisors.table, Qt.Key.Key_2)
    QTest.keyClick(page.advisors.table, Qt.Key.Key_Return)
    page.waiting.assign.click()
    assert told == [file_people.colleague.user_id, "unassigned"]
    assert nameless(page) == []
    desk.jobs.close()


@pytest.mark.req("R33", "R47", "R48")
def test_who_leads_sees_matters_and_open_points_and_reminds_by_g(
    qtbot: QtBot, clients: dict[str, int], mine: Database, file_people: People
) -> None:
    lead = mine.acting_as(file_people.manager)
    thursday = TODAY - timedelta(days=1)
    evening = lead.write(
        partial(begin_minutes, kind=MeetingKind.EVENING, held_on=thursday, now=NOW)
    )
    left = NewTask(str(uuid.uuid4()), TaskData("核对回访话术", TODAY),
                   source=TaskSource.MINUTES, source_id=evening)  # fmt: skip
    lead.write(partial(add_task, new=left, now=NOW))
    mine.write(partial(report, text="大户室空调故障"))
    desk = desk_of(lead)
    page = opened(qtbot, BranchTodayPage(desk))
    assert page.matters.count.text() == "1 项未批示"
    assert "大户室空调故障" in words_of(page.matters)
    assert page.evening.sub.text() == "16:00"
    assert page.evening.topics.text() == "议题 1 条，来自上报事项"
    assert page.evening.left.text() == "以前夕会未结 1 条"
    assert "核对回访话术" in words_of(page.evening)
    assert page.status_text() == "三访达标 0 / 2 人 · 上报 1"
    told: list[Any] = []
    page.remind_wanted.connect(lambda *words: told.append(words))
    page.late_wanted.connect(lambda key: told.append(("late", key)))
    page.files_wanted.connect(lambda key: told.append(("files", key)))
    page.way_wanted.connect(lambda way: told.append(way.meeting))
    table, own = page.advisors.table, file_people.advisor.user_id
    for key in (Qt.Key.Key_1, Qt.Key.Key_G, Qt.Key.Key_L, Qt.Key.Key_M):
        QTest.keyClick(table, key)
    place = page.advisors.model.index(1, page.advisors.model.section_of("late"))
    click = table.visualRect(place).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=click)
    page.evening.minutes.click()
    assert told == [
        (own, "今日三访还差 2 位"), ("late", own), ("files", own),
        ("late", file_people.colleague.user_id), MeetingKind.EVENING,
    ]  # fmt: skip
    with qtbot.waitSignal(page.matters_wanted):
        page.matters.all.click()
    assert nameless(page) == []
    desk.jobs.close()
    leader = desk_of(mine.acting_as(file_people.leader))
    readonly = opened(qtbot, BranchTodayPage(leader))
    assert not readonly.advisors.remind.isVisible()
    readonly.remind_wanted.connect(told.append)
    QTest.keyClick(readonly.advisors.table, Qt.Key.Key_G)
    assert told[-1] is MeetingKind.EVENING
    leader.jobs.close()


@pytest.mark.req("R33")
def test_who_is_away_shows_rest_and_the_stand_in_and_is_not_counted(
    qtbot: QtBot, mine: Database, file_people: People
) -> None:
    desk = desk_of(mine.acting_as(file_people.manager))
    page = opened(qtbot, BranchTodayPage(desk))
    QTest.keyClick(page.advisors.table, Qt.Key.Key_1)
    QTest.keyClick(page.advisors.table, Qt.Key.Key_H)
    form = page.absence_dialog
    form.last.set_value("2026-11-1")
    form.submit()
    assert form.last.message()
    form.first.set_value("2026-11-19")
    form.last.set_value("2026-11-24")
    form.stand_in.set_value(str(file_people.colleague.user_id))
    form.submit()
    qtbot.waitUntil(desk.jobs.is_idle)
    assert not form.isVisible()
    assert texts(page, "advisors")[0].startswith(
        "林若溪 | 休 | 0、0、0、休、休 | 0 | … | 休至 11-24，周岚代"
    )
    assert page.advisors.sub.text().startswith("2 人 · 1 人休假")
    assert page.status_text() == "三访达标 0 / 1 人"
    page.waiting.show_away([AwayAppointments(file_people.advisor.user_id, "林若溪", 2)])
    assert "林若溪 休假期间有 2 个预约" in words_of(page.waiting)
    wanted: list[int] = []
    page.calendar_of_wanted.connect(wanted.append)
    names = {one.accessibleName(): one for one in page.waiting.findChildren(Button)}
    names["林若溪 的日历"].click()
    assert wanted == [file_people.advisor.user_id]
    page.advisors.leave.click()
    form = page.absence_dialog
    [back] = [one for one in form.findChildren(Button) if one.accessibleName().startswith("撤回")]
    assert back.accessibleName() == "撤回休假 11-19–11-24"
    assert nameless(form) == []
    back.click()
    qtbot.waitUntil(desk.jobs.is_idle)
    form.reject()
    assert texts(page, "advisors")[0].startswith("林若溪 | 0 / 3 | 0、0、0、0、0 | 0 |")
    desk.jobs.close()


def report(session: Any, actor: Any, *, text: str) -> None:
    """One matter brought before the leader at the end of the day."""
    add_matter(session, actor, text, on=TODAY, today=TODAY)
    write_day(session, actor, on=TODAY, summary="照常", acceptance="", today=TODAY)
    add_plan(session, actor, "回访", on=TODAY, today=TODAY)
    close_day(session, actor, on=TODAY, now=NOW)


@pytest.mark.req("R21")
def test_a_duty_is_recorded_as_done_from_the_days_list_and_from_the_whole_list(
    qtbot: QtBot, file_database: Database, file_people: People
) -> None:
    file_database.write(lambda s, _a: s.execute(update(User).values(since_on=date(2026, 11, 9))))
    desk = desk_of(file_database.acting_as(file_people.manager))
    page = opened(qtbot, BranchTodayPage(desk))
    late, of_today = (line.split(" | ") for line in texts(page, "dues")[:2])
    assert (late[0], late[1], late[-1]) == ("超 7 天", "周五档案检查", "完成")
    assert of_today[1] == "周五档案检查"
    page.dues.table.selectRow(0)
    QTest.keyClick(page.dues.table, Qt.Key.Key_Return)
    shown = [line.split(" | ") for line in texts(page, "dues")]
    audits = [(line[0], line[-1]) for line in shown if line[1] == "周五档案检查"]
    assert audits == [("今日", "完成"), ("11-27 周五", "")]
    desk.undo.undo(desk.jobs)
    assert texts(page, "dues")[0].startswith("超 7 天 | 周五档案检查")

    dialog = DuesDialog(desk)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.hint.text() == "缺 2027 年节假日通知：2027 年的期限按推算的工作日计。"
    duties = [row.due_on for row in dialog.rows if row.kind is DueKind.FRIDAY_AUDIT]
    dialog.table.go_to([row.kind for row in dialog.rows].index(DueKind.FRIDAY_AUDIT))
    assert [button.isEnabled() for button in dialog.deeds.offered()] == [True]
    QTest.keyClick(dialog.table, Qt.Key.Key_D)
    assert [r.due_on for r in dialog.rows if r.kind is DueKind.FRIDAY_AUDIT] == duties[1:]
    assert nameless(dialog) == []

    listed = DutiesDialog(desk)
    qtbot.addWidget(listed)
    listed.show()
    assert [(r.kind, r.done_by, r.taken_back_at) for r in listed.rows] == [
        (DueKind.FRIDAY_AUDIT, "方静", None)
    ]
    QTest.keyClick(listed.table, Qt.Key.Key_E)
    listed.note.insert("林若溪代做")
    QTest.keyClick(listed.note, Qt.Key.Key_Return)
    assert [row.note for row in listed.rows] == ["林若溪代做"]
    QTest.keyClick(listed.table, Qt.Key.Key_U)
    assert [r.taken_back_at for r in listed.rows] == [NOW]
    assert len(listed.deeds.offered()) == 1  # the note
    assert [r.due_on for r in dialog.rows if r.kind is DueKind.FRIDAY_AUDIT] == duties
    desk.undo.undo(desk.jobs)
    assert [r.taken_back_at for r in listed.rows] == [None]
    assert nameless(listed) == []
    desk.jobs.close()


@pytest.mark.req("R3")
def test_the_week_says_how_the_files_changed_since_the_snapshot_before(
    qtbot: QtBot, clients: dict[str, int], mine: Database, file_people: People, desk: Surroundings
) -> None:
    friday = TODAY - timedelta(days=7)
    lead = mine.acting_as(file_people.manager)
    lead.write(partial(take_snapshot, now=NOW, today=friday))
    page = opened(qtbot, TodayPage(desk))
    assert page.week.files.text().endswith("%，持平")
    assert page.week.files.toolTip() == "与 11-13 的检查快照相比"
    change = {"occupation": Change("", "教师")}
    desk.jobs.write(partial(update_client, client_id=clients["单玉梅"], changes=change, now=NOW))
    qtbot.waitUntil(desk.jobs.is_idle)
    assert "%，升 " in page.week.files.text()


def test_a_name_too_long_for_the_time_bar_keeps_whole_words(qapp: QApplication) -> None:
    metrics = QFontMetrics(qapp.font())
    for text, told in (("Morning meeting", "Morning"), ("Summary · forms", "Summary")):
        assert _fitting(metrics, text, metrics.horizontalAdvance(text)) == text
        assert _fitting(metrics, text, metrics.horizontalAdvance(text) - 1) == told
    assert _fitting(metrics, "Morning", metrics.horizontalAdvance("Morn")).endswith("…")


def test_the_page_fits_the_smallest_window(qtbot: QtBot, desk: Surroundings) -> None:
    page = opened(qtbot, TodayPage(desk))
    hint = QWidget.minimumSizeHint(page)
    assert hint.width() <= 1280 - 52
    assert hint.height() <= 600
