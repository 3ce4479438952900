"""The three parts of a shift on the screen: its log, its memos, what the shift before left."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from advisorcrm import terms
from advisorcrm.i18n import _
from advisorcrm.services.days.shift_logs import ShiftSheet
from advisorcrm.services.days.shift_memos import MemoRow
from advisorcrm.views.contacts.phrase_edit import PhraseEdit
from advisorcrm.views.shifts.memo_entry import MemoEntry
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.buttons import plain
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.line import Line

_LINES = 8
_MEMO_COLUMNS = ("happened_at", "person", "description", "category", "state")
_WAITING_COLUMNS = ("person", "description", "noted_by")


class ShiftParts(QWidget):
    """``left`` when the log was written on and is left."""

    left = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._kept = ""
        self._shown = -1
        self.text = PhraseEdit(_LINES)
        self.text.setAccessibleName(_("值班日志"))
        self.text.setPlaceholderText(_("本班接听、处理了什么；每班一份。"))
        self.text.installEventFilter(self)
        self.entry = MemoEntry(around)
        self.model = RecordTableModel(
            MemoRow, book=around.book, columns=_MEMO_COLUMNS, sortable=False
        )
        self.memos = RecordTable(self.model, _("备忘录"))
        self.waiting_model = RecordTableModel(
            MemoRow, book=around.book, columns=_WAITING_COLUMNS, sortable=False
        )
        self.waiting = RecordTable(self.waiting_model, _("上一班遗留事项"))
        self.accept_button = plain(_("全部接收"), icon="check", key="Alt+A")
        self.state = Badge("", "mute")
        self.state.hide()  # until a shift is shown
        for table, model in ((self.memos, self.model), (self.waiting, self.waiting_model)):
            header = table.horizontalHeader()
            header.setStretchLastSection(False)
            section = model.section_of("description")
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
        self._lay_out()

    def show_sheet(self, sheet: ShiftSheet) -> None:
        """Show a shift; what is being typed stays."""
        is_other = self._shown != sheet.row.id
        if is_other or not self.is_changed():
            self.text.setPlainText(sheet.content)
        self._kept, self._shown = sheet.content, sheet.row.id
        self.text.setReadOnly(not sheet.may_write)
        self.model.show_rows(sheet.memos)
        self.waiting_model.show_rows(sheet.waiting)
        self.entry.setVisible(sheet.may_write)
        self.waiting_card.setVisible(sheet.may_write and bool(sheet.waiting))
        if is_other:
            self.entry.begin(sheet.row.id)
        row = sheet.row
        shift = self._around.book.label(terms.SHIFT_KIND, row.shift)
        self.log_card.sub.setText(f"{row.shift_on} {shift} {row.user_name}")
        self.state.show_badge(row.state.label, "ok" if sheet.may_write else "mute")
        self.state.show()

    def content(self) -> str:
        """The words of the log."""
        return self.text.toPlainText()

    def is_changed(self) -> bool:
        """Whether something was typed that is not kept yet."""
        return self._shown >= 0 and self.content().strip() != self._kept.strip()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The log is kept when it is left."""
        if watched is self.text and event.type() == QEvent.Type.FocusOut and self.is_changed():
            self.left.emit()
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        self.log_card = Card(_("值班日志"), sub=" ")
        self.log_card.add_right(self.state)
        self.log_card.add(self.text, 1)
        self.waiting_card = Card(_("上一班遗留事项"), margins=(0, 0, 0, 0))
        self.waiting_card.add_right(self.accept_button)
        self.waiting_card.add(self.waiting, 1)
        self.waiting_card.hide()
        memo_card = Card(_("备忘录"), sub=_("没有遗留也要写“无”"), margins=(0, 0, 0, 0), spacing=0)
        memo_card.add(self.memos, 1)
        memo_card.add(Line())
        memo_card.add(self.entry)
        first = QVBoxLayout()
        first.setSpacing(12)
        first.addWidget(self.log_card, 3)
        first.addWidget(self.waiting_card, 2)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addLayout(first, 38)
        whole.addWidget(memo_card, 62)
