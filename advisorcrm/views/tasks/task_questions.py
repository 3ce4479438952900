"""The small questions about a task: on which day instead, to whom, and why not."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.rules.plain_dates import PlainMoment
from advisorcrm.services.tasks.task_lists import TaskRow
from advisorcrm.services.tasks.task_offers import list_receivers
from advisorcrm.views import messages
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.tasks.day_field import DayField
from advisorcrm.views.widgets.buttons import primary
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.dialog_foot import answer_by_key, dialog_foot
from advisorcrm.views.widgets.dialog_head import dialog_head
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level

_WIDE_PX = 460


class TaskQuestion(QDialog):
    """``answered(value)``; stays open until the answer is stored."""

    answered = Signal(object)

    def __init__(self, title: str, icon: str, row: TaskRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDE_PX)
        self.bar = InlineBar()
        self.go = primary(title, key="⏎")
        answer_by_key(self, self.go)
        self.go.clicked.connect(self.submit)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(20, 18, 20, 16)
        self._whole.setSpacing(10)
        self._whole.addLayout(dialog_head(self, icon, ""))
        self._whole.addWidget(Label(row.title, weight=600, wrap=True))
        self._whole.addWidget(self.bar)

    def submit(self) -> None:
        """Give the answer."""
        raise NotImplementedError

    def accept_answer(self, _answer: object) -> None:
        """It is stored."""
        self.accept()

    def show_problem(self, error: Exception) -> None:
        """Nothing was stored: say why."""
        self.go.setEnabled(True)
        if isinstance(error, InvalidFieldError):
            self.bar.say(Level.ERROR, error.reason)
        else:
            messages.show_problem(error, self)

    def _ask(self, widget: QWidget) -> None:
        self._whole.addWidget(widget)
        self._whole.addStretch(1)
        self._whole.addLayout(dialog_foot(self, self.go))
        widget.setFocus()

    def _give(self, value: object) -> None:
        self.go.setEnabled(False)
        self.answered.emit(value)


class MoveTaskDialog(TaskQuestion):
    """On which day instead: ``answered(PlainMoment)``."""

    def __init__(self, around: Surroundings, row: TaskRow, parent: QWidget | None = None) -> None:
        super().__init__(_("改期"), "calendar", row, parent)
        self.day = DayField(_("新的期限"), around.now)
        self.day.show_moment(PlainMoment(max(row.due_on, around.today()), row.due_at))
        self._ask(self.day)
        editor = self.day.field.editor
        if isinstance(editor, QLineEdit):
            editor.selectAll()

    def submit(self) -> None:
        """Give the day, if it is understood."""
        moment = self.day.moment()
        if self.day.field.check() and moment is not None:
            self._give(moment)


class GiveTaskDialog(TaskQuestion):
    """To whom: ``answered(user_id)``."""

    def __init__(self, around: Surroundings, row: TaskRow, parent: QWidget | None = None) -> None:
        super().__init__(_("交给同事"), "user-check", row, parent)
        self.box = ComboBox([], empty=_("请选择"))
        self.receiver = Field(_("交给"), self.box, required=True, hint=_("对方接收后由对方负责"))
        self._ask(self.receiver)
        around.jobs.read(list_receivers, then=self._offer)

    def submit(self) -> None:
        """Give the person."""
        if self.receiver.check():
            self._give(int(self.receiver.value()))

    def _offer(self, people: list[tuple[int, str, str]]) -> None:
        choices = [(str(key), f"{name} {number}") for key, number, name in people]
        self.box.set_choices(choices, empty=_("请选择"))


class TaskWordsDialog(TaskQuestion):
    """A sentence: the result of a task, or why it is given back or cancelled."""

    def __init__(
        self, title: str, icon: str, row: TaskRow, label: str, *, required: bool,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(title, icon, row, parent)
        hint = "" if required else _("可空")
        self.words = Field(label, QLineEdit(), required=required, hint=hint)
        self._ask(self.words)

    def submit(self) -> None:
        """Give the sentence."""
        if self.words.check():
            self._give(self.words.value())
