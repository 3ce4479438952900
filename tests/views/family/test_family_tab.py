"""The tab 家庭与关系: graph and list say the same; added, opened, put away, printed."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.services.files.households import find_household, make_household
from advisorcrm.services.files.relations import NewRelation, add_relation, open_family
from advisorcrm.views.clients.client_page import ClientPage
from advisorcrm.views.family.family_tab import FamilyTab
from advisorcrm.views.family.household_dialog import HouseholdDialog
from advisorcrm.views.family.relation_dialog import RelationDialog
from advisorcrm.views.family.relation_edit_dialog import RelationEditDialog
from advisorcrm.views.surroundings import Surroundings
from tests.conftest import NOW
from tests.factories import People
from tests.views.clients.conftest import (
    MakeDesk,
    opened_client,
    press,
    settle,
    type_text,
)


@pytest.fixture
def wang(clients: dict[str, int]) -> int:
    return clients["王秀兰"]


def relate(database: Database, client: int, kind: str, **values: Any) -> int:
    new = NewRelation(str(uuid.uuid4()), client, kind, **values)
    return database.write(partial(add_relation, new=new, now=NOW))


def opened_tab(qtbot: QtBot, desk: Surroundings, client: int) -> tuple[ClientPage, FamilyTab]:
    page = opened_client(qtbot, desk, client)
    page.tabs.show_widget(page.hanging.family)
    settle(qtbot, desk)
    return page, page.hanging.family


def lines(tab: FamilyTab) -> list[tuple[str, str, str]]:
    rows = [tab.model.row_at(place) for place in range(tab.model.rowCount())]
    return [(row.name, row.kind, row.roles) for row in rows if row is not None]


def opened_dialog(qtbot: QtBot, tab: FamilyTab, desk: Surroundings) -> RelationDialog:
    tab.add_button.setFocus()
    press(tab, "Insert")
    settle(qtbot, desk)
    assert tab.dialog is not None
    return tab.dialog


def test_a_client_is_related_to_another_and_joins_the_household(
    qtbot: QtBot, desk: Surroundings, wang: int, clients: dict[str, int], advisor: Database
) -> None:
    _page, tab = opened_tab(qtbot, desk, wang)
    assert tab.empty.title() == "还没有登记家庭与关系"
    dialog = opened_dialog(qtbot, tab, desk)
    type_text(dialog, "cgl")
    qtbot.waitUntil(lambda: len(dialog.finder.found()) == 1)
    press(dialog, "Return")
    assert dialog.chosen.text().startswith("另一位客户：陈国梁")
    assert dialog.name.isHidden()
    dialog.kind.editor.set_code("spouse")  # type: ignore[attr-defined]
    qtbot.mouseClick(dialog.decides, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.household, Qt.MouseButton.LeftButton)
    dialog.decides.setChecked(True)
    dialog.household.setChecked(True)
    press(dialog, "Ctrl+Return")
    settle(qtbot, desk)
    assert tab.dialog is None
    assert lines(tab) == [("陈国梁", "配偶", "替客户做决定")]
    assert tab.household.label.text().startswith("王秀兰家庭 · 2 人 · 合计资产")
    other = advisor.read(partial(open_family, client_id=clients["陈国梁"]))
    assert [(one.name, one.is_inverse) for one in other.relations] == [("王秀兰", True)]


def test_somebody_who_is_no_client_is_noted_by_name(
    qtbot: QtBot, desk: Surroundings, wang: int
) -> None:
    _page, tab = opened_tab(qtbot, desk, wang)
    dialog = opened_dialog(qtbot, tab, desk)
    dialog.kind.editor.set_code("child")  # type: ignore[attr-defined]
    press(dialog, "Ctrl+Return")
    settle(qtbot, desk)
    assert dialog.name.message() == "请选另一位客户，或填写姓名。"
    dialog.name.focus()
    type_text(dialog, "李晓")
    dialog.phone.focus()
    type_text(dialog, "13900000458")
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    settle(qtbot, desk)
    assert lines(tab) == [("李晓", "子女", "")]
    row = tab.model.row_at(0)
    assert row is not None
    assert row.phone == "139****0458"
    assert not tab.open_button.isEnabled()


@pytest.mark.parametrize("how", ["click", "key", "button"])
def test_the_other_clients_file_opens_from_graph_and_list(
    qtbot: QtBot, desk: Surroundings, wang: int, clients: dict[str, int], advisor: Database,
    how: str,
) -> None:  # fmt: skip
    relate(advisor, wang, "friend", other_client_id=clients["陈国梁"])
    page, tab = opened_tab(qtbot, desk, wang)
    with qtbot.waitSignal(page.client_wanted) as asked:
        if how == "click":
            at = tab.graph.box_of(1).center().toPoint()
            qtbot.mouseClick(tab.graph, Qt.MouseButton.LeftButton, pos=at)
        elif how == "key":
            tab.table.setFocus()
            press(tab.table, "Return")
        else:
            qtbot.mouseClick(tab.open_button, Qt.MouseButton.LeftButton)
    assert asked.args == [clients["陈国梁"]]


def test_a_colleagues_client_is_a_surname_that_leads_nowhere(
    qtbot: QtBot, desk: Surroundings, wang: int, clients: dict[str, int],
    file_database: Database, file_people: People,
) -> None:  # fmt: skip
    manager = file_database.acting_as(file_people.manager)
    relate(manager, wang, "sibling", other_client_id=clients["许志刚"])
    page, tab = opened_tab(qtbot, desk, wang)
    assert lines(tab) == [("许*", "兄弟姐妹", "")]
    wanted: list[int] = []
    page.client_wanted.connect(wanted.append)
    at = tab.graph.box_of(1).center().toPoint()
    qtbot.mouseClick(tab.graph, Qt.MouseButton.LeftButton, pos=at)
    assert wanted == []
    assert not tab.open_button.isEnabled()
    assert "许志刚" not in tab.graph.accessibleName()


def test_the_graph_frames_the_household_and_says_in_words_what_it_draws(
    qtbot: QtBot, desk: Surroundings, wang: int, clients: dict[str, int], advisor: Database
) -> None:
    relate(advisor, wang, "spouse", other_client_id=clients["陈国梁"], shares_household=True)
    relate(advisor, wang, "introducer", other_name="张三")
    _page, tab = opened_tab(qtbot, desk, wang)
    centre, left, right = (tab.graph.box_of(place) for place in range(3))
    assert left.right() < centre.left()
    assert centre.right() < right.left()
    assert tab.graph.accessibleName() == "关系图：王秀兰 户主、陈国梁 配偶、张三 介绍人 介绍"
    assert not tab.grab().isNull()


def test_in_public_view_graph_list_household_and_status_name_nobody_in_full(
    qtbot: QtBot, desk: Surroundings, wang: int, clients: dict[str, int], advisor: Database
) -> None:
    relate(advisor, wang, "spouse", other_client_id=clients["欧阳文静"])
    advisor.write(partial(make_household, client_id=wang, name="王秀兰家庭", now=NOW))
    page, tab = opened_tab(qtbot, desk, wang)
    told = tab.graph.accessibleName
    assert "欧阳文静" in told()
    page.set_private(is_private=True)
    said = [tab.model.index(0, 0).data(), tab.household.label.text(), told(), page.status_text()]
    assert said[0] == "欧*"
    assert said[1].startswith("王*家庭")
    assert not [text for text in said if "欧阳文静" in text or "王秀兰" in text]
    page.set_private(is_private=False)
    assert tab.model.index(0, 0).data() == "欧阳文静"


def test_delete_puts_a_relation_away_and_undo_brings_it_back(
    qtbot: QtBot, desk: Surroundings, wang: int, advisor: Database
) -> None:
    relate(advisor, wang, "friend", other_name="张三")
    _page, tab = opened_tab(qtbot, desk, wang)
    tab.table.setFocus()
    press(tab.table, "Delete")
    settle(qtbot, desk)
    assert lines(tab) == []
    desk.undo.undo(desk.jobs)
    settle(qtbot, desk)
    assert lines(tab) == [("张三", "朋友", "")]


def test_a_household_is_made_led_and_left_by_buttons(
    qtbot: QtBot, desk: Surroundings, wang: int, clients: dict[str, int], advisor: Database
) -> None:
    _page, tab = opened_tab(qtbot, desk, wang)
    qtbot.mouseClick(tab.make_button, Qt.MouseButton.LeftButton)
    settle(qtbot, desk)
    assert tab.head_button.isHidden()
    relate(advisor, wang, "spouse", other_client_id=clients["陈国梁"], shares_household=True)
    page = opened_client(qtbot, desk, clients["陈国梁"])
    page.tabs.show_widget(page.hanging.family)
    settle(qtbot, desk)
    tab = page.hanging.family
    qtbot.mouseClick(tab.head_button, Qt.MouseButton.LeftButton)
    settle(qtbot, desk)
    house = advisor.read(partial(find_household, client_id=wang))
    assert house is not None
    assert [(one.name, one.is_head) for one in house.members] == [
        ("陈国梁", True), ("王秀兰", False),
    ]  # fmt: skip
    qtbot.mouseClick(tab.leave_button, Qt.MouseButton.LeftButton)
    settle(qtbot, desk)
    assert advisor.read(partial(find_household, client_id=clients["陈国梁"])) is None


def test_who_only_reads_changes_nothing_and_prints_by_right(
    qtbot: QtBot, desk_of: MakeDesk, wang: int, advisor: Database
) -> None:
    relate(advisor, wang, "friend", other_name="张三")
    for role, may_print in (("leader", True), ("office", False)):
        page, tab = opened_tab(qtbot, desk_of(role), wang)
        assert tab.model.rowCount() == 1
        for button in (tab.add_button, tab.archive_button, tab.make_button):
            assert button.isHidden()
        assert tab.print_button.isHidden() is not may_print
        if may_print:
            with qtbot.waitSignal(page.hanging.report_wanted):
                qtbot.mouseClick(tab.print_button, Qt.MouseButton.LeftButton)
        page.close()
        QApplication.processEvents()


def test_a_relation_is_changed_by_f2_and_the_household_renamed(
    qtbot: QtBot, desk: Surroundings, advisor: Database, wang: int, clients: dict[str, int]
) -> None:
    relate(advisor, wang, "friend", other_name="李建业", other_phone="13900000458")
    advisor.write(partial(make_household, client_id=wang, name="王家", now=NOW))
    _page, tab = opened_tab(qtbot, desk, wang)
    tab.table.go_to(0)
    tab.table.setFocus()
    press(tab.table, "F2")
    dialog = tab.edit_dialog
    assert isinstance(dialog, RelationEditDialog)
    assert dialog.phone.value() == "139****0458"
    dialog.kind.set_value("spouse")
    dialog.decides.setChecked(True)
    press(dialog, "Ctrl+Return")
    settle(qtbot, desk)
    [told] = advisor.read(partial(open_family, client_id=wang)).relations
    assert (told.kind, told.decides, told.phone) == ("spouse", True, "139****0458")
    tab.rename_button.click()
    naming = tab.edit_dialog
    assert isinstance(naming, HouseholdDialog)
    naming.name.set_value("王秀兰一家")
    naming.submit()
    settle(qtbot, desk)
    house = advisor.read(partial(find_household, client_id=wang))
    assert house is not None
    assert house.name == "王秀兰一家"
    said = " ".join(label.text() for label in tab.household.findChildren(QLabel))
    assert "王秀兰一家" in said


def test_a_relation_that_stands_in_the_others_file_is_changed_there(
    qtbot: QtBot, desk: Surroundings, advisor: Database, wang: int, clients: dict[str, int]
) -> None:
    relate(advisor, clients["欧阳文静"], "friend", other_client_id=wang)
    _page, tab = opened_tab(qtbot, desk, wang)
    tab.table.go_to(0)
    assert not tab.edit_button.isEnabled()
    tab.edit_current()
    assert tab.edit_dialog is None
