"""The calendar and the greetings in the settings, by click and key."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.rules.workdays import DayKind, day_kind
from advisorcrm.services.branch.settings import load_settings
from advisorcrm.services.care.greetings import list_templates
from advisorcrm.services.workplace.workplace import Workplace
from advisorcrm.views.jobs import AtOnce, Jobs
from advisorcrm.views.settings.festival_dialog import FestivalDialog
from advisorcrm.views.settings.greetings_panel import GreetingsPanel
from advisorcrm.views.settings.holidays_panel import HolidaysPanel
from advisorcrm.views.settings.template_dialog import TemplateDialog
from tests.factories import People
from tests.views.windows import nameless

Panel = type[HolidaysPanel] | type[GreetingsPanel]


def panel_of(kind: Panel, database: Database, actor: object, qtbot: QtBot):  # type: ignore[no-untyped-def]
    door = database.acting_as(actor)  # type: ignore[arg-type]
    workplace = Workplace(str(database.path), door)
    panel = kind(Jobs(door, worker=AtOnce()), workplace)
    qtbot.addWidget(panel)
    panel.show()
    panel.reload()
    return panel


def test_a_day_is_chosen_by_arrows_and_said_to_be_something_else(
    file_database: Database, file_people: People, qtbot: QtBot
) -> None:
    panel = panel_of(HolidaysPanel, file_database, file_people.manager, qtbot)
    panel.show_year(2027)
    assert panel.state.text() == "推算"
    panel.grid.choose(date(2027, 2, 8))
    assert "2027-02-08" in panel.day_label.text()
    qtbot.keyClick(panel.grid, Qt.Key.Key_Right)
    assert panel.grid.day == date(2027, 2, 9)
    panel.kind.set_value(DayKind.REST.value)
    panel.name.set_value("春节")
    panel.save.click()
    assert day_kind(date(2027, 2, 9), panel.plan.table).kind is DayKind.REST
    centre = panel.grid.box_of(date(2027, 2, 20)).center().toPoint()
    qtbot.mouseClick(panel.grid, Qt.MouseButton.LeftButton, pos=centre)
    assert panel.kind.editor.findData(DayKind.MADE_UP_WORKDAY.value) >= 0
    assert panel.kind.editor.findData(DayKind.WORKDAY.value) < 0  # a Saturday
    panel.confirm_button.click()
    assert panel.state.text() == "国务院通知"
    assert panel.confirm_button.isHidden()
    assert nameless(panel) == []


def test_a_year_goes_out_and_comes_in_and_a_missing_notice_is_told(
    file_database: Database, file_people: People, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = panel_of(HolidaysPanel, file_database, file_people.manager, qtbot)
    target = tmp_path / "2027.csv"
    panel.choose_save = lambda _name: str(target)
    panel.show_year(2027)
    panel.export_button.click()
    assert "2027.csv" in panel.bar.text()
    text = target.read_text("utf-8-sig").replace("推算", "国务院通知")
    target.write_text(text + "2027-02-20,周六,调休上班,春节,国务院通知\n", "utf-8")
    panel._hint(2027)
    assert "缺 2027 年" in panel.bar.text()
    panel.choose_open = lambda: str(target)
    panel.import_button.click()
    assert panel.state.text() == "国务院通知"
    target.write_text("日期,类型\n2027-01-01,什么\n", "utf-8")
    panel.import_button.click()
    assert "没有读懂" in panel.bar.text()


@pytest.mark.req("R244", "R245")
def test_the_manager_keeps_festivals_templates_and_the_days_before_a_birthday(
    file_database: Database, file_people: People, qtbot: QtBot
) -> None:
    panel = panel_of(GreetingsPanel, file_database, file_people.manager, qtbot)
    assert (panel.from_days.value(), panel.to_days.value()) == ("7", "2")
    panel.from_days.set_value("10")
    panel.keep_days.click()
    assert file_database.read(load_settings).birthday_to_days == 10
    panel.from_days.set_value("x")
    panel.keep_days.click()
    assert "60" in panel.bar.text()
    panel.add_festival.click()
    dialog = panel.dialog
    assert isinstance(dialog, FestivalDialog)
    dialog.fields["name"].set_value("店庆")
    dialog.fields["month"].set_value("3")
    dialog.fields["day"].set_value("8")
    dialog.save_button.click()
    names = [panel.festivals.row_at(row).name for row in range(panel.festivals.rowCount())]
    assert "店庆" in names
    assert nameless(panel) == []


def test_an_advisor_keeps_own_words_and_leaves_the_branch_s_alone(
    file_database: Database, file_people: People, qtbot: QtBot
) -> None:
    panel = panel_of(GreetingsPanel, file_database, file_people.advisor, qtbot)
    assert panel.add_branch.isHidden()
    panel.template_table.go_to(0)
    assert not panel.change.isEnabled()
    panel.add_own.click()
    dialog = panel.dialog
    assert isinstance(dialog, TemplateDialog)
    dialog.fields["name"].set_value("我的")
    dialog.fields["content"].set_value("{称呼}，{节目}快乐！")
    dialog.save_button.click()
    assert "节目" in dialog.fields["content"].message()
    dialog.fields["content"].set_value("{称呼}，生日快乐！")
    dialog.save_button.click()
    mine = file_database.acting_as(file_people.advisor)
    [own] = [row for row in mine.read(list_templates) if row.is_own]
    assert own.content == "{称呼}，生日快乐！"
    panel.template_table.go_to(0)
    assert panel.drop.isEnabled()
    panel.drop.click()
    assert [row for row in mine.read(partial(list_templates)) if row.is_own] == []
    panel.restore.click()
    assert [row.id for row in mine.read(partial(list_templates)) if row.is_own] == [own.id]
    assert not panel.restore.isVisible()
