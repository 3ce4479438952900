"""Card 生日关怀: whose birthday comes in the days set, and by which way to greet (R113, R244)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from advisorcrm.columns import Column
from advisorcrm.i18n import _, ngettext
from advisorcrm.services.access import Right
from advisorcrm.services.care.birthdays import BirthdayRow
from advisorcrm.terms import BirthdayKept, Channel
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.table_cells import Look
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.today.short_table import ShortTable
from advisorcrm.views.widgets.badge import BadgeText
from advisorcrm.views.widgets.buttons import quiet
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.label import Label

MOST = 5


@dataclass(frozen=True, slots=True)
class BirthdayShown:
    """One line: who, when, by which way."""

    id: int
    client: Annotated[str, Column("客户", width=10)]
    when: Annotated[str, Column("日期", width=18)]
    way: Annotated[str, Column("可用方式", width=11)]
    action: Annotated[str, Column("", align="right", width=9)]
    under: str
    row: BirthdayRow


class BirthdaysCard(Card):
    """A line leads to the greeting (``greet_wanted``); of who wants no call, to the file.

    ``print_wanted`` for the list of names.
    """

    client_wanted = Signal(int)
    greet_wanted = Signal(object)
    print_wanted = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(_("生日关怀"), margins=(0, 0, 0, 0), spacing=0, parent=parent)
        looks = {
            "client": Look(is_name=True),
            "when": Look(second=lambda shown: shown.under),
            "way": Look(badges=_badges),
            "action": Look(tone=_action_tone),
        }
        self._may_greet = around.may(Right.EDIT_CLIENTS)
        self.model = RecordTableModel(
            BirthdayShown, book=around.book, looks=looks, sortable=False, parent=self
        )
        self.table = ShortTable(self.model, _("生日关怀"), "when", has_header=False)
        self.table.set_density("two_line")
        self.print = quiet(_("打印名单"), icon="printer")
        self.print.clicked.connect(self.print_wanted)
        self.add_right(self.print)
        self.print.setVisible(around.may(Right.EXPORT))
        self.rest = Label("", "text2", "caption", wrap=True)
        self.rest.setContentsMargins(12, 8, 12, 8)
        self.add(self.table)
        self.add(self.rest)
        self.rest.hide()
        self.table.opened.connect(self._open)

    def show_birthdays(
        self, rows: Sequence[BirthdayRow], days: tuple[int, int], today: date
    ) -> None:
        """Show the first few; ``days`` is the window in days ahead."""
        said = _("未来 {first}–{last} 天").format(first=days[0], last=days[1])
        self.sub.setText(said)
        self.model.show_rows(
            [_shown(place, row, today, self._action(row)) for place, row in enumerate(rows[:MOST])]
        )
        more = len(rows) - MOST
        if not rows:
            self.rest.setText(_("这几天没有客户过生日。"))
        elif more > 0:
            self.rest.setText(
                ngettext("还有 {count} 位", "还有 {count} 位", more).format(count=more)
            )
        self.rest.setVisible(not rows or more > 0)

    def _open(self, row: int) -> None:
        shown = self.model.row_at(row)
        if not isinstance(shown, BirthdayShown):
            return
        if self._may_greet and not shown.row.ways.is_skipped:
            self.greet_wanted.emit(shown.row)
        else:
            self.client_wanted.emit(shown.row.client_id)

    def _action(self, row: BirthdayRow) -> str:
        if row.ways.is_skipped:
            return _("跳过")
        if row.greeted_on is not None:
            return _("已祝贺")
        return _("祝贺") if self._may_greet else _("查看")


def _shown(place: int, row: BirthdayRow, today: date, action: str) -> BirthdayShown:
    """A client with two lines in a leap month has two ids."""
    ahead = (row.on - today).days
    kept = row.written if row.calendar is BirthdayKept.LUNAR else _("公历")
    age = _("{age} 岁").format(age=row.age) if row.age is not None else ""
    soon = ngettext("{count} 天后", "{count} 天后", ahead).format(count=ahead)
    return BirthdayShown(
        place, row.client_name, f"{row.on:%m-%d} {row.weekday}", row.way, action,
        " · ".join([soon, f"{kept} {age}".strip()]), row,
    )  # fmt: skip


def _action_tone(shown: BirthdayShown) -> str:
    """What is done or left out waits for nobody."""
    is_over = shown.row.ways.is_skipped or shown.row.greeted_on is not None
    return "text2" if is_over else "accent"


def _badges(shown: BirthdayShown) -> list[BadgeText]:
    ways = shown.row.ways
    if ways.is_skipped:
        return [BadgeText(_("免打扰"))]
    if not ways.ways:
        return [BadgeText(_("无可用渠道"), "crit")]
    if Channel.SMS in ways.ways:
        return [BadgeText(_("短信 ✓"), "ok")]
    if ways.ways == (Channel.PHONE,):
        return [BadgeText(_("仅电话"), "warn")]
    return [BadgeText(ways.ways[0].label, "ok")]
