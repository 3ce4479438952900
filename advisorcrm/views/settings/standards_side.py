"""Beside tiers and weights: what a change does, what was changed, snapshots (R3, R6)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.i18n import _
from advisorcrm.views.clients.widget_list import empty_layout
from advisorcrm.views.settings.tiers_card import say_clients
from advisorcrm.views.widgets.buttons import quiet
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.line import Line

if TYPE_CHECKING:
    from advisorcrm.services.branch.standard_changes import StandardChange
    from advisorcrm.services.completeness.completeness_snapshots import SnapshotRow
    from advisorcrm.services.completeness.completeness_weights import Effect, Shift

_SHOWN = 4
_ADVISORS = 6


class EffectCard(Card):
    """Averages before → after, of the branch and of the advisors who move most."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("改动影响"), parent=parent)
        self.count = Label("", "text2", "caption")
        self.add_right(self.count)
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        self._grid.setVerticalSpacing(6)
        self.body.addLayout(self._grid)
        self.body.addWidget(Label(_("检查快照不变。"), "text2", "caption", wrap=True))
        self.lines: list[str] = []

    def show_effect(self, effect: Effect) -> None:
        """Show what the change of this visit did."""
        empty_layout(self._grid)
        self.lines = []
        self.count.setText(say_clients(effect.clients))
        self._line(_("平均完备率"), _percent(effect.average.before), _percent(effect.average.after),
                   is_worse=effect.average.after < effect.average.before)  # fmt: skip
        self._line(
            _("低于 90% 的客户"),
            say_clients(effect.below_before),
            say_clients(effect.below_after),
            is_worse=effect.below_after > effect.below_before,
        )
        for shift in sorted(effect.advisors, key=_how_far)[:_ADVISORS]:
            self._line(shift.name, _percent(shift.before), _percent(shift.after),
                       is_worse=shift.after < shift.before)  # fmt: skip

    def _line(self, name: str, before: str, after: str, *, is_worse: bool) -> None:
        row = self._grid.rowCount()
        text = after if before == after else f"{before} → {after}"
        self.lines.append(f"{name} {text}")
        self._grid.addWidget(Label(name), row, 0)
        figure = Label(text, "warn" if is_worse else "text")
        figure.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._grid.addWidget(figure, row, 1)


class ChangesCard(Card):
    """The change record: when, who, what."""

    all_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("修改记录"), parent=parent)
        self._is_whole = False
        self._changes: Sequence[StandardChange] = ()
        self.more = quiet(_("全部"))
        self.more.clicked.connect(self._show_all)
        self.add_right(self.more)
        self._column = QVBoxLayout()
        self._column.setSpacing(5)
        self.body.addLayout(self._column)

    def show_changes(self, changes: Sequence[StandardChange]) -> None:
        """Show the newest, or all that were asked for."""
        self._changes = changes
        empty_layout(self._column)
        shown = changes if self._is_whole else changes[:_SHOWN]
        for place, change in enumerate(shown):
            if place:
                self._column.addWidget(Line())
            at = change.at.astimezone(BRANCH_TIME).replace(tzinfo=None)
            head = QHBoxLayout()
            head.addWidget(Label(at.isoformat(" ", "minutes")[5:], "text2", "caption"), 1)
            head.addWidget(Label(change.who, "text2", "caption"))
            self._column.addLayout(head)
            self._column.addWidget(Label(_("，").join(change.what), wrap=True))
        self.more.setVisible(len(changes) > _SHOWN and not self._is_whole)

    def _show_all(self) -> None:
        self._is_whole = True
        self.show_changes(self._changes)


class SnapshotsCard(Card):
    """The last snapshots; ``opened(id)`` and ``taking``."""

    opened = Signal(int)
    taking = Signal()

    def __init__(self, *, may_take: bool, parent: QWidget | None = None) -> None:
        super().__init__(_("检查快照"), margins=(12, 4, 8, 8), parent=parent)
        self.take = quiet(_("现在拍一份"), icon="plus")
        self.take.clicked.connect(self.taking)
        if may_take:
            self.add_right(self.take)
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        self.body.addLayout(self._column)

    def show_snapshots(self, rows: Sequence[SnapshotRow]) -> None:
        """List them, newest first."""
        empty_layout(self._column)
        for snapshot in rows[:_SHOWN]:
            line = QHBoxLayout()
            text = _("{date} · {count} 户 · {percent}%").format(
                date=snapshot.taken_on.isoformat(), count=snapshot.clients, percent=snapshot.percent
            )
            line.addWidget(Label(text), 1)
            button = quiet(_("打开"))
            button.setAccessibleName(_("打开 {date} 的快照").format(date=snapshot.taken_on))
            button.clicked.connect(partial(self.opened.emit, snapshot.id))
            line.addWidget(button)
            self._column.addLayout(line)
        if not rows:
            self._column.addWidget(
                Label(_("还没有快照。公司检查前可拍一份存档。"), "text2", "caption", wrap=True)
            )


def _percent(tenths: int) -> str:
    return f"{tenths / 10:.1f}%"


def _how_far(shift: Shift) -> tuple[int, str]:
    return -abs(shift.after - shift.before), shift.name
