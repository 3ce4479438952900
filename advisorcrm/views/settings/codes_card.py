"""Card of one code list: labels changed in their place, order, retire and bring back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from advisorcrm.i18n import _, pgettext
from advisorcrm.views import theme
from advisorcrm.views.clients.widget_list import empty_layout
from advisorcrm.views.settings.band import Band
from advisorcrm.views.settings.value_cell import ValueCell
from advisorcrm.views.widgets.buttons import Button, bare, quiet
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.label import Label

if TYPE_CHECKING:
    from advisorcrm.services.code_lists import CodeEntry

LABEL, ENGLISH = "label", "label_en"
_HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut
_STATE_PX = 76


class CodesCard(Card):
    """``renamed(entry, label, english)``, ``ordered(ids)``, ``retiring(entry)``, ``adding()``."""

    renamed = Signal(object, str, str)
    ordered = Signal(object)
    retiring = Signal(object)
    adding = Signal()

    def __init__(self, *, may_edit: bool, parent: QWidget | None = None) -> None:
        super().__init__(_("代码表"), margins=(0, 4, 0, 8), parent=parent)
        self._may_edit = may_edit
        self._entries: list[CodeEntry] = []
        self.cells: dict[tuple[int, str], ValueCell] = {}
        self.buttons: dict[int, Button] = {}
        self.states: dict[int, str] = {}
        self.add_button = quiet(_("添加选项"), icon="plus")
        self.add_button.clicked.connect(self.adding)
        if may_edit:
            self.add_right(Label(_("双击改名；可停用，不能删除"), "text2", "caption"))
            self.add_right(self.add_button)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(3)
        for column, stretch in enumerate((3, 3, 0, 0)):
            self._grid.setColumnStretch(column, stretch)
        self._grid.setColumnMinimumWidth(2, theme.px(_STATE_PX))
        self.body.addLayout(self._grid)
        self.body.addStretch(1)
        if may_edit:
            self._add_keys()

    def show_entries(self, title: str, entries: Sequence[CodeEntry]) -> None:
        """Show a list; the focus stays at its choice."""
        self.title.setText(title)
        self._entries = list(entries)
        focused = next((key for key, cell in self.cells.items() if cell.hasFocus()), None)
        empty_layout(self._grid)
        self.cells, self.buttons, self.states = {}, {}, {}
        self._head()
        for row, entry in enumerate(entries, start=1):
            self._line(row, entry)
        if focused in self.cells:
            self.cells[focused].show()  # what is not shown yet takes no focus
            self.cells[focused].setFocus()

    def _head(self) -> None:
        heads = (_("名称"), _("英文名"), _("状态"), "")
        self._grid.addWidget(Band(), 0, 0, 1, len(heads))
        for column, text in enumerate(heads):
            label = Label(text, "text2", "caption")
            label.setContentsMargins(0 if column else theme.px(12), 0, 0, 0)
            self._grid.addWidget(label, 0, column)

    def _line(self, row: int, entry: CodeEntry) -> None:
        tone = "text3" if entry.is_retired else "text"
        for column, (name, head, text) in enumerate(
            ((LABEL, _("名称"), entry.label), (ENGLISH, _("英文名"), entry.label_en))
        ):
            cell = ValueCell(f"{entry.label} {head}")
            cell.show_value(text or "—", text, tone)
            cell.set_open(is_open=self._may_edit)
            cell.entered.connect(partial(self._enter, entry, name))
            cell.moved.connect(partial(self._step_to, entry.id, name))
            self.cells[entry.id, name] = cell
            place = QHBoxLayout()
            place.setContentsMargins(0 if column else theme.px(10), 0, 0, 0)
            place.addWidget(cell)
            self._grid.addLayout(place, row, column)
        state = pgettext("retired", "停用") if entry.is_retired else pgettext("code", "在用")
        self.states[entry.id] = state
        label = Label(state, "warn" if entry.is_retired else "text2")
        if entry.kept_for:
            label.setText(_("规则要用"))
            label.setToolTip(entry.kept_for)
            self.states[entry.id] = label.text()
        self._grid.addWidget(label, row, 2)
        if self._may_edit:
            self._grid.addLayout(self._deeds(entry), row, 3)

    def _deeds(self, entry: CodeEntry) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, theme.px(8), 0)
        row.setSpacing(2)
        if not entry.is_retired:
            for icon, form, by in (
                ("chevron-up", _("上移 {label}"), -1),
                ("chevron-down", _("下移 {label}"), 1),
            ):
                button = bare(icon, form.format(label=entry.label), key="Alt+↑↓")
                button.clicked.connect(partial(self.shift, entry.id, by))
                row.addWidget(button)
        row.addStretch(1)
        deed = quiet(_("恢复使用") if entry.is_retired else pgettext("code", "停用"))
        form = _("恢复使用 {label}") if entry.is_retired else _("停用 {label}")
        deed.setAccessibleName(form.format(label=entry.label))
        deed.clicked.connect(partial(self.retiring.emit, entry))
        deed.setVisible(not entry.kept_for)
        self.buttons[entry.id] = deed
        row.addWidget(deed)
        return row

    def shift(self, entry_id: int, by: int, _is_checked: bool = False) -> None:
        """Offer a choice one place earlier or later."""
        ids = [entry.id for entry in self._entries if not entry.is_retired]
        at = ids.index(entry_id) if entry_id in ids else -1
        to = at + by
        if at < 0 or not 0 <= to < len(ids):
            return
        ids[at], ids[to] = ids[to], ids[at]
        self.ordered.emit(ids)

    def _enter(self, entry: CodeEntry, name: str, text: str) -> None:
        if name == LABEL:
            self.renamed.emit(entry, text, entry.label_en)
        else:
            self.renamed.emit(entry, entry.label, text)

    def _step_to(self, entry_id: int, name: str, by: int) -> None:
        ids = [entry.id for entry in self._entries]
        self.cells[ids[(ids.index(entry_id) + by) % len(ids)], name].setFocus()

    def _focused(self) -> CodeEntry | None:
        held = {key[0] for key, cell in self.cells.items() if cell.hasFocus()}
        return next((entry for entry in self._entries if entry.id in held), None)

    def _move_focused(self, by: int) -> None:
        entry = self._focused()
        if entry is not None:
            self.shift(entry.id, by)

    def _retire_focused(self) -> None:
        entry = self._focused()
        if entry is not None:
            self.retiring.emit(entry)

    def _add_keys(self) -> None:
        for keys, slot in (
            ("Alt+Up", partial(self._move_focused, -1)),
            ("Alt+Down", partial(self._move_focused, 1)),
            ("Delete", self._retire_focused),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(_HERE)  # WORKAROUND: PySide ignores it as an argument
            shortcut.activated.connect(slot)
