"""The tab 沟通时间线 as a whole: chips and stream on the left, 修改历史 on the right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.views import theme
from advisorcrm.views.clients.client_timeline import ClientTimeline
from advisorcrm.views.clients.history_pane import HistoryPane
from advisorcrm.views.clients.history_prints import timeline_report
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import quiet
from advisorcrm.views.widgets.label import Label

_BOTH_PX = 940


class TimelineTab(QWidget):
    """Reads when the page asks it to, when it is looked at; ``report_wanted`` for paper."""

    report_wanted = Signal(object)

    def __init__(
        self, around: Surroundings, timeline: ClientTimeline, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.timeline = timeline
        self.history = HistoryPane(around)
        self.history.report_wanted.connect(self.report_wanted)
        self.print_button = quiet(_("打印时间线"), icon="printer")
        self.print_button.clicked.connect(self.print_stream)
        if not around.may(Right.EXPORT):
            self.print_button.hide()
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addLayout(timeline.chip_line, 1)
        line.addWidget(Label(_("最新在上"), "text2", "caption"))
        line.addWidget(self.print_button)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(line)
        left.addWidget(timeline, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(left, 64)
        row.addWidget(self.history, 36)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Side by side where both can be read; else the versions are left to their own tab."""
        super().resizeEvent(event)
        self.history.setVisible(self.width() >= theme.px(_BOTH_PX))

    def show_client(self, client_id: int) -> None:
        """Another client."""
        self.timeline.show_client(client_id)
        self.history.show_client(client_id)

    def print_stream(self) -> None:
        """Ask for the stream on paper, filtered as it is shown."""
        if self.timeline.client_id >= 0:
            report = timeline_report(self.timeline.client_id, self.timeline.kind)
            self.report_wanted.emit(report)

    def reload(self) -> None:
        """Read again."""
        self.timeline.reload()
        self.history.reload()
