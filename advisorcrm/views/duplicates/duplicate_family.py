"""What likely duplicates bring to the window: their page, reached from the list of clients."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.views.page_family import PageFamily
from advisorcrm.views.page_names import CLIENT_LIST, DUPLICATES
from advisorcrm.views.shell.parts import Action, Page


class DuplicateFamily(PageFamily):
    """One page for those who may merge two files."""

    def pages(self) -> list[Page]:
        """The pairs."""
        if not self.around.may(Right.MERGE_CLIENTS):
            return []
        return [
            Page(DUPLICATES, _("疑似重复客户"), "users", self._make_page, on_rail=False,
                 parent_key=CLIENT_LIST)
        ]  # fmt: skip

    def actions(self) -> list[Action]:
        """The way to it."""
        if not self.around.may(Right.MERGE_CLIENTS):
            return []
        return [
            Action("duplicates", _("疑似重复客户"), self._go, icon="users", words="yscfkh",
                   in_menu=False)
        ]  # fmt: skip

    def _make_page(self) -> QWidget:
        from advisorcrm.views.duplicates.duplicates_page import DuplicatesPage

        page = DuplicatesPage(self.around)
        page.reload()
        return page

    def _go(self) -> None:
        self.ways.window.go(DUPLICATES)
