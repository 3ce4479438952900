"""What one client asked about the own data: register, answer, and make the copy (2.7d)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QWidget,
)

from advisorcrm import terms
from advisorcrm.columns import BRANCH_TIME
from advisorcrm.i18n import _
from advisorcrm.rules.plain_dates import Direction
from advisorcrm.services.access import Right
from advisorcrm.services.files.client_files import ClientFile
from advisorcrm.services.files.privacy_requests import NewRequest, PrivacyRequestRow
from advisorcrm.terms import PrivacyRequestKind
from advisorcrm.views.clients.code_editors import CodeBox
from advisorcrm.views.clients.field_grid import FieldGrid
from advisorcrm.views.clients.file_values import day_reader
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.table_cells import Look
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.badge import BadgeText
from advisorcrm.views.widgets.buttons import plain, primary
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.date_line import DateLine
from advisorcrm.views.widgets.dialog_foot import asking_close_button
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.dialog_room import open_large
from advisorcrm.views.widgets.empty_state import EmptyState
from advisorcrm.views.widgets.field import Field, show_at_field
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.level import Level

_SIZE = (1000, 560)
_COLUMNS = ("kind", "asked_on", "way", "note", "user_name", "answered_at", "answered_by", "answer")


class PrivacyDialog(QDialog):
    """``filed(NewRequest)``, ``answered(id, words)`` and ``copy_wanted`` for the page to do."""

    filed = Signal(object)
    answered = Signal(int, str)
    copy_wanted = Signal()

    def __init__(
        self, around: Surroundings, file: ClientFile, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._around = around
        self._client_id = file.id
        self._rows: list[PrivacyRequestRow] = []
        self.setWindowTitle(_("个人信息请求 – {name}").format(name=file.name))
        self.bar = InlineBar()
        self.model = RecordTableModel(
            PrivacyRequestRow, book=around.book, looks={"answered_at": Look(badges=_answered)},
            columns=_COLUMNS,
        )  # fmt: skip
        self.table = RecordTable(self.model, _("个人信息请求"))
        self.table.chosen.connect(self._choose)
        self.empty = EmptyState("shield-check", _("还没有请求"), _("客户提出时在下面登记"))
        self._may_edit = around.may(Right.EDIT_CLIENTS)
        self._make_entry()
        self._lay_out()
        open_large(self, *_SIZE)
        if self._may_edit:
            self.kind.focus()

    def show_requests(self, rows: Sequence[PrivacyRequestRow]) -> None:
        """All requests, the open ones first; what was stored makes room for the next."""
        self._rows = list(rows)
        self.model.show_rows(self._rows)
        self._stack.setCurrentIndex(0 if self._rows else 1)
        self.bar.hide()
        self.asked.mark_kept()
        self.note.set_value("")
        self.answer.set_value("")
        self.table.go_to(0)
        self._choose(0)

    def submit(self) -> None:
        """Ask for the request to be registered."""
        day = self.asked.editor.day() if isinstance(self.asked.editor, DateLine) else None
        if day is None:
            self.asked.show_message(Level.ERROR, _("请填提出日期。"))
            self.asked.focus()
            return
        kind = PrivacyRequestKind(self.kind.value())
        self.filed.emit(
            NewRequest(self._client_id, kind, day, self.way.value() or None, self.note.value())
        )

    def send_answer(self) -> None:
        """Ask for the answer to the chosen request to be noted."""
        row = self._chosen()
        if row is not None and self.answer.check():
            self.answered.emit(row.id, self.answer.value())

    def show_problem(self, error: Exception) -> None:
        """It was refused: say it at its field, and stay."""
        fields = {"asked_on": self.asked, "note": self.note, "kind": self.kind,
                  "answer": self.answer}  # fmt: skip
        if not show_at_field(error, fields):
            self.bar.say(Level.ERROR, str(error))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Ctrl+Enter registers; Enter notes the answer typed, else goes on to the next field."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif self.answer.editor.hasFocus():
            self.send_answer()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and self._may_edit:
            self.file_button.click()
        else:
            self.focusNextChild()

    def _chosen(self) -> PrivacyRequestRow | None:
        place = self.table.current_row()
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def _choose(self, _place: int) -> None:
        row = self._chosen()
        is_open = row is not None and row.answered_at is None
        self.answer.setVisible(is_open)
        self.reply.setVisible(is_open)

    def _make_entry(self) -> None:
        kinds = [(kind.value, kind.label) for kind in PrivacyRequestKind]
        self.kind = Field(_("请求"), ComboBox(kinds))
        self.way = Field(_("方式"), CodeBox(self._around.book, terms.CONTACT_WAY))
        self.asked = Field(
            _("提出日期"),
            DateLine(day_reader("asked_on", self._around.clock, Direction.PAST)),
        )
        self.asked.set_value(self._around.today().isoformat())
        self.note = Field(_("客户的原话或要求"), QLineEdit())
        self.file_button = primary(_("登记"), key="Ctrl+Enter")
        self.file_button.clicked.connect(self.submit)
        self.answer = Field(_("怎样答复了客户"), QLineEdit(), required=True)
        self.reply = plain(_("记下答复"))
        self.reply.clicked.connect(self.send_answer)
        self.answer.add_beside(self.reply)
        self.copy = plain(_("生成个人信息副本"), icon="download")
        self.copy.clicked.connect(self.copy_wanted)

    def _lay_out(self) -> None:
        head = dialog_head(self, "shield-check", _("查询、复制、更正、限制处理"))
        ledger = Card(_("全部请求"), margins=(0, 0, 0, 0))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        ledger.add(self._stack, 1)
        close = asking_close_button(self)
        foot = QHBoxLayout()
        if self._around.may(Right.EXPORT) and self._around.may(Right.READ_FILES):
            foot.addWidget(self.copy)
        foot.addStretch(1)
        foot.addWidget(close)
        whole = dialog_column(self)
        whole.addLayout(head)
        whole.addWidget(self.bar)
        whole.addWidget(ledger, 1)
        if self._may_edit:
            whole.addWidget(self.answer)
            whole.addWidget(self._entry_card())
            foot.addWidget(self.file_button)
        whole.addLayout(foot)

    def _entry_card(self) -> Card:
        card = Card(_("新请求"), sub=_("“限制处理”登记后立即生效，档案只能查看、不得批量联系"))
        grid = FieldGrid()
        for field in (self.kind, self.way, self.asked):
            grid.add(field)
        card.add(grid)
        card.add(self.note)
        return card


def _answered(row: PrivacyRequestRow) -> tuple[BadgeText, ...]:
    if row.answered_at is None:
        return (BadgeText(_("待答复"), "warn"),)
    return (BadgeText(f"{row.answered_at.astimezone(BRANCH_TIME):%Y-%m-%d}", "ok"),)
