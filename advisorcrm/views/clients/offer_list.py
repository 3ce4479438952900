"""The list under a line of text that completes it; the line keeps the focus (ui.md 8.4)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from advisorcrm.i18n import _
from advisorcrm.views import theme
from advisorcrm.views.clients.condition_offers import Offer

_OFFER = Qt.ItemDataRole.UserRole
_ROW_PX, _WIDE_PX = 28, 240
_TAKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class OfferList(QListWidget):
    """``taken`` with the offer; it never takes the focus, so an input method can compose."""

    taken = Signal(object)

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_("可选条件"))
        self.setProperty("kind", "offers")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.itemClicked.connect(self._take)
        self.hide()

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """Offer these; nothing closes the list."""
        self.clear()
        for offer in offers:
            item = QListWidgetItem(offer.label)
            item.setData(_OFFER, offer)
            self.addItem(item)
        self.setCurrentRow(-1)
        if offers and self._line.isVisible():
            self._place(len(offers))
        else:
            self.hide()

    def labels(self) -> list[str]:
        """What is offered."""
        return [self.item(row).text() for row in range(self.count())] if self.isVisible() else []

    def press(self, event: QKeyEvent) -> bool:
        """A key of the line that belongs to the list; True if it was one."""
        key = Qt.Key(event.key())
        if not self.isVisible():
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move(1 if key == Qt.Key.Key_Down else -1)
        elif key in _TAKING and self.currentRow() >= 0:
            self._take(self.currentItem())
        elif key == Qt.Key.Key_Escape:
            self.hide()
        else:
            return False
        return True

    def take_best(self) -> bool:
        """Take the chosen offer, else the first; False if there is none."""
        if not self.isVisible() or not self.count():
            return False
        self._take(self.currentItem() or self.item(0))
        return True

    def _move(self, step: int) -> None:
        self.setCurrentRow((self.currentRow() + step) % self.count() if self.count() else -1)

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.taken.emit(item.data(_OFFER))

    def _place(self, count: int) -> None:
        window = self._line.window()
        if self.parent() is not window:
            self.setParent(window)
        height = theme.px(_ROW_PX) * count + 6
        self.resize(max(self._line.width(), theme.px(_WIDE_PX)), height)
        self.move(self._line.mapTo(window, QPoint(0, self._line.height() + 2)))
        self.show()
        self.raise_()
