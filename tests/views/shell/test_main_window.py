"""The frame: pages by key and rail, history, keys, lock, narrow windows."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from advisorcrm.views import theme
from advisorcrm.views.main_window import MainWindow
from advisorcrm.views.shell.history import History, Place
from advisorcrm.views.shell.parts import Action, Page, ShellInfo
from advisorcrm.views.shell.rail import RailItem
from advisorcrm.views.widgets.toast import Toast

INFO = ShellInfo("LSL0042", "林若溪", "客服专员 · 第二客户组", "历山路证券营业部", "branch.db")


class Sample(QWidget):
    """A page with everything the frame looks for."""

    status_changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[int] = []
        self.read = 0
        self.is_private = False
        self.line = QLineEdit()
        QVBoxLayout(self).addWidget(self.line)

    def open_record(self, record_id: int) -> None:
        self.opened.append(record_id)

    def reload(self) -> None:
        self.read += 1

    def status_text(self) -> str:
        return "17 户"

    def set_private(self, *, is_private: bool) -> None:
        self.is_private = is_private

    def keys(self) -> list[tuple[str, str]]:
        return [("/", "添加条件")]


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, done: list[str]
) -> MainWindow:
    monkeypatch.setenv("ADVISORCRM_HOME", str(tmp_path))
    pages = [
        Page("clients", "客户", "users", Sample),
        Page("contacts", "沟通记录", "message-square-text", Sample),
        Page("client", "客户页", "user", Sample, on_rail=False, parent_key="clients"),
        Page("settings", "设置", "settings", Sample, at_foot=True, shortcut="Ctrl+,"),
    ]
    actions = [
        Action("log", "记沟通", lambda: done.append("log"), shortcut="Ctrl+N", letter="N"),
        Action("new", "新客户", lambda: done.append("new"), shortcut="Ctrl+Alt+N"),
    ]
    made = MainWindow(INFO, pages, actions)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitActive(made)
    made.go("clients")
    return made


def lit(window: MainWindow) -> list[str]:
    return [item.objectName() for item in window.rail.findChildren(RailItem) if item.isChecked()]


def test_pages_are_reached_by_number_and_the_rail_follows(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.current_key() == "contacts"
    assert lit(window) == ["contacts"]
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert window.windowTitle() == "设置 – 客户服务 – 历山路证券营业部"


def test_back_and_forward_bring_the_record_again(window: MainWindow, qtbot: QtBot) -> None:
    window.go("client", 7)
    assert lit(window) == ["clients"]
    window.go("contacts")
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    page = window.page("client")
    assert isinstance(page, Sample)
    assert page.opened == [7, 7]
    qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert window.current_key() == "contacts"


def test_history_forgets_after_fifty_steps_and_what_lay_ahead() -> None:
    history = History()
    for number in range(60):
        history.visit(Place("client", number))
    steps = 0
    while history.back():
        steps += 1
    assert steps == 49
    history.visit(Place("clients"))
    assert not history.can_go_forward()


def test_a_letter_works_only_outside_of_text_fields(
    window: MainWindow, qtbot: QtBot, done: list[str]
) -> None:
    page = window.page("clients")
    assert isinstance(page, Sample)
    page.line.setFocus()
    qtbot.keyClick(page.line, Qt.Key.Key_N)
    assert done == []
    assert page.line.text() == "n"
    window.rail.findChildren(RailItem)[1].setFocus()
    qtbot.keyClick(window, Qt.Key.Key_N)
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert done == ["log", "log"]


def test_reload_privacy_and_status_reach_the_page(window: MainWindow, qtbot: QtBot) -> None:
    page = window.page("clients")
    assert isinstance(page, Sample)
    qtbot.keyClick(window, Qt.Key.Key_F5)
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert (page.read, page.is_private) == (1, True)
    assert window.status.page.text() == "17 户"
    page.status_changed.emit("16 户")
    assert window.status.page.text() == "16 户"


def test_what_was_just_done_is_told_without_names_and_still_taken_back_when_privacy_comes(
    window: MainWindow, qtbot: QtBot, done: list[str]
) -> None:
    window.told_in_public.connect(
        lambda told, undo: window.tell(told.replace("王秀兰", "王**"), undo)
    )
    window.toast("已移交 王秀兰", lambda: done.append("undone"))
    toast = window.findChild(Toast)
    assert toast is not None
    for _turn in range(2):  # on, and off again
        qtbot.keyClick(window, Qt.Key.Key_F9)
        assert (toast.text(), toast.isVisible(), toast.offers_undo()) == ("已移交 王**", True, True)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (done, toast.isVisible()) == (["undone"], False)
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert not toast.isVisible()


def test_the_lock_covers_page_and_dialogs_and_gives_both_back(
    window: MainWindow, qtbot: QtBot, done: list[str]
) -> None:
    dialog = QDialog(window)
    dialog.show()
    qtbot.waitExposed(dialog)
    window.show_lock(QWidget())
    assert not dialog.isVisible()
    assert window.windowTitle() == "已锁定 – 客户服务"
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert done == []
    window.hide_lock()
    assert dialog.isVisible()
    assert window.windowTitle().startswith("客户 – ")
    dialog.close()


def test_the_font_grows_and_shrinks_by_keys_within_its_sizes(
    window: MainWindow, qtbot: QtBot
) -> None:
    told: list[int] = []
    window.scale_changed.connect(told.append)
    for key in (Qt.Key.Key_Equal, Qt.Key.Key_Minus, Qt.Key.Key_0):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert told == [theme.SCALES[theme.SCALES.index(100) + 1], 100, 100]
    for _step in theme.SCALES:
        qtbot.keyClick(window, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    assert told[-1] == theme.current.scale == max(theme.SCALES)
    qtbot.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)


def test_the_rail_folds_in_a_narrow_window_and_by_key(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1440, 900)
    assert not window.rail.is_narrow
    window.resize(1366, 768)
    assert window.rail.is_narrow
    qtbot.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert not window.rail.is_narrow


def test_the_window_fits_the_smallest_screen_of_the_branch(window: MainWindow) -> None:
    least = window.minimumSizeHint()
    assert (least.width(), least.height()) <= (1280, 680)
    assert (window.minimumWidth(), window.minimumHeight()) == (1280, 680)


def test_the_keys_of_the_page_are_listed(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window.keys.isVisible()
    qtbot.keyClick(window.keys, Qt.Key.Key_Escape)
    assert not window.keys.isVisible()


def test_every_control_of_the_frame_has_a_name(window: MainWindow) -> None:
    nameless = [
        widget
        for widget in (*window.rail.findChildren(QWidget), *window.top.findChildren(QWidget))
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.accessibleName()
    ]
    assert nameless == []


def test_what_was_done_can_be_taken_back_by_ctrl_z(
    window: MainWindow, qtbot: QtBot, done: list[str]
) -> None:
    window.rail.findChildren(RailItem)[1].setFocus()
    window.toast("已移交 3 户给 周岚", undo=lambda: done.append("undone"))
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert done == ["undone"]


def test_the_bar_of_what_was_done_goes_with_its_page(window: MainWindow, qtbot: QtBot) -> None:
    bar = window.findChild(Toast)
    assert bar is not None
    window.toast("已导出到 客户.xlsx")
    window.go("contacts")
    assert bar.isVisible()
    window.toast("已移交 3 户给 周岚", undo=lambda: None)
    window.go("clients")
    assert not bar.isVisible()
    with qtbot.waitSignal(window.undo_wanted):
        qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def test_the_place_of_the_window_is_remembered(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1280, 700)
    window.close()
    again = MainWindow(INFO, [Page("clients", "客户", "users", Sample)])
    qtbot.addWidget(again)
    again.show()
    assert (again.width(), again.height()) == (1280, 700)


def test_the_focus_walks_through_the_panes_by_f6(window: MainWindow, qtbot: QtBot) -> None:
    page = window.page("clients")
    assert isinstance(page, Sample)
    page.line.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert window.status.isAncestorOf(window.focusWidget())
    qtbot.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert page.line.hasFocus()
