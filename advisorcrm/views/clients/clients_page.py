"""The list of clients: views, conditions, table, preview, what to do with a selection (R246)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from advisorcrm.columns import show_money
from advisorcrm.exports.client_list import ClientListRequest
from advisorcrm.i18n import _, ngettext
from advisorcrm.services.access import Right
from advisorcrm.services.branch.users import list_advisors, list_groups
from advisorcrm.services.clients.client_lists import sum_assets
from advisorcrm.services.clients.client_rows import ClientRow
from advisorcrm.services.clients.clients import ClientFilter, ClientTotals
from advisorcrm.services.clients.view_content import ViewContent
from advisorcrm.terms import AccessKind
from advisorcrm.views.clients.clients_page_parts import ClientsPageParts
from advisorcrm.views.clients.conditions import (
    ConditionReader,
    with_condition,
    without_condition,
)
from advisorcrm.views.clients.list_views import View
from advisorcrm.views.clients.view_keeper import ViewKeeper
from advisorcrm.views.surroundings import Surroundings


class ClientsPage(ClientsPageParts):
    """Signals say where the person wants to go: a client, a gap in a file, a log, an import."""

    client_wanted = Signal(int)
    gap_wanted = Signal(int, str)
    log_wanted = Signal(int)
    new_client_wanted = Signal()
    import_wanted = Signal()
    print_wanted = Signal(object)
    export_wanted = Signal(object)
    cards_wanted = Signal(list)
    status_changed = Signal(str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self._totals: ClientTotals | None = None
        self._is_begun = False
        self.keeper = ViewKeeper(around, self.views, self.content, self)
        self._connect()
        self._add_keys()

    # For the window

    def begin(self, top: Sequence[ClientRow]) -> None:
        """Start with the clients that were read at the sign-in."""
        self._is_begun = True
        self.listing.begin(top)

    def primary_focus(self) -> QWidget:
        """Where the keyboard starts."""
        return self.table

    def set_private(self, *, is_private: bool) -> None:
        """Mask names too, for a desk in public view (F9)."""
        self.model.set_private(is_private=is_private)
        self.preview.set_private(is_private=is_private)

    def current_client_id(self) -> int | None:
        """The client a quick action is about."""
        return self.table.current_id()

    def status_text(self) -> str:
        """Shown and all, their assets, completeness, the selection."""
        totals = self._totals
        if totals is None:
            return ""
        parts = [
            ngettext(
                "{shown} 户 / 共 {total} 户", "{shown} 户 / 共 {total} 户", totals.total
            ).format(shown=f"{totals.shown:,}", total=f"{totals.total:,}"),
            _("总资产 {amount}").format(amount=show_money(totals.assets_fen)),
            _("平均完备率 {percent}%").format(percent=totals.completeness),
        ]
        ticked = self.model.checked_count()
        if ticked:
            parts.append(_("已选 {count}").format(count=f"{ticked:,}"))
        return " · ".join(parts)

    def content(self) -> ViewContent:
        """The list as it stands, to be kept as a view."""
        columns = tuple(self.table.columns_shown())
        return ViewContent(self.listing.query, self.listing.order, columns)

    # What the person does

    def show_query(self, query: ClientFilter) -> None:
        """Narrow the list down."""
        self.bar.show_query(query)
        self.views.mark(query)
        self.listing.narrow(query)

    def add_condition(self, name: str, value: object) -> None:
        """Narrow further."""
        self.show_query(with_condition(self.listing.query, name, value))

    def remove_condition(self, name: str) -> None:
        """Widen by one condition."""
        self.show_query(without_condition(self.listing.query, name))

    def search(self, text: str) -> None:
        """Look for a text while it is typed."""
        query = with_condition(self.listing.query, "text", text)
        self.views.mark(query)
        self.listing.narrow(query)

    def open_client(self, line: int) -> None:
        """Open the page of a line's client."""
        client_id = self.model.id_at(line)
        if client_id is not None:
            self._open_id(client_id)

    def toggle_preview(self) -> None:
        """Show or hide the preview (F4)."""
        self.preview.setVisible(self.preview.isHidden())
        self._show_preview(self.table.current_row())

    def print_list(self) -> None:
        """Ask for the prescribed list as it is shown."""
        if self._around.may(Right.EXPORT):
            request = ClientListRequest(
                self.listing.query, self.listing.order, kind=AccessKind.PRINT
            )
            self.print_wanted.emit(request)

    def export_list(self) -> None:
        """Ask what for, then have the list written."""
        if self._around.may(Right.EXPORT):
            self.export.export_list(self.listing.query, self.listing.order)

    def export_selection(self) -> None:
        """Ask what for, then have the cards of the ticked clients written."""
        self.export.export_cards(self.model.checked_ids())

    # Qt's events

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Read when first looked at, and again if something was saved meanwhile."""
        if self._totals is None:
            self._is_stale = False
            self._read_people()
            self._show_first()
            self.keeper.reload()
            self.listing.count_views(self.views.views)
        super().showEvent(event)

    def _show_first(self) -> None:
        if self._is_begun:
            self.bar.show_query(self.listing.query)
            self.views.mark(self.listing.query)
        else:
            self.show_query(self.listing.query)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the columns as they are, and mask what was revealed."""
        self.arrangement.remember()
        self.preview.phone.hide_again()
        super().hideEvent(event)

    # Inside

    def _refresh(self) -> None:
        self.arrangement.follow_fields()
        self.listing.refresh()
        self.keeper.reload()
        self.listing.count_views(self.views.views)
        self.preview.reload()

    def _connect(self) -> None:
        self._around.jobs.changed.connect(self.reload)
        self.arrangement.values_wanted.connect(self.listing.refresh)
        self._connect_list()
        self.head.import_wanted.connect(self.import_wanted)
        self.head.export_wanted.connect(self.export_list)
        self.head.print_wanted.connect(self.print_list)
        self.head.new_client_wanted.connect(self.new_client_wanted)
        self.views.chosen.connect(self._show_view)
        self.keeper.changed.connect(self._count_views)
        self.keeper.count_wanted.connect(self.listing.count_views)
        self.bar.removed.connect(self.remove_condition)
        self.bar.line.added.connect(self.add_condition)
        self.bar.line.searched.connect(self.search)
        self.bar.line.left.connect(self._focus_table)
        self.empty.removed.connect(self.remove_condition)
        self.empty.widened.connect(self._show_all)
        self.empty.import_wanted.connect(self.import_wanted)
        self.empty.new_client_wanted.connect(self.new_client_wanted)
        self.preview.opened.connect(self._open_id)
        self.preview.log_wanted.connect(self.log_wanted)
        self.preview.gap_wanted.connect(self._want_gap)
        self.bulk.print_wanted.connect(self._print_cards)
        self.bulk.export_wanted.connect(self.export_selection)
        self.bulk.cancelled.connect(self.model.uncheck_all)
        self.export.wanted.connect(self.export_wanted)

    def _connect_list(self) -> None:
        self.listing.started.connect(self.preview.hold)
        self.listing.listed.connect(self._show_listed)
        self.listing.rested.connect(self._show_current)
        self.listing.totalled.connect(self._show_totals)
        self.listing.counted.connect(self.views.show_count)
        self.model.checked_changed.connect(self._show_selection)
        self.table.opened.connect(self.open_client)
        self.table.chosen.connect(self._show_preview)

    def _add_keys(self) -> None:
        keys, may = self._page_keys, self._around.may
        self.table.letters_are_keys = self._around.settings.single_keys
        keys.watch(self.table)
        keys.add("/", self._focus_line, _("添加条件"))
        keys.add("Ctrl+F", self._focus_line, _("在列表里查找"))
        keys.add("F4", self.toggle_preview, _("预览"))
        keys.add("Ctrl+Shift+L", self.arrangement.open_chooser, _("选择列"))
        keys.add("F5", self.reload)
        keys.add("Esc", self.model.uncheck_all)
        if may(Right.LOG_CONTACTS):
            keys.add("N", self._log_current, _("记沟通"))
        if may(Right.EDIT_CLIENTS):
            keys.add("Shift+N", self.new_client_wanted.emit, _("新客户"))
        if may(Right.REVEAL):
            keys.add("V", self.preview.reveal, _("显示手机号码"))
        if may(Right.EXPORT):
            keys.add("Ctrl+P", self.print_list, _("打印明细表"))
            keys.add("Ctrl+E", self.export_list, _("导出"))

    def _read_people(self) -> None:
        self._around.jobs.read(list_advisors, then=self._take_advisors, key="clients.advisors")

    def _take_advisors(self, advisors: list[tuple[int, str, str]]) -> None:
        self._around.jobs.read(
            list_groups, then=partial(self._take_people, advisors), key="clients.groups"
        )

    def _take_people(
        self, advisors: list[tuple[int, str, str]], groups: list[tuple[int, str]]
    ) -> None:
        self.reader = ConditionReader(
            self._around.book, self._around.actor.user_id, advisors, groups, self.reader.hidden
        )
        self.bar.set_reader(self.reader)
        self.empty.set_reader(self.reader)

    def _show_view(self, view: View) -> None:
        self.keeper.chosen = view if view.saved else None
        self.arrangement.show_columns(view.columns)
        self.listing.order_by(view.order)
        self.show_query(view.query)
        self._focus_table()

    def _count_views(self) -> None:
        self.listing.count_views(self.views.views)

    def _show_all(self) -> None:
        self.show_query(ClientFilter())

    def _show_listed(self, count: int) -> None:
        if count == 0:
            self.empty.show_query(self.listing.query)
        self._stack.setCurrentIndex(0 if count else 1)
        if count and self.table.current_row() < 0:
            self.table.go_to(0)

    def _show_totals(self, totals: ClientTotals) -> None:
        self._totals = totals
        self._tell_status()

    def _show_selection(self) -> None:
        ids = self.model.checked_ids()
        self.bulk.show_count(len(ids))
        self.bulk_work.select(ids)
        if ids:
            self._around.jobs.read(
                partial(sum_assets, ids=ids), then=self.bulk.show_assets, key="clients.selection"
            )
        self._tell_status()

    def _tell_status(self) -> None:
        self.status_changed.emit(self.status_text())

    def _show_current(self) -> None:
        self._show_preview(self.table.current_row())

    def _show_preview(self, line: int) -> None:
        """Read the client of a line; while somebody types, the list goes before."""
        if not self.preview.isHidden() and not self.listing.is_moving():
            client_id = self.model.id_at(line)
            self.preview.show_client(-1 if client_id is None else client_id)

    def _open_id(self, client_id: int) -> None:
        self._around.walk.follow(self.listing.ids)
        self.client_wanted.emit(client_id)

    def _want_gap(self, client_id: int, field: str) -> None:
        self._around.walk.follow(self.listing.ids)
        self.gap_wanted.emit(client_id, field)

    def _log_current(self) -> None:
        client_id = self.table.current_id()
        if client_id is not None:
            self.log_wanted.emit(client_id)

    def _print_cards(self) -> None:
        self.cards_wanted.emit(self.model.checked_ids())

    def _focus_line(self) -> None:
        self.bar.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.line.selectAll()

    def _focus_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
