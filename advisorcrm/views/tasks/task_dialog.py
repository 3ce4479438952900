"""A task: what, by when, how urgent, who does it, whether it comes again (R22, R58, R238)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _, ngettext
from advisorcrm.rules.plain_dates import PlainMoment
from advisorcrm.services.clients.client_rows import ClientRow
from advisorcrm.services.clients.client_search import FoundClient
from advisorcrm.services.clients.clients import list_clients
from advisorcrm.services.tasks.task_lists import TaskRow
from advisorcrm.services.tasks.task_offers import list_receivers
from advisorcrm.services.tasks.tasks import NewTask, TaskData
from advisorcrm.terms import TaskKind, TaskRepeat, TaskSource
from advisorcrm.views import messages, theme
from advisorcrm.views.contacts.client_finder import ClientFinder
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.tasks.day_field import DayField
from advisorcrm.views.widgets.buttons import primary, quiet
from advisorcrm.views.widgets.check_box import CheckBox
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.dialog_foot import dialog_foot
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.entry_dialog import EntryDialog
from advisorcrm.views.widgets.field import Field, show_at_field
from advisorcrm.views.widgets.fixed_size import FixedSize
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level

_WIDE_PX, _NOTE_PX = 600, 68


class TaskDialog(EntryDialog):
    """``submitted(NewTask)``, of one that is there ``submitted(TaskData)``; open until stored."""

    submitted = Signal(object)

    def __init__(
        self,
        around: Surroundings,
        client_ids: Sequence[int] = (),
        row: TaskRow | None = None,
        source: tuple[TaskSource, int | None] = (TaskSource.BY_HAND, None),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._around = around
        self.client_ids = tuple(client_ids)
        self.row = row
        self._source = source
        self._uuid = str(uuid.uuid4())
        self._client_id = client_ids[0] if len(client_ids) == 1 else None
        self._wanted = ""
        self.setWindowTitle(self._title())
        self.title = Field(_("任务"), QLineEdit(), required=True)
        self.finder = ClientFinder(around.jobs, around.book)
        self.about = Label("", weight=600)
        self.forget = quiet(_("不关联客户"), icon="x")
        self.day = DayField(_("期限"), around.now)
        self.urgent, self.important = CheckBox(_("紧急")), CheckBox(_("重要"))
        self.receiver = Field(_("谁来做"), ComboBox([], empty=_("我自己")))
        self.assist = CheckBox(_("协助请求"))
        repeats = [(choice.value, choice.label) for choice in TaskRepeat]
        self.repeats = Field(_("重复"), ComboBox(repeats, empty=_("不重复")))
        self.workdays = CheckBox(_("遇休市顺延到工作日"))
        self.note = Field(_("说明"), QPlainTextEdit(), hint=_("可空"))
        self.bar = InlineBar()
        self.button = primary(_("保存"), key="Ctrl+Enter")
        self._lay_out()
        self._connect()
        self._fill()

    def submit(self) -> None:
        """Give what was entered; the first wrong field is told."""
        fields = (self.title, self.day.field)
        wrong = [field for field in fields if not field.check()]
        moment = self.day.moment()
        if wrong or moment is None:
            (wrong or [self.day.field])[0].focus()
            return
        self.button.setEnabled(False)
        data = self._data(moment)
        self.submitted.emit(data if self.row else self._new(data))

    def suggest(self, title: str, receiver_id: int) -> None:
        """Begin with what somebody is to be reminded of, and who that is."""
        self.title.set_value(title)
        self._wanted = str(receiver_id)
        self._choose_wanted()

    def accept_answer(self, _answer: object) -> None:
        """It is stored."""
        self.accept()

    def show_problem(self, error: Exception) -> None:
        """Nothing was stored: say why, where it belongs."""
        self.button.setEnabled(True)
        fields = {"title": self.title, "due_on": self.day.field, "receiver_id": self.receiver,
                  "note": self.note}  # fmt: skip
        if show_at_field(error, fields):
            return
        if isinstance(error, InvalidFieldError):
            self.bar.say(Level.ERROR, error.reason)
        else:
            messages.show_problem(error, self)

    def _title(self) -> str:
        count = len(self.client_ids)
        if self.row is not None:
            return _("修改任务")
        if count > 1:
            said = ngettext("给 {count} 户建任务", "给 {count} 户建任务", count)
            return said.format(count=f"{count:,}")
        return _("新任务")

    def _data(self, moment: PlainMoment) -> TaskData:
        repeats = self.repeats.value()
        return TaskData(
            self.title.value(),
            moment.on,
            moment.at,
            self.note.value(),
            self.urgent.isChecked(),
            self.important.isChecked(),
            TaskRepeat(repeats) if repeats else None,
            self.workdays.isChecked(),
        )

    def _new(self, data: TaskData) -> NewTask:
        receiver = self.receiver.value()
        is_assist = bool(receiver) and self.assist.isChecked()
        source, source_id = self._source
        return NewTask(
            self._uuid,
            data,
            client_id=self._client_id,
            receiver_id=int(receiver) if receiver else None,
            kind=TaskKind.ASSIST if is_assist else TaskKind.TASK,
            source=source,
            source_id=source_id,
        )

    def _fill(self) -> None:
        """Today, nobody else, once; or what the task says."""
        around, row = self._around, self.row
        self.day.show_moment(PlainMoment(around.today()))
        if row is None:
            around.jobs.read(list_receivers, then=self._offer)
            if self._client_id is not None:
                read = partial(list_clients, ids=[self._client_id], today=around.today())
                around.jobs.read(read, then=self._show_client)
            self._follow()
            self.title.focus()
            return
        self.title.set_value(row.title)
        self.day.show_moment(PlainMoment(row.due_on, row.due_at))
        self.urgent.setChecked(row.is_urgent)
        self.important.setChecked(row.is_important)
        self.repeats.set_value(row.repeats or "")
        self.workdays.setChecked(row.repeats_on_workdays)
        self.note.set_value(row.note)
        self._follow()
        self.title.focus()

    def _offer(self, people: list[tuple[int, str, str]]) -> None:
        box = self.receiver.editor
        if isinstance(box, ComboBox):
            choices = [(str(key), f"{name} {number}") for key, number, name in people]
            box.set_choices(choices, empty=_("我自己"))
            self._choose_wanted()

    def _choose_wanted(self) -> None:
        """As soon as the people are known."""
        box = self.receiver.editor
        if self._wanted and isinstance(box, ComboBox):
            box.set_code(self._wanted)
            self._follow()

    def _show_client(self, rows: list[ClientRow]) -> None:
        self.about.setText(_("关于 {name}").format(name=rows[0].name) if rows else "")

    def _take(self, client: FoundClient, _typed: str) -> None:
        self._client_id = client.id
        self.about.setText(_("关于 {name}").format(name=client.name))
        self._follow()
        self.day.setFocus()

    def _forget(self) -> None:
        self._client_id = None
        self.about.setText("")
        self.finder.start()
        self._follow()

    def _follow(self) -> None:
        """Show what can be chosen as things stand."""
        is_new, is_one = self.row is None, len(self.client_ids) < 2
        has_client = self._client_id is not None
        self.finder.setVisible(is_new and is_one and not has_client)
        self.about.setVisible(is_new and has_client)
        self.forget.setVisible(is_new and has_client)
        self.receiver.setVisible(is_new)
        self.assist.setVisible(is_new)
        self.assist.setEnabled(bool(self.receiver.value()))
        self.workdays.setEnabled(bool(self.repeats.value()))

    def _connect(self) -> None:
        self.button.clicked.connect(self.submit)
        self.forget.clicked.connect(self._forget)
        self.finder.chosen.connect(self._take)
        self.receiver.changed.connect(self._follow)
        self.repeats.changed.connect(self._follow)

    def _lay_out(self) -> None:
        whole = dialog_column(self)
        whole.addLayout(dialog_head(self, "list-checks"))
        whole.addWidget(self.bar)
        whole.addWidget(self.title)
        client = QHBoxLayout()
        client.addWidget(self.about)
        client.addWidget(self.forget)
        client.addStretch(1)
        whole.addWidget(self.finder)
        whole.addLayout(client)
        whole.addWidget(self.day)
        for first, boxes in (
            (None, (self.urgent, self.important)),
            (self.receiver, (self.assist,)),
            (self.repeats, (self.workdays,)),
        ):
            whole.addLayout(_row(first, boxes))
        self.note.editor.setFixedHeight(theme.px(_NOTE_PX))
        whole.addWidget(self.note)
        whole.addStretch(1)
        whole.addLayout(dialog_foot(self, self.button))
        self.setMinimumWidth(theme.px(_WIDE_PX))


def _row(first: QWidget | None, boxes: Sequence[QWidget]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(16)
    if first is not None:
        row.addWidget(first, 1)
    for box in boxes:
        FixedSize(box, height=theme.CONTROL_PX)  # on one line with the field beside it
        row.addWidget(box, 0, Qt.AlignmentFlag.AlignBottom)
    if first is None:
        row.addStretch(1)
    return row
