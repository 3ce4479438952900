"""The deed of a dialog: Enter presses it, and Ctrl+Enter as in every form."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from advisorcrm import paths, terms
from advisorcrm.columns import CodeBook
from advisorcrm.views.care.words_dialog import WordsDialog
from advisorcrm.views.clients.save_view_dialog import SaveViewDialog
from advisorcrm.views.clients.tag_dialog import TagDialog
from advisorcrm.views.contacts.pickers import DaysPicker
from tests.conftest import NOW
from tests.views.clients.conftest import press

_ASKS_BACK = {"messages.py", "discard_dialog.py", "waiting_button.py", "dialog_foot.py"}
"""Where the default is to go on as before, or Enter alone is the rule."""


def _save_view(heard: list[object]) -> SaveViewDialog:
    dialog = SaveViewDialog("存为视图", name="高端客户")
    dialog.named.connect(lambda name, _shared: heard.append(name))
    return dialog


def _tag(heard: list[object]) -> TagDialog:
    book = CodeBook({terms.TAG: {"focus": ("重点关注", "Watch closely")}})
    dialog = TagDialog(2, book)
    dialog.add["focus"].setChecked(True)
    dialog.submitted.connect(lambda tagging: heard.append(tagging.add))
    return dialog


def _words(heard: list[object]) -> WordsDialog:
    dialog = WordsDialog("不批准礼品", "原因", "不批准")
    dialog.words.set_value("超过上限")
    dialog.submitted.connect(heard.append)
    return dialog


@pytest.mark.parametrize(
    ("make", "answer"),
    [(_save_view, "高端客户"), (_tag, ("focus",)), (_words, "超过上限")],
)
@pytest.mark.parametrize("key", ["Return", "Ctrl+Return", "Ctrl+Enter"])
def test_a_small_dialog_is_answered_once_by_either_key(
    qtbot: QtBot, make: Callable[[list[object]], QDialog], answer: object, key: str
) -> None:
    heard: list[object] = []
    dialog = make(heard)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    press(dialog, key)
    assert heard == [answer]


def test_no_dialog_takes_enter_alone() -> None:
    views = paths.resource().parent / "advisorcrm" / "views"
    alone = {
        place.name
        for place in views.rglob("*.py")
        if ".setDefault(True)" in place.read_text("utf-8")
    }
    assert alone - _ASKS_BACK == set()


def test_a_small_window_says_inside_what_it_is(qtbot: QtBot) -> None:
    dialog = DaysPicker(lambda: NOW, (None, None))
    qtbot.addWidget(dialog)
    assert dialog.windowTitle() in [label.text() for label in dialog.findChildren(QLabel)]
