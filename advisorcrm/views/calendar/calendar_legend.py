"""What the colours of the calendar mean, and what the keys do."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.views.widgets.icon_label import IconLabel
from advisorcrm.views.widgets.label import Label


class CalendarLegend(QWidget):
    """A line under the days."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(14)
        for icon, tone, text in (
            ("handshake", "accent", _("面谈")),
            ("phone", "ok", _("电话、消息")),
            ("clock", "warn", _("期限")),
            ("circle-check", "text2", _("已完成、例会")),
        ):
            row.addWidget(IconLabel(icon, text, tone))
        row.addStretch(1)
        hint = _("拖动改时间 · ⏎ 打开 · N 记沟通 · 周末与节假日可约，会提示")
        row.addWidget(Label(hint, "text2", "caption"))
