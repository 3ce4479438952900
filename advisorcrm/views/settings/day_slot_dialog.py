"""One part of the day: kind, name, hours, and the lines of its checklist (R53)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from advisorcrm.i18n import _
from advisorcrm.rules.plain_times import read_time
from advisorcrm.rules.renamed_lines import renamed_lines
from advisorcrm.services.days.day_slots import SlotData, SlotKind, SlotLine, SlotRow
from advisorcrm.views import messages, theme
from advisorcrm.views.widgets.buttons import primary
from advisorcrm.views.widgets.choice_button import Choice, ChoiceButton
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.dialog_foot import dialog_foot
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.entry_dialog import EntryDialog
from advisorcrm.views.widgets.field import Field, show_at_field
from advisorcrm.views.widgets.level import Level

_WIDE_PX, _LINES_PX = 520, 110


@dataclass(frozen=True, slots=True)
class SlotEntry:
    """What was entered, and of which part; None for a new one."""

    slot_id: int | None
    data: SlotData
    lines: tuple[SlotLine, ...]


class DaySlotDialog(EntryDialog):
    """``submitted(SlotEntry)``; stays open until the opener's write is accepted."""

    submitted = Signal(object)

    def __init__(self, slot: SlotRow | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slot_id = slot.id if slot else None
        self.setWindowTitle(_("时段") if slot is None or slot.ends_at else _("截止时间"))
        self.setMinimumWidth(_WIDE_PX)
        kinds = [(kind.value, kind.label) for kind in SlotKind]
        self.kind = Field(_("种类"), ComboBox(kinds), required=True)
        self.label = Field(_("名称"), QLineEdit(), required=True)
        self.begins = Field(_("开始"), QLineEdit(), required=True, hint="8:30")
        self.ends = Field(_("到"), QLineEdit(), hint=_("截止时间不填"))
        self.items = Field(_("清单，一行一项"), QPlainTextEdit())
        self.items.editor.setFixedHeight(theme.px(_LINES_PX))
        self.rounds = Field(_("逐室巡视的行"), ChoiceButton(empty=_("没有")))
        self._written: list[str] = []
        self.button = primary(_("保存"), key="Ctrl+Enter")
        self.button.clicked.connect(self.submit)
        if slot is not None:
            self._fill(slot)
        self.items.changed.connect(self._follow_lines)
        self._lay_out()
        self.label.focus()

    def submit(self) -> None:
        """Give what was entered, if it can be read."""
        begins, ends = self._time(self.begins), self._time(self.ends)
        is_read = ends is not None or not self.ends.value().strip()
        if not self.label.check() or not self.begins.check():
            return
        for field, is_fine in ((self.begins, begins is not None), (self.ends, is_read)):
            if not is_fine:
                field.show_message(Level.ERROR, _("时间写作 8:30。"))
                field.focus()
                return
        if begins is not None:
            data = SlotData(SlotKind(self.kind.value()), self.label.value(), begins, ends)
            self._follow_lines()
            marked = self._marked()
            lines = tuple(SlotLine(line, line in marked) for line in self._written)
            self.button.setEnabled(False)
            self.submitted.emit(SlotEntry(self._slot_id, data, lines))

    def show_problem(self, error: Exception) -> None:
        """Why it was refused, at its place."""
        self.button.setEnabled(True)
        fields = {"label": self.label, "begins_at": self.begins, "ends_at": self.ends,
                  "items": self.items}  # fmt: skip
        if not show_at_field(error, fields):
            messages.show_problem(error, self)

    def _time(self, field: Field) -> time | None:
        text = field.value().strip()
        return read_time(text) if text else None

    def _fill(self, slot: SlotRow) -> None:
        self.kind.set_value(slot.kind.value)
        self.label.set_value(slot.label)
        self.begins.set_value(f"{slot.begins_at:%H:%M}")
        self.ends.set_value(f"{slot.ends_at:%H:%M}" if slot.ends_at else "")
        self.items.set_value("\n".join(item.label for item in slot.items))
        self._offer_lines({item.label for item in slot.items if item.is_room_round})

    def _marked(self) -> set[str]:
        """The lines that are rounds of rooms."""
        places = {int(place) for place in self.rounds.value().split(",") if place}
        return {line for place, line in enumerate(self._written) if place in places}

    def _follow_lines(self) -> None:
        """A line that is written over stays what it is."""
        marked, lines = self._marked(), self._lines()
        names = renamed_lines(self._written, lines, marked)
        self._offer_lines({names.get(line, line) for line in marked})

    def _offer_lines(self, marked: Collection[str]) -> None:
        self._written = self._lines()
        button = self.rounds.editor
        if isinstance(button, ChoiceButton):
            offered = [(str(place), line) for place, line in enumerate(self._written) if line]
            button.set_choices(Choice(place, line) for place, line in offered)
            button.set_codes([place for place, line in offered if line in marked])

    def _lines(self) -> list[str]:
        editor = self.items.editor
        text = editor.toPlainText() if isinstance(editor, QPlainTextEdit) else ""
        return [line.strip() for line in text.split("\n")]

    def _lay_out(self) -> None:
        hours = QHBoxLayout()
        hours.setSpacing(12)
        for field in (self.begins, self.ends):
            hours.addWidget(field)
        whole = dialog_column(self)
        whole.addLayout(dialog_head(self, "clock"))
        whole.addWidget(self.label)
        whole.addWidget(self.kind)
        whole.addLayout(hours)
        whole.addWidget(self.items)
        whole.addWidget(self.rounds)
        whole.addStretch(1)
        whole.addLayout(dialog_foot(self, self.button))
