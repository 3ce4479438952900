"""Card 客户分级: thresholds, 高端客户, agreed contact, and what the rules propose (R72)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from advisorcrm.columns import CodeBook, Form, show_number
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _, language, ngettext
from advisorcrm.rules.amounts import read_money
from advisorcrm.terms import TIER
from advisorcrm.views import theme
from advisorcrm.views.clients.widget_list import empty_layout
from advisorcrm.views.settings.band import Band
from advisorcrm.views.settings.value_cell import ValueCell
from advisorcrm.views.widgets.badge import KINDS, Badge
from advisorcrm.views.widgets.buttons import quiet
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.check_box import CheckBox
from advisorcrm.views.widgets.icon_label import IconLabel
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.line import Line

if TYPE_CHECKING:
    from advisorcrm.services.branch.tiers import TierLine

_WAN_YUAN = 10_000
_FIRST_PX, _ROW_PX = 84, 29
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_SIDES = (_LEFT, _RIGHT, _RIGHT, _LEFT, _RIGHT, _RIGHT, _LEFT)


class TiersCard(Card):
    """``wanted(line)`` when a rule was changed, ``refused(sentence)`` for what is no figure."""

    wanted = Signal(object)
    refused = Signal(str)
    adding = Signal()
    proposals_wanted = Signal()

    def __init__(self, *, may_edit: bool, parent: QWidget | None = None) -> None:
        super().__init__(_("客户分级"), margins=(0, 4, 0, 6), parent=parent)
        self._may_edit = may_edit
        self._lines: list[TierLine] = []
        self.cells: dict[tuple[str, str], ValueCell] = {}
        self.boxes: dict[str, CheckBox] = {}
        self.add_button = quiet(_("添加类型"), icon="plus")
        self.add_button.clicked.connect(self.adding)
        if may_edit:
            self.add_right(Label(_("双击改数；类型可停用，不能删除"), "text2", "caption"))
            self.add_right(self.add_button)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnMinimumWidth(0, theme.px(_FIRST_PX))
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(0)
        self.body.addLayout(self._grid)
        self.told = IconLabel("info", "")
        self.open_button = quiet(_("看建议"), icon="list-checks")
        self.open_button.clicked.connect(self.proposals_wanted)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 8, 0)
        foot.addWidget(self.told, 1)
        foot.addWidget(self.open_button)
        self.body.addLayout(foot)

    def show_lines(self, lines: Sequence[TierLine], codes: CodeBook, told: str) -> None:
        """Show the rules; ``told`` says when proposals were last decided on."""
        self._lines = list(lines)
        focused = next((key for key, cell in self.cells.items() if cell.hasFocus()), None)
        empty_layout(self._grid)
        self.cells, self.boxes = {}, {}
        self._head()
        for row, line in enumerate(lines, start=1):
            self._line(row, line, codes)
        if focused in self.cells:
            self.cells[focused].setFocus()
        count = sum(line.up + line.down for line in lines)
        self.told.show_text("info", told)
        self.open_button.show_text(
            ngettext("看 {count} 户建议", "看 {count} 户建议", count).format(count=count)
        )
        self.open_button.setVisible(bool(count))

    def _head(self) -> None:
        heads = (
            _("客户类型"), _("总资产不低于"), _("或近 12 月佣金"), _("高端客户"), _("约定联系"),
            _("现有户数"), _("按现条件重算"),
        )  # fmt: skip
        self._grid.addWidget(Band(), 0, 0, 1, len(heads))
        for column, text in enumerate(heads):
            label = Label(text, "text2", "caption")
            label.setAlignment(_SIDES[column])
            label.setContentsMargins(0 if column else theme.px(12), 0, theme.px(4), 0)
            self._grid.addWidget(label, 0, column)
            self._grid.setColumnStretch(column, 1)

    def _line(self, row: int, line: TierLine, codes: CodeBook) -> None:
        self._grid.addWidget(Line(), row, 0, 1, len(_SIDES), Qt.AlignmentFlag.AlignBottom)
        self._grid.setRowMinimumHeight(row, theme.px(_ROW_PX))
        label = codes.label(TIER, line.tier)
        badge = Badge(label, line.tier if line.tier in KINDS else "mute")
        first = QHBoxLayout()
        first.setContentsMargins(theme.px(12), 0, 0, 0)
        first.addWidget(badge)
        first.addStretch(1)
        self._grid.addLayout(first, row, 0)
        assets, fee, days = line.assets_from_fen, line.commission_from_fen, line.contact_every_days
        figures = (
            ("assets_from_fen", _("总资产不低于"), show_wan(assets), _typed(assets, _WAN_YUAN)),
            ("commission_from_fen", _("或近 12 月佣金"), show_yuan(fee), _typed(fee, 1)),
            ("contact_every_days", _("约定联系"),
             "—" if days is None else show_number(days, Form.DAYS), str(days or "")),
        )  # fmt: skip
        for column, (name, head, text, typed) in zip((1, 2, 4), figures, strict=True):
            cell = ValueCell(f"{label} {head}", is_right=True)
            cell.show_value(text, typed)
            cell.set_open(is_open=self._may_edit)
            cell.entered.connect(partial(self._enter, line, name))
            cell.moved.connect(partial(self._move, line.tier, name))
            self.cells[line.tier, name] = cell
            self._grid.addWidget(cell, row, column)
        self._grid.addWidget(self._box(line, label), row, 3)
        count = Label(say_clients(line.clients))
        count.setAlignment(_SIDES[5])
        self._grid.addWidget(count, row, 5)
        moves = say_moves(line)
        self._grid.addWidget(Label(moves or _("不变"), "warn" if moves else "text2"), row, 6)

    def _box(self, line: TierLine, label: str) -> CheckBox:
        box = CheckBox(_("是") if line.is_high_end else _("否"))
        box.setAccessibleName(f"{label} {_('高端客户')}")
        box.setChecked(line.is_high_end)
        box.setEnabled(self._may_edit)
        box.toggled.connect(partial(self._tick, line))
        self.boxes[line.tier] = box
        return box

    def _tick(self, line: TierLine, is_on: bool) -> None:
        self.wanted.emit(replace(line, is_high_end=is_on))

    def _enter(self, line: TierLine, name: str, text: str) -> None:
        try:
            changed: dict[str, Any] = {name: self._read(name, text)}
        except InvalidFieldError as error:
            self.refused.emit(str(error))
            return
        self.wanted.emit(replace(line, **changed))

    def _read(self, name: str, text: str) -> int | None:
        if name != "contact_every_days":
            return read_money(text, unit=_WAN_YUAN if name == "assets_from_fen" else 1, field=name)
        if text and not text.isdecimal():
            raise InvalidFieldError(name, _("请填多少天联系一次，例如 14。"))
        return int(text) if text else None

    def _move(self, tier: str, name: str, by: int) -> None:
        tiers = [line.tier for line in self._lines]
        self.cells[tiers[(tiers.index(tier) + by) % len(tiers)], name].setFocus()


def say_clients(count: int) -> str:
    """``9 户``."""
    return ngettext("{count} 户", "{count} 户", count).format(count=count)


def show_wan(fen: int | None) -> str:
    """``300 万``, in English ``¥3.00 m``."""
    if fen is None:
        return "—"
    if language() == "en":
        return f"¥{fen / 100_000_000:,.2f} m"
    return _("{amount} 万").format(amount=f"{fen / 1_000_000:,.12g}")


def show_yuan(fen: int | None) -> str:
    """``8,000 元``."""
    return "—" if fen is None else _("{amount} 元").format(amount=f"{fen / 100:,.12g}")


def say_moves(line: TierLine) -> str:
    """``升 2 户 · 降 1 户``, or nothing."""
    parts = []
    if line.up:
        parts.append(_("升 {count} 户").format(count=line.up))
    if line.down:
        parts.append(_("降 {count} 户").format(count=line.down))
    return " · ".join(parts)


def _typed(fen: int | None, unit: int) -> str:
    return "" if fen is None else f"{fen / 100 / unit:.12g}"
