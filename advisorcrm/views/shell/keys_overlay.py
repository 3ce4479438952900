"""The keys of the present screen (? or F1)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.views import theme
from advisorcrm.views.shell.overlay import Overlay
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.line import Line

_COLUMNS = 2


class KeysOverlay(Overlay):
    """Groups of (key, what it does)."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._whole = QVBoxLayout(self.sheet)
        self._whole.setContentsMargins(24, 18, 24, 18)
        self._whole.setSpacing(10)
        self._body: QWidget | None = None
        head = QHBoxLayout()
        head.addWidget(Label(_("快捷键"), size="subtitle", weight=600))
        head.addStretch(1)
        head.addWidget(Label(_("Esc 关"), "text3", "caption"))
        self._whole.addLayout(head)
        self._whole.addWidget(Line())

    def show_keys(self, groups: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> None:
        """List the keys; empty groups are left out."""
        if self._body is not None:
            self._body.deleteLater()
        self._body = QWidget()
        row = QHBoxLayout(self._body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(32)
        columns = [QVBoxLayout() for _place in range(_COLUMNS)]
        for number, (title, keys) in enumerate(pair for pair in groups if pair[1]):
            columns[number % _COLUMNS].addWidget(_group(title, keys))
        for column in columns:
            column.setSpacing(12)
            column.addStretch(1)
            row.addLayout(column)
        self._whole.addWidget(self._body)
        self.setAccessibleName(_("快捷键"))
        self.open_sheet()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Any key closes the list; only then it does what it does."""
        self.close_sheet()


def _group(title: str, keys: Sequence[tuple[str, str]]) -> QWidget:
    group = QWidget()
    grid = QGridLayout(group)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(5)
    grid.addWidget(Label(title, "text2", "caption", weight=600), 0, 0, 1, 2)
    for line, (key, what) in enumerate(keys, start=1):
        grid.addWidget(Badge(key), line, 0)
        grid.addWidget(Label(what), line, 1)
    grid.setColumnStretch(1, 1)
    group.setMinimumWidth(theme.px(300))
    return group


def frame_keys() -> list[tuple[str, str]]:
    """The keys that work on every page."""
    return [
        ("Ctrl+K", _("找客户、记录、功能")),
        ("Ctrl+1…9", _("转到导航里的页")),
        ("Alt+← →", _("后退、前进")),
        ("F6", _("下一个区")),
        ("Ctrl+B", _("收起或展开导航")),
        ("F5", _("重新读取")),
        ("F9", _("隐私模式：姓名也掩码")),
        ("Ctrl+Alt+L", _("锁定")),
        ("Ctrl+Z", _("撤销刚才的操作")),
        ("Ctrl+ + − 0", _("字号")),
        ("? F1", _("快捷键")),
    ]
