"""Card 本周进度: three visits each day, how complete the files are (R3, R33)."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from advisorcrm.i18n import _, ngettext
from advisorcrm.rules.plain_dates import weekday_label
from advisorcrm.services.completeness.completeness_trends import CompletenessThen
from advisorcrm.services.visits.branch_day import DayCount, WeekProgress
from advisorcrm.views.clients.widget_list import empty_layout
from advisorcrm.views.widgets.badge import Badge, BadgeText
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.label import Label


class WeekCard(Card):
    """One line a figure."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("本周进度"), spacing=8, parent=parent)
        self._days = QHBoxLayout()
        self._days.setSpacing(4)
        self.files_label = Label("", "text2", "caption")
        self.files = Label("", "text", "caption")
        self._row(Label(_("每日三访"), "text2", "caption"), self._days)
        files = QHBoxLayout()
        files.addWidget(self.files)
        self._row(self.files_label, files)
        self.badges: list[Badge] = []
        self._week: WeekProgress | None = None
        self._then: CompletenessThen | None = None

    def show_week(self, week: WeekProgress, today: date) -> None:
        """Show the week so far."""
        empty_layout(self._days)
        self.badges = []
        for day in week.days:
            text = day_badge(day, week.wanted, today, with_day=True)
            badge = Badge(text.text, text.kind)
            badge.setAccessibleName(f"{day.on:%m-%d} {text.text}")
            self.badges.append(badge)
            self._days.addWidget(badge)
        count = ngettext("{count} 户", "{count} 户", week.clients).format(count=f"{week.clients:,}")
        self.files_label.setText(_("档案完备率（{count}）").format(count=count))
        self._week = week
        self._show_files()

    def show_then(self, then: CompletenessThen | None) -> None:
        """Show how that has changed since the week before: known a little later."""
        self._then = then
        self._show_files()

    def _show_files(self) -> None:
        tenths = self._week.tenths if self._week else None
        told = "—" if tenths is None else f"{tenths / 10:.1f}%"
        tip = _("本周之前没有检查快照，无法比较。")
        if self._then is not None and tenths is not None:
            told += _("，") + change_words(tenths - self._then.tenths)
            tip = _("与 {date} 的检查快照相比").format(date=f"{self._then.taken_on:%m-%d}")
        self.files.setText(told)
        self.files.setToolTip(tip)

    def _row(self, label: Label, right: QHBoxLayout) -> None:
        row = QHBoxLayout()
        row.addWidget(label, 1)
        row.addLayout(right)
        self.body.addLayout(row)


def change_words(tenths: int) -> str:
    """``升 1.2``, in points: how far from a snapshot to now."""
    if tenths == 0:
        return _("持平")
    form = _("升 {points}") if tenths > 0 else _("降 {points}")
    return form.format(points=f"{abs(tenths) / 10:.1f}")


def day_badge(day: DayCount, wanted: int, today: date, *, with_day: bool) -> BadgeText:
    """``五 2``: teal when enough, amber today or when one is missing, plum when more are."""
    label = weekday_label(day.on)
    name = label.removeprefix("周") if with_day else ""  # chinese: data
    lead = f"{name} " if name else ""
    if not day.is_working:
        return BadgeText(f"{lead}{_('休')}")
    if day.is_to_come:
        return BadgeText(f"{lead}–")
    is_soft = day.on == today or day.visits == wanted - 1
    kind = "ok" if day.visits >= wanted else "warn" if is_soft else "crit"
    return BadgeText(f"{lead}{day.visits}", kind)
