"""Asks what for before a list or the cards of a selection leave the program (R16, R148)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from advisorcrm.exports.card_set import card_sheets, export_card_set, register_card_set
from advisorcrm.exports.client_list import ClientListRequest
from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.services.clients.clients import ClientFilter, ClientOrder
from advisorcrm.views.clients.export_dialog import ExportDialog
from advisorcrm.views.reports import Report, client_list
from advisorcrm.views.surroundings import Surroundings


class ClientExport(QObject):
    """``wanted`` with the report to be written, once the person has said what for."""

    wanted = Signal(object)

    def __init__(self, around: Surroundings, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = around
        self._page = parent
        self.dialog: ExportDialog | None = None

    def export_list(self, query: ClientFilter, order: ClientOrder) -> None:
        """The list as it is narrowed and ordered."""
        self._ask(_("客户明细表"), partial(self._want_list, query, order))

    def export_cards(self, ids: Sequence[int]) -> None:
        """A card for each client."""
        self._ask(_("客户资料卡"), partial(self._want_cards, tuple(ids)))

    def export_personal_data(self, client_id: int) -> None:
        """A copy of everything held on one client (2.7d)."""
        note = _("附件原件只随完整号码的副本写出，另存为旁边的压缩文件。")
        self._ask(_("个人信息副本"), partial(self._want_personal_data, client_id), note)

    def _ask(self, what: str, then: Callable[[str, bool], None], note: str = "") -> None:
        may_unmask = self._around.may(Right.EXPORT_UNMASKED)
        self.dialog = ExportDialog(
            what, may_unmask=may_unmask, note=note, parent=self._page.window()
        )
        self.dialog.purposed.connect(then)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    def _want_list(
        self, query: ClientFilter, order: ClientOrder, purpose: str, unmasked: bool
    ) -> None:
        request = ClientListRequest(query, order, unmasked=unmasked, purpose=purpose)
        self.wanted.emit(client_list(request))

    def _want_personal_data(self, client_id: int, purpose: str, unmasked: bool) -> None:
        self.wanted.emit(personal_data(client_id, unmasked=unmasked, purpose=purpose))

    def _want_cards(self, ids: Sequence[int], purpose: str, unmasked: bool) -> None:
        self.wanted.emit(card_set(ids, unmasked=unmasked, purpose=purpose))


def card_set(ids: Sequence[int], *, unmasked: bool = False, purpose: str = "") -> Report:
    """客户资料卡 of several clients, a worksheet each."""
    return Report(
        "客户资料卡",  # chinese: data
        partial(register_card_set, client_ids=ids, unmasked=unmasked, purpose=purpose),
        partial(card_sheets, client_ids=ids),
        partial(export_card_set, client_ids=ids),
    )


def personal_data(client_id: int, *, unmasked: bool = False, purpose: str = "") -> Report:
    """个人信息副本 of one client, a worksheet each matter."""
    from advisorcrm.exports import personal_data as module
    from advisorcrm.exports.personal_files import export_personal_files

    return Report(
        "个人信息副本",  # chinese: data
        partial(
            module.register_personal_data, client_id=client_id, unmasked=unmasked, purpose=purpose
        ),
        partial(module.personal_data_sheets, client_id=client_id),
        partial(module.export_personal_data, client_id=client_id),
        beside=partial(export_personal_files, client_id=client_id),
    )
