"""Two rows that narrow the contacts down: period and way with counts, conditions and search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from advisorcrm import terms
from advisorcrm.i18n import _, ngettext
from advisorcrm.services.clients.client_search import FoundClient
from advisorcrm.services.contacts.contact_logs import ContactLogTotals
from advisorcrm.views import theme
from advisorcrm.views.contacts.log_filters import CHIPS, LogFilters, Period
from advisorcrm.views.contacts.pickers import ClientPicker, DaysPicker
from advisorcrm.views.contacts.ways import way_icon
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.chip import Chip
from advisorcrm.views.widgets.flow import FlowLayout
from advisorcrm.views.widgets.icon_label import IconMark
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.line import Line
from advisorcrm.views.widgets.search_line import SearchLine

_SEARCH_PX = 190
_COUNT_PX = 160


class LogFilterBar(QWidget):
    """``changed(filters)`` after every choice."""

    changed = Signal(object)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._filters = LogFilters()
        self._authors: tuple[tuple[int, str], ...] = ()
        self.periods: dict[Period, Chip] = {}
        self.ways: dict[str, Chip] = {}
        self.conditions: list[Chip] = []
        self.search = SearchLine(_("查找内容、依据、客户"))
        self.found = Label("", "text3", "caption")
        self._chips = FlowLayout()
        self._conditions = FlowLayout()
        self._make_chips()
        self._lay_out()
        self.search.searched.connect(self._search)

    def filters(self) -> LogFilters:
        """What is chosen."""
        return self._filters

    def set_authors(self, authors: Sequence[tuple[int, str]]) -> None:
        """Whose entries may be looked at alone."""
        self._authors = tuple(authors)

    def show_filters(self, filters: LogFilters) -> None:
        """Light the chips of a choice."""
        self._filters = filters
        for period, chip in self.periods.items():
            chip.setChecked(period is filters.period)
        for way, chip in self.ways.items():
            chip.setChecked(way == filters.way)
        if self.search.text().strip() != filters.text:
            self.search.setText(filters.text)
        self._show_conditions()

    def show_period_count(self, period: str, count: int) -> None:
        """Entries of a period."""
        chip = self.periods.get(Period(period))
        if chip is not None:
            chip.show_count(count)

    def show_totals(self, base: ContactLogTotals | None, shown: ContactLogTotals | None) -> None:
        """Entries per way, and how many of how many hold the searched words."""
        if base is not None:
            for way, chip in self.ways.items():
                if way:
                    count = base.by_way.get(way, 0)
                    chip.show_count(count)
                    chip.setVisible(self._is_offered(way, count))
        text = ""
        if self._filters.text and base is not None and shown is not None:
            text = _("{total} 条中 {count} 条 · Esc 清除").format(
                total=self.total(base), count=shown.entries
            )
        self.found.setText(text)

    def total(self, base: ContactLogTotals) -> int:
        """Entries of the period and way, whatever is searched."""
        way = self._filters.way
        return base.by_way.get(way, 0) if way else base.entries

    def choose(self, filters: LogFilters) -> None:
        """Take a choice and tell it."""
        self.show_filters(filters)
        self.changed.emit(filters)

    def pick_days(self) -> DaysPicker:
        """Ask for a range of days."""
        days = self._filters.days(self._around.today())
        picker = DaysPicker(self._around.clock, days, self)
        picker.picked.connect(self._take_days)
        picker.open()
        return picker

    def pick_client(self) -> ClientPicker:
        """Ask for a client."""
        picker = ClientPicker(self._around.jobs, self._around.book, self)
        picker.picked.connect(self._take_client)
        picker.open()
        return picker

    def make_menu(self) -> QMenu:
        """All conditions, for ``/``."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("日期…")).triggered.connect(self.pick_days)
        menu.addAction(_("客户…")).triggered.connect(self.pick_client)
        ways = menu.addMenu(_("沟通方式"))
        for code in self._around.book.codes(terms.CONTACT_WAY):
            label = self._around.book.label(terms.CONTACT_WAY, code)
            ways.addAction(label).triggered.connect(partial(self._take_way, code))
        self._add_authors(menu.addMenu(_("记录人")))
        return menu

    def open_menu(self) -> None:
        """Offer the conditions."""
        self.make_menu().popup(self.add.mapToGlobal(QPoint(0, self.add.height())))

    def open_authors(self) -> None:
        """Offer the people."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add_authors(menu)
        menu.popup(self._place_of_authors())

    def _make_chips(self) -> None:
        for period in CHIPS:
            chip = Chip(period.label)
            chip.clicked.connect(partial(self._take_period, period))
            self.periods[period] = chip
            self._chips.addWidget(chip)
        line = Line(standing=True)
        line.setFixedHeight(theme.px(26))
        self._chips.addWidget(line)
        self._add_way("", Chip(_("全部方式")))
        self._renew_ways()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Offer the ways the branch has by now."""
        super().showEvent(event)
        self._renew_ways()

    def _renew_ways(self) -> None:
        for code in self._around.book.codes(terms.CONTACT_WAY):
            label = self._around.book.label(terms.CONTACT_WAY, code)
            if code not in self.ways:
                self._add_way(code, Chip(label, icon=way_icon(code)))
            elif not self.ways[code].text().startswith(label):
                self.ways[code].show_label(label)

    def _add_way(self, code: str, chip: Chip) -> None:
        chip.clicked.connect(partial(self._take_way, code))
        self.ways[code] = chip
        self._chips.addWidget(chip)
        if not self._is_offered(code, 0):
            chip.hide()  # one without a place yet would be shown as a window of its own

    def _is_offered(self, way: str, count: int) -> bool:
        """The usual ways always, the others where there is something."""
        usual = ("", *self._around.book.codes(terms.CONTACT_WAY)[:5])
        return way in usual or count > 0 or way == self._filters.way

    def _lay_out(self) -> None:
        self.search.setFixedWidth(theme.px(_SEARCH_PX + _COUNT_PX))
        self.search.setTextMargins(0, 0, theme.px(_COUNT_PX), 0)
        inside = QHBoxLayout(self.search)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.addStretch(1)
        inside.addWidget(self.found)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(IconMark("funnel", "text2", 16))
        second.addLayout(self._conditions, 1)
        second.addWidget(self.search)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(self._chips)
        whole.addLayout(second)

    def _show_conditions(self) -> None:
        while self._conditions.count():
            item = self._conditions.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.conditions = []
        self._add_days_chip()
        self._add_author_chip()
        self._add_client_chip()
        self.add = Chip(_("添加条件  /"), icon="plus", checkable=False)
        self.add.clicked.connect(self.open_menu)
        self._conditions.addWidget(self.add)

    def _add_days_chip(self) -> None:
        first, last = self._filters.days(self._around.today())
        if first is None and last is None:
            return
        if first is not None and last is not None:
            text = f"{first.isoformat()} — {last:%m-%d}"
        elif first is not None:
            text = _("{day} 起").format(day=first.isoformat())
        else:
            text = _("至 {day}").format(day=f"{last}")
        chip = self._condition(text, "calendar", partial(self._take_period, Period.ALL))
        chip.clicked.connect(self.pick_days)

    def _add_author_chip(self) -> None:
        author_id = self._filters.author_id
        if author_id is None:
            return
        name = dict(self._authors).get(author_id, "")
        if author_id == self._around.actor.user_id:
            name = _("本人")
        text = _("记录人：{name}").format(name=name)
        chip = self._condition(text, "", partial(self._take_author, None))
        chip.clicked.connect(self.open_authors)

    def _add_client_chip(self) -> None:
        if self._filters.client_id is None:
            chip = Chip(_("客户"), icon="plus", checkable=False)
            chip.clicked.connect(self.pick_client)
            self._conditions.addWidget(chip)
            return
        text = _("客户：{name}").format(name=self._filters.client_name)
        nobody = replace(self._filters, client_id=None, client_name="")
        self._condition(text, "user", partial(self.choose, nobody)).clicked.connect(
            self.pick_client
        )

    def _condition(self, text: str, icon: str, closed: partial[None]) -> Chip:
        chip = Chip(text, icon=icon, closable=True)
        chip.closed.connect(closed)
        self.conditions.append(chip)
        self._conditions.addWidget(chip)
        return chip

    def _add_authors(self, menu: QMenu) -> None:
        for author_id, name in self._authors:
            menu.addAction(name).triggered.connect(partial(self._take_author, author_id))
        menu.addAction(_("所有人")).triggered.connect(partial(self._take_author, None))

    def _place_of_authors(self) -> QPoint:
        return self.add.mapToGlobal(QPoint(0, self.add.height()))

    def _take_way(self, way: str, *_checked: object) -> None:
        self.choose(replace(self._filters, way=way))

    def _take_author(self, author_id: int | None, *_checked: object) -> None:
        self.choose(replace(self._filters, author_id=author_id))

    def _take_period(self, period: Period, *_checked: object) -> None:
        self.choose(replace(self._filters, period=period, from_on=None, to_on=None))

    def _take_days(self, first: date | None, last: date | None) -> None:
        period = Period.DAYS if first or last else Period.ALL
        self.choose(replace(self._filters, period=period, from_on=first, to_on=last))

    def _take_client(self, client: FoundClient) -> None:
        self.choose(replace(self._filters, client_id=client.id, client_name=client.name))

    def _search(self, text: str) -> None:
        if text != self._filters.text:
            self.choose(replace(self._filters, text=text))


def count_text(count: int) -> str:
    """``12 条``."""
    return ngettext("{count} 条", "{count} 条", count).format(count=f"{count:,}")
