"""The guests of an event: invited, answered, present, their words and gifts (R111, R261)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from advisorcrm import terms
from advisorcrm.columns import show_instant
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.rules.amounts import read_money
from advisorcrm.services.access import Right
from advisorcrm.services.meetings.event_guests import (
    GuestRow,
    Invitations,
    add_visitor,
    answer_invitation,
    archive_guest,
    give_souvenir,
    invite_clients,
    list_guests,
    mark_attendance,
    restore_guest,
    write_feedback,
)
from advisorcrm.services.meetings.events import EventSheet, close_event, open_event
from advisorcrm.terms import AccessKind, Channel, GuestAnswer
from advisorcrm.views import day_reports, messages
from advisorcrm.views.contacts.phrase_edit import PhraseEdit
from advisorcrm.views.events.invite_line import InviteLine, said_of
from advisorcrm.views.page_keys import PageKeys
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.button_row import ButtonRow
from advisorcrm.views.widgets.buttons import plain, primary, wired
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.dialog_foot import close_button
from advisorcrm.views.widgets.dialog_room import open_large
from advisorcrm.views.widgets.icon_label import IconMark
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level

_SIZE = (1180, 720)


class GuestsDialog(QDialog):
    """``client_wanted(id)``, ``print_wanted(report)``, ``export_wanted(report)``."""

    client_wanted = Signal(int)
    print_wanted = Signal(object)
    export_wanted = Signal(object)

    def __init__(self, around: Surroundings, event_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._event_id = event_id
        self.sheet: EventSheet | None = None
        self.rows: list[GuestRow] = []
        self.setWindowTitle(_("来客与签到"))
        self.title = Label("", size="subtitle", weight=600)
        self.when = Label("", "text2", "caption")
        self.prepared = Badge("", "mute")
        self.bar = InlineBar()
        self.invite = InviteLine(around, event_id)
        self.model = RecordTableModel(GuestRow, book=around.book, sortable=False)
        self.table = RecordTable(self.model, _("来客"))
        self.feedback, self.gift, self.value = QLineEdit(), QLineEdit(), QLineEdit()
        self.keep_button = plain(_("记下"), icon="check")
        self.give_button = plain(_("送出"), icon="package")
        self.summary = PhraseEdit(2)
        self.summary.setAccessibleName(_("客户意见与处理"))
        self.summary.setPlaceholderText(_("客户意见与处理；写好后总结，活动就不能再改"))
        self.close_button = primary(_("总结"), icon="check")
        self.marks = ButtonRow()
        self._keys = PageKeys(self, letters=around.settings.single_keys)
        self._lay_out()
        self._connect()
        around.jobs.changed.connect(self.reload)
        self.reload()

    def reload(self) -> None:
        """Read event and guests again."""
        jobs, key = self._around.jobs, self._event_id
        jobs.read(partial(open_event, event_id=key), then=self._show_event, failed=self._refuse)
        jobs.read(partial(list_guests, event_id=key), then=self._show_guests)
        if self._may_edit():
            self.invite.ask()

    def current(self) -> GuestRow | None:
        """The guest at the cursor."""
        key = self.table.current_id()
        return next((row for row in self.rows if row.id == key), None)

    # What the person does

    def answer(self, said: GuestAnswer) -> None:
        """What the chosen client said to the invitation."""
        self._about_guest(partial(answer_invitation, answer=said))

    def mark(self, *, has_come: bool) -> None:
        """Whether the chosen guest came."""
        row = self._editable()
        if row is not None:
            self._write(
                partial(
                    mark_attendance, guest_ids=[row.id], has_come=has_come, now=self._around.now()
                )
            )

    def keep_words(self) -> None:
        """What the chosen guest said."""
        row = self._editable()
        if row is None:
            return
        self._write(partial(write_feedback, guest_id=row.id, text=self.feedback.text()))
        self.feedback.clear()

    def give(self) -> None:
        """Give the chosen guest what stands in the line; it stays there for the next."""
        row = self._editable()
        if row is None:
            return
        try:
            fen = read_money(self.value.text()) or 0
        except InvalidFieldError as error:
            self._refuse(error)
            return
        work = partial(
            give_souvenir, guest_id=row.id, gift=self.gift.text(), value_fen=fen,
            now=self._around.now(),
        )  # fmt: skip
        self._write(work)

    def remove(self) -> None:
        """Take the chosen guest off the list; it can be taken back."""
        row = self._editable()
        if row is not None:
            work = partial(archive_guest, guest_id=row.id, now=self._around.now())
            told = _("已移出 {name}").format(name=row.name)
            then = partial(self._offer_undo, told, partial(restore_guest, guest_id=row.id))
            self._around.jobs.write(work, then=then, failed=self._refuse)

    def close_event(self) -> None:
        """Sum the event up."""
        self._write(
            partial(
                close_event, event_id=self._event_id, summary=self.summary.toPlainText(),
                now=self._around.now(),
            )
        )  # fmt: skip

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The dialog's own keys."""
        if not self._keys.press(event):
            super().keyPressEvent(event)

    # Inside

    def _show_event(self, sheet: EventSheet) -> None:
        self.sheet = sheet
        row = sheet.row
        kind = self._around.book.label(terms.EVENT_KIND, row.kind)
        self.title.setText(row.title)
        parts = (kind, show_instant(row.starts_at), row.place, row.host_name)
        self.when.setText(" · ".join(part for part in parts if part))
        told = _("材料已备") if row.is_prepared else _("材料未备")
        self.prepared.show_badge(told, "ok" if row.is_prepared else "warn")
        if row.held_at is not None or not self.summary.toPlainText().strip():
            self.summary.setPlainText(sheet.summary)
        self.summary.setReadOnly(row.held_at is not None)
        is_open = row.held_at is None
        self.invite.setVisible(is_open and self._may_edit())
        self.close_button.setEnabled(is_open and sheet.may_lead)

    def _show_guests(self, rows: Sequence[GuestRow]) -> None:
        self.rows = list(rows)
        self.model.show_rows(self.rows)
        if rows and self.table.current_row() < 0:
            self.table.go_to(0)

    def _may_edit(self) -> bool:
        return self._around.may(Right.LOG_CONTACTS)

    def _editable(self) -> GuestRow | None:
        row = self.current()
        return row if row is not None and row.may_edit else None

    def _about_guest(self, work: Callable[..., object]) -> None:
        row = self._editable()
        if row is not None:
            self._write(partial(work, guest_id=row.id))

    def _invite(self, ids: Sequence[int], channel: Channel) -> None:
        work = partial(
            invite_clients, event_id=self._event_id, client_ids=ids, channel=channel,
            now=self._around.now(),
        )  # fmt: skip
        self._around.jobs.write(work, then=self._invited, failed=self._refuse)

    def _invited(self, found: Invitations) -> None:
        if not found.ids:
            self.bar.say(Level.WARN, said_of(found))
        else:
            self.bar.hide()

    def _visit(self, name: str) -> None:
        self._write(partial(add_visitor, event_id=self._event_id, name=name))

    def _write(self, work: Callable[..., object]) -> None:
        self._around.jobs.write(work, then=self._written, failed=self._refuse)

    def _written(self, _answer: object) -> None:
        self.bar.hide()

    def _offer_undo(self, told: str, inverse: partial[None], _answer: object) -> None:
        self._around.undo.done(told, inverse)

    def _refuse(self, error: Exception) -> None:
        self.bar.say(messages.level_of(error), str(error))

    def _open(self, _line: int) -> None:
        row = self.current()
        if row is not None and row.client_id is not None:
            self.accept()
            self.client_wanted.emit(row.client_id)

    def _print(self) -> None:
        self.print_wanted.emit(day_reports.event_guests(self._event_id, AccessKind.PRINT))

    def _export(self) -> None:
        self.export_wanted.emit(day_reports.event_guests(self._event_id, AccessKind.EXPORT))

    def _connect(self) -> None:
        self.table.opened.connect(self._open)
        self.invite.invited.connect(self._invite)
        self.invite.visitor_given.connect(self._visit)
        self.keep_button.clicked.connect(self.keep_words)
        self.give_button.clicked.connect(self.give)
        self.gift.returnPressed.connect(self.give)
        self.value.returnPressed.connect(self.give)
        self.feedback.returnPressed.connect(self.keep_words)
        self.close_button.clicked.connect(self.close_event)
        self.table.letters_are_keys = self._around.settings.single_keys
        self._keys.watch(self.table)
        if not self._may_edit():
            return
        marks: tuple[tuple[str, str, str, Callable[[], Any]], ...] = (
            (_("应邀"), "check", "Y", partial(self.answer, GuestAnswer.COMES)),
            (_("谢绝"), "x", "T", partial(self.answer, GuestAnswer.DECLINES)),
            (_("到场"), "user-check", "D", partial(self.mark, has_come=True)),
            (_("未到"), "user-x", "W", partial(self.mark, has_come=False)),
            (_("移出"), "x", "Del", self.remove),
        )
        for text, icon, key, call in marks:
            button = plain(text, icon=icon, key=key)
            button.clicked.connect(_without_argument(call))
            self.marks.add(button)
            self._keys.add("Delete" if key == "Del" else key, call, text)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconMark("messages-square", "accent", 18))
        head.addWidget(self.title)
        head.addWidget(self.prepared)
        head.addWidget(self.when, 1)
        card = Card(margins=(0, 0, 0, 0), spacing=0)
        card.add(self.table, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 14)
        whole.setSpacing(8)
        whole.addLayout(head)
        whole.addWidget(self.bar)
        whole.addWidget(self.invite)
        whole.addWidget(card, 1)
        if self._may_edit():
            whole.addLayout(self._word_row())
        whole.addLayout(self._foot())
        open_large(self, *_SIZE)

    def _word_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.marks)
        for line, name, share, button in (
            (self.feedback, _("选中来客的反馈"), 3, self.keep_button),
            (self.gift, _("礼品"), 2, None),
            (self.value, _("价值（元）"), 2, self.give_button),
        ):
            line.setAccessibleName(name)
            line.setPlaceholderText(name)
            row.addWidget(line, share)
            if button is not None:
                row.addWidget(button)
        return row

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.summary, 1)
        if self._may_edit():
            foot.addWidget(self.close_button)
        if self._around.may(Right.EXPORT):
            foot.addWidget(wired(_("打印签到表"), "printer", self._print))
            foot.addWidget(wired(_("导出"), "upload", self._export))
        close = close_button(self)
        foot.addWidget(close)
        return foot


def _without_argument(call: Callable[[], Any]) -> Callable[[bool], None]:
    """A slot for ``clicked`` that leaves the tick of the button out."""

    def slot(_checked: bool) -> None:
        call()

    return slot
