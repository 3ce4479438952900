"""What of two people's changes merged by itself, and on demand every difference in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.views import theme
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.buttons import quiet
from advisorcrm.views.widgets.flow import FlowLayout
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.upright_area import scrolling

_LINE_PX, _MOST_PX = 36, 240


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in words: what stood there, and what each side wrote, empty if nothing."""

    label: str
    seen: str
    mine: str = ""
    theirs: str = ""


class MergedFields(QWidget):
    """Which fields merged; 查看全部差异 unfolds old and new of these and of the contested ones."""

    def __init__(
        self, merged: Sequence[Difference], every: Sequence[Difference], by: str,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._by = by
        self._every = tuple(every)
        self.button = quiet(_("查看全部差异"))
        self.button.clicked.connect(self.unfold)
        self.area = self._differences()
        self.area.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        if merged:
            whole.addWidget(Label(_("已自动合并"), "text2", "caption"))
        row = QHBoxLayout()
        row.addWidget(self._names(merged), 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.button)
        whole.addLayout(row)
        whole.addWidget(self.area, 1)

    def unfold(self) -> None:
        """Show every difference, or fold them again."""
        is_open = self.area.isHidden()
        self.area.setVisible(is_open)
        self.button.show_text(_("收起差异") if is_open else _("查看全部差异"))

    def _names(self, merged: Sequence[Difference]) -> QWidget:
        box = QWidget()
        flow = FlowLayout(box, gap=8)
        theirs = _("{name}的").format(name=self._by)
        mine = [one.label for one in merged if one.mine]
        others = [one.label for one in merged if one.theirs]
        for names, title, kind in ((mine, _("我的"), "info"), (others, theirs, "mute")):
            if names:
                flow.addWidget(Badge(title, kind))
                flow.addWidget(Label(_("、").join(dict.fromkeys(names)), size="caption"))
        return box

    def _differences(self) -> QScrollArea:
        inside = QWidget()
        inside.setProperty("zone", "page")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 4, 0)
        grid.setHorizontalSpacing(10)
        heads = (_("字段"), _("原来"), _("我的"), _("{name}的").format(name=self._by))
        for column, text in enumerate(heads):
            grid.addWidget(Label(text, "text2", "caption"), 0, column)
        for row, one in enumerate(self._every, 1):
            grid.addWidget(Label(one.label, weight=500, wrap=True), row, 0)
            grid.addWidget(Label(one.seen, "text2", wrap=True), row, 1)
            for column, text in ((2, one.mine), (3, one.theirs)):
                tone = "text" if text else "text3"
                grid.addWidget(Label(text or _("没有改"), tone, wrap=True), row, column)
        for column, stretch in enumerate((2, 4, 5, 5)):
            grid.setColumnStretch(column, stretch)
        grid.setRowStretch(len(self._every) + 1, 1)
        area = scrolling(inside)
        area.setAccessibleName(_("全部差异"))
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # nothing in it takes the keys that scroll
        high = theme.px(_LINE_PX) * (len(self._every) + 1)
        area.setMinimumHeight(min(high, theme.px(_MOST_PX)))
        return area
