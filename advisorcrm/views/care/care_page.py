"""The page 关怀: coming birthdays, festivals to greet on, the register of presents."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from advisorcrm.exports.record_lists import birthdays as birthday_list
from advisorcrm.exports.record_lists import gift_register
from advisorcrm.i18n import N_, _, ngettext, pgettext
from advisorcrm.services.access import Right
from advisorcrm.services.care.birthdays import BirthdayRow, birthday_window, list_birthdays
from advisorcrm.services.care.festivals import FestivalRow, list_festivals
from advisorcrm.services.care.gifts import GiftRow, list_gifts
from advisorcrm.terms import AccessKind, GiftState, Term
from advisorcrm.views import reports
from advisorcrm.views.branch_page import BranchPage, stack_up
from advisorcrm.views.care.batch_dialog import BatchDialog
from advisorcrm.views.care.care_work import CareWork
from advisorcrm.views.care.gift_looks import birthday_looks, gift_looks
from advisorcrm.views.row_deeds import RowDeeds
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.button_row import ButtonRow
from advisorcrm.views.widgets.buttons import Button, wired
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.card_foot import CardFoot
from advisorcrm.views.widgets.chip import Chip
from advisorcrm.views.widgets.empty_state import EmptyState
from advisorcrm.views.widgets.line import Line
from advisorcrm.views.widgets.page_head import PageHead


class CareScope(Term):
    """What the page lists."""

    WINDOW = "window", N_("生日提醒期")
    MONTH = "month", N_("一个月内生日")
    FESTIVALS = "festivals", N_("节日问候")
    GIFTS = "gifts", N_("礼品登记")


_EMPTY = {
    CareScope.WINDOW: N_("提醒期内没有客户过生日"),
    CareScope.MONTH: N_("一个月内没有客户过生日"),
    CareScope.FESTIVALS: N_("还没有要问候的节日"),
    CareScope.GIFTS: N_("今年还没有登记礼品"),
}
_MONTH_DAYS = 30
_BIRTHDAYS = (CareScope.WINDOW, CareScope.MONTH)
Row = BirthdayRow | FestivalRow | GiftRow


class CarePage(BranchPage):
    """``client_wanted(id)``, ``print_wanted`` and ``export_wanted``."""

    client_wanted = Signal(int)
    print_wanted = Signal(object)
    export_wanted = Signal(object)
    status_changed = Signal(str)

    def __init__(self, around: Surroundings, work: CareWork, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self._work = work
        self.rows: list[Row] = []
        self.scope = CareScope.WINDOW
        self.window_days = (around.today(), around.today())
        self.head = PageHead(pgettext("page", "关怀"))
        self.chips = {scope: Chip(scope.label) for scope in CareScope}
        self.tables: dict[CareScope, RecordTable] = {}
        self.models: dict[CareScope, RecordTableModel] = {}
        self._stack = QStackedWidget()
        self.empty = EmptyState("cake")
        self.buttons = ButtonRow()
        self._deeds = RowDeeds(self.buttons, self._page_keys, self.current)
        self._lay_out()
        self._connect()

    # For the window

    def primary_focus(self) -> QWidget:
        """Where the keyboard starts."""
        return self.tables[self.scope]

    def current_client_id(self) -> int | None:
        """The client a quick action is about."""
        row = self.current()
        return row.client_id if isinstance(row, BirthdayRow | GiftRow) else None

    def status_text(self) -> str:
        """What is listed, and for birthdays of which days."""
        count = len(self.rows)
        if self.scope in _BIRTHDAYS:
            start, end = self.window_days
            return _("{start} 至 {end} · {count} 位过生日").format(
                start=f"{start:%m-%d}", end=f"{end:%m-%d}", count=f"{count:,}"
            )
        return ngettext("共 {count} 行", "共 {count} 行", count).format(count=f"{count:,}")

    def set_private(self, *, is_private: bool) -> None:
        """Mask names too, for a desk in public view (F9)."""
        for model in self.models.values():
            model.set_private(is_private=is_private)

    # What the person does

    def show_scope(self, scope: CareScope) -> None:
        """Show another list."""
        self.scope = scope
        for one, chip in self.chips.items():
            chip.setChecked(one is scope)
        self.reload()

    def current(self) -> Row | None:
        """The line at the cursor."""
        key = self.tables[self.scope].current_id()
        return next((row for row in self.rows if row.id == key), None)

    def greet_next(self) -> BatchDialog | None:
        """Ask whom to greet for the festival at the cursor."""
        row = self.current()
        return self._work.ask_batch(row) if isinstance(row, FestivalRow) else None

    # Inside

    def _read_scope(self, window: tuple[date, date]) -> None:
        today, scope = self._around.today(), self.scope
        first, last = ((on - today).days for on in window)
        told = _("生日前 {first} 至 {last} 天祝贺；免打扰的跳过")
        self.head.sub.setText(told.format(first=first, last=last))
        show = partial(self._show, scope)
        jobs = self._around.jobs
        if scope in _BIRTHDAYS:
            is_month = scope is CareScope.MONTH
            month = (today, today + timedelta(days=_MONTH_DAYS))
            self.window_days = month if is_month else window
            start, end = self.window_days
            jobs.read(partial(list_birthdays, start=start, end=end), then=show, key="care.rows")
        elif scope is CareScope.FESTIVALS:
            jobs.read(partial(list_festivals, today=today), then=show, key="care.rows")
        else:
            jobs.read(partial(list_gifts, year=today.year), then=show, key="care.rows")

    def _show(self, scope: CareScope, rows: list[Row]) -> None:
        if scope is not self.scope:
            return
        self.rows = rows
        table = self.tables[scope]
        self.models[scope].show_rows(rows)
        self.empty.say(_(_EMPTY[scope]))
        self._stack.setCurrentWidget(table if rows else self.empty)
        if rows and table.current_row() < 0:
            table.go_to(0)
        for button in self.papers:
            button.setVisible(scope is not CareScope.FESTIVALS)
        self._follow()
        self.status_changed.emit(self.status_text())

    def _follow(self, _line: int = -1) -> None:
        """Only what can be done with the line at the cursor is offered."""
        self._deeds.follow()

    def _greet(self, row: Row) -> None:
        if isinstance(row, BirthdayRow):
            self._work.greet_birthday(row)

    def _greet_many(self, _row: Row) -> None:
        self.greet_next()

    def _open_client(self, row: Row) -> None:
        if isinstance(row, BirthdayRow | GiftRow):
            self.client_wanted.emit(row.client_id)

    def _may_greet(self, row: Row) -> bool:
        """Who does not want to be disturbed is skipped (R74)."""
        is_birthday = isinstance(row, BirthdayRow) and not row.ways.is_skipped
        return is_birthday and self._around.may(Right.EDIT_CLIENTS)

    def _may_batch(self, row: Row) -> bool:
        return isinstance(row, FestivalRow) and self._around.may(Right.EDIT_CLIENTS)

    def _may_decide(self, row: Row) -> bool:
        is_open = isinstance(row, GiftRow) and row.state is GiftState.PENDING
        return is_open and self._around.may(Right.LEAD_TEAM)

    def _has_client(self, row: Row) -> bool:
        return isinstance(row, BirthdayRow | GiftRow)

    def _add_deeds(self) -> None:
        add = self._deeds.add
        add(_("祝贺"), "G", self._greet, self._may_greet, "cake")
        add(_("批量问候"), "Q", self._greet_many, self._may_batch, "heart")
        approve, refuse = (lambda row: self._work.approve(row.id)), self._ask_refusal
        add(_("批准"), "A", approve, self._may_decide, "circle-check")
        add(_("不批准"), "R", refuse, self._may_decide, "x")
        add(_("打开客户"), "O", self._open_client, self._has_client)

    def _ask_refusal(self, row: Row) -> None:
        self._work.ask_refusal(row.id)

    def _open_row(self, _line: int) -> None:
        self._deeds.do_first()

    def _connect(self) -> None:
        self._around.jobs.changed.connect(self.reload)
        for scope, chip in self.chips.items():
            chip.clicked.connect(partial(self._choose, scope))
        for table in dict.fromkeys(self.tables.values()):
            table.chosen.connect(self._follow)
            table.opened.connect(self._open_row)
            self._page_keys.watch(table)

    def _choose(self, scope: CareScope, _checked: object = None) -> None:
        self.show_scope(scope)

    def _paper(self, kind: AccessKind) -> None:
        if self.scope is CareScope.GIFTS:
            listed = gift_register(self._around.today().year)
        else:
            listed = birthday_list(*self.window_days)
        wanted = self.print_wanted if kind is AccessKind.PRINT else self.export_wanted
        wanted.emit(reports.record_list(listed, kind))

    def _print(self, _checked: object = None) -> None:
        self._paper(AccessKind.PRINT)

    def _export(self, _checked: object = None) -> None:
        self._paper(AccessKind.EXPORT)

    def _refresh(self) -> None:
        ask = partial(birthday_window, today=self._around.today())
        self._around.jobs.read(ask, then=self._read_scope, key="care.window")

    def _lay_out(self) -> None:
        self._add_head()
        self._add_deeds()
        self._add_tables()
        scopes = QHBoxLayout()
        scopes.setSpacing(8)
        for chip in self.chips.values():
            scopes.addWidget(chip)
        self.chips[self.scope].setChecked(True)
        scopes.addStretch(1)
        card = Card(margins=(0, 0, 0, 0), spacing=0)
        card.add(self._stack, 1)
        card.add(Line())
        card.add(CardFoot(_("↑↓ 选 · ⏎ 办理"), buttons=self.buttons))
        stack_up(self, self.head, scopes, card)

    def _add_tables(self) -> None:
        book = self._around.book
        born = RecordTableModel(BirthdayRow, book=book, looks=birthday_looks())
        festivals = RecordTableModel(FestivalRow)
        gifts = RecordTableModel(GiftRow, looks=gift_looks())
        born_table = RecordTable(born, _("客户生日"))
        for scope in _BIRTHDAYS:
            self.models[scope], self.tables[scope] = born, born_table
        for scope, model in ((CareScope.FESTIVALS, festivals), (CareScope.GIFTS, gifts)):
            self.models[scope], self.tables[scope] = model, RecordTable(model, scope.label)
        for table in dict.fromkeys(self.tables.values()):
            self._stack.addWidget(table)
        self._stack.addWidget(self.empty)

    def _add_head(self) -> None:
        self.papers: list[Button] = []
        if self._around.may(Right.EXPORT):
            self.papers = [
                wired(_("打印名单"), "printer", self._print),
                wired(_("导出名单"), "upload", self._export),
            ]
        for button in self.papers:
            self.head.add_button(button)
