"""The branch's calendar in the settings: a year, its days, notices in and out (节假日表)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from advisorcrm.columns import BRANCH_TIME, branch_date
from advisorcrm.i18n import _
from advisorcrm.rules.plain_dates import day_label
from advisorcrm.rules.workdays import DayKind, day_kind, plain_kind
from advisorcrm.services.access import Right, may
from advisorcrm.services.branch.working_days import (
    NewWorkingDay,
    WorkingYearPlan,
    confirm_year,
    enter_year,
    missing_notice,
    open_year,
    set_day,
)
from advisorcrm.views import messages
from advisorcrm.views.settings.year_grid import YearGrid
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.buttons import plain, primary, quiet
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level

if TYPE_CHECKING:
    from collections.abc import Callable

    from advisorcrm.services.branch.working_days import HolidaySheet
    from advisorcrm.services.workplace.workplace import Workplace
    from advisorcrm.views.jobs import Jobs


class HolidaysPanel(QWidget):
    """Read by everybody who sees the settings of the branch, kept by manager and administrator."""

    def __init__(self, jobs: Jobs, workplace: Workplace) -> None:
        super().__init__()
        self._jobs = jobs
        self._may_edit = may(workplace.actor, Right.MANAGE_BRANCH) and not workplace.is_read_only
        self.plan: WorkingYearPlan | None = None
        self.year = datetime.now(UTC).astimezone(BRANCH_TIME).year
        self.choose_open: Callable[[], str] = self._ask_open
        self.choose_save: Callable[[str], str] = self._ask_save
        """Ask for a file; a test answers instead of the file dialog."""
        self.bar = InlineBar()
        self.back, self.on = quiet("", icon="chevron-left"), quiet("", icon="chevron-right")
        self.back.setAccessibleName(_("上一年"))
        self.on.setAccessibleName(_("下一年"))
        self.title = Label("", weight=600)
        self.state = Badge("", "mute")
        self.facts = Label("", "text2", "caption")
        self.import_button = plain(_("导入一年"), icon="import")
        self.export_button = plain(_("导出这一年"), icon="upload")
        self.confirm_button = plain(_("按此表为准"), icon="circle-check")
        self.grid = YearGrid()
        self.kind = Field(_("这一天"), ComboBox([]))
        self.name = Field(_("名称"), QLineEdit(), hint=_("如 春节；可空"))
        self.save = primary(_("保存这一天"))
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Read the shown year again, and whether a notice is missing."""
        today = branch_date(datetime.now(UTC))
        self._jobs.read(partial(missing_notice, today=today), then=self._hint, key="holidays.hint")
        self._jobs.read(partial(open_year, year=self.year), then=self._show, key="holidays.year")

    def show_year(self, year: int) -> None:
        """Turn to another year."""
        self.year = year
        self.reload()

    def _hint(self, missing: int | None) -> None:
        if missing is None:
            self.bar.hide()
            return
        self.bar.say(
            Level.WARN,
            _("缺 {year} 年节假日通知：期限先按推算，请导入或逐日核对。").format(year=missing),
        )

    def _show(self, plan: WorkingYearPlan) -> None:
        self.plan = plan
        self.title.setText(_("{year} 年").format(year=plan.year))
        self.state.show_badge(
            _("国务院通知") if plan.is_official else _("推算"), "ok" if plan.is_official else "warn"
        )
        self.facts.setText(
            _("工作日 {workdays} 天，与平常不同 {days} 天").format(
                workdays=plan.workdays, days=len(plan.days)
            )
        )
        self.grid.show_year(plan.year, plan.table, frozenset(row.on for row in plan.days))
        self.confirm_button.setVisible(self._may_edit and not plan.is_official)
        self._show_day(self.grid.day)

    def _show_day(self, day: date) -> None:
        """What the chosen day is, and what it may be."""
        if self.plan is None:
            return
        is_weekend = plain_kind(day) is DayKind.REST
        kinds = (
            (DayKind.REST, DayKind.MADE_UP_WORKDAY)
            if is_weekend
            else (DayKind.WORKDAY, DayKind.REST, DayKind.WITHOUT_TRADING)
        )
        box = self.kind.editor
        if isinstance(box, ComboBox):
            box.set_choices([(kind.value, kind.label) for kind in kinds])
        self.kind.set_value(day_kind(day, self.plan.table).kind.value)
        names = {row.on: row.name for row in self.plan.days}
        self.name.set_value(names.get(day, ""))
        self.day_label.setText(day_label(day.isoformat(), day))

    def _save(self, _checked: object = None) -> None:
        new = NewWorkingDay(self.grid.day, DayKind(self.kind.value()), self.name.value())
        self._write(partial(set_day, new=new))

    def _confirm(self, _checked: object = None) -> None:
        self._write(partial(confirm_year, year=self.year, now=datetime.now(UTC)))

    def _import(self, _checked: object = None) -> None:
        from advisorcrm.imports.holidays import read_holidays

        path = self.choose_open()
        if path:
            self._jobs.run(
                partial(read_holidays, Path(path)), then=self._enter, failed=self._refuse
            )

    def _enter(self, sheet: HolidaySheet) -> None:
        """The file says of which year it is."""
        self.year = sheet.days[0].on.year
        self._write(partial(enter_year, year=self.year, sheet=sheet, now=datetime.now(UTC)))

    def _export(self, _checked: object = None) -> None:
        from advisorcrm.exports.holidays import export_holidays

        path = self.choose_save(_("节假日表{year}.xlsx").format(year=self.year))
        if path and self.plan is not None:
            work = partial(export_holidays, self.plan, Path(path))
            self._jobs.run(work, then=partial(self._exported, path), failed=self._refuse)

    def _exported(self, path: str, count: int) -> None:
        said = _("已导出 {count} 天到 {name}").format(count=count, name=Path(path).name)
        self.bar.say(Level.INFO, said)

    def _write(self, work: Callable[..., object]) -> None:
        self._jobs.write(work, then=lambda _answer: self.reload(), failed=self._refuse)

    def _refuse(self, error: Exception) -> None:
        self.bar.say(messages.level_of(error), str(error))

    def _turn(self, step: int, _checked: object = None) -> None:
        self.show_year(self.year + step)

    def _ask_open(self) -> str:
        kinds = _("节假日表 (*.csv *.xlsx *.json)")
        return QFileDialog.getOpenFileName(self, _("导入一年"), "", kinds)[0]

    def _ask_save(self, name: str) -> str:
        kinds = _("节假日表 (*.csv *.xlsx *.json)")
        return QFileDialog.getSaveFileName(self, _("导出这一年"), name, kinds)[0]

    def _connect(self) -> None:
        self.back.clicked.connect(partial(self._turn, -1))
        self.on.clicked.connect(partial(self._turn, 1))
        self.grid.chosen.connect(self._show_day)
        self.save.clicked.connect(self._save)
        self.import_button.clicked.connect(self._import)
        self.export_button.clicked.connect(self._export)
        self.confirm_button.clicked.connect(self._confirm)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        for widget in (self.back, self.title, self.on, self.state, self.facts):
            head.addWidget(widget)
        head.addStretch(1)
        for button in (self.confirm_button, self.import_button, self.export_button):
            head.addWidget(button)
        for button in (self.confirm_button, self.import_button):
            if not self._may_edit:
                button.hide()
        card = Card(_("节假日表"), sub=_("紫：放假；蓝：调休上班；黄：工作日不交易"))
        card.body.addLayout(head)
        card.add(self.grid)
        card.add(self._edit_row())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(self.bar)
        whole.addWidget(card)
        whole.addStretch(1)

    def _edit_row(self) -> QWidget:
        self.day_label = Label("", weight=600)
        edit = QWidget()
        row = QHBoxLayout(edit)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.day_label)
        row.addWidget(self.kind, 1)
        row.addWidget(self.name, 1)
        row.addWidget(self.save, 0, Qt.AlignmentFlag.AlignBottom)
        if not self._may_edit:
            edit.hide()
        return edit
