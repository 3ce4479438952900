"""What can be done with the ticked clients; there only while any are ticked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from advisorcrm.columns import show_money
from advisorcrm.i18n import _, ngettext, pgettext
from advisorcrm.views.widgets.button_row import ButtonRow
from advisorcrm.views.widgets.buttons import plain, quiet
from advisorcrm.views.widgets.label import Label


class BulkBar(QFrame):
    """Number and assets of the selection, then the actions."""

    print_wanted = Signal()
    export_wanted = Signal()
    cancelled = Signal()

    def __init__(self, *, may_take_out: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("zone", "bulk")
        self.count = Label("", "accent", weight=600)
        self.assets = Label("", "text2", "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 7, 8, 7)
        row.setSpacing(8)
        row.addWidget(self.count)
        row.addWidget(self.assets)
        row.addSpacing(6)
        row.addWidget(self._actions(may_take_out=may_take_out))
        row.addStretch(1)
        cancel = quiet(pgettext("selection", "取消"), key="Esc")
        cancel.clicked.connect(self.cancelled)
        row.addWidget(cancel)
        self.hide()

    def show_count(self, count: int) -> None:
        """Say how many are ticked; the bar goes with the last one."""
        said = ngettext("已选 {count} 户", "已选 {count} 户", count)
        self.count.setText(said.format(count=f"{count:,}"))
        self.setVisible(count > 0)

    def show_assets(self, fen: int) -> None:
        """Say what they have."""
        self.assets.setText(_("总资产 {amount}").format(amount=show_money(fen)))

    def _actions(self, *, may_take_out: bool) -> ButtonRow:
        actions = ButtonRow()
        if may_take_out:
            printing = plain(_("打印客户卡"), icon="printer")
            printing.clicked.connect(self.print_wanted)
            actions.add(printing)
            exporting = plain(_("导出客户卡"), icon="upload")
            exporting.clicked.connect(self.export_wanted)
            actions.add(exporting)
        return actions
