"""一天的时间表: the parts of the day, its deadlines and their checklists (R53)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from advisorcrm.columns import CodeBook, Column
from advisorcrm.i18n import _
from advisorcrm.views import messages
from advisorcrm.views.settings.day_slot_dialog import DaySlotDialog, SlotEntry
from advisorcrm.views.surroundings import clock_now
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.button_row import ButtonRow
from advisorcrm.views.widgets.buttons import plain
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.label import Label

if TYPE_CHECKING:
    from advisorcrm.services.days.day_slots import SlotRow
    from advisorcrm.services.workplace.workplace import Workplace
    from advisorcrm.views.jobs import Jobs


@dataclass(frozen=True, slots=True)
class SlotShown:
    """One part in words."""

    id: int
    hours: Annotated[str, Column("时间", width=14)]
    label: Annotated[str, Column("名称", width=24)]
    kind: Annotated[str, Column("种类", width=12)]
    items: Annotated[str, Column("清单", width=44)]


class DaySlotsPanel(QWidget):
    """``told(sentence, undo)`` after each change; who may not change it reads."""

    told = Signal(str, object)

    def __init__(self, jobs: Jobs, workplace: Workplace) -> None:
        super().__init__()
        from advisorcrm.services.access import Right, may

        self.jobs = jobs
        self.slots: Sequence[SlotRow] = ()
        self.dialog: DaySlotDialog | None = None
        self.may_edit = may(workplace.actor, Right.SET_STANDARDS) and not workplace.is_read_only
        self.model = RecordTableModel(SlotShown, book=CodeBook(), sortable=False, parent=self)
        self.table = RecordTable(self.model, _("一天的时间表"))
        self.add_button = plain(_("添加时段或截止时间"), icon="plus")
        self.change_button = plain(_("修改"), icon="pencil", key="⏎")
        self.retire_button = plain(_("停用"), icon="x")
        self._lay_out()
        self.table.opened.connect(self._change)
        self.add_button.clicked.connect(self.add)
        self.change_button.clicked.connect(self.change)
        self.retire_button.clicked.connect(self.retire)

    def reload(self) -> None:
        """Read the day again."""
        from advisorcrm.services.days.day_slots import list_day_slots

        self.jobs.read(list_day_slots, then=self._show, key="day_slots.slots")

    def add(self) -> None:
        """Ask for another part or deadline."""
        self._ask(None)

    def change(self) -> None:
        """Change the line at the cursor."""
        self._change(self.table.current_row())

    def retire(self) -> None:
        """Take the line at the cursor out of the day; what was ticked stays told."""
        from advisorcrm.services.days.day_slots import archive_day_slot

        slot = self._current()
        if slot is not None and self.may_edit:
            work = partial(archive_day_slot, slot_id=slot.id, now=clock_now())
            said = _("已停用“{label}”").format(label=slot.label)
            self.jobs.write(work, then=partial(self._done, said), failed=self._failed)

    def _change(self, _row: int) -> None:
        slot = self._current()
        if slot is not None and self.may_edit:
            self._ask(slot)

    def _ask(self, slot: SlotRow | None) -> None:
        self.dialog = DaySlotDialog(slot, self)
        self.dialog.submitted.connect(self._save)
        self.dialog.open()

    def _save(self, entry: SlotEntry) -> None:
        from advisorcrm.services.days.day_slots import save_day_slot

        if self.dialog is not None:
            work = partial(
                save_day_slot, slot_id=entry.slot_id, data=entry.data, lines=entry.lines,
                now=clock_now(),
            )  # fmt: skip
            self.jobs.write(work, then=self._saved, failed=self.dialog.show_problem)

    def _saved(self, _slot_id: int) -> None:
        if self.dialog is not None:
            self.dialog.accept()
        self._done(_("时间表已改"), None)

    def _done(self, said: str, _nothing: object) -> None:
        self.told.emit(said, None)
        self.reload()

    def _failed(self, error: Exception) -> None:
        messages.show_problem(error, self)

    def _current(self) -> SlotRow | None:
        key = self.table.current_id()
        return next((slot for slot in self.slots if slot.id == key), None)

    def _show(self, slots: Sequence[SlotRow]) -> None:
        self.slots = slots
        self.model.show_rows([_shown(slot) for slot in slots])
        if self.table.current_row() < 0:
            self.table.go_to(0)

    def _lay_out(self) -> None:
        buttons = ButtonRow()
        for button in (self.add_button, self.change_button, self.retire_button):
            buttons.add(button)
            button.setEnabled(self.may_edit)
        card = Card(_("一天的时间表"), margins=(0, 0, 0, 0), spacing=0)
        card.sub.setText(_("今日页的时间条和清单按它显示；停用后勾选记录仍保留"))
        card.add(self.table, 1)
        hint = Label(_("截止时间只有一个时刻，显示为时间条上的刻度"), "text2", "caption")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        whole.addWidget(card, 1)
        whole.addWidget(hint)
        whole.addWidget(buttons)


def _shown(slot: SlotRow) -> SlotShown:
    hours = f"{slot.begins_at:%H:%M}" + (f"–{slot.ends_at:%H:%M}" if slot.ends_at else "")
    items = _("、").join(item.label for item in slot.items)
    return SlotShown(slot.id, hours, slot.label, slot.kind.label, items)
