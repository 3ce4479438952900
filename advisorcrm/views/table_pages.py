"""The rows of a long list: pages of 256, asked for when they come into view, the last 4 kept."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

PAGE = 256
_KEPT = 4
_ASKED = 2


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Rows that came into view: answer with ``put_page(request, rows)``."""

    number: int
    ids: array[int]
    list_number: int


Fetch = Callable[[PageRequest], object]


class Pages(QObject):
    """Pages of one list; ``arrived(first, last)`` when rows came in."""

    arrived = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: array[int] = array("q")
        self._fetch: Fetch | None = None
        self._pages: dict[int, list[Any]] = {}
        self._wanted: list[int] = []
        self._asked: set[int] = set()
        self._list_number = 0
        self._ask_soon = QTimer(self)
        self._ask_soon.setSingleShot(True)
        self._ask_soon.timeout.connect(self.ask)

    def start(self, ids: array[int], fetch: Fetch, top: Sequence[Any] = ()) -> None:
        """Begin another list."""
        self._ids = ids
        self._fetch = fetch
        self.forget(top)

    def forget(self, top: Sequence[Any] = ()) -> None:
        """Drop what is held; answers still on their way are dropped too.

        ``top`` are the rows of the first page, if whoever feeds the list has them already.
        """
        self._list_number += 1
        self._pages.clear()
        self._wanted.clear()
        self._asked.clear()
        if top and len(top) == min(PAGE, len(self._ids)):
            self._pages[0] = list(top)

    def row(self, row: int) -> Any | None:
        """The record of a line; None while it is on its way."""
        number = row // PAGE
        page = self._pages.get(number)
        if page is None:
            self._want(number)
            return None
        self._pages[number] = self._pages.pop(number)  # what is looked at goes last
        return page[row % PAGE]

    def peek(self, row: int) -> Any | None:
        """As ``row``, but without asking for it."""
        page = self._pages.get(row // PAGE)
        return page[row % PAGE] if page else None

    def put(self, request: PageRequest, rows: Sequence[Any]) -> None:
        """Take a page; rows that are gone meanwhile stay empty."""
        if request.list_number != self._list_number:
            return
        self._asked.discard(request.number)
        if len(rows) != len(request.ids):
            known = {row.id: row for row in rows}
            rows = [known.get(record_id) for record_id in request.ids]
        while len(self._pages) >= _KEPT:
            self._pages.pop(next(iter(self._pages)))
        self._pages[request.number] = list(rows)
        first = request.number * PAGE
        self.arrived.emit(first, first + len(rows) - 1)
        self._ask_soon.start(0)

    def failed(self, request: PageRequest) -> None:
        """A page could not be read; it is asked for again when it is next looked at."""
        if request.list_number == self._list_number:
            self._asked.discard(request.number)

    def _want(self, number: int) -> None:
        if number in self._asked or number in self._wanted:
            return
        self._wanted.append(number)
        del self._wanted[:-_ASKED]
        self._ask_soon.start(0)

    def ask(self) -> None:
        """Ask for what was looked at last; what was scrolled past is not read at all."""
        while self._wanted and len(self._asked) < _ASKED and self._fetch:
            number = self._wanted.pop()
            if number in self._pages:
                continue
            self._asked.add(number)
            ids = self._ids[number * PAGE : (number + 1) * PAGE]
            self._fetch(PageRequest(number, ids, self._list_number))
