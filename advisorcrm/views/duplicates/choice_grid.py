"""Field by field: the value of either side, and what the file will hold afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.views import theme
from advisorcrm.views.clients.side_button import SideButton
from advisorcrm.views.widgets.icon_label import IconLabel
from advisorcrm.views.widgets.label import Label

if TYPE_CHECKING:
    from advisorcrm.services.merges.merge_fields import MergeField, Side

_LABEL_PX = 130


class ChoiceRow:
    """The two buttons of one field and its outcome."""

    def __init__(self, field: MergeField) -> None:
        from advisorcrm.services.merges.merge_fields import Side

        self.field = field
        self.kept = SideButton(field.kept, field.kept_from, field.label, is_slim=True)
        self.merged = SideButton(field.merged, field.merged_from, field.label, is_slim=True)
        self.kept.pair_with(self.merged)
        self.outcome = IconLabel("arrow-right", "", "text2", size="body")
        (self.merged if field.proposed is Side.MERGED else self.kept).choose()
        for button in (self.kept, self.merged):
            button.setEnabled(not field.is_locked)
        self.show_outcome()

    def side(self) -> Side:
        """Whose value is taken."""
        from advisorcrm.services.merges.merge_fields import Side

        return Side.MERGED if self.merged.isChecked() else Side.KEPT

    def show_outcome(self) -> None:
        """Say what the file will hold."""
        text = self.field.merged if self.merged.isChecked() else self.field.kept
        icon = "lock" if self.field.is_locked else "arrow-right"
        self.outcome.show_text(icon, text, "text")
        self.outcome.mark.show_icon(icon, "text2")


class ChoiceGrid(QScrollArea):
    """``changed`` after every choice; arrows choose and go along the fields."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[ChoiceRow] = []
        self._measured = QTimer(self)  # the lines have their height once they are dressed
        self._measured.setSingleShot(True)
        self._measured.timeout.connect(self.updateGeometry)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_fields(
        self, fields: Sequence[MergeField], names: tuple[str, str], numbers: tuple[str, str]
    ) -> None:
        """Ask about these fields of two files with these names and client numbers."""
        self.rows = [ChoiceRow(field) for field in fields]
        inside = QWidget()
        inside.setProperty("zone", "page")
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        sides = (f"{name} · {number}" for name, number in zip(names, numbers, strict=True))
        heads = (_("字段"), *sides, _("合并后"))
        for column, text in enumerate(heads):
            grid.addWidget(Label(text, "text2", "caption"), 0, column)
        for place, row in enumerate(self.rows, 1):
            self._add(grid, place, row)
        for column, stretch in enumerate((0, 12, 12, 8)):
            grid.setColumnStretch(column, stretch)
        labels = [QFontMetrics(theme.font("body", 500)).horizontalAdvance(field.label)
                  for field in fields]  # fmt: skip
        grid.setColumnMinimumWidth(0, min(max(labels, default=0) + 2, theme.px(_LABEL_PX)))
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(0, 0, 6, 0)
        whole.addLayout(grid)
        whole.addStretch(1)
        self.setWidget(inside)
        self._measured.start(0)

    def choices(self) -> Mapping[str, Side]:
        """Whose value is taken for each field."""
        return {row.field.name: row.side() for row in self.rows}

    def choose_all(self, *, kept: bool) -> None:
        """Take one side everywhere it may be chosen."""
        for row in self.rows:
            if not row.field.is_locked:
                (row.kept if kept else row.merged).choose()
                row.show_outcome()
        self.changed.emit()

    def next_choice(self) -> None:
        """Go to the next field (F8)."""
        self._go(1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take the arrows of the buttons before the scroll area does."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take_key(event.key())
        return super().eventFilter(watched, event)

    def _add(self, grid: QGridLayout, place: int, row: ChoiceRow) -> None:
        grid.addWidget(Label(row.field.label, weight=500), place, 0)
        for column, button in ((1, row.kept), (2, row.merged)):
            button.installEventFilter(self)
            button.toggled.connect(partial(self._chosen, row))
            grid.addWidget(button, place, column)
        grid.addWidget(row.outcome, place, 3)

    def _chosen(self, row: ChoiceRow, _on: bool) -> None:
        row.show_outcome()
        self.changed.emit()

    def _take_key(self, key: int) -> bool:
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._go(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            row = self.rows[self._current()]
            if not row.field.is_locked:
                button = row.kept if key == Qt.Key.Key_Left else row.merged
                button.choose()
                button.setFocus()
        else:
            return False
        return True

    def _current(self) -> int:
        for place, row in enumerate(self.rows):
            if row.kept.hasFocus() or row.merged.hasFocus():
                return place
        return -1

    def _go(self, step: int) -> None:
        open_rows = [place for place, row in enumerate(self.rows) if not row.field.is_locked]
        if not open_rows:
            return
        here = self._current()
        later = [place for place in open_rows if (place - here) * step > 0]
        place = (
            (min(later) if step > 0 else max(later)) if later else open_rows[0 if step > 0 else -1]
        )
        row = self.rows[place]
        button = row.merged if row.merged.isChecked() else row.kept
        button.setFocus()
        self.ensureWidgetVisible(button)
