"""The head of the list: import, export, print, new client, each only for those who may."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from advisorcrm.i18n import _, pgettext
from advisorcrm.services.access import Right
from advisorcrm.views.clients.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import Button, plain
from advisorcrm.views.widgets.page_head import PageHead


class ClientsHead(PageHead):
    """One signal for each button."""

    import_wanted = Signal()
    export_wanted = Signal()
    print_wanted = Signal()
    new_client_wanted = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(pgettext("page", "客户"), parent=parent)
        if around.may(Right.IMPORT):
            self._add(plain(_("导入"), icon="download")).clicked.connect(self.import_wanted)
        if around.may(Right.EXPORT):
            self._add(plain(_("导出"), icon="upload")).clicked.connect(self.export_wanted)
            self._add(plain(_("打印明细表"), icon="printer")).clicked.connect(self.print_wanted)
        if around.may(Right.EDIT_CLIENTS):
            new = plain(_("新客户"), icon="plus", key="Shift+N")
            self._add(new).clicked.connect(self.new_client_wanted)

    def _add(self, button: Button) -> Button:
        self.add_button(button)
        return button
