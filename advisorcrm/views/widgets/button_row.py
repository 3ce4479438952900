"""A row of buttons of which those that find no room move into a 更多 menu."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from advisorcrm.i18n import _
from advisorcrm.views.widgets.buttons import Button, plain

_GAP = 8
_SHOWN_OR_HIDDEN = Qt.WidgetAttribute.WA_WState_ExplicitShowHide


class ButtonRow(QWidget):
    """Buttons in the order of their weight; the last ones fold first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[Button] = []
        self._folded: list[Button] = []
        self._more = plain(_("更多"), icon="ellipsis")
        self._menu = QMenu(self._more)
        self._more.setMenu(self._menu)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_GAP)
        self._row.addWidget(self._more)
        self._row.addStretch(1)
        self._more.hide()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def add(self, button: Button) -> None:
        """Append a button."""
        self._row.insertWidget(len(self._buttons), button)
        self._buttons.append(button)
        QWidget.setTabOrder(button, self._more)
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for all buttons."""
        hints = [button.sizeHint() for button in self._offered()]
        wide = sum(hint.width() + _GAP for hint in hints) - _GAP
        return QSize(max(wide, 0), self._more.sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for the menu alone."""
        if not self._buttons:
            return QSize(0, 0)
        return self._more.sizeHint().boundedTo(self.sizeHint())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fold what no longer fits."""
        super().resizeEvent(event)
        self.fold()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Fold before the first look."""
        super().showEvent(event)
        self.fold()

    def event(self, event: QEvent) -> bool:
        """Fold again when a page shows or hides one of its buttons."""
        is_done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest and self.isVisible():
            self.fold()
        return is_done

    def _offered(self) -> list[Button]:
        """The buttons that their page has not hidden; those folded here are none of them."""
        return [
            button
            for button in self._buttons
            if button in self._folded
            or not (button.isHidden() and button.testAttribute(_SHOWN_OR_HIDDEN))
        ]

    def fold(self) -> None:
        """Show what fits and put the rest into the menu."""
        room = self.width()
        if self.sizeHint().width() > room:
            room -= self._more.sizeHint().width() + _GAP
        folded = []
        for button in self._offered():
            room -= button.sizeHint().width()
            button.setVisible(room >= 0)
            if room < 0:
                folded.append(button)
            room -= _GAP
        self._folded = folded
        self._more.setVisible(bool(folded))
        self._menu.clear()
        for button in folded:
            action = self._menu.addAction(button.icon(), button.text())
            action.setEnabled(button.isEnabled())
            action.triggered.connect(button.click)
