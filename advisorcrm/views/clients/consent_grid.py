"""The answers of one client at a glance: a cell for each way and purpose, one of them chosen."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.services.consents.consents import Asked, ConsentBook
from advisorcrm.terms import Channel, ConsentState, Purpose
from advisorcrm.views import theme
from advisorcrm.views.clients.consent_looks import STATE_KINDS
from advisorcrm.views.widgets.badge_button import BadgeButton
from advisorcrm.views.widgets.buttons import Button, quiet
from advisorcrm.views.widgets.label import Label

_LINE_PX = 30
"""As high as 全部撤回, which stands in some of the lines."""
_ICONS = {
    Channel.SMS: "message-square-text",
    Channel.MAIL: "mail",
    Channel.PHONE: "phone",
    Channel.WECHAT: "message-circle",
}


class ConsentGrid(QWidget):
    """``chosen(channel, purpose)`` by a cell, ``withdrawn(channel)`` by 全部撤回 of a line."""

    chosen = Signal(object, object)
    withdrawn = Signal(object)

    def __init__(self, *, may_edit: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may_edit = may_edit
        self.cells: dict[Asked, BadgeButton] = {}
        self.withdraw: dict[Channel, Button] = {}
        self._group = QButtonGroup(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(2)
        for place, purpose in enumerate(Purpose, 1):
            self._grid.addWidget(Label(purpose.label, "text2", "caption"), 0, place)
        for line, channel in enumerate(Channel, 1):
            self._add_line(line, channel)
        self._grid.setColumnStretch(len(Purpose) + 2, 1)

    def show_book(self, book: ConsentBook) -> None:
        """Show what counts now."""
        for (channel, purpose), cell in self.cells.items():
            state = book.state(channel, purpose)
            cell.show_badge(state.label, STATE_KINDS[state])
            cell.setAccessibleName(
                _("{channel} {purpose}：{state}").format(
                    channel=channel.label, purpose=purpose.label, state=state.label
                )
            )
        for channel, button in self.withdraw.items():
            is_given = book.channel(channel) is ConsentState.GIVEN
            button.setVisible(self._may_edit and is_given)

    def choose(self, channel: Channel, purpose: Purpose) -> None:
        """Choose a cell."""
        self.cells[channel, purpose].setChecked(True)
        self.chosen.emit(channel, purpose)

    def _add_line(self, line: int, channel: Channel) -> None:
        self._grid.setRowMinimumHeight(line, theme.px(_LINE_PX))
        self._grid.addWidget(Label(channel.label, weight=600), line, 0)
        for place, purpose in enumerate(Purpose, 1):
            cell = BadgeButton("")
            cell.setCheckable(True)
            cell.clicked.connect(partial(self._take, channel, purpose))
            self._group.addButton(cell)
            self.cells[channel, purpose] = cell
            self._grid.addWidget(cell, line, place, Qt.AlignmentFlag.AlignLeft)
        button = quiet(_("全部撤回"), icon="undo-2")
        button.setAccessibleName(_("撤回{channel}的全部同意").format(channel=channel.label))
        button.clicked.connect(partial(self._withdraw, channel))
        self.withdraw[channel] = button
        self._grid.addWidget(button, line, len(Purpose) + 1)

    def _take(self, channel: Channel, purpose: Purpose, _checked: object = None) -> None:
        self.chosen.emit(channel, purpose)

    def _withdraw(self, channel: Channel, _checked: object = None) -> None:
        self.withdrawn.emit(channel)
