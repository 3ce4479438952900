"""Two people changed the same fields: choose one of each, the loser stays in the history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QWidget,
)

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.i18n import _, ngettext
from advisorcrm.views.clients.merged_fields import Difference, MergedFields
from advisorcrm.views.clients.side_button import SideButton
from advisorcrm.views.widgets.buttons import plain, primary
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.line import Line
from advisorcrm.views.widgets.upright_area import scrolling

_WIDE_PX = 860


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that both changed, in words."""

    name: str
    label: str
    seen: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Sides:
    """Who saved when, and what merges by itself."""

    client: str
    by: str
    at: datetime
    merged: tuple[Difference, ...] = ()


class ConflictDialog(QDialog):
    """``merged`` with the names of the fields in which the other side wins."""

    merged = Signal(frozenset)

    def __init__(
        self, clashes: Sequence[Clash], sides: Sides, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._clashes = tuple(clashes)
        self._sides = sides
        self.rows: list[tuple[SideButton, SideButton]] = []
        asked = [Difference(one.label, one.seen, one.mine, one.theirs) for one in self._clashes]
        every = (*asked, *sides.merged)
        self.differences = MergedFields(sides.merged, every, self._by())
        self.setWindowTitle(_("{name} 的档案在您编辑时被改过").format(name=sides.client))
        self._lay_out()
        self.choose_all(mine=True)
        self.rows[0][0].setFocus()

    def choose_all(self, *, mine: bool) -> None:
        """Take one side everywhere."""
        for own, other in self.rows:
            (own if mine else other).choose()

    def losers(self) -> frozenset[str]:
        """The fields in which the other side wins."""
        chosen = zip(self._clashes, self.rows, strict=True)
        return frozenset(clash.name for clash, (_own, other) in chosen if other.isChecked())

    def submit(self) -> None:
        """Merge as chosen."""
        self.merged.emit(self.losers())
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Left and right choose, up and down go along the fields, Ctrl+Enter merges."""
        if not self._take_key(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take the keys of the sides before the scroll area does."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take_key(event)
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.submit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            own, other = self.rows[self._row()]
            side = own if key == Qt.Key.Key_Left else other
            side.choose()
            side.setFocus()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._go(-1 if key == Qt.Key.Key_Up else 1)
        else:
            return False
        return True

    def _row(self) -> int:
        for place, pair in enumerate(self.rows):
            if any(side.hasFocus() for side in pair):
                return place
        return 0

    def _go(self, step: int) -> None:
        place = min(max(self._row() + step, 0), len(self.rows) - 1)
        own, other = self.rows[place]
        (own if own.isChecked() else other).setFocus()

    def _lay_out(self) -> None:
        whole = dialog_column(self)
        whole.addLayout(dialog_head(self, "users", tone="warn"))
        whole.addWidget(Label(self._told(), "text2", wrap=True))
        whole.addWidget(self._scrolled(), 1)
        whole.addWidget(Line())
        whole.addWidget(self.differences)
        whole.addLayout(self._foot())
        self.setMinimumWidth(_WIDE_PX)

    def _told(self) -> str:
        asked, merged = len(self._clashes), len(self._sides.merged)
        count = asked + sum(bool(one.theirs) for one in self._sides.merged)
        saved = ngettext(
            "{name} 在 {time} 保存了 {count} 处。", "{name} 在 {time} 保存了 {count} 处。", count
        ).format(name=self._by(), time=self._time(), count=count)
        choose = ngettext(
            "两人都改的 {count} 处请选一个。", "两人都改的 {count} 处请选一个。", asked
        ).format(count=asked)
        rest = ngettext(
            "其余 {count} 处已自动合并。", "其余 {count} 处已自动合并。", merged
        ).format(count=merged)
        sentences = (saved, choose, rest if merged else "", _("两个版本都会留在修改历史里。"))
        return _sentences(sentences)

    def _by(self) -> str:
        return self._sides.by or _("另一位同事")

    def _time(self) -> str:
        return self._sides.at.astimezone(BRANCH_TIME).strftime("%H:%M")

    def _scrolled(self) -> QScrollArea:
        inside = QWidget()
        inside.setProperty("zone", "page")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 4, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        heads = (_("字段"), _("原来"), _("我的"), _("{name}的").format(name=self._by()))
        for column, text in enumerate(heads):
            grid.addWidget(Label(text, "text2", "caption"), 0, column)
        for row, clash in enumerate(self._clashes, 1):
            self._add_row(grid, row, clash)
        for column, stretch in enumerate((2, 3, 5, 5)):
            grid.setColumnStretch(column, stretch)
        grid.setRowStretch(len(self._clashes) + 1, 1)
        area = scrolling(inside)
        area.setMinimumHeight(min(56 * len(self._clashes) + 40, 420))
        return area

    def _add_row(self, grid: QGridLayout, row: int, clash: Clash) -> None:
        mine = SideButton(clash.mine, _("我 · 刚才"), clash.label)
        who = _("{name} · {time}").format(name=self._by(), time=self._time())
        theirs = SideButton(clash.theirs, who, clash.label)
        mine.pair_with(theirs)
        for side in (mine, theirs):
            side.installEventFilter(self)
        self.rows.append((mine, theirs))
        grid.addWidget(Label(clash.label, weight=500), row, 0)
        grid.addWidget(Label(clash.seen, "text2"), row, 1)
        grid.addWidget(mine, row, 2)
        grid.addWidget(theirs, row, 3)

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        keys = _("← → 选择 · ↑↓ 换行 · Esc 回到编辑，不丢内容")
        foot.addWidget(Label(keys, "text2", "caption"), 1)
        own = plain(_("全部用我的"))
        own.clicked.connect(self._take_mine)
        other = plain(_("全部用{name}的").format(name=self._by()))
        other.clicked.connect(self._take_theirs)
        merge = primary(_("合并保存"), key="Ctrl+Enter")
        merge.clicked.connect(self.submit)
        for button in (own, other, merge):
            foot.addWidget(button)
        return foot

    def _take_mine(self) -> None:
        self.choose_all(mine=True)

    def _take_theirs(self) -> None:
        self.choose_all(mine=False)


def _sentences(parts: Sequence[str]) -> str:
    """Sentences one after the other, as the language sets them apart."""
    told = ""
    for part in filter(None, parts):
        told = _("{first}{second}").format(first=told, second=part) if told else part
    return told
