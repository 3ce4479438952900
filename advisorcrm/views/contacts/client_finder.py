"""Finding the client a form is about: initials, name or the tail of a number, as in the omnibox."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from advisorcrm import terms
from advisorcrm.columns import CodeBook
from advisorcrm.i18n import _
from advisorcrm.services.clients.client_search import FoundClient, FoundClients, find_clients
from advisorcrm.views import theme
from advisorcrm.views.jobs import Jobs
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.search_line import SearchLine

_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_ROW_PX = 30
_OTHERS = "other"


class ClientFinder(QWidget):
    """A line and its hits; ``chosen(client, typed)`` by Enter or click.

    The list never takes the focus, so that composing in the line is not disturbed. Enter before
    the answer is there takes the best hit as soon as it comes.
    """

    chosen = Signal(object, str)

    def __init__(self, jobs: Jobs, book: CodeBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._book = book
        self._found: tuple[FoundClient, ...] = ()
        self._answered = ""
        self._takes_first = False
        self._is_composing = False
        self.line = SearchLine(_("找客户：拼音首字母、姓名、手机或账号尾号"))
        self.hits = QListWidget()
        self.remark = Label("", "text3", "caption")
        self.remark.hide()
        self._set_up()

    def start(self, text: str = "") -> None:
        """Begin a search; the cursor is in the line."""
        self.line.setText(text)
        self.line.selectAll()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def found(self) -> tuple[FoundClient, ...]:
        """The hits shown."""
        return self._found

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Arrows and Enter in the line belong to the list."""
        if isinstance(event, QInputMethodEvent):
            self._is_composing = bool(event.preeditString())
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return not self._is_composing and self._press(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _set_up(self) -> None:
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hits.setAccessibleName(_("找到的客户"))
        self.hits.setUniformItemSizes(True)
        self.hits.itemClicked.connect(self._take_item)
        self.hits.hide()
        self.line.installEventFilter(self)
        self.line.searched.connect(self._search)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        for part in (self.line, self.hits, self.remark):
            whole.addWidget(part)
        self.setFocusProxy(self.line)

    def _press(self, key: Qt.Key) -> bool:
        if key in _MOVES and self._found:
            row = min(max(self.hits.currentRow() + _MOVES[key], 0), len(self._found) - 1)
            self.hits.setCurrentRow(row)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.line.text().strip():
            self._enter()
            return True
        return False

    def _enter(self) -> None:
        if self._answered != self.line.text().strip():
            self._takes_first = True
            return
        self._take(max(self.hits.currentRow(), 0))

    def _search(self, text: str) -> None:
        self._takes_first = False
        if not text:
            self._show("", FoundClients(0, ()))
            return
        self._jobs.read(
            partial(find_clients, text=text, with_total=False),
            then=partial(self._show, text),
            key=("client_finder", id(self)),
        )

    def _show(self, text: str, answer: FoundClients) -> None:
        if text != self.line.text().strip():
            return
        self._answered, self._found = text, answer.clients
        self.hits.clear()
        for client in answer.clients:
            item = QListWidgetItem(self._line_of(client), self.hits)
            item.setSizeHint(QSize(0, theme.px(_ROW_PX)))
        self.hits.setCurrentRow(0)
        self.hits.setVisible(bool(answer.clients))
        self.hits.setFixedHeight(theme.px(_ROW_PX) * len(answer.clients) + 4)
        self._say(self._remark(text))
        if self._takes_first:
            self._takes_first = False
            self._take(0)

    def _say(self, remark: str) -> None:
        """A remark takes room only while there is one."""
        self.remark.setText(remark)
        self.remark.setVisible(bool(remark))

    def _remark(self, text: str) -> str:
        if text and not self._found:
            return _("没有找到“{text}”。可换姓名、拼音首字母或号码后四位。").format(text=text)
        return ""

    def _line_of(self, client: FoundClient) -> str:
        tier = self._book.label(terms.TIER, client.tier)
        parts = (client.phone, client.account, tier, client.advisor_name)
        return f"{client.name}　{' · '.join(part for part in parts if part)}"

    def _take_item(self, item: QListWidgetItem) -> None:
        self._take(self.hits.row(item))

    def _take(self, row: int) -> None:
        if not 0 <= row < len(self._found):
            return
        client = self._found[row]
        if client.why == _OTHERS:
            told = _("{client}由 {advisor} 服务，不能在这里记沟通；请转告本人。")
            self._say(told.format(client=client.name, advisor=client.advisor_name))
            return
        self.chosen.emit(client, self.line.text().strip())
