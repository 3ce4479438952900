"""Opens the lists of the desk and carries their wishes on: a client, a paper, a file."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from advisorcrm.i18n import _, pgettext
from advisorcrm.services.access import Right
from advisorcrm.views.shell.parts import Action
from advisorcrm.views.surroundings import Surroundings


class DeskLists(QObject):
    """Functions of the omnibox; each opens one window over the page."""

    client_wanted = Signal(int)
    gap_wanted = Signal(int, str)
    print_wanted = Signal(object)
    export_wanted = Signal(object)

    def __init__(
        self, around: Surroundings, window: Callable[[], QWidget], at_hand: Callable[[], int | None]
    ) -> None:
        super().__init__()
        self._around = around
        self._window = window
        self._at_hand = at_hand
        self.dialog: QDialog | None = None

    def actions(self) -> list[Action]:
        """What this role may open."""
        may = self._around.may
        found = [
            (Right.HAND_OVER, "allocate", _("分配客户"), self.open_allocation, "scale", "fpkh"),
            (Right.SEE_CLIENTS, "first_contacts", _("首次沟通清单"), self.open_first_contacts,
             "handshake", "scgtqd"),
            (Right.SEE_CLIENTS, "counter", _("柜台更新清单"), self.open_counter, "id-card",
             "gtgxqd"),
            (Right.SEE_CLIENTS, "periods", _("历任客服专员"), self.open_periods, "users", "lrkfzy"),
            (Right.SEE_CLIENTS, "sales", pgettext("list", "产品销售"), self.open_sales, "package",
             "cpxs"),
            (Right.SEE_CLIENTS, "on_site", _("现场客户"), self.open_on_site, "monitor", "xckh"),
            (Right.SEE_CLIENTS, "seat_plan", _("机位图"), self.open_seat_plan, "monitor", "jwt"),
            (Right.SEE_CLIENTS, "transitions", _("过渡期到期清单"), self.open_transitions, "timer",
             "gdqdqqd"),
            (Right.EDIT_CLIENTS, "convert", _("转为正式客户"), self.open_prospect, "user-check",
             "zwzskh"),
        ]  # fmt: skip
        return [
            Action(key, text, run, icon=icon, words=words, in_menu=False)
            for right, key, text, run, icon, words in found
            if may(right)
        ]

    def open_allocation(self, ids: tuple[int, ...] = ()) -> None:
        """Share clients out among the advisors."""
        from advisorcrm.views.allocation.allocation_dialog import AllocationDialog

        self._open(AllocationDialog(self._around, ids, self._window()))

    def open_first_contacts(self) -> None:
        """First conversations that are due (R218)."""
        from advisorcrm.views.lists.first_contacts_dialog import FirstContactsDialog

        self._open(FirstContactsDialog(self._around, self._window()))

    def open_counter(self) -> None:
        """The list of the counter (R5)."""
        from advisorcrm.views.lists.counter_dialog import CounterDialog

        self._open(CounterDialog(self._around, self._at_hand(), self._window()))

    def open_periods(self) -> None:
        """Who had whom and when (R217)."""
        from advisorcrm.views.lists.periods_dialog import PeriodsDialog

        self._open(PeriodsDialog(self._around, self._at_hand(), self._window()))

    def open_sales(self) -> None:
        """Sales of products, of the client at hand if there is one (R11)."""
        from advisorcrm.views.lists.sales_dialog import SalesDialog

        self._open(SalesDialog(self._around, self._at_hand(), self._window()))

    def open_on_site(self) -> None:
        """Who sits in the rooms or trades on site (R105)."""
        from advisorcrm.views.seats.on_site_dialogs import OnSiteDialog

        self._open(OnSiteDialog(self._around, self._window()))

    def open_seat_plan(self) -> None:
        """The seats of a room, to be given to the client at hand (R106)."""
        from advisorcrm.views.seats.seat_plan_dialog import SeatPlanDialog

        self._open(SeatPlanDialog(self._around, self._at_hand(), self._window()))

    def open_transitions(self) -> None:
        """Transitions that are over or soon will be (R107)."""
        from advisorcrm.views.seats.on_site_dialogs import TransitionsDialog

        self._open(TransitionsDialog(self._around, self._window()))

    def open_prospect(self) -> None:
        """Make the client at hand, a prospect, a client (R11)."""
        from advisorcrm.views.lists.prospect_dialog import ProspectDialog

        client_id = self._at_hand()
        if client_id is not None:
            dialog = ProspectDialog(self._around, client_id, self._window())
            dialog.converted.connect(self.gap_wanted)
            self._open(dialog)

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        for name in ("client_wanted", "print_wanted", "export_wanted"):
            wish = getattr(dialog, name, None)
            if wish is not None:
                wish.connect(getattr(self, name))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
