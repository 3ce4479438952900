"""Plans an event or changes it: kind, subject, day and time, place, material (R45, R111)."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from advisorcrm import terms
from advisorcrm.columns import BRANCH_TIME
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.rules.plain_times import read_time
from advisorcrm.services.meetings.events import (
    EventData,
    EventSheet,
    add_event,
    change_event,
    open_event,
)
from advisorcrm.views import messages
from advisorcrm.views.clients.code_editors import CodeBox
from advisorcrm.views.contacts.phrase_edit import PhraseEdit
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import primary
from advisorcrm.views.widgets.check_box import CheckBox
from advisorcrm.views.widgets.date_line import DateLine
from advisorcrm.views.widgets.dialog_foot import dialog_foot
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.entry_dialog import EntryDialog
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.level import Level

_WIDE_PX = 580


class EventDialog(EntryDialog):
    """``saved(id)``; stays open until it was accepted."""

    saved = Signal(int)

    def __init__(
        self, around: Surroundings, event_id: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._around = around
        self._event_id = event_id
        self._version = 0
        self.setWindowTitle(_("新活动") if event_id is None else _("修改活动"))
        self.setMinimumWidth(_WIDE_PX)
        self.kind = Field(_("活动形式"), CodeBox(around.book, terms.EVENT_KIND), required=True)
        self.title = Field(_("主题"), QLineEdit(), required=True)
        self.day_line = DateLine()
        self.day = Field(_("日期"), self.day_line, required=True)
        self.time = Field(_("开始时间"), QLineEdit(), required=True)
        self.place = Field(_("地点"), QLineEdit(), hint=_("可空"))
        self.material = Field(_("会前材料"), PhraseEdit(3), hint=_("参会前务必准备充分"))
        self.prepared = CheckBox(_("材料已经备好"))
        self.bar = InlineBar()
        self.button = primary(_("保存"), key="Ctrl+Enter")
        self.button.clicked.connect(self.submit)
        self._lay_out()
        self.day_line.set_day(around.today())
        self.time.set_value("15:00")
        if event_id is not None:
            self.button.setEnabled(False)
            around.jobs.read(
                partial(open_event, event_id=event_id), then=self._fill, failed=self.show_problem
            )
        self.kind.focus()

    def submit(self) -> None:
        """Save what was typed."""
        checked = [field.check() for field in (self.kind, self.title, self.day, self.time)]
        if not all(checked):
            return
        day, at = self.day_line.day(), read_time(self.time.value())
        if day is None or at is None:
            wrong = self.day if day is None else self.time
            wrong.show_message(Level.ERROR, _("请填日期和时间，例如 15:00。"))
            return
        data = EventData(
            self.kind.value(), self.title.value(), datetime.combine(day, at, BRANCH_TIME),
            self.place.value(), self.material.value(), self.prepared.isChecked(),
        )  # fmt: skip
        self.button.setEnabled(False)
        jobs = self._around.jobs
        if self._event_id is None:
            jobs.write(partial(add_event, data=data), then=self._done, failed=self.show_problem)
        else:
            work = partial(change_event, event_id=self._event_id, data=data, version=self._version)
            jobs.write(work, then=self._changed, failed=self.show_problem)

    def show_problem(self, error: Exception) -> None:
        """Why it was refused, at its field; what cannot be read cannot be changed either."""
        self.button.setEnabled(self._event_id is None or self._version > 0)
        fields = {
            "kind": self.kind, "title": self.title, "place": self.place,
            "material": self.material, "starts_at": self.time,
        }  # fmt: skip
        if isinstance(error, InvalidFieldError) and error.field in fields:
            fields[error.field].show_message(Level.ERROR, error.reason)
        else:
            self.bar.say(messages.level_of(error), str(error))

    def _fill(self, sheet: EventSheet) -> None:
        row = sheet.row
        self._version = sheet.version
        self.button.setEnabled(True)
        at = row.starts_at.astimezone(BRANCH_TIME)
        self.kind.set_value(row.kind)
        self.title.set_value(row.title)
        self.day_line.set_day(at.date())
        self.time.set_value(f"{at:%H:%M}")
        self.place.set_value(row.place)
        self.material.set_value(sheet.material)
        self.prepared.setChecked(row.is_prepared)

    def _changed(self, _answer: object) -> None:
        self._done(self._event_id or 0)

    def _done(self, event_id: int) -> None:
        self.accept()
        self.saved.emit(event_id)

    def _lay_out(self) -> None:
        when = QHBoxLayout()
        when.setSpacing(12)
        for field, share in ((self.day, 3), (self.time, 2), (self.place, 4)):
            when.addWidget(field, share)
        what = QHBoxLayout()
        what.setSpacing(12)
        what.addWidget(self.kind, 2)
        what.addWidget(self.title, 5)
        whole = dialog_column(self)
        whole.addLayout(dialog_head(self, "messages-square"))
        whole.addLayout(what)
        whole.addLayout(when)
        for part in (self.material, self.prepared, self.bar):
            whole.addWidget(part)
        whole.addStretch(1)
        whole.addLayout(dialog_foot(self, self.button))
