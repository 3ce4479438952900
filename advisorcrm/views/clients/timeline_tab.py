"""The tab 沟通时间线 as a whole: chips and stream on the left, 修改历史 on the right."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.views.clients.client_timeline import ClientTimeline
from advisorcrm.views.clients.history_pane import HistoryPane
from advisorcrm.views.clients.surroundings import Surroundings


class TimelineTab(QWidget):
    """Reads when the page asks it to, which is when it is looked at."""

    def __init__(
        self, around: Surroundings, timeline: ClientTimeline, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.timeline = timeline
        self.history = HistoryPane(around)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(timeline.chip_line)
        left.addWidget(timeline, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(left, 64)
        row.addWidget(self.history, 36)

    def show_client(self, client_id: int) -> None:
        """Another client."""
        self.timeline.show_client(client_id)
        self.history.show_client(client_id)

    def reload(self) -> None:
        """Read again."""
        self.timeline.reload()
        self.history.reload()
