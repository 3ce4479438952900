"""The topics of a conversation: several, reached by the initials of their labels (R81)."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from advisorcrm import terms
from advisorcrm.columns import CodeBook
from advisorcrm.rules.pinyin import name_readings
from advisorcrm.views.widgets.choice_button import Choice, ChoiceButton, ChoiceList


class TopicChoice(ChoiceButton):
    """Typing a letter drops the list down and goes to the topic; Space ticks, Enter closes."""

    def __init__(self, book: CodeBook, parent: QWidget | None = None) -> None:
        codes = book.codes(terms.TOPIC)
        self._topics = [Choice(code, book.label(terms.TOPIC, code)) for code in codes]
        self._zh = [book.label_zh(terms.TOPIC, code) for code in codes]
        self._has_keys = False
        super().__init__(self._topics, parent=parent)

    def open_list(self) -> None:
        """Drop down; the initials are looked up the first time (pinyin is loaded late)."""
        if not self._has_keys:
            self._has_keys = True
            self.set_choices(
                topic._replace(keys=f"{name_readings(label).initials} {label}")
                for topic, label in zip(self._topics, self._zh, strict=True)
            )
        super().open_list()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """A letter is the first of the initials of a topic."""
        held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if held or not event.text().isalnum():
            super().keyPressEvent(event)
            return
        self.open_list()
        popup = QApplication.activePopupWidget()
        if isinstance(popup, ChoiceList):
            QCoreApplication.sendEvent(popup.list, event)
