"""Card 完备率权重: what each item of the file counts; the total must be 100 (R3, R19)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from advisorcrm.columns import CodeBook
from advisorcrm.i18n import _
from advisorcrm.rules.weight_book import (
    DEFAULT_BOOK,
    EVERYBODY,
    HIGHEST,
    TOTAL,
    Item,
    WeightBook,
)
from advisorcrm.terms import TIER
from advisorcrm.views import theme
from advisorcrm.views.clients.widget_list import empty_layout
from advisorcrm.views.settings.band import Band
from advisorcrm.views.settings.value_cell import ValueCell
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.buttons import quiet
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.line import Line

_ROWS_LEFT = 12


class WeightsCard(Card):
    """``wanted(tier, weights)`` as soon as a set makes 100 again; ``given_up(tier)``."""

    wanted = Signal(str, object)
    given_up = Signal(str)

    def __init__(self, *, may_edit: bool, parent: QWidget | None = None) -> None:
        super().__init__(_("完备率权重"), margins=(0, 0, 0, 8), parent=parent)
        self._may_edit = may_edit
        self._book = DEFAULT_BOOK
        self._typed: dict[str, int] = {}
        self.cells: dict[str, ValueCell] = {}
        self._sums: dict[str, Band] = {}
        self.tier = ComboBox([(EVERYBODY, _("所有客户"))])
        self.tier.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToContents)
        self.tier.setAccessibleName(_("适用客户类型"))
        self.tier.currentIndexChanged.connect(self._forget)
        self.badge = Badge("", "ok", "circle-check")
        self.reset = quiet(_("恢复默认"), icon="rotate-ccw")
        self.reset.clicked.connect(self._restore)
        self.add_right(self.tier)
        self.add_right(self.badge)
        if may_edit:
            self.add_right(Label(_("双击改，0–10；合计须为 100"), "text2", "caption"))
            self.add_right(self.reset)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(0)
        self.body.addLayout(self._columns)
        self._lay_out(DEFAULT_BOOK.items)
        self._items = DEFAULT_BOOK.items

    def show_book(self, book: WeightBook, codes: CodeBook) -> None:
        """Show the weights in force; a set that does not make 100 yet stays as typed."""
        self._book = book
        if book.items != self._items:
            self._lay_out_anew(book.items)
        self.tier.set_choices(
            [(EVERYBODY, _("所有客户"))]
            + [(code, codes.label(TIER, code)) for code in codes.codes(TIER)]
        )
        self._show()

    def total(self) -> int:
        """The sum of what stands there."""
        return sum(self._weights().values())

    def _weights(self) -> Mapping[str, int]:
        return self._book.named(self.tier.code()) | self._typed

    def _set(self, name: str, value: int) -> None:
        if not 0 <= value <= HIGHEST:
            self._show()
            return
        self._typed[name] = value
        self._show()
        weights = dict(self._weights())
        if sum(weights.values()) == TOTAL:
            self._typed = {}
            self.wanted.emit(self.tier.code(), weights)

    def _enter(self, name: str, text: str) -> None:
        self._set(name, int(text) if text.isdecimal() else -1)

    def _step(self, name: str, by: int) -> None:
        self._set(name, self._weights()[name] + by)

    def _move(self, name: str, by: int) -> None:
        names = list(self.cells)
        self.cells[names[(names.index(name) + by) % len(names)]].setFocus()

    def _restore(self) -> None:
        self._typed = {}
        tier = self.tier.code()
        if tier == EVERYBODY:
            own = {item.name: item.weight for item in self._book.items}
            self.wanted.emit(tier, own)
        elif self._book.has_own(tier):
            self.given_up.emit(tier)
        self._show()

    def _forget(self) -> None:
        self._typed = {}
        self._show()

    def _show(self) -> None:
        weights = self._weights()
        for name, cell in self.cells.items():
            tone = "warn" if name in self._typed else "text"
            cell.show_value(str(weights.get(name, 0)), str(weights.get(name, 0)), tone)
        for group, label in self._sums.items():
            total = sum(weights[i.name] for i in self._book.items if i.group == group)
            label.set_text(f"{_(group)}  {total}")
        total = sum(weights.values())
        text = _("合计 {total}").format(total=total)
        if total == TOTAL:
            self.badge.show_badge(text, "ok", "circle-check")
        else:
            self.badge.show_badge(text, "warn", "triangle-alert")
        is_own = self.tier.code() != EVERYBODY
        self.reset.show_text(_("改用通用权重") if is_own else _("恢复默认"))

    def _lay_out_anew(self, items: tuple[Item, ...]) -> None:
        """The branch's own fields have come or gone: other lines."""
        self._items = items
        self._typed = {
            name: value
            for name, value in self._typed.items()
            if any(item.name == name for item in items)
        }
        self.cells.clear()
        self._sums.clear()
        empty_layout(self._columns)
        self._lay_out(items)

    def _lay_out(self, items: tuple[Item, ...]) -> None:
        """Groups in two columns, as even as whole groups allow."""
        grids = [self._grid(), self._grid()]
        rows = [1, 1]
        group, at = "", 0
        for place, item in enumerate(items):
            if item.group != group:
                group = item.group
                at = 0 if place < _ROWS_LEFT else 1
                self._sums[group] = Band(indent=12)
                grids[at].addWidget(self._sums[group], rows[at], 0, 1, 3)
                rows[at] += 1
            self._add_line(grids[at], rows[at], item)
            rows[at] += 1
        for grid, count in zip(grids, rows, strict=True):
            grid.setRowStretch(count, 1)

    def _grid(self) -> QGridLayout:
        area = QWidget()
        grid = QGridLayout(area)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(0, 4)
        grid.setColumnStretch(2, 5)
        grid.addWidget(Band(), 0, 0, 1, 3)
        for column, text in enumerate((_("字段"), _("权重"), _("算完整的条件"))):
            grid.addWidget(_indented(Label(text, "text2", "caption"), column), 0, column)
        if self._columns.count():
            self._columns.addWidget(Line(standing=True))
        self._columns.addWidget(area, 1, Qt.AlignmentFlag.AlignTop)
        return grid

    def _add_line(self, grid: QGridLayout, row: int, item: Item) -> None:
        cell = ValueCell(_("{item} 权重").format(item=_(item.label)), most=HIGHEST)
        cell.set_open(is_open=self._may_edit)
        cell.entered.connect(partial(self._enter, item.name))
        cell.stepped.connect(partial(self._step, item.name))
        cell.moved.connect(partial(self._move, item.name))
        self.cells[item.name] = cell
        grid.addWidget(Line(), row, 0, 1, 3, Qt.AlignmentFlag.AlignBottom)
        grid.addWidget(_indented(Label(_(item.label)), 0), row, 0)
        grid.addWidget(cell, row, 1)
        grid.addWidget(Label(_(item.when), "text2", "caption"), row, 2)


def _indented(label: Label, column: int) -> Label:
    label.setContentsMargins(0 if column else theme.px(12), 0, 0, 0)
    return label
