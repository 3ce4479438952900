"""The line on which a matter of the shift is written: time, person, what it is (R236)."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from advisorcrm import terms
from advisorcrm.columns import BRANCH_TIME
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.rules.plain_times import read_time
from advisorcrm.rules.shift_names import NOTHING_LEFT
from advisorcrm.services.days.shift_memos import NewMemo
from advisorcrm.views.clients.code_editors import CodeBox
from advisorcrm.views.contacts.phrase_edit import PhraseEdit
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import plain, soft
from advisorcrm.views.widgets.check_box import CheckBox
from advisorcrm.views.widgets.date_line import DateLine
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.level import Level

_LINES = 2


class MemoEntry(QWidget):
    """``memo_given(new)``; is emptied when it was accepted, says what is wrong otherwise.

    Until then its buttons are off, and with them the keys: a matter is noted once.
    """

    memo_given = Signal(object)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self.shift_id = -1
        self.on = DateLine()
        self.day = Field(_("日期"), self.on)
        self.time = Field(_("事发时间"), QLineEdit())
        self.person = Field(_("当事人姓名"), QLineEdit())
        self.category = Field(_("问题类别"), CodeBox(around.book, terms.SHIFT_QUESTION))
        self.forwarded = Field(_("转交"), QLineEdit(), hint=_("可空"))
        self.text = PhraseEdit(_LINES)
        self.description = Field(_("问题详细描述"), self.text)
        self.urgent = CheckBox(_("紧急"))
        self.add_button = soft(_("登记"), icon="plus", key="Ctrl+Enter")
        self.nothing_button = plain(_("写“无”"), icon="check", key="Alt+W")
        self._lay_out()
        self.add_button.clicked.connect(self.submit)
        self.nothing_button.clicked.connect(self.say_nothing)

    def begin(self, shift_id: int) -> None:
        """Empty for the next matter of a shift, at this minute."""
        self.shift_id = shift_id
        now = self._around.now().astimezone(BRANCH_TIME)
        self.on.set_day(now.date())
        self.time.set_value(f"{now:%H:%M}")
        for field in (self.person, self.category, self.forwarded, self.description):
            field.set_value("")
        for field in self._fields().values():
            field.clear_message()
        self.urgent.setChecked(False)
        self._show_buttons(are_on=True)

    def submit(self) -> None:
        """Give what was typed on."""
        at = read_time(self.time.value())
        day = self.on.day()
        if at is None or day is None:
            self.time.show_message(Level.ERROR, _("请填时间，例如 14:30。"))
            return
        happened = datetime.combine(day, at, BRANCH_TIME)
        self._show_buttons(are_on=False)
        self.memo_given.emit(
            NewMemo(
                self.shift_id, happened, self.person.value(), self.description.value(),
                self.category.value() or None, self.forwarded.value(), self.urgent.isChecked(),
            )
        )  # fmt: skip

    def say_nothing(self) -> None:
        """One key writes 无 (R235)."""
        self._show_buttons(are_on=False)
        self.memo_given.emit(NewMemo(self.shift_id, self._around.now(), "", NOTHING_LEFT))

    def show_problem(self, error: Exception) -> bool:
        """Say it at its field; False for what belongs nowhere here."""
        self._show_buttons(are_on=True)
        fields = self._fields()
        if isinstance(error, InvalidFieldError) and error.field in fields:
            fields[error.field].show_message(Level.ERROR, error.reason)
            return True
        return False

    def _show_buttons(self, *, are_on: bool) -> None:
        for button in (self.add_button, self.nothing_button):
            button.setEnabled(are_on)

    def _fields(self) -> dict[str, Field]:
        return {
            "happened_at": self.time, "person": self.person, "category": self.category,
            "forwarded_to": self.forwarded, "description": self.description,
        }  # fmt: skip

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(8)
        for field, wide in (
            (self.day, 3), (self.time, 2), (self.person, 3), (self.category, 3),
            (self.forwarded, 3),
        ):  # fmt: skip
            first.addWidget(field, wide)
        last = QHBoxLayout()
        last.setSpacing(8)
        last.addWidget(self.urgent)
        last.addStretch(1)
        last.addWidget(self.nothing_button)
        last.addWidget(self.add_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 8, 12, 10)
        whole.setSpacing(6)
        whole.addLayout(first)
        whole.addWidget(self.description)
        whole.addLayout(last)
