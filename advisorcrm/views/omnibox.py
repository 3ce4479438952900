"""The omnibox (Ctrl+K): one line for clients, contacts and functions.

The line keeps the focus, so that an input method can compose; the list below is only shown. Each
answer says for which text it was asked: an older one never replaces a newer.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from advisorcrm.i18n import _, pgettext
from advisorcrm.views import theme
from advisorcrm.views.omnibox_painter import CLIENTS, RESULT, Result, ResultPainter
from advisorcrm.views.shell.overlay import Overlay
from advisorcrm.views.shell.parts import Action
from advisorcrm.views.widgets.icon_label import IconMark
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.line import Line

CONTACTS, FUNCTIONS = "contacts", "functions"
_SCOPES = ("", CLIENTS, CONTACTS, FUNCTIONS)
_WIDE_PX = 760
_TOP_PX = 8
_MOST_FUNCTIONS = 6


class Omnibox(Overlay):
    """Enter gives ``opened(group, key)``, Ctrl+Enter ``second(group, key)``.

    ``print_wanted(id)`` for the card of the client found best, ``filter_wanted(text)`` for the
    list narrowed down to what was typed.
    """

    search_wanted = Signal(str)
    opened = Signal(str, object)
    second = Signal(str, object)
    print_wanted = Signal(int)
    filter_wanted = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._results: dict[str, list[Result]] = {}
        self._totals: dict[str, int] = {}
        self._functions: list[Action] = []
        self._scope = 0
        self._has_moved = False
        self.anchor: QWidget | None = None
        self.line = OmniLine(self)
        self.list = QListWidget()
        self._foot = Label("", "text3", "caption")
        self._build()
        self.line.textChanged.connect(self._search)
        self.list.itemClicked.connect(self._open_item)

    def set_functions(self, actions: Sequence[Action]) -> None:
        """What can be done from here."""
        self._functions = list(actions)

    def open_with(self, text: str = "") -> None:
        """Open, with the last text selected or with another one."""
        self.open_sheet()
        if text:
            self.line.setText(text)
        else:
            self.line.selectAll()
        self.line.setFocus()
        self._search(self.line.text())

    def query(self) -> str:
        """What is searched at present."""
        return self.line.text().strip()

    def show_results(
        self, query: str, group: str, results: Sequence[Result], total: int = 0
    ) -> None:
        """Take an answer for one group; an answer to an older question is dropped."""
        if query != self.query():
            return
        self._results[group] = list(results)
        self._totals[group] = total
        self._refill()

    def show_total(self, query: str, group: str, total: int) -> None:
        """How many there are of what is shown already: counting takes longer than finding."""
        if query == self.query():
            self._totals[group] = total
            self._refill()

    def offer_functions(self, query: str, actions: Sequence[Action]) -> None:
        """What can be done about the client found best, before what can be done anywhere."""
        if query == self.query():
            offered = [_function(action) for action in actions]
            self._results[FUNCTIONS] = [*offered, *self._find_functions(query)]
            self._refill()

    def forget_people(self) -> None:
        """Drop whom it found and ask again: names are to be shown otherwise (F9)."""
        self._results.pop(CLIENTS, None)
        self._results.pop(CONTACTS, None)
        self._search(self.line.text())

    def titles(self) -> list[str]:
        """What the list shows, without its headings."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return [item.text() for item in items if item.data(RESULT)]

    def place_sheet(self) -> None:
        """Below the top edge, over the search button."""
        wide = min(theme.px(_WIDE_PX), self.width() - 2 * theme.px(16))
        self.sheet.resize(wide, min(self._wanted_height(), self.height() - theme.px(40)))
        left = (self.width() - wide) // 2
        if self.anchor is not None:
            left = min(self.anchor.mapTo(self._window, QPoint(0, 0)).x(), left)
        self.sheet.move(left, theme.px(_TOP_PX))

    def press(self, event: QKeyEvent) -> bool:
        """Keys of the line that belong to the list; True if it was one."""
        key = Qt.Key(event.key())
        with_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentItem(), is_second=with_ctrl)
        elif key == Qt.Key.Key_Escape:
            self.close_sheet()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._turn_scope(1 if key == Qt.Key.Key_Tab else -1)
        else:
            return False
        return True

    def _build(self) -> None:
        self.list.setProperty("kind", "results")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(ResultPainter(self.list))
        self.list.setAccessibleName(_("搜索结果"))
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = QHBoxLayout()
        head.setContentsMargins(14, 10, 16, 10)
        head.setSpacing(10)
        head.addWidget(IconMark("search", "accent", 18))
        head.addWidget(self.line, 1)
        self._scope_label = Label("", "text3", "caption")
        head.addWidget(self._scope_label)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 7, 16, 8)
        foot.addWidget(self._foot, 1)
        foot.addWidget(Label(_("↑↓ 选 · ⏎ 打开 · Ctrl+⏎ 记沟通 · Esc 关"), "text3", "caption"))
        whole = QVBoxLayout(self.sheet)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(Line())
        whole.addWidget(self.list, 1)
        whole.addWidget(Line())
        whole.addLayout(foot)
        self._show_scope()

    def _search(self, text: str) -> None:
        query = text.strip()
        self._has_moved = False
        self._results[FUNCTIONS] = self._find_functions(query)
        if not query or query.startswith(">"):
            self._results.pop(CLIENTS, None)
            self._results.pop(CONTACTS, None)
            self._refill()
            return
        self.search_wanted.emit(query)
        self._refill()

    def _find_functions(self, query: str) -> list[Result]:
        word = query.lstrip("> ").lower()
        found = [
            _function(action)
            for action in self._functions
            if word in action.text.lower() or action.words.lower().startswith(word)
        ]
        return found if query.startswith(">") else found[:_MOST_FUNCTIONS]

    def _nothing(self) -> str:
        """What to try where nothing was found; after > functions are looked for."""
        if self.query().startswith(">"):
            return _("没有这项功能。只输 > 列出全部功能。")
        return _("没有找到。可输姓名、拼音首字母、手机或账号尾号。")

    def _refill(self) -> None:
        """Show the groups in their order; the first result is chosen, or who was gone to already.

        Answers come one after the other: what arrives later must not put another under Enter.
        """
        kept = self._chosen() if self._has_moved else None
        self.list.clear()
        wanted = _SCOPES[self._scope]
        names = {CLIENTS: pgettext("page", "客户"), CONTACTS: _("沟通"), FUNCTIONS: _("功能")}
        for group in (CLIENTS, CONTACTS, FUNCTIONS):
            results = self._results.get(group, [])
            if not results or (wanted and wanted != group):
                continue
            self._add_heading(names[group], len(results), self._totals.get(group, 0))
            for result in results:
                self._add_result(group, result)
        if not self.list.count() and self.query():
            self._add_heading(self._nothing(), 0, 0)
        self.list.setCurrentRow(self._row_of(kept))
        self._tell_current()
        self.place_sheet()

    def _chosen(self) -> tuple[str, object] | None:
        """Group and key of the result under the cursor."""
        item = self.list.currentItem()
        data = item.data(RESULT) if item is not None else None
        return (data[0], data[1].key) if data else None

    def _row_of(self, kept: tuple[str, object] | None) -> int:
        row = first = self._next_row(-1, 1)
        while kept is not None and row >= 0:
            group, result = self.list.item(row).data(RESULT)
            if (group, result.key) == kept:
                return row
            row = self._next_row(row, 1)
        return first

    def _add_heading(self, text: str, shown: int, total: int) -> None:
        if total > shown > 0:
            text = _("{group}，共 {total} 个，先列 {shown} 个").format(
                group=text, total=f"{total:,}", shown=shown
            )
        item = QListWidgetItem(text, self.list)
        item.setFlags(Qt.ItemFlag.NoItemFlags)

    def _add_result(self, group: str, result: Result) -> None:
        item = QListWidgetItem(result.title, self.list)
        item.setData(RESULT, (group, result))
        badge = result.badge.text if result.badge else ""
        words = " ".join(word for word in (result.title, badge, result.detail) if word)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, words)

    def _move(self, way: int) -> None:
        row = self._next_row(self.list.currentRow(), way)
        if row >= 0:
            self._has_moved = True
            self.list.setCurrentRow(row)
            self._tell_current()

    def _next_row(self, row: int, way: int) -> int:
        row += way
        while 0 <= row < self.list.count():
            if self.list.item(row).data(RESULT):
                return row
            row += way
        return -1

    def _tell_current(self) -> None:
        """The list never has the focus, so the line says what is chosen."""
        item = self.list.currentItem()
        text = item.data(Qt.ItemDataRole.AccessibleTextRole) if item else ""
        self.line.setAccessibleDescription(text or "")

    def _open_item(self, item: QListWidgetItem) -> None:
        self._choose(item, is_second=False)

    def _choose(self, item: QListWidgetItem | None, *, is_second: bool) -> None:
        found = item.data(RESULT) if item else None
        if not found:
            return
        group, result = found
        self.close_sheet()
        if group == FUNCTIONS:
            result.key.run()
        else:
            (self.second if is_second else self.opened).emit(group, result.key)

    def _turn_scope(self, way: int) -> None:
        self._scope = (self._scope + way) % len(_SCOPES)
        self._show_scope()
        self._refill()

    def _show_scope(self) -> None:
        names = (_("全部"), pgettext("page", "客户"), _("沟通"), _("功能"))
        text = _("{scope} · Tab 切范围").format(scope=names[self._scope])
        self._scope_label.setText(text)
        self._foot.setText(_("多音字姓氏两读都可：曾 ceng / zeng，单 dan / shan，解 jie / xie"))

    def _wanted_height(self) -> int:
        heights = (self.list.sizeHintForRow(row) for row in range(self.list.count()))
        return sum(heights) + theme.px(96)


def _function(action: Action) -> Result:
    keys = action.letter or action.shortcut
    return Result(action.text, action, action.detail, icon=action.icon, keys=keys)


class OmniLine(QLineEdit):
    """The line typed in; keys of the list go there."""

    def __init__(self, box: Omnibox) -> None:
        super().__init__()
        self._box = box
        self.setProperty("kind", "bare")
        self.setPlaceholderText(_("姓名 / 拼音首字母 / 手机或账号尾号；> 只找功能"))
        self.setAccessibleName(_("找客户、记录、功能"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Offer the key to the list first."""
        if not self._box.press(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: N802 - Qt's name
        """Tab turns the scope instead."""
        return False
