"""Shifts (值班) as actions of the window (R232-R237, R263)."""

from __future__ import annotations

from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.views.dialog_family import DialogFamily
from advisorcrm.views.shell.parts import Action


class ShiftFamily(DialogFamily):
    """The own shift, the rota, the matters of all shifts, the swaps."""

    def actions(self) -> list[Action]:
        """What this role may open."""
        may = self.around.may
        actions = []
        if may(Right.KEEP_SHIFTS):
            actions.append(
                Action("shift", _("值班日志"), self.open_shift, icon="clock", words="zbrz",
                       in_menu=False)
            )  # fmt: skip
        if may(Right.KEEP_SHIFTS) or may(Right.LEAD_TEAM):
            actions += [
                Action("rota", _("值班表"), self.open_rota, icon="calendar", words="zbb",
                       in_menu=False),
                Action("shift_questions", _("值班问题"), self.open_memos, icon="list-checks",
                       words="zbwt", in_menu=False),
                Action("swaps", _("换班申请"), self.open_swaps, icon="split", words="hbsq",
                       in_menu=False),
            ]  # fmt: skip
        return actions

    def open_shift(self, shift_id: int | None = None) -> None:
        """The own running shift, or one of the rota to read."""
        from advisorcrm.views.shifts.shift_dialog import ShiftDialog

        self.show_dialog(ShiftDialog(self.around, shift_id or None, self.ways.window))

    def open_rota(self) -> None:
        """Who has which shift."""
        from advisorcrm.views.shifts.rota_dialog import RotaDialog

        dialog = RotaDialog(self.around, self.ways.window)
        dialog.shift_wanted.connect(self.open_shift)
        self.show_dialog(dialog)

    def open_memos(self) -> None:
        """Matters of all shifts (R234)."""
        from advisorcrm.views.shifts.memos_dialog import MemosDialog

        self.show_dialog(MemosDialog(self.around, self.ways.window))

    def open_swaps(self) -> None:
        """Wishes to swap (R237)."""
        from advisorcrm.views.shifts.swaps_dialog import SwapsDialog

        self.show_dialog(SwapsDialog(self.around, self.ways.window))
