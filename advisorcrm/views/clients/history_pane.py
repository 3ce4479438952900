"""修改历史 beside the stream: the versions of a file, two of them compared, one brought back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.columns import BRANCH_TIME, Column
from advisorcrm.i18n import N_, _, ngettext
from advisorcrm.services.access import Right
from advisorcrm.services.histories.histories import (
    Difference,
    VersionRow,
    compare_versions,
    list_versions,
)
from advisorcrm.services.histories.restoring import restore_fields
from advisorcrm.views import theme
from advisorcrm.views.clients.difference_row import DifferenceRow
from advisorcrm.views.clients.history_prints import comparison_report
from advisorcrm.views.clients.restore_dialog import RestoreDialog
from advisorcrm.views.clients.widget_list import empty_layout
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.buttons import plain, quiet
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.fixed_size import FixedSize
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.line import Line
from advisorcrm.views.widgets.upright_area import scrolling

_LINES = 5


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version as the pane lists it; its number is its id."""

    id: Annotated[int, Column(N_("版本"), width=6)]
    at: Annotated[str, Column(N_("时间"), width=12)]
    who: Annotated[str, Column(N_("谁"), width=9)]
    what: Annotated[str, Column(N_("改了什么"), width=20)]


class HistoryPane(Card):
    """``restored(sentence)`` after a version was brought back, ``report_wanted`` for paper."""

    restored = Signal(str)
    report_wanted = Signal(object)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(_("修改历史"), margins=(0, 0, 0, 0), spacing=0, parent=parent)
        self._around = around
        self.client_id = -1
        self.versions: list[VersionRow] = []
        self.differences: list[Difference] = []
        self.dialog: RestoreDialog | None = None
        self.count = Label("", "text2", "caption")
        self.model = RecordTableModel(VersionLine, checkable=True, sortable=False)
        self.table = RecordTable(self.model, name=_("版本"))
        self.model.checked_changed.connect(self.compare)
        self.print_button = quiet(_("打印比较"), icon="printer")
        self.print_button.clicked.connect(self.print_comparison)
        self.between = Label("", size="caption", weight=600)
        self.bring_back = plain(_("恢复…"), icon="rotate-ccw")
        self.bring_back.clicked.connect(self.ask)
        self.next_version = Label("", "text2", "caption")
        self._rows = QVBoxLayout()
        self._lay_out()

    def show_client(self, client_id: int) -> None:
        """Another client's versions; they are read by ``reload``."""
        self.client_id = client_id
        self.versions = []
        self.count.setText("")
        self.model.show_rows(())
        self._show_differences([])

    def reload(self) -> None:
        """Read the versions again."""
        if self.client_id >= 0:
            work = partial(list_versions, client_id=self.client_id)
            self._around.jobs.read(work, then=self._show, key=(id(self), "versions"))

    def chosen(self) -> tuple[int, int] | None:
        """The two versions that are compared: those ticked, else the newest and the one before."""
        ticked = sorted(self.model.checked_ids())
        if len(ticked) >= 2:
            return ticked[0], ticked[-1]
        newest = self.versions[0].number if self.versions else 0
        if len(ticked) == 1 and ticked[0] != newest:
            return ticked[0], newest
        return (newest - 1, newest) if newest > 1 else None

    def compare(self) -> None:
        """Read in what the two chosen versions differ."""
        pair = self.chosen()
        if pair is None:
            self._show_differences([])
            return
        work = partial(compare_versions, client_id=self.client_id, earlier=pair[0], later=pair[1])
        self._around.jobs.read(work, then=self._show_differences, key=(id(self), "compare"))

    def print_comparison(self) -> None:
        """Ask for what is compared on paper."""
        pair = self.chosen()
        if pair is not None and self._around.may(Right.EXPORT):
            self.report_wanted.emit(comparison_report(self.client_id, pair))

    def ask(self) -> None:
        """Ask which values of the earlier version shall come back, and why."""
        pair = self.chosen()
        if pair is None or not self._may_restore():
            return
        dialog = RestoreDialog(pair[0], self.differences, self.window())
        dialog.chosen.connect(partial(self._restore, pair[0]))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def _restore(self, version: int, fields: tuple[str, ...], why: str) -> None:
        dialog = self.dialog
        if dialog is None:
            return
        work = partial(
            restore_fields, client_id=self.client_id, version=version, fields=fields, why=why,
            now=self._around.now(),
        )  # fmt: skip
        self._around.jobs.write(work, then=self._end, failed=dialog.show_problem)

    def _end(self, _version: int) -> None:
        if self.dialog is not None:
            self.dialog.accept()
            self.dialog = None
        self.model.uncheck_all()
        self.restored.emit(_("已恢复，生成了新的一版"))

    def _may_restore(self) -> bool:
        return self._around.may(Right.EDIT_CLIENTS) and not self._around.jobs.is_read_only

    def _show(self, versions: list[VersionRow]) -> None:
        if versions == self.versions:
            return
        self.versions = versions
        count = len(versions)
        self.count.setText(ngettext("共 {count} 版", "共 {count} 版", count).format(count=count))
        lines = [VersionLine(one.number, self._when(one), one.who, one.what) for one in versions]
        ticked = set(self.model.checked_ids())
        self.model.show_rows(lines)
        for row, line in enumerate(lines):
            if line.id in ticked:
                self.model.set_checked(row, row, checked=True)
        self.compare()

    def _when(self, version: VersionRow) -> str:
        """``11-05 15:40``; with the year where it is another."""
        at = version.at.astimezone(BRANCH_TIME)
        is_this_year = at.year == self._around.today().year
        return at.strftime("%m-%d %H:%M" if is_this_year else "%Y-%m-%d")

    def _show_differences(self, differences: Sequence[Difference]) -> None:
        self.differences = list(differences)
        empty_layout(self._rows)
        for difference in self.differences:
            self._rows.addWidget(DifferenceRow(difference))
        self._rows.addStretch(1)
        pair = self.chosen()
        if pair is None:
            self.between.setText(_("只有一版，还没有改动。") if self.versions else "")
        else:
            count = len(self.differences)
            told = ngettext(
                "第 {first} 版 → 第 {last} 版  {count} 处不同",
                "第 {first} 版 → 第 {last} 版  {count} 处不同",
                count,
            )
            self.between.setText(told.format(first=pair[0], last=pair[1], count=count))
        is_possible = pair is not None and any(one.field for one in self.differences)
        self.print_button.setVisible(self._around.may(Right.EXPORT))
        self.print_button.setEnabled(pair is not None)
        self.bring_back.setVisible(self._may_restore())
        self.bring_back.setEnabled(is_possible)
        number = pair[0] if pair else 0
        self.bring_back.show_text(
            _("恢复第 {number} 版的值…").format(number=number) if pair else _("恢复…")
        )
        after = (self.versions[0].number if self.versions else 0) + 1
        self.next_version.setText(
            _("恢复会生成第 {number} 版").format(number=after) if is_possible else ""
        )

    def _lay_out(self) -> None:
        self.add_right(self.count)
        self.add_right(self.print_button)
        FixedSize(self.table, height=theme.ROW_PX["standard"] * _LINES, may_shrink=True)
        self.add(self.table)
        self.add(Line())
        inside = QWidget()
        inside.setProperty("zone", "page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addWidget(self.between)
        column.addLayout(self._rows, 1)
        area = scrolling(inside)
        self.add(area, 1)
        self.add(Line())
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 6, 8, 6)
        row.addWidget(self.next_version, 1)
        row.addWidget(self.bring_back)
        self.add(foot)
