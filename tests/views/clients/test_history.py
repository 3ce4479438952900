"""Stream and change history of a client's page: by keys and clicks, as each role."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.exports.sheet import Sheet
from advisorcrm.models import Client
from advisorcrm.services.clients.client_tags import Tagging, tag_clients
from advisorcrm.services.files.client_edits import ClientEdit, save_client_edit
from advisorcrm.services.files.client_files import open_client_file
from advisorcrm.services.files.client_points import change_point, judge_point, list_points
from advisorcrm.services.files.conflicts import Change
from advisorcrm.services.histories.histories import list_history
from advisorcrm.terms import AccessKind, Validity
from advisorcrm.views import theme
from advisorcrm.views.clients.change_entry import ChangeEntry
from advisorcrm.views.clients.client_page import TIMELINE, ClientPage
from advisorcrm.views.clients.history_tab import CHANGES, LOOKS, HistoryTab
from advisorcrm.views.clients.timeline_entry import TimelineEntry
from advisorcrm.views.reports import Report
from advisorcrm.views.surroundings import Surroundings
from tests.conftest import NOW, TODAY
from tests.factories import People, make_log
from tests.views.clients.conftest import MakeDesk, opened_client, press, settle, type_text


@pytest.fixture
def advisor(file_database: Database, people: People) -> Database:
    return file_database.acting_as(people.advisor)


@pytest.fixture
def client(clients: dict[str, int]) -> int:
    return clients["王秀兰"]


def save(database: Database, client: int, why: str = "", **fields: tuple[Any, Any]) -> None:
    changes = {name: Change(*pair) for name, pair in fields.items()}
    edit = ClientEdit(changes, why=why)
    database.write(partial(save_client_edit, client_id=client, edit=edit, now=NOW))


@pytest.fixture
def page(qtbot: QtBot, desk: Surroundings, advisor: Database, client: int) -> ClientPage:
    """A file of three versions and one conversation."""
    file = advisor.read(partial(open_client_file, client_id=client, today=TODAY))
    changed = {"hobbies": (file.hobbies, "书法"), "account": (file.account, "600100009999")}
    save(advisor, client, "客户来电", **changed)
    save(advisor, client, occupation=(file.occupation, "教师"))
    advisor.write(lambda s, a: make_log(s, a, client, content="想留三成现金"))
    return opened_client(qtbot, desk, client)


def history_place(page: ClientPage) -> int:
    return next(at for at in range(page.tabs.count()) if page.tabs.tabText(at) == "修改历史")


def texts(widget: Any) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]


def test_large_letters_leave_the_stream_its_room_and_the_versions_to_their_own_tab(
    page: ClientPage, qtbot: QtBot
) -> None:
    theme.use("light", 150)
    page.resize(1256, 640)
    page.show_tab(TIMELINE)
    tab = page.timeline_tab
    qtbot.waitUntil(lambda: not tab.history.isVisible())
    chips = [chip for chip in page.timeline.chips.values() if chip.isVisible()]
    qtbot.waitUntil(lambda: all(one.width() >= one.sizeHint().width() for one in chips))
    page.resize(1500, 800)
    qtbot.waitUntil(tab.history.isVisible)


@pytest.mark.req("R83")
def test_the_stream_joins_conversations_and_changes_and_chips_filter_it(
    page: ClientPage, qtbot: QtBot
) -> None:
    page.show_tab(TIMELINE)
    stream = page.timeline
    assert [chip.text() for chip in stream.chips.values()] == [
        "全部 4", "沟通 1", "档案变动 3", "关怀 0", "活动 0",
    ]  # fmt: skip
    assert [type(entry) for entry in stream.entries].count(ChangeEntry) == 3
    page.tabs.setFocus()
    press(page, "Slash")
    assert stream.chips[None].hasFocus()
    contacts, changes = list(stream.chips.values())[1:3]
    qtbot.mouseClick(contacts, Qt.MouseButton.LeftButton)
    assert [type(entry) for entry in stream.entries] == [TimelineEntry]
    qtbot.mouseClick(changes, Qt.MouseButton.LeftButton)
    assert [type(entry) for entry in stream.entries] == [ChangeEntry] * 3
    assert [entry.version.number for entry in stream.entries] == [3, 2, 1]  # type: ignore[union-attr]


def test_verifying_a_number_is_a_change_of_the_file_and_no_conversation(
    page: ClientPage, advisor: Database, client: int
) -> None:
    [point] = advisor.read(partial(list_points, client_id=client))
    advisor.write(partial(judge_point, point_id=point.id, validity=Validity.VALID, today=TODAY))
    page.show_tab(TIMELINE)
    newest = next(entry for entry in page.timeline.entries if isinstance(entry, ChangeEntry))
    assert newest.version.labels == ("手机",)
    assert any("待核 → 137****2290 有效" in text for text in texts(newest))
    assert page.tabs.tabText(TIMELINE) == "沟通时间线 1"


def test_enter_shows_all_of_an_entry_and_less_again(page: ClientPage, qtbot: QtBot) -> None:
    page.show_tab(TIMELINE)
    place = next(
        at for at, entry in enumerate(page.timeline.entries)
        if isinstance(entry, ChangeEntry) and entry.version.is_first
    )  # fmt: skip
    page.timeline.go_to(place)
    entry = page.timeline.entries[place]
    assert not any("客户姓名：– → 王秀兰" in text for text in texts(entry))
    qtbot.waitUntil(entry.hasFocus)
    press(entry, "Return")
    assert any("客户姓名：– → 王秀兰" in text for text in texts(entry))
    press(entry, "Return")
    assert not any("客户姓名：– → 王秀兰" in text for text in texts(entry))


def test_two_ticked_versions_show_only_what_differs_masked(page: ClientPage) -> None:
    page.show_tab(TIMELINE)
    pane = page.timeline_tab.history
    assert "第 2 版 → 第 3 版" in pane.between.text()
    pane.table.setFocus()
    pane.table.go_to(0)
    press(pane.table, "Space")
    pane.table.go_to(2)
    press(pane.table, "Space")
    assert pane.between.text().startswith("第 1 版 → 第 3 版")
    found = {one.label: (one.old, one.new, one.why) for one in pane.differences}
    assert found["资金账号"][1:] == ("****9999", "客户来电")
    assert set(found) == {"爱好", "资金账号", "职业"}
    assert "600100009999" not in repr(texts(pane))


@pytest.mark.req("R4", "R77")
def test_a_replaced_number_and_tags_are_brought_back_by_keys(
    qtbot: QtBot, advisor: Database, client: int, desk: Surroundings
) -> None:
    [point] = advisor.read(partial(list_points, client_id=client))
    advisor.write(partial(change_point, point_id=point.id, value="13700008888", now=NOW))
    tagging = Tagging(add=("focus",), reason="重点")
    advisor.write(partial(tag_clients, client_ids=[client], tagging=tagging, now=NOW))
    page = opened_client(qtbot, desk, client)
    page.show_tab(history_place(page))
    pane = page.history.pane
    pane.model.set_checked(2, 2, checked=True)
    qtbot.mouseClick(pane.bring_back, Qt.MouseButton.LeftButton)
    dialog = pane.dialog
    assert dialog is not None
    assert len(dialog.boxes) == 3
    for box in dialog.boxes.values():
        box.setFocus()
        press(dialog, "Space")
    dialog.why.focus()
    type_text(dialog.why.editor, "改错了")
    with qtbot.waitSignal(page.told):
        press(dialog, "Ctrl+Return")
    settle(qtbot, desk)
    [back] = advisor.read(partial(list_points, client_id=client))
    assert (back.id, back.masked) == (point.id, "137****2290")
    assert not advisor.read(lambda s, _a: s.get_one(Client, client).tags)


@pytest.mark.req("R77")
def test_an_earlier_value_is_brought_back_by_choice_and_with_a_reason(
    page: ClientPage, qtbot: QtBot, advisor: Database, client: int, desk: Surroundings
) -> None:
    page.show_tab(history_place(page))
    pane = page.history.pane
    pane.model.set_checked(2, 2, checked=True)
    qtbot.mouseClick(pane.bring_back, Qt.MouseButton.LeftButton)
    dialog = pane.dialog
    assert dialog is not None
    assert set(dialog.boxes) == {"hobbies", "account", "occupation"}
    assert "****9999" in dialog.boxes["account"].text()
    assert not dialog.button.isEnabled()
    dialog.boxes["hobbies"].setFocus()
    press(dialog, "Space")
    assert dialog.fields() == ("hobbies",)
    dialog.submit()
    assert dialog.isVisible()  # no reason yet
    dialog.why.focus()
    type_text(dialog.why.editor, "改错了")
    assert dialog.why.value() == "改错了"
    with qtbot.waitSignal(page.told):
        press(dialog, "Ctrl+Return")
    settle(qtbot, desk)
    newest = advisor.read(partial(list_history, client_id=client)).entries[0]
    assert (newest.version, newest.label, newest.old, newest.why) == (4, "爱好", "书法", "改错了")
    assert pane.versions[0].number == 4


def test_the_history_lists_every_change_by_field(page: ClientPage) -> None:
    page.show_tab(history_place(page))
    lines = [page.history.changes.row_at(row) for row in range(3)]
    assert {(line.label, line.new, line.why) for line in lines if line} == {
        ("职业", "教师", ""),
        ("爱好", "书法", "客户来电"),
        ("资金账号", "****9999", "客户来电"),
    }
    assert page.history.chips[CHANGES].text().startswith("修改 ")


@pytest.mark.req("R16")
def test_the_own_advisor_and_the_manager_see_who_looked_and_nobody_else(
    page: ClientPage, qtbot: QtBot, desk_of: MakeDesk, client: int
) -> None:
    def looks(tab: HistoryTab) -> list[tuple[str, AccessKind]]:
        return [
            (row.user_name, row.kind)
            for row in map(tab.looks.row_at, range(tab.looks.rowCount()))
            if row is not None
        ]

    page.show_tab(history_place(page))
    qtbot.mouseClick(page.history.chips[LOOKS], Qt.MouseButton.LeftButton)
    assert looks(page.history) == [("林若溪", AccessKind.VIEW)]
    theirs = opened_client(qtbot, desk_of("manager"), client)
    theirs.show_tab(history_place(theirs))
    theirs.history.choose(LOOKS)
    assert looks(theirs.history) == [("方静", AccessKind.VIEW), ("林若溪", AccessKind.VIEW)]
    for role in ("leader", "desk", "office"):
        other = opened_client(qtbot, desk_of(role), client)
        other.show_tab(history_place(other))
        assert not other.history.chips[LOOKS].isVisible()
        assert other.history.changes.rowCount() > 0
        assert not other.history.pane.bring_back.isVisible()


@pytest.mark.req("R77")
def test_a_reason_typed_beside_save_stays_with_the_change(
    page: ClientPage, qtbot: QtBot, advisor: Database, client: int, desk: Surroundings
) -> None:
    assert page.why.isHidden()
    page.form.go_to("personality")
    type_text(page.form.fields["personality"].field.editor, "健谈")
    assert page.why.isVisible()
    page.why.setFocus()
    type_text(page.why, "面谈印象")
    press(page, "Ctrl+S")
    settle(qtbot, desk)
    newest = advisor.read(partial(list_history, client_id=client)).entries[0]
    assert (newest.label, newest.new, newest.why) == ("性格", "健谈", "面谈印象")
    assert page.why.text() == ""


@pytest.mark.req("R78")
def test_the_source_of_a_value_is_said_by_keys_and_stands_in_the_tooltip(
    page: ClientPage, qtbot: QtBot, desk: Surroundings
) -> None:
    hobbies = page.form.fields["hobbies"].field
    assert hobbies.toolTip() == ""
    page.form.go_to("hobbies")
    press(page, "F7")
    menu = page.sources.menu
    assert menu is not None
    assert [action.text() for action in menu.actions() if not action.isSeparator()] == [
        "柜台", "沟通", "合同", "其他来源",
    ]  # fmt: skip
    with qtbot.waitSignal(page.told) as told:
        next(action for action in menu.actions() if action.text() == "沟通").trigger()
    assert told.args == ["爱好的来源：沟通"]
    settle(qtbot, desk)
    assert hobbies.toolTip() == "来源：沟通 · 林若溪 · 2026-11-20"
    menu.close()


@pytest.mark.req("R77", "R83")
def test_stream_and_comparison_are_printed_by_button_and_key(
    page: ClientPage, qtbot: QtBot, advisor: Database
) -> None:
    asked: list[Report] = []
    page.hanging.report_wanted.connect(asked.append)
    page.show_tab(TIMELINE)
    page.timeline_tab.print_button.click()
    press(page, "Ctrl+P")
    page.timeline_tab.history.print_button.click()
    page.show_tab(history_place(page))
    press(page, "Ctrl+P")
    page.show_tab(0)
    with qtbot.waitSignal(page.print_wanted):
        press(page, "Ctrl+P")
    assert [report.name for report in asked] == [
        "沟通时间线", "沟通时间线", "修改历史比较", "修改历史比较",
    ]  # fmt: skip
    for report in asked[1:3]:
        imprint = advisor.write(partial(report.register, now=NOW))
        sheet = advisor.read(partial(report.sheets, imprint=imprint))
        assert isinstance(sheet, Sheet)
        assert sheet.blocks[0].rows
