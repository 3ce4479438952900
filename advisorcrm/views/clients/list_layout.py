"""How a person wants the list: columns, their order and width, row height; remembered at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from advisorcrm.services.access import COMMISSION, reads_commission, sees_branch
from advisorcrm.services.branch.settings import save_setting
from advisorcrm.views.clients.client_looks import client_looks
from advisorcrm.views.clients.client_table_model import CLIENT_COLUMNS, ClientTableModel
from advisorcrm.views.clients.column_chooser import ColumnChooser
from advisorcrm.views.clients.column_layout import (
    apply_columns,
    recall_layout,
    remember_layout,
    widen_columns,
)
from advisorcrm.views.clients.filter_bar import DENSITIES, FilterBar
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.table_view import RecordTable

_WHOSE = "advisor_name"


def _usual_columns(*, sees_all: bool) -> tuple[str, ...]:
    """What a list shows until somebody chooses; over all clients also whose each one is."""
    names = [bound.name for bound in CLIENT_COLUMNS if bound.column.shown]
    return (*names[:1], _WHOSE, *names[1:]) if sees_all else tuple(names)


class ListLayout(QObject):
    """Looks after the table's columns and rows, and the two buttons that change them.

    ``values_wanted`` when a column came whose values the rows were read without.
    """

    values_wanted = Signal()

    def __init__(
        self, around: Surroundings, table: RecordTable, bar: FilterBar, page: QWidget
    ) -> None:
        super().__init__(page)
        self._around = around
        self._table = table
        self._bar = bar
        self._page = page
        chosen = around.settings.row_height
        self._chosen: Sequence[str] = around.settings.list_columns
        self._untold = () if reads_commission(around.actor) else COMMISSION
        usual = _usual_columns(sees_all=sees_branch(around.actor))
        self._usual = tuple(name for name in usual if name not in self._untold)
        self.density = chosen if chosen in DENSITIES else "standard"
        bar.columns.clicked.connect(self.open_chooser)
        bar.density.clicked.connect(self.next_density)
        self._restore()

    def open_chooser(self) -> ColumnChooser:
        """Let the person choose columns (Ctrl+Shift+L)."""
        columns = [
            bound for bound in self._table.records().columns if bound.name not in self._untold
        ]
        chooser = ColumnChooser(columns, self._table.columns_shown(), self._usual, self._page)
        chooser.chosen.connect(self._take_columns)
        chooser.open_below(self._bar.columns)
        return chooser

    def show_columns(self, names: Sequence[str]) -> None:
        """The columns of a view; without any, those the person has chosen."""
        wanted = names or self._chosen or self._usual
        if list(wanted) != self._table.columns_shown():
            self._apply(wanted)

    def follow_fields(self) -> None:
        """The branch has added, renamed or retired fields: their columns come, change and go."""
        model, shown = self._table.records(), self._table.columns_shown()
        if isinstance(model, ClientTableModel) and model.follow(self._around.book):
            self._table.set_up_columns(model.own_columns())
            self._apply(shown)

    def next_density(self) -> None:
        """Take the next row height."""
        names = list(DENSITIES)
        self.density = names[(names.index(self.density) + 1) % len(names)]
        self._show_density()
        self._keep("row_height", self.density)

    def remember(self) -> None:
        """Keep widths and order on this computer."""
        remember_layout(self._table, self._around.actor.employee_no)

    def _restore(self) -> None:
        self._show_density()
        widen_columns(self._table, self._around.book)
        recall_layout(self._table, self._around.actor.employee_no)
        self._apply(self._chosen or self._with_missing())

    def _with_missing(self) -> list[str]:
        """Nobody has chosen: what was dragged stays, the column of whose client it is comes."""
        shown = self._table.columns_shown()
        is_missing = _WHOSE in self._usual and _WHOSE not in shown
        return [*shown[:1], _WHOSE, *shown[1:]] if is_missing else shown

    def _apply(self, names: Sequence[str]) -> None:
        apply_columns(self._table, [name for name in names if name not in self._untold])
        model = self._table.records()
        if isinstance(model, ClientTableModel) and model.show_own(self._table.columns_shown()):
            self.values_wanted.emit()

    def _show_density(self) -> None:
        is_high = self.density == "two_line"
        looks = client_looks(self._around.book, two_lines=is_high)
        self._table.records().set_looks(looks)
        self._table.set_density(self.density)
        self._bar.show_density(self.density)

    def _take_columns(self, names: list[str]) -> None:
        self._chosen = names
        self._apply(names)
        self._keep("list_columns", names)

    def _keep(self, name: str, value: object) -> None:
        if not self._around.jobs.is_read_only:  # else it holds until the program ends
            self._around.jobs.write(partial(save_setting, name=name, value=value))
