"""Feeds the client list: its top at once, the order behind it, pages, totals and view counts."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from advisorcrm.services.clients.client_lists import ClientList, open_client_list
from advisorcrm.services.clients.client_rows import ClientRow
from advisorcrm.services.clients.clients import (
    PAGE,
    ClientFilter,
    ClientOrder,
    ClientTotals,
    count_clients,
    count_matching,
    is_sortable,
    list_client_page,
    list_clients,
)
from advisorcrm.views import messages
from advisorcrm.views.clients.client_table_model import ClientTableModel
from advisorcrm.views.clients.list_order import recall_order, remember_order
from advisorcrm.views.clients.list_views import View
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.table_pages import PageRequest

QUIET_MS = 200
"""So long nobody types before the order and the figures of a list are asked for."""
_LIST, _TOTALS = "clients.list", "clients.totals"


class ClientListing(QObject):
    """``listed(count)`` when rows stand there, ``totalled`` and ``counted`` for the figures.

    ``started`` when another list is asked for, ``rested`` when nobody has typed for a moment:
    before the order behind the top is read.
    """

    started = Signal()
    listed = Signal(int)
    rested = Signal()
    totalled = Signal(object)
    counted = Signal(str, int)

    def __init__(
        self, around: Surroundings, model: ClientTableModel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._around = around
        self._model = model
        self.ids: array[int] = array("q")
        self._views: list[View] = []
        self._is_counting = False
        self._is_top_full = False
        self.query = ClientFilter()
        self.order = recall_order(around.actor.employee_no)
        self.rest = QTimer(self)
        self.rest.setSingleShot(True)
        self.rest.setInterval(QUIET_MS)
        self.rest.timeout.connect(self._ask_rest)
        model.show_order(self.order.column, descending=self.order.descending)
        model.order_wanted.connect(self._reorder)

    def narrow(self, query: ClientFilter) -> None:
        """Show another selection of clients."""
        self.query = query
        self.start()

    def begin(self, top: Sequence[ClientRow]) -> None:
        """Show a top that was read already; the rest is asked for in a moment of quiet."""
        if self._model.own_names() or self.order != ClientOrder():
            self.start()  # own fields and an order of one's own were not read at the sign-in
            return
        self.rest.start()
        self._show_top(top)

    def order_by(self, order: ClientOrder | None) -> None:
        """Take the order of a view with the next list; a view without one leaves it."""
        if order is not None and is_sortable(order.column):
            self.order = order
            self._model.show_order(order.column, descending=order.descending)

    def start(self) -> None:
        """Read the list anew, its top at once and the rest in a moment of quiet."""
        work = partial(
            list_client_page,
            query=self.query,
            order=self.order,
            today=self._around.today(),
            own=self._model.own_names(),
        )
        self._is_top_full = False
        self._around.jobs.drop(_TOTALS)
        self.started.emit()
        self.rest.start()
        self._around.jobs.read(work, then=self._show_top, key=_LIST)

    def is_moving(self) -> bool:
        """Whether somebody is typing: what is not the list itself can wait."""
        return self.rest.isActive()

    def is_settled(self) -> bool:
        """Whether nothing more is to come."""
        return not (self.rest.isActive() or self._is_counting)

    def refresh(self) -> None:
        """Something was saved: read again without losing the place."""
        self._ask_order()
        self._ask_totals()

    def count_views(self, views: Iterable[View]) -> None:
        """Ask how many clients each view holds, one after the other."""
        self._views = list(views)
        if not self._is_counting:
            self._count_next()

    def _show_top(self, rows: Sequence[ClientRow]) -> None:
        self._show(array("q", (row.id for row in rows)), rows)
        self._is_top_full = len(rows) >= PAGE
        if self._is_top_full and not self.rest.isActive():
            self._ask_order()

    def _ask_rest(self) -> None:
        self.rested.emit()
        if self._is_top_full:
            self._ask_order()
        self._ask_totals()

    def _ask_order(self) -> None:
        work = partial(
            open_client_list,
            query=self.query,
            order=self.order,
            today=self._around.today(),
            own=self._model.own_names(),
        )
        self._around.jobs.read(work, then=self._show_all, key=_LIST)

    def _show_all(self, found: ClientList) -> None:
        if found.ids == self.ids:
            self._model.refresh_rows(found.rows)
            self.listed.emit(len(self.ids))
        else:
            self._show(found.ids, found.rows)

    def _show(self, ids: array[int], top: Sequence[ClientRow]) -> None:
        self.ids = ids
        self._model.highlight = self.query.text.strip()
        self._model.show_ids(ids, self._fetch, top)
        self.listed.emit(len(ids))

    def _fetch(self, request: PageRequest) -> None:
        today, own = self._around.today(), self._model.own_names()
        self._around.jobs.read(
            partial(list_clients, ids=request.ids, today=today, own=own),
            then=partial(self._model.put_page, request),
            failed=partial(self._page_failed, request),
        )

    def _page_failed(self, request: PageRequest, error: Exception) -> None:
        self._model.page_failed(request)
        messages.show_problem(error)

    def _reorder(self, column: str, descending: bool) -> None:
        if is_sortable(column):
            self.order = ClientOrder(column, descending)
            remember_order(self.order, self._around.actor.employee_no)
            self.start()
        else:
            self._model.show_order(self.order.column, descending=self.order.descending)

    def _ask_totals(self) -> None:
        """Sums over the whole list take their time: the reader is left to the search."""
        query = self.query
        work = partial(count_clients, query=query, today=self._around.today())
        self._around.jobs.long(work, then=partial(self._tell_totals, query), key=_TOTALS)

    def _tell_totals(self, query: ClientFilter, totals: ClientTotals) -> None:
        if query == self.query:
            self.totalled.emit(totals)

    def _count_next(self) -> None:
        self._is_counting = bool(self._views)
        if self._views:
            view = self._views.pop(0)
            work = partial(count_matching, query=view.query, today=self._around.today())
            self._around.jobs.long(
                work, then=partial(self._tell_count, view.key), failed=self._stop_counting
            )

    def _tell_count(self, key: str, count: int) -> None:
        self.counted.emit(key, count)
        self._count_next()

    def _stop_counting(self, error: Exception) -> None:
        self._is_counting = False
        messages.show_problem(error)
