"""The omnibox: keys only, groups, older answers dropped."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from advisorcrm.views.omnibox import CONTACTS, FUNCTIONS, Omnibox
from advisorcrm.views.omnibox_painter import CLIENTS, Result
from advisorcrm.views.shell.parts import Action
from advisorcrm.views.widgets.badge import BadgeText

FOUND = [
    Result("曾奕航", 7, "138****0921 · 尾号 5586", badge=BadgeText("金卡", "gold")),
    Result("郑雨荷", 8, "139****5586"),
]


@pytest.fixture
def run() -> list[str]:
    return []


@pytest.fixture
def box(qtbot: QtBot, run: list[str], tmp_path: Path) -> Omnibox:
    window = QWidget()
    window.resize(1280, 680)
    qtbot.addWidget(window)
    made = Omnibox(window)
    made.set_functions(
        [
            Action("log", "记沟通", lambda: run.append("log"), letter="N", words="jgt"),
            Action("print", "打印客户卡", lambda: run.append("print"), words="dykhk"),
        ]
    )
    window.show()
    qtbot.waitActive(window)
    made.open_with()
    made.window_of_test = window  # type: ignore[attr-defined]
    return made


def test_what_is_typed_is_searched_at_once(box: Omnibox, qtbot: QtBot) -> None:
    with qtbot.waitSignal(box.search_wanted) as told:
        qtbot.keyClick(box.line, Qt.Key.Key_Z)
    assert told.args == ["z"]


def test_an_older_answer_never_replaces_a_newer(box: Omnibox, qtbot: QtBot) -> None:
    qtbot.keyClicks(box.line, "zyh")
    box.show_results("zyh", CLIENTS, FOUND)
    box.show_results("zy", CLIENTS, [Result("张阳", 9)])
    assert box.titles() == ["曾奕航", "郑雨荷"]


def test_who_was_gone_to_stays_chosen_when_more_is_found(box: Omnibox, qtbot: QtBot) -> None:
    """Answers come one after the other: Enter opens whom the cursor is on."""
    qtbot.keyClicks(box.line, "zyh")
    box.show_results("zyh", CLIENTS, FOUND)
    qtbot.keyClick(box.line, Qt.Key.Key_Down)
    box.show_total("zyh", CLIENTS, 1_234)
    box.show_results("zyh", CONTACTS, [Result("曾奕航 · 11-20 电话", 70)])
    assert box.list.item(0).text() == "客户，共 1,234 个，先列 2 个"
    with qtbot.waitSignal(box.opened) as told:
        qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert told.args == [CLIENTS, 8]
    box.open_with()
    qtbot.keyClicks(box.line, "zy")
    box.show_results("zy", CLIENTS, FOUND)
    with qtbot.waitSignal(box.opened) as told:
        qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert told.args == [CLIENTS, 7], "another word begins at its best"


def test_enter_opens_and_ctrl_enter_logs_a_contact(box: Omnibox, qtbot: QtBot) -> None:
    qtbot.keyClicks(box.line, "zyh")
    box.show_results("zyh", CLIENTS, FOUND)
    box.show_results("zyh", CONTACTS, [Result("曾奕航 · 11-12 电话", 70)])
    qtbot.keyClick(box.line, Qt.Key.Key_Down)
    with qtbot.waitSignal(box.second) as told:
        qtbot.keyClick(box.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told.args == [CLIENTS, 8]
    box.open_with()
    box.show_results("zyh", CLIENTS, FOUND)
    with qtbot.waitSignal(box.opened) as told:
        qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert told.args == [CLIENTS, 7]
    assert not box.isVisible()


def test_arrows_pass_over_the_headings(box: Omnibox, qtbot: QtBot) -> None:
    qtbot.keyClicks(box.line, "zyh")
    box.show_results("zyh", CLIENTS, FOUND)
    box.show_results("zyh", CONTACTS, [Result("曾奕航 · 11-12 电话", 70)])
    qtbot.keyClick(box.line, Qt.Key.Key_Down)
    qtbot.keyClick(box.line, Qt.Key.Key_Down)
    assert box.line.accessibleDescription() == "曾奕航 · 11-12 电话"
    qtbot.keyClick(box.line, Qt.Key.Key_Up)
    assert box.line.accessibleDescription() == "郑雨荷 139****5586"


def test_functions_are_found_by_word_initials_and_sign(
    box: Omnibox, qtbot: QtBot, run: list[str]
) -> None:
    box.line.setText(">")
    assert box.titles() == ["记沟通", "打印客户卡"]
    box.line.setText(">dy")
    assert box.titles() == ["打印客户卡"]
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert run == ["print"]


def test_tab_turns_the_scope_and_keeps_the_cursor(box: Omnibox, qtbot: QtBot) -> None:
    qtbot.keyClicks(box.line, "zyh")
    box.show_results("zyh", CLIENTS, FOUND)
    box.show_results("zyh", FUNCTIONS, [])
    box.show_results("zyh", CONTACTS, [Result("曾奕航 · 11-12 电话", 70)])
    qtbot.keyClick(box.line, Qt.Key.Key_Tab)
    qtbot.keyClick(box.line, Qt.Key.Key_Tab)
    assert box.titles() == ["曾奕航 · 11-12 电话"]
    assert box.line.hasFocus()


def test_escape_closes_and_nothing_found_says_so(box: Omnibox, qtbot: QtBot) -> None:
    qtbot.keyClicks(box.line, "qqq")
    box.show_results("qqq", CLIENTS, [])
    assert box.titles() == []
    assert "没有找到" in box.list.item(0).text()
    assert not box.grab().isNull()
    box.line.clear()
    qtbot.keyClicks(box.line, ">qqq")
    assert "没有这项功能" in box.list.item(0).text()
    qtbot.keyClick(box.line, Qt.Key.Key_Escape)
    assert not box.isVisible()
