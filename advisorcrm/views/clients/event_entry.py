"""An event in the stream of a client: what it was, whether the client came, what was said."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from advisorcrm import terms
from advisorcrm.columns import BRANCH_TIME, CodeBook, show_instant
from advisorcrm.i18n import _
from advisorcrm.services.meetings.event_guests import ClientEventRow
from advisorcrm.views.clients.stream_entry import StreamEntry
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.label import Label


class EventEntry(StreamEntry):
    """Title, kind and attendance in the head, feedback and gift below."""

    def __init__(
        self, event: ClientEventRow, book: CodeBook, parent: QWidget | None = None
    ) -> None:
        super().__init__("messages-square", "info", "info_soft", parent)
        self.event_row = event
        self._kind = book.label(terms.EVENT_KIND, event.kind)
        self.column.addLayout(self._head())
        told = self._told()
        if told:
            self.column.addWidget(Label(told, wrap=True))
        self.setAccessibleName(
            f"{show_instant(event.at)} {self._kind} {event.title} {self._state()} {told}"
        )

    def _state(self) -> str:
        """Whether the client came; before that the answer."""
        if self.event_row.has_come is None:
            return self.event_row.answer.label
        return _("到场") if self.event_row.has_come else _("未到")

    def _told(self) -> str:
        event = self.event_row
        words = [event.feedback]
        if event.gift:
            words.append(_("礼品：{gift}").format(gift=event.gift))
        return _("；").join(word for word in words if word)

    def _head(self) -> QHBoxLayout:
        event, head = self.event_row, QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(event.at.astimezone(BRANCH_TIME).strftime("%H:%M")))
        head.addWidget(Label(event.title, weight=600))
        head.addWidget(Label(self._kind, "text2", "caption"))
        head.addWidget(Badge(self._state(), "ok" if event.has_come else "mute"))
        head.addStretch(1)
        head.addWidget(Label(event.place, "text2", "caption"))
        return head
