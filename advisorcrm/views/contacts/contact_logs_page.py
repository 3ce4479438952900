"""All conversations, newest first, with the day sheet beside them (R35, R80, R82, R83)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QStackedWidget, QWidget

from advisorcrm.exports.contact_log import LogRequest
from advisorcrm.i18n import _, ngettext
from advisorcrm.rules.masking import mask_words
from advisorcrm.services.access import Right
from advisorcrm.services.branch.users import list_advisors
from advisorcrm.services.contacts.contact_logs import ContactLogTotals, sees_all_logs
from advisorcrm.terms import AccessKind, Role
from advisorcrm.views import theme
from advisorcrm.views.branch_page import BranchPage, stack_up
from advisorcrm.views.contacts.day_sheet import DaySheet
from advisorcrm.views.contacts.log_filter_bar import LogFilterBar, count_text
from advisorcrm.views.contacts.log_filters import LogFilters, Period
from advisorcrm.views.contacts.log_lines import CLIENTS_A_DAY, LogLine, lines_of, log_looks
from advisorcrm.views.contacts.log_listing import LogListing
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.buttons import plain, quiet
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.card_foot import CardFoot
from advisorcrm.views.widgets.empty_state import EmptyState
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.line import Line
from advisorcrm.views.widgets.page_head import PageHead

_SHEET_PX = 370
_NEAR_END_PX = 200


class ContactLogsPage(BranchPage):
    """Lives as long as the window.

    ``client_wanted(id)``, ``log_wanted(id)`` (0: the client is still to be found),
    ``correction_wanted(log)``, ``print_wanted(request)`` and ``export_wanted(request)``.
    """

    client_wanted = Signal(int)
    log_wanted = Signal(int)
    correction_wanted = Signal(object)
    print_wanted = Signal(object)
    export_wanted = Signal(object)
    status_changed = Signal(str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self._has_started = False
        self.head = PageHead(_("沟通记录"))
        self.today = Badge("", "warn")
        self.export_button = plain(_("导出"), icon="upload")
        self.print_button = plain(_("打印日报"), icon="printer", key="Ctrl+P")
        self.bar = LogFilterBar(around)
        self.listing = LogListing(around, self)
        self.model = RecordTableModel(LogLine, book=around.book, looks=log_looks(), sortable=False)
        self.table = RecordTable(self.model, _("沟通记录"))
        self.empty = EmptyState("messages-square")
        self.rest = Label("", "text2", "caption")
        self.clear_button = quiet(_("清除搜索"), key="Esc")
        self.sheet = DaySheet(around)
        self._lay_out()
        self._connect()
        self._add_keys()

    # For the window

    def primary_focus(self) -> QWidget:
        """Where the keyboard starts."""
        return self.table

    def current_client_id(self) -> int | None:
        """The client a quick action is about."""
        line = self._line()
        return line.log.client_id if line else None

    def status_text(self) -> str:
        """Shown of how many, with how many different clients."""
        shown, base = self.listing.shown, self.listing.base
        if shown is None or base is None:
            return ""
        clients = ngettext("{count} 位客户", "{count} 位客户", shown.clients)
        total = self.bar.total(base)
        return ngettext(
            "{shown} / {total} 条 · {clients}", "{shown} / {total} 条 · {clients}", total
        ).format(
            shown=f"{shown.entries:,}",
            total=f"{total:,}",
            clients=clients.format(count=f"{shown.clients:,}"),
        )

    def set_private(self, *, is_private: bool) -> None:
        """Mask names too, for a desk in public view (F9)."""
        self.model.set_private(is_private=is_private)

    def show_client(self, client_id: int, name: str) -> None:
        """All conversations with one client."""
        filters = LogFilters(Period.ALL, client_id=client_id, client_name=name)
        self.bar.choose(filters)

    # What the person does

    def narrow(self, filters: LogFilters) -> None:
        """Show another choice."""
        counts_differ = (filters.author_id, filters.client_id) != (
            self.listing.filters.author_id,
            self.listing.filters.client_id,
        )
        self.sheet.show_day(self.sheet.day, filters.author_id)
        self.listing.narrow(filters)
        if counts_differ:
            self.listing.count_periods()
        self.model.set_highlight(mask_words(filters.text))
        self.table.show_column("author", shown=filters.author_id is None)

    def correct_current(self) -> None:
        """Correct the conversation under the cursor; the original stays."""
        line = self._line()
        if line is not None and self._around.may(Right.LOG_CONTACTS):
            self.correction_wanted.emit(line.log)

    def toggle_sheet(self) -> None:
        """Show or hide the day sheet (F4)."""
        self.sheet.setVisible(self.sheet.isHidden())
        self.sheet.reload()

    def print_day(self) -> None:
        """The day sheet on paper."""
        if self._around.may(Right.EXPORT):
            self.print_wanted.emit(replace(self.sheet.request(), kind=AccessKind.PRINT))

    def export(self) -> None:
        """What is listed as a file."""
        if self._around.may(Right.EXPORT):
            query = self.listing.filters.query(self._around.today())
            self.export_wanted.emit(
                LogRequest(
                    query.client_id, query.author_id, query.from_on, query.to_on,
                    ways=query.ways, text=query.text,
                )
            )  # fmt: skip

    def go_to_day(self, day: date) -> None:
        """Follow the day sheet to another day, and to its first line where there is one."""
        for row in range(self.model.rowCount()):
            line = self.model.row_at(row)
            if line is not None and line.day == day:
                self.table.go_to(row)
                break
        self._show_day(day)

    # Qt's events

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Read when first looked at, and again if something was saved meanwhile."""
        if not self._has_started:
            self._has_started = True
            self._is_stale = False
            self._start()
        super().showEvent(event)

    # Inside

    def _start(self) -> None:
        """Own entries of the week; who sees all, everybody's."""
        around = self._around
        author = None if sees_all_logs(around.actor) else around.actor.user_id
        around.jobs.read(list_advisors, then=self._take_authors, key="contacts.authors")
        self.bar.show_filters(LogFilters(author_id=author))
        self.narrow(self.bar.filters())
        self.listing.count_periods()

    def _refresh(self) -> None:
        self.listing.refresh()
        self.sheet.reload()

    def _lay_out(self) -> None:
        self.head.add_state(self.today)
        self.today.hide()
        if self._around.may(Right.EXPORT):
            for button in (self.export_button, self.print_button):
                self.head.add_button(button)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(
            self.model.section_of("content"), QHeaderView.ResizeMode.Stretch
        )
        self.table.set_density("two_line")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        card = Card(margins=(0, 0, 0, 0), spacing=0)
        card.add(self._stack, 1)
        card.add(self._rest_row())
        card.add(Line())
        keys = _("↑↓ 选 · ⏎ 打开客户 · E 写更正 · Ctrl+C 复制（掩码）")
        card.add(CardFoot(keys, remark=_("原记录不能改，更正挂在下面")))
        self.sheet.setFixedWidth(theme.px(_SHEET_PX))
        pair = QHBoxLayout()
        pair.setSpacing(12)
        pair.addWidget(card, 1)
        pair.addWidget(self.sheet)
        stack_up(self, self.head, self.bar, pair)

    def _rest_row(self) -> QWidget:
        """What a search leaves out, and the way back."""
        self._rest = QWidget()
        row = QHBoxLayout(self._rest)
        row.setContentsMargins(12, 4, 12, 4)
        row.addStretch(1)
        row.addWidget(self.rest)
        row.addWidget(self.clear_button)
        row.addStretch(1)
        self._rest.hide()
        return self._rest

    def _connect(self) -> None:
        self._around.jobs.changed.connect(self.reload)
        self.bar.changed.connect(self.narrow)
        self.listing.listed.connect(self._show_lines)
        self.listing.totalled.connect(self._show_totals)
        self.listing.period_counted.connect(self.bar.show_period_count)
        self.listing.day_counted.connect(self._show_today)
        self.table.opened.connect(self._open_client)
        self.table.chosen.connect(self._choose_line)
        self.table.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.clear_button.clicked.connect(self.bar.search.clear)
        self.export_button.clicked.connect(self.export)
        self.print_button.clicked.connect(self.print_day)
        self.sheet.day_wanted.connect(self.go_to_day)
        self.sheet.log_wanted.connect(self._log_next)

    def _add_keys(self) -> None:
        keys, may = self._page_keys, self._around.may
        self.table.letters_are_keys = self._around.settings.single_keys
        keys.watch(self.table)
        keys.add("/", self.bar.open_menu, _("添加条件"))
        keys.add("Ctrl+F", self._focus_search, _("查找"))
        keys.add("F4", self.toggle_sheet, _("日报"))
        keys.add("[", self.sheet.show_earlier, _("前一天"))
        keys.add("]", self.sheet.show_later, _("后一天"))
        keys.add("F5", self.reload)
        keys.add("Esc", self.bar.search.clear)
        if may(Right.LOG_CONTACTS):
            keys.add("N", self._log_current, _("记沟通"))
            keys.add("E", self.correct_current, _("写更正"))
        if may(Right.EXPORT):
            keys.add("Ctrl+P", self.print_day, _("打印日报"))
            keys.add("Ctrl+E", self.export, _("导出"))

    def _take_authors(self, people: list[tuple[int, str, str]]) -> None:
        self.bar.set_authors([(key, name) for key, _number, name in people])
        self.bar.show_filters(self.bar.filters())

    def _show_lines(self) -> None:
        place = self.table.verticalScrollBar().value()
        filters = self.listing.filters
        self.model.show_rows(
            lines_of(
                self.listing.logs,
                self.listing.days,
                self._around.book,
                self._around.today(),
                is_one_author=filters.author_id is not None,
            )
        )
        self.table.verticalScrollBar().setValue(place)
        has_any = bool(self.listing.logs)
        self._stack.setCurrentIndex(0 if has_any else 1)
        if has_any and self._line() is None:
            self.table.go_to(1)
        self.sheet.show_figures(self.listing.days.get(self.sheet.day))
        if not has_any:
            self._show_empty()

    def _show_empty(self) -> None:
        base = self.listing.base
        hidden = self.bar.total(base) if base and self.listing.filters.text else 0
        if hidden:
            told = _("没有记录含“{text}”").format(text=self.listing.filters.text)
            self.empty.say(told, _("{count}被挡住。").format(count=count_text(hidden)))
            clear = plain(_("清除搜索"), key="Esc")
            clear.clicked.connect(self.bar.search.clear)
            self.empty.set_actions(clear)
            return
        if self.listing.filters.period is Period.TODAY:
            self.empty.say(_("今天还没有沟通。按 N 记第一条"))
        else:
            self.empty.say(_("这段时间没有沟通记录"), _("换一段时间，或按 N 记一条。"))
        self.empty.set_actions()

    def _show_totals(self) -> None:
        base, shown = self.listing.base, self.listing.shown
        self.bar.show_totals(base, shown)
        text = self.listing.filters.text
        others = self.bar.total(base) - shown.entries if base and shown else 0
        self._rest.setVisible(bool(text and others and self.listing.logs))
        told = _("其余 {count}不含“{text}”")
        self.rest.setText(told.format(count=count_text(others), text=text))
        self.status_changed.emit(self.status_text())
        if not self.listing.logs:
            self._show_empty()

    def _show_today(self, totals: ContactLogTotals) -> None:
        kind = "ok" if totals.clients >= CLIENTS_A_DAY else "warn"
        text = _("今日 {count} / {wanted} 位不同客户")
        self.today.show_badge(text.format(count=totals.clients, wanted=CLIENTS_A_DAY), kind)
        self.today.setVisible(self._around.actor.role is Role.ADVISOR)

    def _line(self) -> LogLine | None:
        found = self.model.row_at(self.table.current_row())
        return found if isinstance(found, LogLine) else None

    def _choose_line(self, _row: int) -> None:
        line = self._line()
        if line is not None and line.day != self.sheet.day:
            self._show_day(line.day)

    def _show_day(self, day: date) -> None:
        self.sheet.show_day(day, self.listing.filters.author_id)
        self.sheet.show_figures(self.listing.days.get(day))

    def _open_client(self, _row: int) -> None:
        line = self._line()
        if line is not None:
            self.client_wanted.emit(line.log.client_id)

    def _log_current(self) -> None:
        line = self._line()
        self.log_wanted.emit(line.log.client_id if line else 0)

    def _log_next(self) -> None:
        self.log_wanted.emit(0)

    def _scrolled(self, value: int) -> None:
        bar = self.table.verticalScrollBar()
        if value >= bar.maximum() - theme.px(_NEAR_END_PX):
            self.listing.read_more()

    def _focus_search(self) -> None:
        self.bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.search.selectAll()
