"""Folded forms above the status bar; at start they say how many drafts came back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.i18n import _, ngettext
from advisorcrm.rules.masking import mask_name
from advisorcrm.services.drafts import DraftRow
from advisorcrm.views import theme
from advisorcrm.views.widgets.buttons import Button, bare, quiet
from advisorcrm.views.widgets.flow import FlowLayout
from advisorcrm.views.widgets.icon_label import IconLabel


class DraftChips(QWidget):
    """``wanted(draft)`` opens one again, ``discard_wanted(draft)`` gives one up."""

    wanted = Signal(object)
    discard_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drafts: tuple[DraftRow, ...] = ()
        self._is_start = True
        self._is_private = False
        self.told = IconLabel("pencil", "", "text2")
        self.opened: list[Button] = []
        self._flow = FlowLayout()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.setSpacing(10)
        row.addWidget(self.told)
        row.addLayout(self._flow, 1)
        self.hide()

    def drafts(self) -> tuple[DraftRow, ...]:
        """What is offered."""
        return self._drafts

    def show_drafts(self, drafts: Sequence[DraftRow]) -> None:
        """Offer these; the first time is the start of the program."""
        is_start, self._is_start = self._is_start, False
        if tuple(drafts) == self._drafts:
            return
        self._drafts = tuple(drafts)
        self._fill()
        count = len(drafts)
        told = _("草稿")
        if is_start:
            told = ngettext("恢复了 {count} 份草稿", "恢复了 {count} 份草稿", count)
        self.told.show_text("pencil", told.format(count=count), "text2")
        self.setAccessibleName(told.format(count=count))
        self.setVisible(bool(drafts))

    def set_private(self, *, is_private: bool) -> None:
        """Mask the names too, for a desk in public view (F9)."""
        self._is_private = is_private
        self._fill()

    def _fill(self) -> None:
        while self._flow.count():
            item = self._flow.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.opened = []
        for draft in self._drafts:
            self._flow.addWidget(self._chip(draft))

    def _chip(self, draft: DraftRow) -> QWidget:
        chip = QWidget()
        row = QHBoxLayout(chip)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        time = draft.saved_at.astimezone(BRANCH_TIME)
        title = _masked(draft.title) if self._is_private else draft.title
        text = _("{title}  {time}").format(title=title, time=f"{time:%m-%d %H:%M}")
        button = quiet(text)
        button.setToolTip(_("继续写"))
        button.clicked.connect(partial(self.wanted.emit, draft))
        cross = bare("x", _("丢弃草稿 {title}").format(title=title))
        cross.setFixedSize(theme.px(24), theme.px(24))
        cross.clicked.connect(partial(self.discard_wanted.emit, draft))
        row.addWidget(button)
        row.addWidget(cross)
        self.opened.append(button)
        return chip


def _masked(title: str) -> str:
    """``记沟通 · 王*``: the name stands last."""
    *matter, name = title.split(" · ")
    return " · ".join([*matter, mask_name(name)])
