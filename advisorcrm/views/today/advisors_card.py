"""Card 客服专员进度: everybody's visits, week, late matters and files (R33, R3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from PySide6.QtCore import QModelIndex, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from advisorcrm.columns import BRANCH_TIME, Column, branch_date
from advisorcrm.i18n import _, ngettext
from advisorcrm.services.access import Right
from advisorcrm.services.completeness.completeness_trends import TeamThen
from advisorcrm.services.days.absences import AbsenceRow
from advisorcrm.services.visits.branch_day import AdvisorDay, BranchCounts, BranchDay
from advisorcrm.views.clients.client_looks import GOOD_PERCENT
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.table_cells import Look
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.today.short_table import ShortTable
from advisorcrm.views.today.week_card import change_words, day_badge
from advisorcrm.views.widgets.badge import BadgeText
from advisorcrm.views.widgets.buttons import quiet
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.label import Label

_UNKNOWN = "…"


@dataclass(frozen=True, slots=True)
class AdvisorShown:
    """One advisor in words."""

    id: int
    name: Annotated[str, Column("客服专员", width=20)]
    visits: Annotated[str, Column("今日三访", width=13)]
    days: Annotated[str, Column("本周一至五", width=21)]
    late: Annotated[str, Column("逾期", align="right", width=8)]
    files: Annotated[str, Column("完备率", width=20)]
    last: Annotated[str, Column("最近记录", width=16)]
    row: AdvisorDay
    late_count: int | None
    clients: int | None
    percent: int | None
    badges: tuple[BadgeText, ...]
    is_silent: bool
    is_away: bool


class AdvisorsCard(Card):
    """Each number leads to its list.

    ``opened(id)`` to the conversations of one advisor, ``late_wanted(id)`` to what is late,
    ``files_wanted(id)`` to the files that lack something; ``remind_wanted(id, words)`` to remind
    somebody of what is missing today, ``absence_wanted(id, name)`` to note who is away.
    """

    opened = Signal(int)
    late_wanted = Signal(int)
    files_wanted = Signal(int)
    remind_wanted = Signal(int, str)
    absence_wanted = Signal(int, str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(_("客服专员进度"), margins=(0, 0, 0, 0), spacing=0, parent=parent)
        self._around = around
        self._day: BranchDay | None = None
        self._now = around.now()
        self._counts: BranchCounts | None = None
        self._files: dict[int, int] = {}
        self._then: TeamThen | None = None
        self.hint = Label(_("点数字打开对应清单"), "text2", "caption")
        self.remind = quiet(_("发提醒"), icon="bell", key="G")
        self.remind.clicked.connect(self.ask_to_remind)
        self.leave = quiet(_("休假代管"), icon="user-x", key="H")
        self.leave.clicked.connect(self.ask_absence)
        for part in (self.hint, self.remind, self.leave):
            self.add_right(part)
        for button in (self.remind, self.leave):
            button.setVisible(around.may(Right.HAND_OVER))
        looks = {
            "name": Look(second=_under),
            "visits": Look(
                tone=lambda shown: "text2" if shown.is_away else "text", percent=_share, good=100
            ),
            "days": Look(badges=lambda shown: shown.badges),
            "late": Look(tone=lambda shown: "crit" if shown.late_count else "text2"),
            "files": Look(percent=lambda shown: shown.percent, good=GOOD_PERCENT),
            "last": Look(tone=lambda shown: "crit" if shown.is_silent else "text2"),
        }
        self.model = RecordTableModel(
            AdvisorShown, book=around.book, looks=looks, sortable=False, parent=self
        )
        self.table = ShortTable(self.model, _("客服专员进度"), "last")
        self.table.set_density("two_line")
        self.nothing = Label(_("还没有客服专员。在设置里添加用户。"), "text2", "caption", wrap=True)
        self.nothing.setContentsMargins(12, 12, 12, 12)
        self.nothing.hide()
        self.add(self.table)
        self.add(self.nothing)
        self.table.opened.connect(self._open)
        self.table.clicked.connect(self._open_number)

    def show_day(self, day: BranchDay, now: datetime) -> None:
        """Show everybody."""
        self._day, self._now = day, now
        self._show()
        self.nothing.setVisible(not day.advisors)
        if self.table.current_row() < 0:
            self.table.go_to(0)

    def show_counts(self, counts: BranchCounts) -> None:
        """Show what is late and how many clients each has: known a little later."""
        self._counts = counts
        self._show()

    def show_files(self, files: dict[int, int]) -> None:
        """Show how complete everybody's files are: known a little later than the rest."""
        self._files = files
        self._show()

    def show_then(self, then: TeamThen | None) -> None:
        """Show how that has changed since the snapshot of the week before."""
        self._then = then
        self._show()

    def _show(self) -> None:
        if self._day is None:
            return
        self.model.show_rows([self._shown(row, self._day) for row in self._day.advisors])

    def _shown(self, row: AdvisorDay, day: BranchDay) -> AdvisorShown:
        today = branch_date(self._now)
        badges = [
            BadgeText(_("休")) if day.away(row.id, one.on) else
            day_badge(one, day.wanted, today, with_day=False) for one in row.days
        ]  # fmt: skip
        away = day.away(row.id, today)
        told, is_silent = _last(row.last_log, today) if away is None else (_away_words(away), False)
        late = clients = None
        if self._counts is not None:
            late = self._counts.late.get(row.id, 0)
            clients = self._counts.clients.get(row.id, 0)
        tenths = self._files.get(row.id)
        return AdvisorShown(
            row.id, row.name, _("休") if away else f"{row.visits} / {row.wanted}", "",
            _UNKNOWN if late is None else str(late),
            self._files_words(row.id),
            told, row, late, clients, None if tenths is None else tenths // 10, tuple(badges),
            is_silent, away is not None,
        )  # fmt: skip

    def _files_words(self, advisor_id: int) -> str:
        """``91.4%，升 1.2``."""
        tenths = self._files.get(advisor_id)
        if tenths is None:
            return _UNKNOWN
        before = self._then.tenths.get(advisor_id) if self._then else None
        told = f"{tenths / 10:.1f}%"
        return told if before is None else told + _("，") + change_words(tenths - before)

    def go_to(self, place: int) -> None:
        """Choose by number: the first is 0."""
        self.table.setFocus()
        self.table.go_to(place)

    def open_late(self) -> None:
        """What is late of the advisor at the cursor (L)."""
        self._tell(self.late_wanted, self.table.current_row())

    def open_files(self) -> None:
        """Whose files of the advisor at the cursor lack something (M)."""
        self._tell(self.files_wanted, self.table.current_row())

    def ask_to_remind(self) -> None:
        """Remind the advisor at the cursor of what is missing (G)."""
        shown = self._in_charge()
        if shown is not None:
            self.remind_wanted.emit(shown.id, _missing(shown))

    def ask_absence(self) -> None:
        """When the advisor at the cursor is away, and who stands in (H)."""
        shown = self._in_charge()
        if shown is not None:
            self.absence_wanted.emit(shown.id, shown.name)

    def _in_charge(self) -> AdvisorShown | None:
        """The advisor at the cursor, for those who hand clients over; else nobody."""
        shown = self.model.row_at(self.table.current_row())
        is_known = isinstance(shown, AdvisorShown) and self._around.may(Right.HAND_OVER)
        return shown if is_known else None

    def _open_number(self, place: QModelIndex) -> None:
        """The mouse on a number is a door; on a name it only chooses."""
        signals = {"visits": self.opened, "days": self.opened, "last": self.opened,
                   "late": self.late_wanted, "files": self.files_wanted}  # fmt: skip
        bound = self.model.bound(place.column())
        if bound is not None and bound.name in signals:
            self._tell(signals[bound.name], place.row())

    def _tell(self, signal: SignalInstance, row: int) -> None:
        key = self.model.id_at(row)
        if key is not None:
            signal.emit(key)

    def _open(self, row: int) -> None:
        self._tell(self.opened, row)


