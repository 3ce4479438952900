"""The records behind the lines of a table: all held here, or a long list known by its ids."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Any, cast

from PySide6.QtCore import QObject, Signal

from advisorcrm.views.table_cells import Heading
from advisorcrm.views.table_pages import Fetch, PageRequest, Pages


class Records(QObject):
    """Line by line; ``arrived(first, last)`` when a page of a long list came in."""

    arrived = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ids: array[int] = array("q")
        self.is_paged = False
        self._rows: list[Any] = []
        self._pages = Pages(self)
        self._pages.arrived.connect(self.arrived)

    # Feeding

    def hold(self, rows: Iterable[Any]) -> None:
        """These rows and no others; ``Heading`` rows may stand between."""
        self.is_paged = False
        self._rows = list(rows)
        self._number()

    def page(self, ids: array[int], fetch: Fetch, top: Sequence[Any]) -> None:
        """A long list: ``fetch`` is asked for pages, those of ``top`` are known already."""
        self.is_paged = True
        self._rows = []
        self.ids = ids
        self._pages.start(ids, fetch, top)

    def put_page(self, request: PageRequest, rows: Sequence[Any]) -> None:
        """Take a page that was asked for; an answer to an older list is dropped."""
        self._pages.put(request, rows)

    def page_failed(self, request: PageRequest) -> None:
        """A page could not be read; it is asked for again when it is next looked at."""
        self._pages.failed(request)

    def forget_pages(self, top: Sequence[Any]) -> None:
        """Ask for every page anew, but for those of ``top``."""
        self._pages.forget(top)

    def sort(self, name: str, *, descending: bool) -> None:
        """Order held rows by value, blanks last; rows under headings stay as they came."""
        if not name or any(isinstance(row, Heading) for row in self._rows):
            return
        known = [row for row in self._rows if getattr(row, name) not in (None, "")]
        blank = [row for row in self._rows if getattr(row, name) in (None, "")]
        known.sort(key=lambda row: cast("Any", getattr(row, name)), reverse=descending)
        self._rows = known + blank
        self._number()

    # Reading

    def at(self, row: int) -> Any | None:
        """The record or heading of a line; None while it is on its way, and now asked for."""
        return self._pages.row(row) if self.is_paged else self._rows[row]

    def known_at(self, row: int) -> Any | None:
        """The record of a line if it is here; None for a heading."""
        if not 0 <= row < len(self.ids):
            return None
        if self.is_paged:
            return self._pages.peek(row)
        record = self._rows[row]
        return None if isinstance(record, Heading) else record

    def row_of(self, record_id: int) -> int:
        """Line of a record, -1 if it is not in the list."""
        try:
            return self.ids.index(record_id)
        except ValueError:
            return -1

    def is_heading(self, row: int) -> bool:
        """Whether a line heads others."""
        return bool(self._rows) and isinstance(self._rows[row], Heading)

    def headings(self) -> list[int]:
        """The lines that head others."""
        return [row for row, record in enumerate(self._rows) if isinstance(record, Heading)]

    def _number(self) -> None:
        self.ids = array("q", (_id_of(row, at) for at, row in enumerate(self._rows)))


def _id_of(row: Any, place: int) -> int:
    if isinstance(row, Heading):
        return -1 - place
    return int(getattr(row, "id", place))
