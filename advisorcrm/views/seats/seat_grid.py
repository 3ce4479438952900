"""The seats of a room as they stand: free, taken or in transition by icon and word."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.rules.masking import mask_name
from advisorcrm.services.seats.seat_plans import PlanSeat, SeatPlan
from advisorcrm.terms import SeatState
from advisorcrm.views import theme
from advisorcrm.views.clients.widget_list import empty_layout
from advisorcrm.views.widgets.buttons import Button

LOOKS = {
    SeatState.FREE: ("circle", "text2"),
    SeatState.TAKEN: ("user-check", "ok"),
    SeatState.TRANSITION: ("timer", "warn"),
}
"""Icon and tone of a state; the word is the state's own."""

_MOVES = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
_WIDE_PX, _HIGH_PX = 128, 52


class SeatGrid(QWidget):
    """``chosen(seat)`` by click, Space or arrow; arrows walk from seat to seat."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setSpacing(8)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._plan: SeatPlan | None = None
        self.buttons: dict[int, Button] = {}
        self._current: int | None = None

    def show_plan(self, plan: SeatPlan, *, is_private: bool = False) -> None:
        """Draw a room; the seat chosen before stays chosen."""
        has_focus = any(button.hasFocus() for button in self.buttons.values())
        self._plan = plan
        empty_layout(self._grid)
        self.buttons = {}
        for seat in plan.seats:
            button = self._button(seat, is_private=is_private)
            self.buttons[seat.id] = button
            self._grid.addWidget(button, seat.row, seat.place)
        if self._current in self.buttons:
            self.go_to(self._current, focus=has_focus)
        else:
            self._current = None

    def go_to(self, seat_id: int | None, *, focus: bool = True) -> None:
        """Choose a seat."""
        seat = self.seat(seat_id)
        if seat is None:
            return
        self._current = seat.id
        for key, button in self.buttons.items():
            button.setChecked(key == seat.id)
        if focus:
            self.buttons[seat.id].setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.chosen.emit(seat)

    def seat(self, seat_id: int | None) -> PlanSeat | None:
        """The seat of an id."""
        seats = self._plan.seats if self._plan else ()
        return next((seat for seat in seats if seat.id == seat_id), None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Arrows go to the next seat in their direction, before the button takes them."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _MOVES.get(Qt.Key(event.key()))
            here = self.seat(self._focused())
            if step is not None and here is not None:
                self.go_to(self._next(here, *step))
                return True
        return super().eventFilter(watched, event)

    def _focused(self) -> int | None:
        return next((key for key, one in self.buttons.items() if one.hasFocus()), self._current)

    def _next(self, here: PlanSeat, down: int, right: int) -> int:
        seats = self._plan.seats if self._plan else ()
        if right:
            line = [one for one in seats if one.row == here.row]
            ahead = [one for one in line if (one.place - here.place) * right > 0]
        else:
            ahead = [one for one in seats if (one.row - here.row) * down > 0]
        nearest = min(
            ahead,
            key=lambda one: (abs(one.row - here.row), abs(one.place - here.place)),
            default=here,
        )
        return nearest.id

    def _button(self, seat: PlanSeat, *, is_private: bool) -> Button:
        icon, tone = LOOKS[seat.state]
        name = mask_name(seat.client_name) if is_private else seat.client_name
        button = Button(f"{seat.label}  {name}".rstrip() + f"\n {seat.state.label}", "seat")
        button.show_icon(icon, tone)
        button.setCheckable(True)
        button.setFixedSize(theme.px(_WIDE_PX), theme.px(_HIGH_PX))
        said = " ".join(part for part in (seat.label, seat.state.label, name) if part)
        if seat.ends_on is not None:
            said = _("{seat}，至 {day}").format(seat=said, day=seat.ends_on)
        button.setAccessibleName(said)
        button.setToolTip(said)
        button.clicked.connect(lambda _on=False, key=seat.id: self.go_to(key))
        button.installEventFilter(self)
        return button
