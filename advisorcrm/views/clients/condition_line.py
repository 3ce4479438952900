"""The line in which conditions are typed, and searched as it is typed."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from advisorcrm.i18n import _
from advisorcrm.views import icons, theme
from advisorcrm.views.clients.condition_kinds import OFFERED, Kind
from advisorcrm.views.clients.condition_offers import Offer, offers_for
from advisorcrm.views.clients.conditions import ConditionReader
from advisorcrm.views.clients.offer_list import OfferList

_LEAST_PX, _MOST_PX = 190, 340


class ConditionLine(QLineEdit):
    """``added(field, value)`` for a condition, ``searched(text)`` for anything else."""

    added = Signal(str, object)
    searched = Signal(str)
    said = Signal(str)
    left = Signal()

    def __init__(self, reader: ConditionReader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._last = ""
        self.setPlaceholderText(_("添加条件或查找  /"))
        self.setAccessibleName(_("添加条件或查找"))
        words = self.fontMetrics().horizontalAdvance(self.placeholderText()) + theme.px(64)
        self.setMinimumWidth(max(theme.px(_LEAST_PX), words))
        self.setMaximumWidth(theme.px(_MOST_PX))
        self.setClearButtonEnabled(True)
        plus = self.addAction(icons.icon("plus", "text2"), QLineEdit.ActionPosition.LeadingPosition)
        plus.setToolTip(_("选条件  Alt+↓"))
        plus.triggered.connect(self.open_menu)
        self.offers = OfferList(self)
        self.offers.taken.connect(self.take_offer)
        self._is_composing = False
        self.textChanged.connect(self._read)
        self.textEdited.connect(self._offer)

    def set_reader(self, reader: ConditionReader) -> None:
        """Read with other lists of people."""
        self._reader = reader

    def show_text(self, text: str) -> None:
        """Show what is searched, without searching again."""
        self._last = text
        if self.text().strip() != text:
            self.setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter adds or goes to the list, Esc empties, Down leaves, Alt+Down opens the menu.

        While something is offered, Up and Down move in it, Tab takes the first and Esc closes.
        """
        key, is_alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if not is_alt and self.offers.press(event):
            return
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish()
        elif key == Qt.Key.Key_Down and is_alt:
            self.open_menu()
        elif key == Qt.Key.Key_Down:
            self.left.emit()
        elif key == Qt.Key.Key_Escape:
            self._escape()
        elif self.text() or event.text() != "/":  # the key that leads here leads nowhere else
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forwards: bool) -> bool:  # noqa: N802 - Qt's name
        """Tab takes what is offered first, and leaves only when nothing is."""
        if forwards and self.offers.take_best():
            return True
        return super().focusNextPrevChild(forwards)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing is offered to a line that is not typed in."""
        self.offers.hide()
        super().focusOutEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 - Qt's name
        """Offer nothing while an input method composes."""
        self._is_composing = bool(event.preeditString())
        if self._is_composing:
            self.offers.hide()
        super().inputMethodEvent(event)

    def take_offer(self, offer: Offer) -> None:
        """Complete the text, or add the condition it has become."""
        self.offers.hide()
        self.setText(offer.text)
        reading = self._reader.read(offer.text)
        if offer.is_whole and reading is not None and reading.is_whole:
            self.clear()
            self.added.emit(reading.kind.field, reading.value)
        else:
            self._offer(offer.text)

    def open_menu(self) -> None:
        """Offer every condition by mouse."""
        menu = self.make_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def make_menu(self) -> QMenu:
        """All kinds of condition with their values."""
        menu = QMenu(self)
        for kind in self._reader.kinds():
            self._fill(menu.addMenu(_(kind.label)), kind)
        return menu

    def _fill(self, menu: QMenu, kind: Kind) -> None:
        for value, label in self._reader.choices(kind):
            action = menu.addAction(label)
            action.triggered.connect(partial(self._add, kind.field, (value,)))
        for typed in OFFERED.get(kind.field, ()):
            reading = self._reader.read(f"{kind.words[0]} {typed}")
            if reading is None or not reading.is_whole:
                continue
            action = menu.addAction(self._reader.say_one(reading))
            action.triggered.connect(partial(self._add, kind.field, reading.value))

    def _add(self, name: str, value: Any, _checked: object = None) -> None:
        self.added.emit(name, value)

    def _read(self, text: str) -> None:
        """Search what is no condition; say what a condition means or still needs."""
        reading = self._reader.read(text)
        if reading is None:
            self.said.emit("")
            self._search(text.strip())
            return
        self._search("")
        if not reading.is_whole:
            self.said.emit(reading.problem)
            return
        self.said.emit(_("⏎ 添加 {condition}").format(condition=self._reader.say_one(reading)))

    def _offer(self, text: str) -> None:
        if self._is_composing:
            return
        self.offers.show_offers(offers_for(self._reader, text))

    def _search(self, text: str) -> None:
        if text != self._last:
            self._last = text
            self.searched.emit(text)

    def _finish(self) -> None:
        self.offers.hide()
        reading = self._reader.read(self.text())
        if reading is None:
            self.left.emit()
        elif reading.is_whole:
            self.clear()
            self.added.emit(reading.kind.field, reading.value)

    def _escape(self) -> None:
        if self.text():
            self.clear()
        else:
            self.left.emit()
