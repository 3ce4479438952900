"""One conversation in the stream, with its corrections hanging under it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.columns import BRANCH_TIME, CodeBook, show_instant
from advisorcrm.i18n import _
from advisorcrm.rules.plain_dates import day_label
from advisorcrm.services.contacts.contact_log_rows import ContactLogRow, CorrectionRow
from advisorcrm.terms import Reaction
from advisorcrm.views import theme
from advisorcrm.views.clients.recent_log import topics_of, way_and_length
from advisorcrm.views.clients.stream_entry import StreamEntry
from advisorcrm.views.contacts.ways import way_icon
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.icon_label import IconMark
from advisorcrm.views.widgets.label import Label

_REACTIONS = {Reaction.AGREES: "ok", Reaction.UNDECIDED: "info", Reaction.DISAGREES: "crit"}
_SHORT = 160


class TimelineEntry(StreamEntry):
    """A conversation; Enter shows all of a long one."""

    def __init__(self, log: ContactLogRow, book: CodeBook, parent: QWidget | None = None) -> None:
        super().__init__(way_icon(log.way), "accent", "accent_soft", parent)
        self.log = log
        self._book = book
        self.setAccessibleName(
            f"{show_instant(log.contacted_at)} {topics_of(log, book)} "
            f"{way_and_length(log, book)} {log.content}"
        )
        self.column.addLayout(self._head())
        self._content = Label("", wrap=True)
        self.column.addWidget(self._content)
        for remark in self._remarks():
            self.column.addWidget(Label(remark, "text2", "caption", wrap=True))
        said = log.content
        for number, correction in enumerate(log.corrections, 1):
            self.column.addWidget(Correction(number, said, correction))
            said = correction.content
        self.show_all(shown=False)

    def show_all(self, *, shown: bool) -> None:
        """The whole text, or its beginning."""
        super().show_all(shown=shown)
        text = self.log.content
        self._content.setText(text if shown or len(text) <= _SHORT else f"{text[:_SHORT]}…")

    def _head(self) -> QHBoxLayout:
        log, head = self.log, QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(log.contacted_at.astimezone(BRANCH_TIME).strftime("%H:%M")))
        head.addWidget(Label(topics_of(log, self._book), weight=600))
        head.addWidget(Label(way_and_length(log, self._book), "text2", "caption"))
        if log.reaction is not None:
            head.addWidget(Badge(log.reaction.label, _REACTIONS[log.reaction]))
        head.addStretch(1)
        head.addWidget(Label(log.author_name, "text2", "caption"))
        return head

    def _remarks(self) -> list[str]:
        log, found = self.log, []
        if log.is_advice and log.basis:
            found.append(_("依据：{basis}").format(basis=log.basis))
        if log.next_on is not None:
            day = day_label(f"{log.next_on:%m-%d}", log.next_on)
            found.append(_("下一步：{day} {what}").format(day=day, what=log.next_note).strip())
        return found


class Correction(QFrame):
    """A correction: amber edge, number, both wordings, why, who and when."""

    def __init__(
        self,
        number: int,
        before: str,
        correction: CorrectionRow,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("zone", "card")
        title = _("更正 {number}").format(number=number)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(IconMark("corner-down-right", "warn", 14))
        head.addWidget(Label(title, "warn", "caption", weight=600))
        head.addWidget(Label(show_instant(correction.created_at), "text2", "caption"))
        head.addStretch(1)
        head.addWidget(Label(correction.author_name, "text2", "caption"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 6, 8, 6)
        whole.setSpacing(2)
        whole.addLayout(head)
        for word, tone, text in (
            (_("原文"), "text2", before),
            (_("更正为"), "ok", correction.content),
        ):
            whole.addLayout(_wording(word, tone, text))
        reason = _("原因：{reason}").format(reason=correction.reason)
        whole.addWidget(Label(reason, "text2", "caption", wrap=True))
        self.setAccessibleName(f"{title} {correction.content} {reason}")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the amber edge."""
        super().paintEvent(event)
        QPainter(self).fillRect(0, 0, 3, self.height(), theme.colour("warn"))


def _wording(word: str, tone: str, text: str) -> QHBoxLayout:
    """``原文  想留三成现金``."""
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(Label(word, tone, "caption"), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(text, wrap=True, weight=400 if tone == "text2" else 600), 1)
    return row
