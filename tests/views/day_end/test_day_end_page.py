"""今日收尾 by keys: each thing has its key, the plan becomes tasks, the leader answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.exports.day_closing import DayRequest, day_sheet, register_day
from advisorcrm.services.days.day_closings import open_day, write_day
from advisorcrm.services.days.shift_logs import start_shift
from advisorcrm.services.tasks.task_lists import TaskFilter, list_tasks
from advisorcrm.terms import DayItemKind, DueKind, Reaction
from advisorcrm.views.day_end.day_end_bar import DayEndBar
from advisorcrm.views.day_end.day_end_page import DayEndPage
from advisorcrm.views.day_end.days_dialog import DaysDialog
from advisorcrm.views.day_end.matters_dialog import MattersDialog
from advisorcrm.views.today.today_page import TodayPage
from tests.conftest import TODAY
from tests.factories import NOW, People, make_client, make_log
from tests.views.desks import Desk, desks
from tests.views.windows import nameless

HALF_PAST_FOUR = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)


@pytest.fixture
def desk(file_database: Database) -> Iterator[Desk]:
    with desks(file_database) as make:
        yield make


@pytest.fixture
def busy_day(file_database: Database, file_people: People) -> dict[str, int]:
    """A step without entry, a conversation without change of the file, a shift."""
    lin = file_people.advisor

    def work(session: Any, actor: Any) -> dict[str, int]:
        wang, li = (make_client(session, lin, name=name) for name in ("王秀兰", "李建业"))
        make_log(session, lin, wang, contacted_at=NOW - timedelta(days=2), next_on=TODAY)
        make_log(session, lin, li, reaction=Reaction.AGREES)
        start_shift(session, lin, "morning", now=NOW)
        return {"wang": wang, "li": li}

    return file_database.acting_as(lin).write(work)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, file_people: People, busy_day: dict[str, int]) -> DayEndPage:
    page = DayEndPage(desk(file_people.advisor))
    qtbot.addWidget(page)
    page.show()
    return page


@pytest.mark.req("R49")
def test_each_thing_left_has_its_key(
    qtbot: QtBot, page: DayEndPage, busy_day: dict[str, int]
) -> None:
    assert nameless(page) == []
    kinds = [item.kind for item in page.items.items]
    assert kinds == [DayItemKind.NO_LOG, DayItemKind.FILE, DayItemKind.FORM]
    model, table = page.items.model, page.items.table
    name = model.index(0, model.section_of("client_name"))
    page.set_private(is_private=True)
    assert name.data() == "王*"
    page.set_private(is_private=False)
    assert name.data() == "王秀兰"
    table.setFocus()
    with qtbot.waitSignal(page.log_wanted) as log:
        qtbot.keyClick(table, Qt.Key.Key_N)
    assert log.args == [busy_day["wang"]]
    table.go_to(1)
    with qtbot.waitSignal(page.client_wanted) as file:
        qtbot.keyClick(table, Qt.Key.Key_E)
    assert file.args == [busy_day["li"]]
    table.go_to(2)
    with qtbot.waitSignal(page.form_wanted) as form:
        page.items.do_button.click()
    assert form.args[0] == "shift"
    table.go_to(1)
    qtbot.keyClick(table, Qt.Key.Key_X)
    assert [item.kind for item in page.items.items] == [DayItemKind.NO_LOG, DayItemKind.FORM]
    page._around.undo.undo(page._around.jobs)
    assert len(page.items.items) == 3


@pytest.mark.req("R47", "R27")
def test_the_day_is_written_planned_reported_and_closed(
    qtbot: QtBot, page: DayEndPage, file_database: Database, file_people: People, desk: Desk
) -> None:
    assert "认可 1" in page.reactions.text()
    page.close_button.click()
    assert page.summary.message()
    page.summary.set_value("沟通 5 户")
    page.acceptance.set_value("多数认可")
    page.close_button.click()
    assert "次日计划" in page.bar.text()
    for text in ("回访王秀兰", "不做了"):
        page.plans.line.setText(text)
        qtbot.keyClick(page.plans.line, Qt.Key.Key_Return)
    page.plans.table.setFocus()
    page.plans.table.go_to(1)
    qtbot.keyClick(page.plans.table, Qt.Key.Key_Delete)
    page.matters.line.setText("两户要求降佣金")
    page.matters.button.click()
    with qtbot.waitSignal(page.told) as told:
        qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "1 条计划" in told.args[0]
    assert not page.close_button.isEnabled()
    mine = file_database.acting_as(file_people.advisor)
    tasks = mine.read(partial(list_tasks, query=TaskFilter(), today=TODAY))
    assert [task.title for task in tasks] == ["回访王秀兰"]
    leader = MattersDialog(desk(file_people.leader))
    qtbot.addWidget(leader)
    assert [row.text for row in leader.rows] == ["两户要求降佣金"]
    leader.answer_line.setText("周一面谈")
    qtbot.keyClick(leader.answer_line, Qt.Key.Key_Return)
    assert [row.answer for row in leader.rows] == ["周一面谈"]
    imprint = mine.write(partial(register_day, request=DayRequest(TODAY), now=NOW))
    sheet = mine.read(partial(day_sheet, request=DayRequest(TODAY), imprint=imprint))
    texts = [cell.text for block in sheet.blocks for row in block.rows for cell in row.cells]
    for said in ("沟通 5 户", "多数认可", "回访王秀兰", "两户要求降佣金", "周一面谈", "高远"):
        assert said in texts
    assert any("认可 1" in text for text in texts)


def test_no_word_is_lost_over_midnight_or_when_an_entry_is_refused(
    page: DayEndPage, file_database: Database, file_people: People
) -> None:
    long = "联" * 3000
    page.plans.line.setMaxLength(5000)
    page.plans.line.setText(long)
    page.plans.button.click()
    assert page.plans.line.text() == long
    assert page.bar.isVisibleTo(page)
    page.plans.line.clear()

    page.summary.set_value("写到半夜")
    page._around = replace(page._around, clock=lambda: NOW + timedelta(days=1))
    page.reload()
    assert page.summary.value() == ""
    me = file_database.acting_as(file_people.advisor)
    assert me.read(partial(open_day, on=TODAY)).summary == "写到半夜"


@pytest.mark.req("R47", "R49")
def test_the_day_that_was_forgotten_is_told_in_the_morning_and_closed_from_the_page(
    qtbot: QtBot, desk: Desk, file_database: Database, file_people: People
) -> None:
    me, monday = file_database.acting_as(file_people.advisor), NOW + timedelta(days=3)
    words = partial(write_day, on=TODAY, summary="沟通 5 户", acceptance="", today=TODAY)
    me.write(words)
    around = desk(file_people.advisor, monday)
    today = TodayPage(around)
    page = DayEndPage(around)
    for widget in (today, page):
        qtbot.addWidget(widget)
        widget.show()
    assert today.day_end.text() == "11-20 周五 没有收尾"
    with qtbot.waitSignal(today.dues.day_end_wanted) as listed:
        row = next(at for at in range(today.dues.model.rowCount())
                   if today.dues.model.row_at(at).row.kind is DueKind.DAY_END)  # fmt: skip
        assert today.dues.model.row_at(row).action == "补收尾"
        today.dues.table.go_to(row)
        qtbot.keyClick(today.dues.table, Qt.Key.Key_Return)
    assert listed.args == [TODAY]
    with qtbot.waitSignal(today.day_end.wanted) as wanted:
        today.day_end.button.click()
    assert page.sheet is not None
    assert page.sheet.on == monday.date()
    assert [page.days.itemText(row) for row in range(3)] == [
        "今天 11-23", "11-20 周五 未收尾", "11-19 周四",
    ]  # fmt: skip
    page.days.setCurrentIndex(1)
    assert (page.sheet.on, page.summary.value()) == (TODAY, "沟通 5 户")
    assert page.head.title.text() == "补收尾"
    page.show_day(None)
    assert (page.head.title.text(), page.summary.value()) == ("今日收尾", "")
    page.show_day(wanted.args[0])
    page.acceptance.set_value("多数认可")
    page.plans.line.setText("回访王秀兰")
    page.plans.button.click()
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (page.sheet.on, page.summary.value(), page.bar.isVisible()) == (
        monday.date(), "", False,
    )  # fmt: skip
    kept = me.read(partial(open_day, on=TODAY))
    assert (kept.acceptance, kept.closed_at) == ("多数认可", monday)
    assert page.days.itemText(1) == "11-20 周五"
    today.day_end.reload()
    assert not today.day_end.isVisible()


@pytest.mark.req("R47")
def test_work_logs_are_listed_and_printed_one_by_one(
    qtbot: QtBot, page: DayEndPage, file_people: People, desk: Desk
) -> None:
    page.summary.set_value("沟通 5 户")
    page.save()
    days = DaysDialog(desk(file_people.manager))
    qtbot.addWidget(days)
    assert [(row.user_name, row.summary) for row in days.rows] == [("林若溪", "沟通 5 户")]
    assert days.rows[0].open_count is None  # it is counted when the day is closed
    with qtbot.waitSignal(days.print_wanted):
        days.day_button.click()


@pytest.mark.req("R47", "R49")
@pytest.mark.parametrize(
    ("now", "shown"),
    [(HALF_PAST_FOUR, True), (HALF_PAST_FOUR - timedelta(minutes=1), False)],
)
def test_the_bar_comes_at_half_past_four_and_says_what_is_left(
    qtbot: QtBot, desk: Desk, file_people: People, busy_day: dict[str, int], now: datetime,
    shown: bool,
) -> None:  # fmt: skip
    bar = DayEndBar(desk(file_people.advisor, now))
    qtbot.addWidget(bar)
    bar.reload()
    assert bar.isVisible() is shown
    if shown:
        assert bar.text() == "今日收尾：待补沟通记录 1、待更新档案 1、待填表单 1、次日计划未写"
        with qtbot.waitSignal(bar.wanted):
            bar.button.click()


@pytest.mark.req("R47", "R49")
def test_today_shows_the_bar_in_the_evening_and_leads_to_the_days_end(
    qtbot: QtBot, desk: Desk, file_people: People, busy_day: dict[str, int]
) -> None:
    page = TodayPage(desk(file_people.advisor, HALF_PAST_FOUR))
    qtbot.addWidget(page)
    page.show()
    assert page.day_end.isVisible()
    with qtbot.waitSignal(page.day_end.wanted):
        page.day_end.button.click()


@pytest.mark.req("R47", "R49")
def test_the_bar_comes_after_half_past_four_however_time_passed_and_not_on_a_day_of_rest(
    qtbot: QtBot, desk: Desk, file_people: People, busy_day: dict[str, int]
) -> None:
    clock = [HALF_PAST_FOUR - timedelta(minutes=9)]
    around = replace(desk(file_people.advisor), clock=lambda: clock[0])
    page = TodayPage(around)
    qtbot.addWidget(page)
    page.show()
    assert not page.day_end.isVisible()
    clock[0] += timedelta(minutes=10)  # the computer slept over the very minute
    page._tick()
    assert page.day_end.isVisible()

    clock[0] = HALF_PAST_FOUR + timedelta(days=1, minutes=-9)
    page._tick()
    assert page.day_end.text() == "11-20 周五 没有收尾"
    clock[0] += timedelta(minutes=10)
    page._tick()
    assert page.day_end.text() == "11-20 周五 没有收尾"  # Saturday, and nothing was written
    around.jobs.write(partial(write_day, on=TODAY + timedelta(days=1), summary="加班",
                              acceptance="", today=TODAY + timedelta(days=1)))  # fmt: skip
    assert page.day_end.text().startswith("今日收尾：")

    clock[0] = HALF_PAST_FOUR + timedelta(days=3, minutes=-9)
    page._tick()
    page.hide()
    clock[0] += timedelta(minutes=20)
    page.show()  # half past four has passed while another page was looked at
    assert page.day_end.text().startswith("今日收尾：")


def test_the_day_is_told_by_the_calendar_of_the_branch_with_the_file_check_and_its_rest(
    qtbot: QtBot, desk: Desk, file_people: People
) -> None:
    shown, told, parts = {}, {}, {}
    for days in (0, 1, 41, 42):
        now = HALF_PAST_FOUR + timedelta(days=days)
        page = TodayPage(desk(file_people.advisor, now))
        qtbot.addWidget(page)
        page.show()
        on = f"{now:%m-%d}"
        shown[on] = page.audit.text() if page.audit.isVisible() else ""
        told[on] = page.head.sub.text().partition(" · ")[2]
        parts[on] = {page.bar.state_of(part) for part in page.bar.parts
                     if not part.slot.is_deadline}  # fmt: skip
    check = "档案检查日"
    assert shown == {
        "11-20": f"本周五：{check}",
        "11-21": "",
        "12-31": f"今天：{check}",
        "01-01": "",
    }
    assert told == {"11-20": "农历十月十二", "11-21": "农历十月十三 · 休市",
                    "12-31": "农历冬月廿三", "01-01": "农历冬月廿四 · 休市"}  # fmt: skip
    assert parts["11-20"] == parts["12-31"] == {"left", "done", "current"}
    assert parts["11-21"] == parts["01-01"] == {"ahead"}  # nothing is late where nobody works
