"""What care brings to the window: its page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from advisorcrm.i18n import pgettext
from advisorcrm.services.access import Right
from advisorcrm.views.page_family import PageFamily
from advisorcrm.views.page_names import CARE
from advisorcrm.views.shell.parts import Page

if TYPE_CHECKING:
    from advisorcrm.views.care.care_work import CareWork


class CareFamily(PageFamily):
    """Birthdays, festivals and presents for all who see clients."""

    _work: CareWork | None = None

    @property
    def work(self) -> CareWork:
        """What is done with care, from whatever page."""
        if self._work is None:
            from advisorcrm.views.care.care_work import CareWork

            self._work = CareWork(self.around, lambda: self.ways.window)
            self._work.told.connect(self.ways.window.toast)
        return self._work

    def pages(self) -> list[Page]:
        """The page of who enters or approves."""
        if not (self.around.may(Right.EDIT_CLIENTS) or self.around.may(Right.LEAD_TEAM)):
            return []
        return [Page(CARE, pgettext("page", "关怀"), "heart", self._make_page)]

    def _make_page(self) -> QWidget:
        from advisorcrm.views.care.care_page import CarePage

        page = CarePage(self.around, self.work)
        page.client_wanted.connect(self.ways.show_client)
        page.print_wanted.connect(partial(self.ways.print_report))
        page.export_wanted.connect(partial(self.ways.export_report))
        return page
