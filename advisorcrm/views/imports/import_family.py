"""What the import of sheets brings to the window: its page, reached from the list of clients."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.views.page_family import PageFamily
from advisorcrm.views.page_names import CLIENT_LIST, IMPORT
from advisorcrm.views.shell.parts import Action, Page


class ImportFamily(PageFamily):
    """One page for those who may bring clients in."""

    def pages(self) -> list[Page]:
        """The import."""
        if not self.around.may(Right.IMPORT):
            return []
        return [
            Page(IMPORT, _("导入"), "upload", self._make_page, on_rail=False,
                 parent_key=CLIENT_LIST)
        ]  # fmt: skip

    def actions(self) -> list[Action]:
        """The way to it."""
        if not self.around.may(Right.IMPORT):
            return []
        return [
            Action("import", _("导入客户明细表"), partial(self._go, IMPORT), icon="upload",
                   words="drkhmxb", in_menu=False)
        ]  # fmt: skip

    def _make_page(self) -> QWidget:
        from advisorcrm.views.imports.import_page import ImportPage

        page = ImportPage(self.around)
        page.left.connect(partial(self._go, CLIENT_LIST))
        page.reload()
        return page

    def _go(self, key: str) -> None:
        self.ways.window.go(key)
