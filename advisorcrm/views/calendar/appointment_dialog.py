"""The form of one appointment: with whom, how, when, where; what speaks against the time (R29)."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QWidget

from advisorcrm import terms
from advisorcrm.columns import BRANCH_TIME
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.rules.appointments import DEFAULT_MINUTES
from advisorcrm.rules.plain_dates import read_plain_date
from advisorcrm.services.access import Right
from advisorcrm.services.calendar.appointment_rows import (
    AppointmentRow,
    TimeWarning,
    check_appointment,
)
from advisorcrm.services.calendar.appointments import (
    NewAppointment,
    add_appointment,
    cancel_appointment,
    change_appointment,
    finish_appointment,
    kind_of,
    restore_appointment,
)
from advisorcrm.services.clients.client_search import FoundClient
from advisorcrm.views import messages, theme
from advisorcrm.views.calendar.time_echo import TimeEcho
from advisorcrm.views.contacts.client_finder import ClientFinder
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import plain, primary, quiet
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.field import Field, show_at_field
from advisorcrm.views.widgets.icon_label import IconLabel
from advisorcrm.views.widgets.leave_guard import LeaveGuard
from advisorcrm.views.widgets.level import Level

_WIDE_PX = 660
_LENGTHS = (15, 30, 45, 60, 90, 120, 180)
_NO_CLIENT = "-"
_BRANCH, _AWAY = "branch", "away"


@dataclass(frozen=True, slots=True)
class Draft:
    """What the form begins with; ``row`` is the appointment that is changed."""

    advisor_id: int
    starts_at: datetime | None = None
    client_id: int | None = None
    client_name: str = ""
    way: str = terms.WAY_MEETING
    title: str = ""
    from_log_id: int | None = None
    row: AppointmentRow | None = None


class AppointmentDialog(QDialog):
    """Stays open until saved; ``saved()``, ``log_wanted(client)`` and ``brief_wanted(client)``."""

    saved = Signal()
    log_wanted = Signal(int)
    brief_wanted = Signal(int)

    def __init__(self, around: Surroundings, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._draft = draft
        self._uuid = draft.row.uuid if draft.row else str(uuid.uuid4())
        self._client_id, self._client_name = draft.client_id, draft.client_name
        self.setWindowTitle(_("预约") if draft.row else _("新预约"))
        self.setMinimumWidth(theme.px(_WIDE_PX))
        self.finder = ClientFinder(around.jobs, around.book)
        self.who = IconLabel("user", "", "text", size="body")
        self.other = quiet(_("换客户"))
        ways = [(code, around.book.label(terms.CONTACT_WAY, code)) for code in _ways(around)]
        self.way = Field(_("方式"), ComboBox([*ways, (_NO_CLIENT, _("例会、内部事务"))]))
        self.when = Field(_("时间"), QLineEdit(), required=True, hint=_("如 周二 14:30"))
        self.echo = TimeEcho(around)
        lengths = [(str(count), _("{count} 分钟").format(count=count)) for count in _LENGTHS]
        self.minutes = Field(_("时长"), ComboBox(lengths))
        places = [(_BRANCH, _("营业部")), (_AWAY, _("上门或其他地点"))]
        self.where = Field(_("地点"), ComboBox(places))
        self._make_texts()
        self.save = primary(_("保存"), key="Ctrl+Enter")
        self.call_off = plain(_("取消预约"), icon="x")
        self.finish_button = plain(_("已完成"), icon="circle-check")
        self.log = plain(_("记沟通"), icon="plus")
        self.brief = plain(_("访前准备"), icon="printer", key="Ctrl+P")
        self._lay_out()
        self._fill()
        self._connect()
        self._look()
        (self.when if self._client_id or draft.row else self.finder).setFocus()

    def _make_texts(self) -> None:
        self.place = Field(_("房间或地址"), QLineEdit(), hint=_("可空"))
        self.about = Field(_("事由"), QLineEdit())
        self.reason = Field(_("取消原因"), QLineEdit(), hint=_("取消时必填"))

    # What the person does

    def submit(self) -> None:
        """Save; warnings do not forbid it."""
        new = self._new()
        if new is None or not self.save.isEnabled():
            return
        row = self._draft.row
        work = (
            partial(add_appointment, new=new, now=self._around.now())
            if row is None
            else partial(change_appointment, appointment_id=row.id, new=new, version=row.version)
        )
        self._write(work)

    def cancel_it(self) -> None:
        """Call it off, with the reason typed."""
        row = self._draft.row
        self.reason.setVisible(True)
        if row is not None and self.reason.value().strip():
            self._write(
                partial(
                    cancel_appointment, appointment_id=row.id, reason=self.reason.value(),
                    now=self._around.now(),
                ),
                partial(self._can_be_taken_back, _("已取消预约")),
            )  # fmt: skip
        else:
            self.reason.show_message(Level.ERROR, _("请写明取消的原因。"))
            self.reason.focus()

    def finish(self) -> None:
        """A matter without a client is done by hand."""
        row = self._draft.row
        if row is not None:
            self._write(
                partial(finish_appointment, appointment_id=row.id, now=self._around.now()),
                partial(self._can_be_taken_back, _("已办完")),
            )

    def show_problem(self, error: Exception) -> None:
        """Nothing was saved: say why, at its field."""
        self.save.setEnabled(True)
        fields = {
            "starts_at": self.when, "minutes": self.minutes, "title": self.about,
            "place": self.place, "way": self.way, "reason": self.reason,
        }  # fmt: skip
        if not show_at_field(error, fields):
            messages.show_problem(error, self)

    # Inside

    def _write(
        self, work: Callable[..., object], then: Callable[[object], object] | None = None
    ) -> None:
        self.save.setEnabled(False)
        self._around.jobs.write(work, then=then or self._saved, failed=self.show_problem)

    def _can_be_taken_back(self, told: str, answer: object) -> None:
        row = self._draft.row
        if row is not None:
            back = partial(restore_appointment, appointment_id=row.id)
            self._around.undo.done(f"{told}{_('：')}{row.title}", back)
        self._saved(answer)

    def _saved(self, _answer: object) -> None:
        self.accept()
        self.saved.emit()

    def _new(self) -> NewAppointment | None:
        """What the fields say; None while the time is not understood."""
        try:
            moment = read_plain_date(self.when.value(), self._around.now(), field="starts_at")
        except InvalidFieldError as error:
            self.when.show_message(Level.ERROR, error.reason)
            return None
        if moment.at is None:
            self.when.show_message(Level.ERROR, _("请写明几点，例如 {day} 14:30。").format(
                day=f"{moment.on:%m-%d}"))  # fmt: skip
            return None
        self.when.clear_message()
        way = self.way.value()
        return NewAppointment(
            uuid=self._uuid,
            starts_at=datetime.combine(moment.on, moment.at, BRANCH_TIME),
            minutes=int(self.minutes.value() or 30),
            way=None if way == _NO_CLIENT else way,
            client_id=None if way == _NO_CLIENT else self._client_id,
            advisor_id=self._draft.advisor_id,
            title=self.about.value(),
            place=self.place.value(),
            is_at_branch=self.where.value() == _BRANCH,
            from_log_id=self._draft.from_log_id,
        )

    def _look(self) -> None:
        """Ask what speaks against the time, while it is typed."""
        new = self._new() if self.when.value().strip() else None
        self.when.clear_message()
        if new is None:
            self.echo.say_nothing()
            return
        self.echo.show_time(new.starts_at)
        row = self._draft.row
        work = partial(
            check_appointment, new=new, now=self._around.now(), except_id=row.id if row else None
        )
        jobs = self._around.jobs
        jobs.read(work, then=self._show_warnings, failed=_unheard, key=("appointment", id(self)))

    def _show_warnings(self, warnings: tuple[TimeWarning, ...]) -> None:
        self.echo.show_warnings(warnings)

    def _choose(self, client: FoundClient, _typed: str) -> None:
        self._client_id, self._client_name = client.id, client.name
        self._show_client()
        self._look()
        self.when.focus()

    def _show_client(self) -> None:
        has_client = self._client_id is not None
        is_talk = self.way.value() != _NO_CLIENT
        self.who.show_text("user", self._client_name, "text")
        self._chosen.setVisible(has_client and is_talk)
        self.finder.setVisible(not has_client and is_talk)

    def _change_client(self) -> None:
        self._client_id, self._client_name = None, ""
        self._show_client()
        self.finder.start()

    def _way_changed(self) -> None:
        way = self.way.value()
        kind = kind_of(None if way == _NO_CLIENT else way)
        self.minutes.set_value(str(DEFAULT_MINUTES[kind]))
        self._show_client()
        self._look()

    def _want_log(self) -> None:
        if self._client_id is not None:
            self.reject()
            self.log_wanted.emit(self._client_id)

    def _want_brief(self) -> None:
        if self._client_id is not None:
            self.brief_wanted.emit(self._client_id)

    def _connect(self) -> None:
        self.finder.chosen.connect(self._choose)
        self.other.clicked.connect(self._change_client)
        self.way.changed.connect(self._way_changed)
        for field in (self.when, self.minutes, self.where):
            field.changed.connect(self._look)
        self.save.clicked.connect(self.submit)
        self.call_off.clicked.connect(self.cancel_it)
        self.finish_button.clicked.connect(self.finish)
        self.log.clicked.connect(self._want_log)
        self.brief.clicked.connect(self._want_brief)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.submit)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self._want_brief)

    def _fill(self) -> None:
        draft, row = self._draft, self._draft.row
        self.way.set_value(draft.way)
        starts = row.slot.starts if row else draft.starts_at
        if starts is not None:
            self.when.set_value(f"{starts.astimezone(BRANCH_TIME):%Y-%m-%d %H:%M}")
        self.minutes.set_value(str(DEFAULT_MINUTES[kind_of(draft.way)]))
        self.about.set_value(draft.title)
        if row is not None:
            self.way.set_value(row.way or _NO_CLIENT)
            self._show_length(row)
            self.where.set_value(_BRANCH if row.is_at_branch else _AWAY)
            self.place.set_value(row.place)
            self.about.set_value(row.title)
        self._show_client()
        self._show_deeds()

    def _show_length(self, row: AppointmentRow) -> None:
        minutes = int((row.ends_at - row.starts_at).total_seconds() // 60)
        known = sorted({*_LENGTHS, minutes})
        editor = self.minutes.editor
        if isinstance(editor, ComboBox):
            editor.set_choices(
                [(str(count), _("{count} 分钟").format(count=count)) for count in known]
            )
        self.minutes.set_value(str(minutes))

    def _show_deeds(self) -> None:
        row = self._draft.row
        is_open = row is not None and row.is_open
        may_write = self._around.may(_LOG)
        self.call_off.setVisible(is_open and may_write)
        self.finish_button.setVisible(
            is_open and row is not None and row.client_id is None and may_write
        )
        self.log.setVisible(is_open and row is not None and row.client_id is not None and may_write)
        self.brief.setVisible(row is not None and row.client_id is not None)
        self.save.setVisible((row is None or is_open) and may_write)
        self.reason.hide()

    def _lay_out(self) -> None:
        self._chosen = QWidget()
        chosen = QHBoxLayout(self._chosen)
        chosen.setContentsMargins(0, 0, 0, 0)
        chosen.addWidget(self.who)
        chosen.addWidget(self.other)
        chosen.addStretch(1)
        whole = dialog_column(self)
        whole.addLayout(dialog_head(self, "calendar", _("冲突只提醒，不阻止")))
        whole.addWidget(self.finder)
        whole.addWidget(self._chosen)
        for pair in ((self.when, self.minutes), (self.way, self.where)):
            line = QHBoxLayout()
            line.setSpacing(12)
            line.addWidget(pair[0], 3)
            line.addWidget(pair[1], 2)
            whole.addLayout(line)
            if pair[0] is self.when:
                whole.addWidget(self.echo)
        for part in (self.place, self.about, self.reason):
            whole.addWidget(part)
        whole.addStretch(1)
        whole.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        cancel = plain(_("关闭"), key="Esc")
        cancel.clicked.connect(LeaveGuard(self).leave)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.setContentsMargins(0, 6, 0, 0)
        for button in (self.call_off, self.finish_button):
            foot.addWidget(button)
        foot.addStretch(1)
        for button in (self.brief, self.log, cancel, self.save):
            foot.addWidget(button)
        return foot


_LOG = Right.LOG_CONTACTS


def _ways(around: Surroundings) -> tuple[str, ...]:
    return around.book.codes(terms.CONTACT_WAY)


def _unheard(_error: Exception) -> None:
    """What speaks against a time is told again on saving."""
