"""The checklist of one part of the day, and the rounds of the rooms (R36, R40, R50, R53)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.i18n import _
from advisorcrm.services.days.checklists import DayPart, ListItem, list_day_parts, mark_item
from advisorcrm.services.days.room_rounds import RoundRow
from advisorcrm.services.seats.client_rooms import RoomRow
from advisorcrm.views.clients.widget_list import empty_layout
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.today.part_ways import way_of
from advisorcrm.views.today.round_dialog import RoundDialog
from advisorcrm.views.widgets.buttons import plain, soft
from advisorcrm.views.widgets.check_box import CheckBox
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.icon_label import IconLabel
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.line import Line

_WIDE_PX = 520


class ChecklistDialog(QDialog):
    """A tick is saved at once; rounds are entered room by room.

    ``led(way)`` when the minutes or the day's end are wanted instead.
    """

    led = Signal(object)

    def __init__(
        self, around: Surroundings, part: DayPart, *, can_tick: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._around = around
        self._slot_id = part.slot.id
        self._can_tick = can_tick
        self.boxes: dict[int, CheckBox] = {}
        self.round_buttons: dict[int, QWidget] = {}
        ends = part.slot.ends_at
        hours = f"{part.slot.begins_at:%H:%M}" + (f"–{ends:%H:%M}" if ends else "")
        self.setWindowTitle(part.slot.label)
        self.setMinimumWidth(_WIDE_PX)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.told_done = Label("", "text2", "caption")
        self.way = way_of(part, around)
        self.way_button = soft(
            self.way.label if self.way else "", icon=self.way.icon if self.way else ""
        )
        whole = dialog_column(self)
        whole.addLayout(dialog_head(self, "list-checks", hours))
        whole.addLayout(self._lines)
        whole.addStretch(1)
        whole.addLayout(self._foot())
        self.show_part(part)

    def reload(self) -> None:
        """Read the part again."""
        work = partial(list_day_parts, today=self._around.today())
        self._around.jobs.read(work, then=self._take)

    def show_part(self, part: DayPart) -> None:
        """Show what is done of it; the focus stays on its line."""
        focused = next((key for key, box in self.boxes.items() if box.hasFocus()), None)
        empty_layout(self._lines)
        self.boxes, self.round_buttons = {}, {}
        for item in part.items:
            self._add_item(item, part)
        if not part.items:
            self._lines.addWidget(Label(_("这一段没有清单。"), "text2"))
        told = _("已完成 {done} / {count} 项").format(done=part.done, count=len(part.items))
        self.told_done.setText(told if part.items else "")
        if focused in self.boxes:
            self.boxes[focused].setFocus()

    def record_round(self, room: RoomRow) -> None:
        """Enter what was found in a room."""
        dialog = RoundDialog(self._around, room, self)
        dialog.accepted.connect(self.reload)
        dialog.open()

    def _foot(self) -> QHBoxLayout:
        close = plain(_("关闭"), key="Esc")
        close.clicked.connect(self.accept)
        self.way_button.clicked.connect(self._lead)
        foot = QHBoxLayout()
        foot.addWidget(self.told_done, 1)
        if self.way is not None:
            foot.addWidget(self.way_button)
        foot.addWidget(close)
        return foot

    def _lead(self) -> None:
        self.accept()
        self.led.emit(self.way)

    def _take(self, parts: tuple[DayPart, ...]) -> None:
        part = next((part for part in parts if part.slot.id == self._slot_id), None)
        if part is not None:
            self.show_part(part)

    def _add_item(self, item: ListItem, part: DayPart) -> None:
        if item.is_room_round and item.rooms:
            self._add_rounds(item, part)
            return
        box = CheckBox(item.label)
        box.setChecked(item.done_at is not None)
        box.setEnabled(self._can_tick)
        box.toggled.connect(partial(self._mark, item.id))
        row = QHBoxLayout()
        row.addWidget(box, 1)
        if item.done_at is not None:
            at = item.done_at.astimezone(BRANCH_TIME)
            row.addWidget(Label(f"{at:%H:%M}", "ok", "caption"))
        self._lines.addWidget(_held(row))
        self.boxes[item.id] = box

    def _add_rounds(self, item: ListItem, part: DayPart) -> None:
        self._lines.addWidget(Line())
        head = _("{label}（{done} / {count} 室）").format(
            label=item.label, done=item.rooms_done, count=item.rooms
        )
        self._lines.addWidget(Label(head, weight=600))
        for room in part.rooms:
            made = [one for one in part.rounds if one.client_room_id == room.id]
            self._lines.addWidget(self._room_line(room, made[-1] if made else None))
        self._lines.addWidget(Line())

    def _room_line(self, room: RoomRow, made: RoundRow | None) -> QWidget:
        row = QHBoxLayout()
        if made is None:
            row.addWidget(IconLabel("circle", room.name, "text2", size="body"))
            row.addStretch(1)
        else:
            tone = "ok" if made.is_fine else "warn"
            at = made.made_at.astimezone(BRANCH_TIME)
            told = _("正常") if made.is_fine else made.finding
            icon = "circle-check" if made.is_fine else "triangle-alert"
            row.addWidget(IconLabel(icon, room.name, tone, size="body"))
            row.addWidget(Label(f"{at:%H:%M} {told}", tone, "caption"), 1)
        if self._can_tick:
            button = plain(_("记巡视") if made is None else _("再记一次"), icon="pencil")
            button.setAccessibleName(f"{button.accessibleName()} {room.name}")
            button.clicked.connect(partial(self._record, room))
            row.addWidget(button)
            self.round_buttons[room.id] = button
        return _held(row)

    def _record(self, room: RoomRow, _checked: bool = False) -> None:
        self.record_round(room)

    def _mark(self, item_id: int, is_done: bool) -> None:
        work = partial(mark_item, item_id=item_id, is_done=is_done, now=self._around.now())
        self._around.jobs.write(work, then=self._marked)

    def _marked(self, _nothing: None) -> None:
        self.reload()


def _held(row: QHBoxLayout) -> QWidget:
    held = QWidget()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    held.setLayout(row)
    return held
