"""Own fields on the settings page: defined, renamed, ordered, retired, with the way back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from advisorcrm.columns import OwnFieldRow
from advisorcrm.db.database import Database
from advisorcrm.services.files.own_fields import load_own_fields
from advisorcrm.terms import OwnFieldKind
from advisorcrm.views.settings.own_fields_panel import OwnFieldsPanel
from advisorcrm.views.settings.settings_page import SettingsPage
from tests.views.settings.conftest import OpenPage, go_to
from tests.views.windows import nameless

CTRL = Qt.KeyboardModifier.ControlModifier


def panel_of(page: SettingsPage) -> OwnFieldsPanel:
    titles = [page.subjects.item(row).text() for row in range(page.subjects.count())]
    go_to(page, next(title for title in titles if title.startswith("自定义字段")))
    panel = page.panel()
    assert isinstance(panel, OwnFieldsPanel)
    return panel


def define(panel: OwnFieldsPanel, **texts: str) -> None:
    QTest.mouseClick(panel.card.add_button, Qt.MouseButton.LeftButton)
    dialog = panel.dialog
    assert dialog is not None
    assert nameless(dialog) == []
    for name, text in texts.items():
        dialog.fields[name].set_value(text)
    dialog.kind.currentIndexChanged.emit(dialog.kind.currentIndex())
    QTest.keyClick(dialog.fields["label"].editor, Qt.Key.Key_Return)


def stored(database: Database) -> list[OwnFieldRow]:
    return list(database.read(lambda s, a: load_own_fields(s, with_retired=True)))


@pytest.mark.req("R19")
def test_the_manager_adds_a_field_and_takes_it_back(
    open_page: OpenPage, file_database: Database
) -> None:
    panel = panel_of(open_page("manager"))
    said: list[str] = []
    codes: list[bool] = []
    panel.told.connect(lambda text, _undo: said.append(text))
    panel.codes_changed.connect(lambda: codes.append(True))
    define(panel, label="活动偏好", kind="choice", choices="股市沙龙、健步走", label_en="Likes")
    [field] = stored(file_database)
    assert (field.label, field.label_en, field.kind) == ("活动偏好", "Likes", OwnFieldKind.CHOICE)
    assert panel.card.states[field.id] == "选项"
    assert said == ["已添加“活动偏好”"]
    assert codes == [True]  # its choices are offered in open files
    panel.window().activateWindow()
    assert QTest.qWaitForWindowActive(panel.window())
    QTest.keyClick(panel, Qt.Key.Key_Z, CTRL)
    assert [one.is_retired for one in stored(file_database)] == [True]
    assert panel.card.states[field.id] == "停用"


def test_what_is_wrong_is_said_at_its_field_and_the_form_stays(open_page: OpenPage) -> None:
    panel = panel_of(open_page("manager"))
    define(panel, label="职业")
    assert panel.dialog is not None
    assert panel.dialog.isVisible()
    assert "已有“职业”" in panel.dialog.fields["label"].message()
    panel.dialog.fields["label"].set_value("偏好")
    panel.dialog.kind.set_code("choice")
    assert not panel.dialog.fields["choices"].isHidden()
    panel.dialog.save_button.click()
    assert "至少填一个选项" in panel.dialog.fields["choices"].message()
    panel.dialog.reject()


def test_a_field_is_changed_in_its_place_and_moved(
    open_page: OpenPage, qtbot: QtBot, file_database: Database
) -> None:
    panel = panel_of(open_page("manager"))
    define(panel, label="车牌")
    define(panel, label="宠物")
    first, second = (field.id for field in stored(file_database))
    cell = panel.card.cells[first, "explain"]
    QTest.keyClick(cell, Qt.Key.Key_F2)
    cell.line.setText("停车登记用")
    QTest.keyClick(cell.line, Qt.Key.Key_Return)
    assert stored(file_database)[0].explain == "停车登记用"
    panel.card.shift(second, -1)
    assert [field.label for field in stored(file_database)] == ["宠物", "车牌"]
    panel.undo()
    assert [field.label for field in stored(file_database)] == ["车牌", "宠物"]
    qtbot.mouseClick(panel.card.buttons[first], Qt.MouseButton.LeftButton)
    assert [field.is_retired for field in stored(file_database)] == [False, True]


def test_the_leader_reads_and_others_do_not_see_it(open_page: OpenPage) -> None:
    panel = panel_of(open_page("leader"))
    assert not panel.may_edit
    for role in ("advisor", "desk", "office", "administrator"):
        page = open_page(role)
        titles = [page.subjects.item(row).text() for row in range(page.subjects.count())]
        assert not any(title.startswith("自定义字段") for title in titles), role
