"""Cells that hold dates: opening, tests, expiries, birthdays in either calendar."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from datetime import date

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.imports.cell_values import UNCHANGED, Cleaner, ColumnContext, Values, text_of
from advisorcrm.imports.date_systems import DAYS_FROM_1900_TO_1904
from advisorcrm.imports.raw_table import Cell
from advisorcrm.rules.lunar import LunarDate, read_lunar
from advisorcrm.rules.traditional import simplified
from advisorcrm.rules.written_birthdays import Birthday, read_birthday
from advisorcrm.rules.written_dates import IncompleteDateError, is_permanent, read_date
from advisorcrm.rules.written_text import is_nothing

_IN_THE_PAST = ("opened_on", "risk_tested_on")
_SERIALS = range(2_100, 109_574 - DAYS_FROM_1900_TO_1904)  # smaller ones are years
_SERIAL = re.compile(r"[1-9]\d{4}(?:\.\d+)?")
_AMONG_WORDS = re.compile(r"(?P<date>[^()（）]*\d[^()（）]*)[(（][^()（）\d]*[)）]")
_UNTIL = re.compile(r"^[至到]\s*(?=\d)|(?<=[\d日])\s*(?:止|到期|前)$")
_SPAN = re.compile(r"(?<=\d)\s*(?:-|—|至|到|~|－)\s*(?=(?:19|20)\d\d)")


def date_cleaner(field: str, context: ColumnContext) -> Cleaner:
    """A date; two-digit years of what lies behind us are not in the future.

    A month or a year alone is noted and left out: it costs nobody the rest of the row.
    """
    latest = context.today if field in _IN_THE_PAST else None

    def clean(cell: Cell) -> object:
        if isinstance(cell, str):
            if not cell.strip():
                return None
            if "*" in cell:
                return UNCHANGED
        cell = _from_1900(cell) if context.is_from_1904 else cell
        try:
            found, note = _date_and_words(cell, field, latest)
        except IncompleteDateError as error:
            return Values((), error.reason)
        if field == "risk_tested_on" and found is not None and latest and found > latest:
            raise InvalidFieldError(field, _("测评日期不能晚于今天。"))
        return Values(((field, found),), note) if note else found

    return clean


def _date_and_words(cell: Cell, field: str, latest: date | None) -> tuple[date | None, str]:
    """A date, and what is said of words in brackets behind it: ``2020-01-02（补）``."""
    try:
        return read_date(cell, latest=latest, field=field), ""
    except IncompleteDateError:
        raise
    except InvalidFieldError:
        found = _AMONG_WORDS.fullmatch(cell.strip()) if isinstance(cell, str) else None
        if found is None:
            raise
    note = _("日期“{text}”里的说明没有导入，只导入了日期。").format(text=str(cell).strip()[:40])
    return read_date(found["date"].strip(), latest=latest, field=field), note


def expiry_cleaner(field: str, context: ColumnContext) -> Cleaner:
    """An expiry; ``长期`` never comes, of ``2010.1.1-2030.1.1`` the later date counts."""
    read = date_cleaner(field, context)
    is_document = field == "id_expires_on"

    def clean(cell: Cell) -> object:
        if is_permanent(simplified(text_of(cell))):
            return Values(
                (("id_expires_on", None), ("id_is_permanent", True)) if is_document else ()
            )
        return read(
            _UNTIL.sub("", _SPAN.split(cell.strip())[-1]) if isinstance(cell, str) else cell
        )

    return clean


def birthday_cleaner(context: ColumnContext) -> Cleaner:
    """A birthday, as much of it as was written; year and month alone are noted and left out."""

    def clean(cell: Cell) -> object:
        if isinstance(cell, str):
            if not cell.strip():
                return None
            if "*" in cell:
                return UNCHANGED
        cell = _from_1900(cell) if context.is_from_1904 else cell
        try:
            found = read_birthday(cell, latest=context.today)
        except IncompleteDateError as error:
            return Values((), error.reason)
        return None if found is None else _birthday(found, context.today)

    return clean


def _from_1900(cell: Cell) -> Cell:
    """The days of a bare number as other workbooks count them."""
    if isinstance(cell, str) and _SERIAL.fullmatch(cell.strip()):
        cell = float(cell)
    if isinstance(cell, (int, float)) and int(cell) in _SERIALS:
        return cell + DAYS_FROM_1900_TO_1904
    return cell


def _birthday(found: Birthday, today: date | None) -> object:
    if today is not None and found.solar is not None and found.solar > today:
        raise InvalidFieldError("birthday", _("生日不能晚于今天。"))
    if found.month_day is None and found.lunar is None and found.kept is None:
        return found.solar
    fields: list[tuple[str, object]] = []
    if found.solar is not None:
        fields.append(("birthday", found.solar))
    if found.month_day is not None:
        fields.append(("birthday_month_day", found.month_day))
    if found.lunar is not None:
        fields.extend(_lunar_fields(found.lunar))
    if found.kept is not None:
        fields.append(("birthday_kept", found.kept))
    return Values(tuple(fields))


def _lunar_fields(found: LunarDate) -> list[tuple[str, object]]:
    return [
        ("lunar_month", found.month),
        ("lunar_day", found.day),
        ("lunar_is_leap", found.is_leap),
    ]


def lunar_birthday_cleaner(context: ColumnContext) -> Cleaner:
    """A column of lunar birthdays: ``十月十五``, ``闰二月初三``, ``1970-8-15``."""

    def clean(cell: Cell) -> object:
        text = simplified(text_of(cell)).strip()
        if is_nothing(text):
            return None
        if "*" in text:
            return UNCHANGED
        try:
            return Values(tuple(_lunar_fields(read_lunar(text, field="lunar_birthday"))))
        except InvalidFieldError:
            found = _with_year(text, context.today)
            if found is None:
                raise
        return _birthday(replace(found, kept=None), context.today)

    return clean


def _with_year(text: str, today: date | None) -> Birthday | None:
    """A lunar birthday with the year of the lunar calendar in which it lay, if it is one."""
    for written in (text, f"{text}（农历）"):  # chinese: data
        with suppress(InvalidFieldError):
            found = read_birthday(written, latest=today, field="lunar_birthday")
            if found is not None and found.lunar is not None:
                return found
    return None
