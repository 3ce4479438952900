"""What the file lacks, worst first, each with a way there (R15, R71, R112)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.rules.missing_fields import MissingField
from advisorcrm.views import theme
from advisorcrm.views.clients.client_looks import GOOD_PERCENT
from advisorcrm.views.clients.widget_list import empty_layout
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.buttons import quiet
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.icon_label import IconLabel, IconMark
from advisorcrm.views.widgets.label import Label


class MissingList(Card):
    """``jumped(name)`` when a line is wanted; F8 goes from one to the next."""

    jumped = Signal(str)

    def __init__(self, *, may_edit: bool, parent: QWidget | None = None) -> None:
        super().__init__(_("完备率"), margins=(6, 6, 6, 8), spacing=2, parent=parent)
        self._may_edit = may_edit
        self._missing: tuple[MissingField, ...] = ()
        self._at = ""
        self.lines: dict[str, GapLine] = {}
        self._column = QVBoxLayout()
        self._column.setSpacing(1)
        self.body.addLayout(self._column)
        self.body.addWidget(Label(_("五件套"), "text2", "caption"))
        self.file_part = Badge(_("明细"), "warn")
        self.contacts_part = Badge(_("沟通"), "mute")
        parts = QHBoxLayout()
        parts.setSpacing(5)
        parts.addWidget(self.file_part)
        parts.addWidget(self.contacts_part)
        parts.addStretch(1)
        self.body.addLayout(parts)
        if may_edit:
            self.add_right(Label(_("下一处缺项 {key}").format(key="F8"), "text3", "caption"))

    def show_missing(self, missing: Sequence[MissingField], percent: int) -> None:
        """List these gaps; nothing is rebuilt while they stay the same."""
        self.title.setText(_("完备率 {percent}%").format(percent=percent))
        if percent >= GOOD_PERCENT:
            self.file_part.show_badge(_("明细 ✓"), "ok")
        else:
            self.file_part.show_badge(_("明细"), "warn")
        if tuple(missing) == self._missing and self._column.count():
            return
        self._missing = tuple(missing)
        empty_layout(self._column)
        self.lines = {}
        for gap in missing:
            line = GapLine(gap, may_edit=self._may_edit)
            line.wanted.connect(self.jump)
            self.lines[gap.name] = line
            self._column.addWidget(line)
        if not missing:
            self._column.addWidget(IconLabel("circle-check", _("档案齐全"), "ok"))
        self._mark()

    def show_contacts(self, *, has_any: bool) -> None:
        """Say whether the second part of the file, the contact log, has anything (R20)."""
        if has_any:
            self.contacts_part.show_badge(_("沟通 ✓"), "ok")
        else:
            self.contacts_part.show_badge(_("沟通 —"), "mute")

    def names(self) -> list[str]:
        """The missing fields, worst first."""
        return [gap.name for gap in self._missing]

    def jump(self, name: str) -> None:
        """Go to one of them."""
        self._at = name
        self._mark()
        self.jumped.emit(name)

    def jump_on(self, step: int) -> None:
        """Go to the next or the one before (F8, Shift+F8), round and round."""
        names = self.names()
        if not names:
            return
        if self._at in names:
            place = (names.index(self._at) + step) % len(names)
        else:
            place = 0 if step > 0 else len(names) - 1
        self.jump(names[place])

    def forget_place(self) -> None:
        """Another client: begin with the worst."""
        self._at = ""
        self._mark()

    def _mark(self) -> None:
        for name, line in self.lines.items():
            line.mark(is_on=name == self._at)


class GapLine(QFrame):
    """One gap: what, why, how much it counts, and 跳到."""

    wanted = Signal(str)

    def __init__(self, gap: MissingField, *, may_edit: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = gap.name
        self._is_on = False
        is_doubt = gap.is_doubt
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(Label(gap.label))
        lines.addWidget(Label(_remark(gap), "text2", "caption"))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 3, 2, 3)
        row.setSpacing(9)
        icon = IconMark(
            "triangle-alert" if is_doubt else "circle", "crit" if is_doubt else "warn", 15
        )
        row.addWidget(icon)
        row.addLayout(lines, 1)
        self.button = quiet(_("跳到"), key="⏎")
        self.button.setAccessibleName(_("跳到{field}").format(field=gap.label))
        if not may_edit:
            self.button.hide()
        self.button.clicked.connect(self._want)
        row.addWidget(self.button)
        self.setAccessibleName(f"{gap.label} {_remark(gap)}")

    def mark(self, *, is_on: bool) -> None:
        """Tint the gap that was jumped to."""
        self._is_on = is_on
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the tint."""
        if self._is_on:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selected"))
            painter.drawRoundedRect(self.rect(), 4, 4)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """The whole line may be clicked."""
        if event.button() == Qt.MouseButton.LeftButton and not self.button.isHidden():
            self._want()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter on the button jumps."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.button.hasFocus():
            self._want()
            return
        super().keyPressEvent(event)

    def _want(self) -> None:
        self.wanted.emit(self._name)


def _remark(gap: MissingField) -> str:
    return _("{reason} · 权重 {weight}").format(reason=gap.reason, weight=gap.weight)
