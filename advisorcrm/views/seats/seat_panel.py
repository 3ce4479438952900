"""What is known of the chosen seat, and what may be done with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from advisorcrm.i18n import _
from advisorcrm.services.seats.seat_plans import PlanSeat
from advisorcrm.services.seats.seat_uses import OnSite
from advisorcrm.terms import SeatState
from advisorcrm.views import theme
from advisorcrm.views.widgets.buttons import plain, primary
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.check_box import CheckBox
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.label import Label

_SIDE_PX = 300


@dataclass(frozen=True, slots=True)
class Guest:
    """The client at hand, to whom a free seat can be given."""

    client_id: int
    name: str
    on_site: OnSite


class SeatPanel(Card):
    """Shows only the buttons that do something."""

    def __init__(
        self, *, may_edit: bool, may_lead: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(margins=(14, 12, 14, 12), spacing=8, parent=parent)
        self._may_edit = may_edit
        self._may_lead = may_lead
        self.head = Label("", size="card_title", weight=600, wrap=True)
        self.told = Label("", "text2", wrap=True)
        self.bar = InlineBar()
        self.pass_no = Field(_("入室凭证"), QLineEdit(), required=True)
        self.meets_again = CheckBox(_("条件已重新符合"))
        self.follow_up = Field(_("以后怎样跟踪"), QLineEdit(), required=True)
        self.assign_button = primary(_("安排机位"))
        self.move_button = plain(_("换到这个机位"))
        self.open_button = plain(_("打开客户"), icon="arrow-right")
        self.fails_button = plain(_("条件不符"), icon="timer")
        self.meets_button = plain(_("条件已符合"), icon="circle-check")
        self.leave_button = plain(_("离开机位"), icon="user-x")
        self.end_button = plain(_("期满，不再安排"), icon="x")
        self.retire_button = plain(_("停用机位"), icon="x")
        self.setFixedWidth(theme.px(_SIDE_PX))
        for part in (
            self.head, self.told, self.bar, self.pass_no, self.meets_again, self.assign_button,
            self.move_button, self.open_button, self.fails_button, self.meets_button,
            self.leave_button, self.follow_up, self.end_button, self.retire_button,
        ):  # fmt: skip
            self.add(part)
        self.body.addStretch(1)
        self.show_seat(None, None, date.min)

    def show_seat(self, seat: PlanSeat | None, guest: Guest | None, today: date) -> None:
        """Another seat, or nothing chosen."""
        self.head.setText(_said_head(seat))
        self.told.setText(_said_seat(seat, guest, today))
        self._offer_place(seat, guest)
        is_free = seat is not None and seat.state is SeatState.FREE
        self.retire_button.setVisible(self._may_lead and is_free)
        is_used = self._may_edit and seat is not None and seat.use_id is not None
        in_transition = seat is not None and seat.state is SeatState.TRANSITION
        is_over = seat is not None and seat.ends_on is not None and seat.ends_on <= today
        self.open_button.setVisible(seat is not None and seat.client_id is not None)
        self.fails_button.setVisible(is_used and not in_transition)
        self.meets_button.setVisible(is_used and in_transition)
        self.leave_button.setVisible(is_used)
        self.end_button.setVisible(is_used and is_over)
        self.follow_up.setVisible(is_used and is_over)

    def _offer_place(self, seat: PlanSeat | None, guest: Guest | None) -> None:
        is_free = seat is not None and seat.state is SeatState.FREE
        gives = self._may_edit and is_free and guest is not None
        sits = guest is not None and guest.on_site.is_present
        self.pass_no.setVisible(gives and not sits)
        self.assign_button.setVisible(gives and not sits)
        is_barred = guest is not None and guest.on_site.is_barred
        self.meets_again.setVisible(gives and is_barred)
        self.move_button.setVisible(gives and sits)


def _said_head(seat: PlanSeat | None) -> str:
    if seat is None:
        return _("请选机位")
    return " ".join((seat.label, seat.state.label, seat.client_name)).strip()


def _said_seat(seat: PlanSeat | None, guest: Guest | None, today: date) -> str:
    if seat is None:
        return _("方向键在机位间移动，空格选定。")
    if seat.ends_on is not None:
        days = (seat.ends_on - today).days
        if days < 0:
            return _("过渡期已满 {days} 天（{day}）").format(days=-days, day=seat.ends_on)
        return _("过渡期至 {day}，还有 {days} 天").format(day=seat.ends_on, days=days)
    if seat.state is not SeatState.FREE:
        return ""
    if guest is None:
        return _("从客户档案打开机位图，即可把空位安排给这位客户。")
    return _("安排给 {name}").format(name=guest.name)
