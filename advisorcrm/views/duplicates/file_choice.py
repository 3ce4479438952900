"""The two files at the top: the ticked one stays with its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from advisorcrm import terms
from advisorcrm.columns import CodeBook
from advisorcrm.i18n import _
from advisorcrm.views.duplicates.record_names import record_counts
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.label import Label

if TYPE_CHECKING:
    from advisorcrm.services.merges.merge_previews import MergeFile


class FileChoice(QFrame):
    """One file; ``taken`` when it is chosen to stay."""

    taken = Signal()

    def __init__(self, book: CodeBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("zone", "card")
        self._book = book
        self.radio = QRadioButton()
        self.radio.setAutoExclusive(False)
        self.radio.clicked.connect(self._take)
        self.name = Label("", size="subtitle", weight=600)
        self.number = Label("", "text2", "caption")
        self.state = Badge("", "mute")
        self.facts = Label("", "text2", "caption", wrap=True)
        self.records = Label("", "text2", "caption", wrap=True)
        self._lay_out()

    def show_file(self, file: MergeFile, *, stays: bool) -> None:
        """Show the file and whether it stays."""
        self.name.setText(file.name)
        self.number.setText(file.client_no)
        facts = [
            self._book.label(terms.TIER, file.tier),
            file.advisor_name or _("待分配"),
            _("{day} 开户").format(day=file.opened_on.isoformat()) if file.opened_on else "",
            file.account,
        ]
        self.facts.setText(" · ".join(fact for fact in facts if fact))
        self.records.setText(record_counts(file.counts) or _("没有记录"))
        self.radio.setChecked(stays)
        self.radio.setAccessibleName(_("保留 {name}").format(name=f"{file.name} {file.client_no}"))
        self.state.show_badge(_("保留") if stays else _("并入"), "ok" if stays else "mute")
        self._frame("chosen" if stays else "")

    def _frame(self, level: str) -> None:
        if (self.property("level") or "") != level:
            self.setProperty("level", level)
            self.style().unpolish(self)
            self.style().polish(self)

    def _take(self) -> None:
        self.radio.setChecked(True)
        self.taken.emit()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.name)
        head.addWidget(self.number)
        head.addStretch(1)
        head.addWidget(self.state)
        texts = QVBoxLayout()
        texts.setSpacing(3)
        texts.addLayout(head)
        texts.addWidget(self.facts)
        texts.addWidget(self.records)
        texts.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(13, 9, 13, 9)
        whole.setSpacing(10)
        whole.addWidget(self.radio)
        whole.addLayout(texts, 1)
