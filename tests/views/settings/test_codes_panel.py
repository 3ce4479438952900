"""Code lists on the settings page: by clicks and keys, with the way back; pages follow."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from advisorcrm import terms
from advisorcrm.columns import CodeBook
from advisorcrm.db.database import Database
from advisorcrm.services.branch.code_lists import CodeEntry, list_codes, load_code_book
from advisorcrm.views import messages
from advisorcrm.views.clients.code_editors import CodeBox, CodesButton
from advisorcrm.views.settings.codes_panel import CodesPanel
from advisorcrm.views.settings.settings_page import SettingsPage
from advisorcrm.views.widgets.level import Level
from tests.factories import People
from tests.views.settings.conftest import OpenPage, go_to
from tests.views.windows import nameless

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def panel_of(page: SettingsPage, list_name: str = terms.TIER) -> CodesPanel:
    titles = [page.subjects.item(row).text() for row in range(page.subjects.count())]
    go_to(page, next(title for title in titles if title.startswith("代码表")))
    panel = page.panel()
    assert isinstance(panel, CodesPanel)
    panel.show_list(list_name)
    return panel


@pytest.fixture
def stored(file_database: Database, file_people: People) -> list[CodeEntry]:
    boss = file_database.acting_as(file_people.manager)
    return boss.read(partial(list_codes, list_name=terms.TIER))


def labels(panel: CodesPanel) -> list[str]:
    return [cell.text() for (_id, name), cell in panel.card.cells.items() if name == "label"]


def focus(panel: CodesPanel, entry: CodeEntry, name: str = "label") -> None:
    QApplication.processEvents()  # what was laid out is shown
    panel.window().activateWindow()
    assert QTest.qWaitForWindowActive(panel.window())
    panel.card.cells[entry.id, name].setFocus()
    assert panel.card.cells[entry.id, name].hasFocus()


def test_lists_stand_on_the_left_with_how_many_choices_they_offer(open_page: OpenPage) -> None:
    panel = panel_of(open_page("manager"))
    shown = [panel.lists.item(row).text() for row in range(panel.lists.count())]
    assert "客户类型  4" in shown
    assert "流失原因  9" in shown
    assert panel.card.title.text() == "客户类型"
    assert labels(panel) == ["白金卡", "金卡", "银卡", "其他"]
    QTest.keyClick(panel.lists, Qt.Key.Key_Down)
    assert panel.card.title.text() == "交易习惯"


def test_a_choice_is_added_in_both_languages_and_taken_back(
    open_page: OpenPage, qtbot: QtBot, file_database: Database
) -> None:
    panel = panel_of(open_page("manager"))
    said: list[str] = []
    panel.told.connect(lambda text, _undo: said.append(text))
    qtbot.mouseClick(panel.card.add_button, Qt.MouseButton.LeftButton)
    dialog = panel.dialog
    assert dialog is not None
    assert nameless(dialog) == []
    dialog.fields["label"].set_value("金卡")
    qtbot.keyClick(dialog.fields["label"].editor, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert "已有“金卡”" in dialog.fields["label"].message()
    assert dialog.fields["label"].level() is Level.ERROR
    dialog.fields["label"].set_value("钻石卡")
    dialog.fields["label_en"].set_value("Diamond")
    dialog.save_button.click()
    assert not dialog.isVisible()
    assert labels(panel) == ["白金卡", "金卡", "银卡", "钻石卡", "其他"]
    assert said == ["已添加“钻石卡”"]
    QTest.keyClick(panel, Qt.Key.Key_Z, CTRL)
    book = file_database.read(load_code_book)
    assert [book.label(terms.TIER, code) for code in book.codes(terms.TIER)] == [
        "白金卡", "金卡", "银卡", "其他",
    ]  # fmt: skip


def test_a_label_is_changed_after_f2(
    open_page: OpenPage, qtbot: QtBot, stored: list[CodeEntry], file_database: Database
) -> None:
    panel = panel_of(open_page("manager"))
    focus(panel, stored[2])
    cell = panel.card.cells[stored[2].id, "label"]
    QTest.keyClick(cell, Qt.Key.Key_F2)
    cell.line.setText("银星卡")
    QTest.keyClick(cell.line, Qt.Key.Key_Return)
    assert labels(panel)[2] == "银星卡"
    assert file_database.read(load_code_book).label(terms.TIER, "silver") == "银星卡"
    english = panel.card.cells[stored[2].id, "label_en"]
    QTest.mouseDClick(english, Qt.MouseButton.LeftButton)
    english.line.setText("Silver star")
    QTest.keyClick(english.line, Qt.Key.Key_Return)
    book = file_database.read(load_code_book)
    assert book.lists[terms.TIER]["silver"] == ("银星卡", "Silver star")
    QTest.keyClick(panel, Qt.Key.Key_Z, CTRL)
    assert file_database.read(load_code_book).lists[terms.TIER]["silver"][1] == "Silver"


def test_alt_and_arrows_order_the_choices(open_page: OpenPage, stored: list[CodeEntry]) -> None:
    panel = panel_of(open_page("manager"))
    focus(panel, stored[2])
    QTest.keyClick(panel.card.cells[stored[2].id, "label"], Qt.Key.Key_Up, ALT)
    assert labels(panel) == ["白金卡", "银卡", "金卡", "其他"]
    QTest.keyClick(panel.card.cells[stored[2].id, "label"], Qt.Key.Key_Up, ALT)
    assert labels(panel)[0] == "银卡"
    QTest.keyClick(panel.card.cells[stored[2].id, "label"], Qt.Key.Key_Up, ALT)  # the first stays
    assert labels(panel)[0] == "银卡"
    QTest.keyClick(panel, Qt.Key.Key_Z, CTRL)
    assert labels(panel) == ["白金卡", "银卡", "金卡", "其他"]


def test_a_choice_is_retired_by_its_button_or_delete_and_comes_back(
    open_page: OpenPage, qtbot: QtBot, stored: list[CodeEntry]
) -> None:
    panel = panel_of(open_page("manager"))
    silver = stored[2].id
    qtbot.mouseClick(panel.card.buttons[silver], Qt.MouseButton.LeftButton)
    assert labels(panel)[-1] == "银卡"
    assert panel.card.states[silver] == "停用"
    focus(panel, stored[2])
    QTest.keyClick(panel.card.cells[silver, "label"], Qt.Key.Key_Delete)
    assert panel.card.states[silver] == "在用"
    assert labels(panel)[2] == "银卡"


def test_what_a_rule_asks_for_has_no_button_and_the_key_says_why(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = panel_of(open_page("manager"), terms.SERVICE_NEED)
    told: list[str] = []
    monkeypatch.setattr(messages, "show_problem", lambda error, *_: told.append(str(error)))
    [kept] = [entry for entry in panel.entries if entry.kept_for]
    assert panel.card.states[kept.id] == "规则要用"
    assert panel.card.buttons[kept.id].isHidden()
    focus(panel, kept)
    QTest.keyClick(panel.card.cells[kept.id, "label"], Qt.Key.Key_Delete)
    assert len(told) == 1
    assert "免打扰的判断要用它" in told[0]


def test_the_leader_reads_and_others_do_not_see_it(open_page: OpenPage) -> None:
    panel = panel_of(open_page("leader"))
    assert labels(panel)[0] == "白金卡"
    assert not panel.may_edit
    assert panel.card.buttons == {}
    assert not any(cell.is_open for cell in panel.card.cells.values())
    for role in ("advisor", "desk", "office", "administrator"):
        page = open_page(role)
        titles = [page.subjects.item(row).text() for row in range(page.subjects.count())]
        assert not any(title.startswith("代码表") for title in titles), role


def test_every_control_has_a_name(open_page: OpenPage) -> None:
    assert nameless(panel_of(open_page("manager"))) == []


def test_an_open_file_offers_what_was_added_meanwhile(qtbot: QtBot) -> None:
    book = CodeBook({"tier": {"gold": ("金卡", "Gold")}})
    box, button = CodeBox(book, "tier"), CodesButton(book, "tier")
    box.set_code("gold")
    for editor in (box, button):
        qtbot.addWidget(editor)
        editor.show()
        editor.hide()
    told: list[int] = []
    box.currentIndexChanged.connect(told.append)
    newer = {"gold": ("金星卡", "Gold"), "diamond": ("钻石卡", "")}
    book.take(CodeBook({"tier": newer}))
    box.show()
    button.show()
    assert [box.itemText(row) for row in range(box.count())] == ["请选择", "金星卡", "钻石卡"]
    assert box.code() == "gold"
    assert told == []  # nothing was chosen, nothing is to be saved
    button.set_codes(("diamond",))
    assert "钻石卡" in button.text()
