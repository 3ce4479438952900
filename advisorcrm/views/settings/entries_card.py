"""Card of things the branch keeps a list of: changed in their place, ordered, retired.

Choices of a code list and the branch's own fields alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple, Protocol

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
from advisorcrm.views.widgets.empty_state import EmptyState
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.line import Line

LABEL, ENGLISH = "label", "label_en"
_HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut
_STATE_PX = 76


class Entry(Protocol):
    """What a line needs to know; ``kept_for`` says why it cannot be retired."""

    @property
    def id(self) -> int: ...  # noqa: D102
    @property
    def label(self) -> str: ...  # noqa: D102
    @property
    def is_retired(self) -> bool: ...  # noqa: D102
    @property
    def kept_for(self) -> str: ...  # noqa: D102


class Words(NamedTuple):
    """What the card is called, what adds to it, and its columns that may be changed."""

    title: str
    add: str
    hint: str
    columns: tuple[tuple[str, str], ...]
    state: Callable[[Any], str] = lambda _entry: pgettext("code", "在用")
    state_head: str = ""
    empty: str = ""


class EntriesCard(Card):
    """``changed(entry, column, text)``, ``ordered(ids)``, ``retiring(entry)``, ``adding()``."""

    changed = Signal(object, str, str)
    ordered = Signal(object)
    retiring = Signal(object)
    adding = Signal()

    def __init__(self, words: Words, *, may_edit: bool, parent: QWidget | None = None) -> None:
        super().__init__(words.title, margins=(0, 4, 0, 8), parent=parent)
        self._words = words
        self._may_edit = may_edit
        self._entries: list[Entry] = []
        self.cells: dict[tuple[int, str], ValueCell] = {}
        self.buttons: dict[int, Button] = {}
        self.states: dict[int, str] = {}
        self.add_button = quiet(words.add, icon="plus")
        self.add_button.clicked.connect(self.adding)
        if may_edit:
            self.add_right(Label(words.hint, "text2", "caption"))
            self.add_right(self.add_button)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(0)
        for column in range(len(words.columns)):
            self._grid.setColumnStretch(column, 1)
        self._grid.setColumnMinimumWidth(len(words.columns), theme.px(_STATE_PX))
        self.body.addLayout(self._grid)
        self._empty = EmptyState("list", words.empty)
        self._empty.hide()
        self.body.addWidget(self._empty, 1)
        self.body.addStretch(1)
        if may_edit:
            self._add_keys()

    def show_entries(self, entries: Sequence[Entry], title: str = "") -> None:
        """Show a list; the focus stays where it is."""
        self.title.setText(title or self._words.title)
        self._entries = list(entries)
        focused = next((key for key, cell in self.cells.items() if cell.hasFocus()), None)
        empty_layout(self._grid)
        self.cells, self.buttons, self.states = {}, {}, {}
        self._head()
        for row, entry in enumerate(entries, start=1):
            self._line(row, entry)
        self._empty.setVisible(not entries and bool(self._words.empty))
        if focused in self.cells:
            self.cells[focused].show()  # what is not shown yet takes no focus
            self.cells[focused].setFocus()

    def _head(self) -> None:
        heads = (
            *(head for _name, head in self._words.columns),
            self._words.state_head or _("状态"),
            "",
        )
        self._grid.addWidget(Band(), 0, 0, 1, len(heads))
        for column, text in enumerate(heads):
            label = Label(text, "text2", "caption")
            label.setContentsMargins(0 if column else theme.px(12), 0, 0, 0)
            self._grid.addWidget(label, 0, column)

    def _line(self, row: int, entry: Entry) -> None:
        tone = "text3" if entry.is_retired else "text"
        wide = len(self._words.columns) + 2
        self._grid.addWidget(Line(), row, 0, 1, wide, Qt.AlignmentFlag.AlignBottom)
        for column, (name, head) in enumerate(self._words.columns):
            text = getattr(entry, name)
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
        state = pgettext("retired", "停用") if entry.is_retired else self._words.state(entry)
        self.states[entry.id] = state
        label = Label(state, "warn" if entry.is_retired else "text2")
        if entry.kept_for:
            label.setText(_("规则要用"))
            label.setToolTip(entry.kept_for)
            self.states[entry.id] = label.text()
        last = len(self._words.columns)
        self._grid.addWidget(label, row, last)
        if self._may_edit:
            self._grid.addLayout(self._deeds(entry), row, last + 1)

    def _deeds(self, entry: Entry) -> QHBoxLayout:
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

    def _enter(self, entry: Entry, name: str, text: str) -> None:
        self.changed.emit(entry, name, text)

    def _step_to(self, entry_id: int, name: str, by: int) -> None:
        ids = [entry.id for entry in self._entries]
        self.cells[ids[(ids.index(entry_id) + by) % len(ids)], name].setFocus()

    def _focused(self) -> Entry | None:
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
