"""The end of the day as a page and actions of the window (R27, R47, R49)."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.services.days.day_forms import CALLBACK, SHIFT
from advisorcrm.views.dialog_family import DialogFamily
from advisorcrm.views.page_names import CALLBACKS, DAY_END, TODAY
from advisorcrm.views.shell.parts import Action, Page


class DayEndFamily(DialogFamily):
    """The own day's page, the work logs, the matters for the leader."""

    def pages(self) -> list[Page]:
        """The page of those who keep a day."""
        if not self.around.may(Right.LOG_CONTACTS):
            return []
        return [
            Page(
                DAY_END, _("今日收尾"), "circle-check", self._make, on_rail=False, parent_key=TODAY
            )
        ]

    def actions(self) -> list[Action]:
        """What this role may open."""
        may = self.around.may
        if not (may(Right.LOG_CONTACTS) or may(Right.LEAD_TEAM)):
            return []
        return [
            Action("work_logs", _("工作日志清单"), self.open_days, icon="file-text",
                   words="gzrzqd", in_menu=False),
            Action("matters", _("上报事项"), self.open_matters, icon="messages-square",
                   words="sbsx", in_menu=False),
        ]  # fmt: skip

    def show_day(self, day: date | None = None) -> None:
        """The end of today, or of a day that was forgotten."""
        from advisorcrm.views.day_end.day_end_page import DayEndPage

        self.open_page(DAY_END, DayEndPage).show_day(day)

    def open_days(self) -> None:
        """Work logs of the last days."""
        from advisorcrm.views.day_end.days_dialog import DaysDialog

        self.show_dialog(DaysDialog(self.around, self.ways.window))

    def open_matters(self) -> None:
        """Matters for the leader."""
        from advisorcrm.views.day_end.matters_dialog import MattersDialog

        self.show_dialog(MattersDialog(self.around, self.ways.window))

    def _make(self) -> QWidget:
        from advisorcrm.views.day_end.day_end_page import DayEndPage

        page = DayEndPage(self.around)
        page.log_wanted.connect(self.ways.log_contact)
        page.client_wanted.connect(self.ways.show_client)
        page.form_wanted.connect(self._open_form)
        page.print_wanted.connect(self.ways.print_report)
        page.export_wanted.connect(self.ways.export_report)
        page.told.connect(self.ways.window.toast)
        return page

    def _open_form(self, form: str, form_id: int) -> None:
        if form == SHIFT:
            from advisorcrm.views.shifts.shift_dialog import ShiftDialog

            self.show_dialog(ShiftDialog(self.around, None, self.ways.window))
        elif form == CALLBACK:
            self.ways.window.go(CALLBACKS)
        else:
            self.ways.open_guests(form_id)
