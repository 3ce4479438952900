"""Who waits for a time (待约时间): each with a free time that one click books."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.rules.appointments import slot_label
from advisorcrm.rules.masking import mask_name
from advisorcrm.services.calendar.unappointed import UnappointedRow
from advisorcrm.views.clients.widget_list import empty_layout
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.buttons import Button, quiet
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.line import Line


class WaitingCard(Card):
    """``taken(rows)`` when proposed times are accepted, ``wanted(row)`` to choose another."""

    taken = Signal(object)
    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("待约时间"), margins=(12, 4, 8, 6), spacing=2, parent=parent)
        self._rows: tuple[UnappointedRow, ...] = ()
        self._is_private = False
        self._may_book = True
        self.count = Badge("", "warn")
        self.all = quiet(_("全部按建议"))
        self.all.clicked.connect(self._take_all)
        self.add_right(self.count)
        self.add_right(self.all)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self.body.addLayout(self._list)
        self.none = Label(_("没有到期而未约时间的客户。"), "text2", "caption", wrap=True)
        self.add(self.none)
        self.buttons: list[Button] = []

    def show_rows(self, rows: Sequence[UnappointedRow], *, may_book: bool) -> None:
        """Show these clients."""
        self._rows = tuple(rows)
        self._may_book = may_book
        self._fill()

    def set_private(self, *, is_private: bool) -> None:
        """Names are masked while others look on."""
        self._is_private = is_private
        self._fill()

    def rows(self) -> tuple[UnappointedRow, ...]:
        """The clients shown."""
        return self._rows

    def _fill(self) -> None:
        empty_layout(self._list)
        self.buttons = []
        proposed = [row for row in self._rows if row.proposed is not None]
        self.count.show_badge(str(len(self._rows)), "warn")
        self.count.setVisible(bool(self._rows))
        self.all.setVisible(bool(proposed) and self._may_book)
        self.none.setVisible(not self._rows)
        for place, row in enumerate(self._rows):
            if place:
                self._list.addWidget(Line())
            self._list.addWidget(self._line(row))

    def _line(self, row: UnappointedRow) -> QWidget:
        name = mask_name(row.client_name) if self._is_private else row.client_name
        head = " ".join(part for part in (name, row.title) if part)
        line = QWidget()
        both = QHBoxLayout(line)
        both.setContentsMargins(0, 4, 0, 4)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(head))
        words.addWidget(Label(row.reason, "text2", "caption"))
        both.addLayout(words, 1)
        if self._may_book:
            both.addWidget(self._button(row, name))
        return line

    def _button(self, row: UnappointedRow, name: str) -> Button:
        if row.proposed is None:
            button = quiet(_("另选时间"))
            button.clicked.connect(lambda _on=False: self.wanted.emit(row))
        else:
            at = slot_label(row.proposed.starts)
            button = quiet(_("建议 {at}").format(at=at))
            button.clicked.connect(lambda _on=False: self.taken.emit((row,)))
        button.setAccessibleName(f"{name} {row.reason} {button.text().strip()}")
        self.buttons.append(button)
        return button

    def _take_all(self) -> None:
        self.taken.emit(tuple(row for row in self._rows if row.proposed is not None))