def _last(at: datetime | None, today: date) -> tuple[str, bool]:
    """When the last conversation was, and whether there was none today."""
    if at is None:
        return _("没有记录"), True
    local = at.astimezone(BRANCH_TIME)
    if local.date() != today:
        return f"{local:%m-%d %H:%M}", True
    return _("今日 {at}").format(at=f"{local:%H:%M}"), False


def _missing(shown: AdvisorShown) -> str:
    """``今日三访还差 2 位；逾期 3 项``: what a reminder is about."""
    left = 0 if shown.is_away else shown.row.wanted - shown.row.visits
    parts = []
    if left > 0:
        parts.append(_("今日三访还差 {count} 位").format(count=left))
    if shown.late_count:
        parts.append(_("处理逾期 {count} 项").format(count=shown.late_count))
    return _("；").join(parts)


def _under(shown: AdvisorShown) -> str:
    if shown.clients is None:
        return shown.row.groups
    count = ngettext("{count} 户", "{count} 户", shown.clients)
    parts = [shown.row.groups, count.format(count=f"{shown.clients:,}")]
    return " · ".join(part for part in parts if part)


def _away_words(away: AbsenceRow) -> str:
    """``休至 11-24，周岚代``."""
    until = f"{away.to_on:%m-%d}"
    if not away.stand_in_name:
        return _("休至 {date}").format(date=until)
    return _("休至 {date}，{name}代").format(date=until, name=away.stand_in_name)


def _share(shown: AdvisorShown) -> int | None:
    if shown.is_away:
        return None
    return min(100, 100 * shown.row.visits // max(shown.row.wanted, 1))
