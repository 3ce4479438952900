"""The seat plan of a room: who sits where, give a seat, judge conditions, end a stay (R106)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.services.files.client_files import open_client_file
from advisorcrm.services.seats.client_rooms import (
    RoomRow,
    archive_room,
    archive_seat,
    list_rooms,
    restore_room,
    restore_seat,
)
from advisorcrm.services.seats.seat_plans import PlanSeat, SeatPlan, open_seat_plan
from advisorcrm.services.seats.seat_uses import (
    NewSeatUse,
    assign_seat,
    end_transition,
    leave_seat,
    move_seat,
    open_on_site,
    set_conditions,
)
from advisorcrm.views import messages
from advisorcrm.views.seats.room_dialog import RoomDialog
from advisorcrm.views.seats.seat_grid import LOOKS, SeatGrid
from advisorcrm.views.seats.seat_panel import Guest, SeatPanel
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import plain
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.dialog_foot import close_button
from advisorcrm.views.widgets.dialog_room import open_large
from advisorcrm.views.widgets.empty_state import EmptyState
from advisorcrm.views.widgets.icon_label import IconLabel
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level
from advisorcrm.views.widgets.upright_area import scrolling

_SIZE = (1200, 620)


class SeatPlanDialog(QDialog):
    """``client_wanted(id)``; ``client_id`` is who a free seat is given to."""

    client_wanted = Signal(int)

    def __init__(
        self, around: Surroundings, client_id: int | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._around = around
        self._may_lead = around.may(Right.LEAD_LISTS)
        self._client_id = client_id
        self._guest: Guest | None = None
        self._seat: PlanSeat | None = None
        self.room_dialog: RoomDialog | None = None
        self.setWindowTitle(_("机位图"))
        self.room = ComboBox([])
        self.room.setAccessibleName(_("客户室"))
        self.room.setMinimumContentsLength(12)
        self.new_room = plain(_("新客户室"), icon="plus")
        self.retire_room = plain(_("停用客户室"), icon="x")
        self.grid = SeatGrid()
        self.empty = EmptyState("monitor")
        self.legend = {state: IconLabel(icon, "", tone) for state, (icon, tone) in LOOKS.items()}
        self.panel = SeatPanel(may_edit=around.may(Right.EDIT_CLIENTS), may_lead=self._may_lead)
        self._area = scrolling(self.grid)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._lay_out()
        self._connect()
        around.jobs.changed.connect(self.reload)
        self.reload()

    def reload(self) -> None:
        """Read rooms, the client at hand and the plan again."""
        jobs = self._around.jobs
        if self._client_id is not None:
            today = self._around.today()
            work = partial(_read_guest, client_id=self._client_id, today=today)
            jobs.read(work, then=self._take_guest, failed=self._refuse)
        jobs.read(list_rooms, then=self._show_rooms)

    def add_room(self) -> None:
        """Set up a room (manager)."""
        dialog = RoomDialog(self._around, self)
        dialog.finished.connect(dialog.deleteLater)
        self.room_dialog = dialog
        dialog.open()

    def give_up_room(self) -> None:
        """Take the room out of use; refused while somebody sits in it, taken back by undo."""
        if self.room.code():
            room_id, name = int(self.room.code()), self.room.currentText()
            told = _("已停用客户室“{name}”").format(name=name)
            work = partial(archive_room, room_id=room_id, now=self._around.now())
            self._retire(work, told, partial(restore_room, room_id=room_id))

    def give_up_seat(self) -> None:
        """Take the chosen free seat out of the room."""
        if self._seat is not None:
            told = _("已停用机位 {label}").format(label=self._seat.label)
            work = partial(archive_seat, seat_id=self._seat.id, now=self._around.now())
            self._retire(work, told, partial(restore_seat, seat_id=self._seat.id))

    # Inside

    def _retire(self, work: Callable[..., object], told: str, back: Callable[..., object]) -> None:
        done = partial(self._retired, told, back)
        self._around.jobs.write(work, then=done, failed=self._refuse)

    def _retired(self, told: str, back: Callable[..., object], _answer: object) -> None:
        self.panel.bar.say(Level.OK, told)
        self._around.undo.done(told, back)

    def _take_guest(self, guest: Guest) -> None:
        self._guest = guest
        self._show_seat()

    def _show_rooms(self, rooms: list[RoomRow]) -> None:
        self.room.set_choices([(str(room.id), room.name) for room in rooms])
        self._tell_empty()
        self.empty.setVisible(not rooms)
        for widget in (self._area, self.room, self.panel, *self.legend.values()):
            widget.setVisible(bool(rooms))
        self.retire_room.setVisible(bool(rooms) and self._may_lead)
        self._read_plan()

    def _tell_empty(self) -> None:
        """Who may set a room up is told how, the others by whom."""
        told = _("由客服经理设置客户室和机位。")
        if self._may_lead:
            told = _("点右上角“新客户室”，填名称、排数和每排机位。")
        self.empty.say(_("还没有客户室"), told)

    def _read_plan(self) -> None:
        if self.room.code():
            work = partial(open_seat_plan, room_id=int(self.room.code()))
            self._around.jobs.read(work, then=self._show_plan, key=("seat_plan", id(self)))

    def _show_plan(self, plan: SeatPlan) -> None:
        for state, label in self.legend.items():
            icon, tone = LOOKS[state]
            label.show_text(icon, f"{state.label} {plan.count(state)}", tone)
        self._seat = None
        self.grid.show_plan(plan)
        self._show_seat()

    def _choose(self, seat: PlanSeat) -> None:
        self._seat = seat
        self._show_seat()

    def _show_seat(self) -> None:
        self.panel.show_seat(self._seat, self._guest, self._around.today())

    def _assign(self) -> None:
        panel = self.panel
        if self._seat is None or self._client_id is None or not panel.pass_no.check():
            return
        today = self._around.today()
        new = NewSeatUse(
            self._client_id, self._seat.id, panel.pass_no.value(), today,
            meets_again=panel.meets_again.isChecked(),
        )  # fmt: skip
        self._write(partial(assign_seat, new=new, today=today))

    def _move(self) -> None:
        use = self._guest.on_site.use if self._guest else None
        if self._seat is not None and use is not None:
            self._write(
                partial(move_seat, use_id=use.id, seat_id=self._seat.id, today=self._around.today())
            )

    def _fail(self) -> None:
        self._write_use(partial(set_conditions, meets=False))

    def _meet(self) -> None:
        self._write_use(partial(set_conditions, meets=True))

    def _leave(self) -> None:
        self._write_use(leave_seat)

    def _end(self) -> None:
        follow_up = self.panel.follow_up
        if follow_up.check():
            self._write_use(partial(end_transition, follow_up=follow_up.value()))

    def _write_use(self, service: Callable[..., object]) -> None:
        if self._seat is not None and self._seat.use_id is not None:
            today = self._around.today()
            self._write(partial(service, use_id=self._seat.use_id, today=today))

    def _write(self, work: Callable[..., object]) -> None:
        self._around.jobs.write(work, then=self._written, failed=self._refuse)

    def _written(self, _answer: object) -> None:
        self.panel.bar.hide()
        if self._seat is not None:  # the button that was pressed may be gone
            self.grid.go_to(self._seat.id)
        for field in (self.panel.pass_no, self.panel.follow_up):
            field.set_value("")
            field.clear_message()

    def _refuse(self, error: Exception) -> None:
        fields = {"pass_no": self.panel.pass_no, "follow_up": self.panel.follow_up}
        if isinstance(error, InvalidFieldError) and error.field in fields:
            fields[error.field].show_message(Level.ERROR, error.reason)
        else:
            self.panel.bar.say(messages.level_of(error), str(error))

    def _open(self) -> None:
        if self._seat is not None and self._seat.client_id is not None:
            client_id = self._seat.client_id
            self.accept()
            self.client_wanted.emit(client_id)

    def _connect(self) -> None:
        panel = self.panel
        self.room.currentIndexChanged.connect(self._read_plan)
        self.grid.chosen.connect(self._choose)
        self.new_room.clicked.connect(self.add_room)
        self.retire_room.clicked.connect(self.give_up_room)
        panel.retire_button.clicked.connect(self.give_up_seat)
        panel.assign_button.clicked.connect(self._assign)
        panel.move_button.clicked.connect(self._move)
        panel.open_button.clicked.connect(self._open)
        panel.fails_button.clicked.connect(self._fail)
        panel.meets_button.clicked.connect(self._meet)
        panel.leave_button.clicked.connect(self._leave)
        panel.end_button.clicked.connect(self._end)

    def _lay_out(self) -> None:
        drawn = Card(margins=(12, 12, 12, 12))
        drawn.add(self._area, 1)
        drawn.add(self.empty, 1)
        both = QHBoxLayout()
        both.setSpacing(12)
        both.addWidget(drawn, 1)
        both.addWidget(self.panel)
        close = close_button(self)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 14)
        whole.setSpacing(10)
        whole.addLayout(self._top())
        whole.addLayout(both, 1)
        whole.addLayout(foot)
        open_large(self, *_SIZE)

    def _top(self) -> QHBoxLayout:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(Label(self.windowTitle(), size="subtitle", weight=600))
        top.addWidget(self.room)
        for label in self.legend.values():
            top.addWidget(label)
        top.addStretch(1)
        for button in (self.retire_room, self.new_room):
            top.addWidget(button)
            if not self._may_lead:
                button.hide()
        return top


def _read_guest(session: Any, actor: Any, client_id: int, today: date) -> Guest:
    file = open_client_file(session, actor, client_id, today=today)
    return Guest(client_id, file.name, open_on_site(session, actor, client_id))
