"""Card 情感服务: birthdays in both calendars, occupation, hobbies, character (R112)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from advisorcrm.i18n import _
from advisorcrm.rules.lunar import LunarDate, kept_in, solar_date_of
from advisorcrm.rules.plain_dates import weekday_label
from advisorcrm.terms import BirthdayKept
from advisorcrm.views.clients import file_values
from advisorcrm.views.clients.field_grid import FieldGrid
from advisorcrm.views.clients.field_maker import FieldMaker
from advisorcrm.views.clients.file_field import FileField, Meaning
from advisorcrm.views.clients.lunar_line import LunarLine
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.date_line import DateLine
from advisorcrm.views.widgets.field import Verdict
from advisorcrm.views.widgets.level import Level


class CareCard(Card):
    """A lunar birthday says on which day it is kept this year."""

    def __init__(self, maker: FieldMaker, parent: QWidget | None = None) -> None:
        super().__init__(_("情感服务"), parent=parent)
        self.kept = maker.term("birthday_kept", BirthdayKept, empty=False)
        self._fields = [
            _solar(maker),
            _lunar(maker),
            self.kept,
            maker.text("occupation"),
            maker.text("employer"),
            maker.text("hobbies"),
            maker.text("personality"),
            maker.text("family", hint=_("如 配偶、子女，独居请注明")),
            maker.text("education"),
            maker.text("invests_since", hint=_("年份")),
        ]
        grid = FieldGrid()
        for field in self._fields:
            grid.add(field.field)
        self.add(grid)

    def fields(self) -> list[FileField]:
        """All fields of the card."""
        return self._fields


def _solar(maker: FieldMaker) -> FileField:
    clock = maker.around.clock
    meaning = Meaning(
        ("birthday", "birthday_month_day"),
        file_values.write_solar_birthday,
        partial(file_values.read_solar_birthday, clock),
    )
    return maker.made_of(DateLine(partial(_birthday, clock)), meaning, hint=_("可不写年份"))


def _birthday(clock: file_values.Clock, text: str) -> date | None:
    from advisorcrm.errors import InvalidFieldError

    try:
        found: date | None = file_values.read_solar_birthday(clock, text)["birthday"]
    except InvalidFieldError:
        return None
    return found


def _lunar(maker: FieldMaker) -> FileField:
    meaning = Meaning(
        ("lunar_month", "lunar_day", "lunar_is_leap"),
        file_values.write_lunar_birthday,
        file_values.read_lunar_birthday,
        partial(advise_lunar, maker.around),
    )
    return maker.made_of(LunarLine(), meaning)


def advise_lunar(around: Surroundings, values: Mapping[str, Any]) -> Verdict | None:
    """``今年公历 2026-11-23 周一``, and on which day instead if this year lacks the date."""
    lunar = file_values.lunar_of_file(values)
    if lunar is None:
        return None
    return Verdict(Level.OK, this_year(lunar, around.today().year))


def this_year(lunar: LunarDate, year: int) -> str:
    """On which solar day a lunar birthday is kept in a year."""
    on, kept = solar_date_of(lunar, year), kept_in(lunar, year)
    words = {"date": on.isoformat(), "weekday": weekday_label(on), "kept": kept.label_zh}
    if kept != lunar:
        return _("今年没有这一天，过{kept}：{date} {weekday}").format(**words)
    return _("今年公历 {date} {weekday}").format(**words)
