"""What can be done with the ticked clients; there only while any are ticked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from advisorcrm.columns import show_money
from advisorcrm.i18n import _, ngettext, pgettext
from advisorcrm.services.access import Right
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.button_row import ButtonRow
from advisorcrm.views.widgets.buttons import Button, plain, quiet
from advisorcrm.views.widgets.label import Label


class BulkBar(QFrame):
    """Number and assets of the selection, the actions, and who will be left out of them."""

    task_wanted = Signal()
    hand_over_wanted = Signal()
    tag_wanted = Signal()
    print_wanted = Signal()
    export_wanted = Signal()
    envelopes_wanted = Signal()
    cancelled = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("zone", "bulk")
        self.count = Label("", "accent", weight=600)
        self.assets = Label("", "text2", "caption")
        self.left_out = Label("", "warn", "caption")
        self.excluded = Label("", "warn", "caption")
        for said in (self.count, self.assets, self.excluded):  # rather fold a button than cut these
            said.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        self.work = ButtonRow()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 7, 8, 7)
        row.setSpacing(8)
        row.addWidget(self.count)
        row.addWidget(self.assets)
        row.addSpacing(6)
        self._add_actions(around)
        row.addWidget(self.work)
        row.addStretch(1)
        row.addWidget(self.excluded)
        row.addWidget(self.left_out)
        cancel = quiet(pgettext("selection", "取消"), key="Esc")
        cancel.clicked.connect(self.cancelled)
        row.addWidget(cancel)
        self.hide()

    def show_count(self, count: int) -> None:
        """Say how many are ticked; the bar goes with the last one."""
        said = ngettext("已选 {count} 户", "已选 {count} 户", count)
        self.count.setText(said.format(count=f"{count:,}"))
        self.left_out.setText("")
        self.setVisible(count > 0)

    def show_assets(self, fen: int) -> None:
        """Say what they have."""
        self.assets.setText(_("总资产 {amount}").format(amount=show_money(fen)))

    def show_excluded(self, said: str) -> None:
        """Say who would get no short message, before one is sent."""
        self.excluded.setText(said)

    def show_left_out(self, said: str) -> None:
        """Say before anything is done who will not take part in it."""
        self.left_out.setText(said)

    def _add_actions(self, around: Surroundings) -> None:
        if around.may(Right.KEEP_TASKS):
            self._add(plain(_("建任务"), icon="list-checks")).clicked.connect(self.task_wanted)
        if around.may(Right.HAND_OVER):
            self._add(plain(_("移交"), icon="split")).clicked.connect(self.hand_over_wanted)
        if around.may(Right.EDIT_CLIENTS):
            self._add(plain(_("打标签"), icon="tag")).clicked.connect(self.tag_wanted)
        if around.may(Right.EXPORT):
            printing = plain(_("打印客户卡"), icon="printer")
            self._add(printing).clicked.connect(self.print_wanted)
            if around.may(Right.REVEAL):
                envelopes = plain(_("打印信封"), icon="mail")
                self._add(envelopes).clicked.connect(self.envelopes_wanted)
            self._add(plain(_("导出客户卡"), icon="upload")).clicked.connect(self.export_wanted)

    def _add(self, button: Button) -> Button:
        self.work.add(button)
        return button
