"""The head of the list: import, export, print, new client, each only for those who may."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from advisorcrm.i18n import _, pgettext
from advisorcrm.services.access import Right
from advisorcrm.views import icons
from advisorcrm.views.shell.parts import Action
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import Button, plain
from advisorcrm.views.widgets.page_head import PageHead


class ClientsHead(PageHead):
    """One signal for each button; 清单 leads to the lists of the desk."""

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
        self.lists_button = plain(_("清单"), icon="list")
        self.lists_menu = QMenu(self.lists_button)
        self.lists_button.setMenu(self.lists_menu)
        if around.may(Right.EDIT_CLIENTS):
            new = plain(_("新客户"), icon="plus", key="Shift+N")
            self._add(new).clicked.connect(self.new_client_wanted)

    def offer_lists(self, actions: Sequence[Action]) -> None:
        """Put the lists this role may open into the menu."""
        for action in actions:
            item = self.lists_menu.addAction(icons.icon(action.icon), action.text)
            item.triggered.connect(_bare(action.run))
        self._add(self.lists_button)

    def _add(self, button: Button) -> Button:
        self.add_button(button)
        return button


def _bare(run: Callable[[], object]) -> Callable[[], None]:
    """Without the ``checked`` that a menu sends along."""

    def go() -> None:
        run()

    return go
