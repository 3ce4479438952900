"""From a cell to the value that is stored: one cleaner per field, the same rules as the screen.

A cleaner gets what the sheet holds (text, number, date) and returns the value, None for an
empty cell or ``UNCHANGED`` for a masked one; what is wrong raises InvalidFieldError.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.imports import (
    cell_choices,
    cell_dates,
    cell_figures,
    cell_points,
    cell_texts,
    contact_cells,
    own_headings,
)
from advisorcrm.imports.cell_values import Cleaner, ColumnContext, Values
from advisorcrm.imports.raw_table import NOT_FOUND, SHEET_ERRORS, UNCOMPUTED, Cell
from advisorcrm.services.files.own_values import is_own
from advisorcrm.terms import BirthdayKept, ClientKind, IdDocument, PointKind

UNIQUE = frozenset(
    {"name", "account", "client_no", "mobile", "landline", "phone", "email", "wechat", "qq",
     "fax", "other_points", "remark", "address", "id_number", "assets_fen",
     "commission_year_fen", "name_given"}
)  # fmt: skip
"""Fields whose cells rarely repeat: remembering what they became would only cost memory."""


def cleaner_for(field: str, context: ColumnContext) -> Cleaner:
    """The cleaner of one field under one heading."""
    made = contact_cells.contact_cleaner(field) if context.is_contacts else None
    if made is not None:
        return made
    if is_own(field):
        return own_headings.own_cleaner(field, context)
    if field in cell_choices.LISTED:
        return cell_choices.listed_cleaner(field, context)
    if field in _MADE:
        return _MADE[field](context)
    return _PLAIN.get(field) or partial(cell_texts.clean_short, field)


def without_sheet_errors(field: str, clean: Cleaner) -> Cleaner:
    """The cleaner for a column in which some cells hold an error of the sheet, or no value."""

    def checked(cell: Cell) -> object:
        if cell == UNCOMPUTED:
            raise InvalidFieldError(
                field, _("这一格是公式，文件里没有计算结果。请用表格软件打开并保存后再导入。")
            )
        if cell == NOT_FOUND and field not in _KEYS:
            return Values((), _("表格里是 #N/A（没有查到），按空白处理。"))
        if isinstance(cell, str) and cell in SHEET_ERRORS:
            raise InvalidFieldError(
                field, _("表格里是错误值 {error}，不是内容，请改好后再导入。").format(error=cell)
            )
        return clean(cell)

    return checked


_KEYS = frozenset({"name", "account", "client_no"})
_MADE: dict[str, Callable[[ColumnContext], Cleaner]] = {
    "account": partial(cell_texts.key_cleaner, "account"),
    "client_no": partial(cell_texts.key_cleaner, "client_no"),
    "tier": cell_choices.tier_cleaner,
    "service_need": partial(cell_choices.service_cleaner, asks_refusal=False),
    "no_service": partial(cell_choices.service_cleaner, asks_refusal=True),
    "kind": lambda _context: cell_choices.term_cleaner("kind", ClientKind),
    "birthday_kept": lambda _context: cell_choices.term_cleaner("birthday_kept", BirthdayKept),
    "id_document": lambda _context: cell_choices.term_cleaner("id_document", IdDocument),
    "investor_kind": lambda _context: cell_choices.investor_cleaner(),
    "sex": lambda _context: cell_choices.sex_cleaner(),
    "risk_level": lambda _context: cell_choices.risk_cleaner(),
    "assets_fen": partial(cell_figures.money_cleaner, "assets_fen"),
    "commission_year_fen": partial(cell_figures.money_cleaner, "commission_year_fen"),
    "commission_ppm": cell_figures.rate_cleaner,
    "birthday": cell_dates.birthday_cleaner,
    "birthday_either": cell_dates.birthday_cleaner,
    "lunar_birthday": cell_dates.lunar_birthday_cleaner,
    "opened_on": partial(cell_dates.date_cleaner, "opened_on"),
    "risk_tested_on": partial(cell_dates.date_cleaner, "risk_tested_on"),
    "risk_expires_on": partial(cell_dates.expiry_cleaner, "risk_expires_on"),
    "id_expires_on": partial(cell_dates.expiry_cleaner, "id_expires_on"),
}
"""Cleaners that depend on the heading, the branch's lists or the day."""

_PLAIN: dict[str, Cleaner] = {
    "name": cell_texts.clean_name,
    "name_family": cell_texts.clean_name,
    "name_middle": cell_texts.clean_name,
    "name_given": cell_texts.clean_name,
    "remark": cell_texts.clean_remark,
    "address": cell_texts.clean_address,
    "id_number": cell_texts.clean_id_number,
    "mobile": partial(cell_points.clean_phones, "mobile"),
    "landline": partial(cell_points.clean_phones, "landline"),
    "phone": partial(cell_points.clean_phones, "phone"),
    "email": cell_points.clean_emails,
    "wechat": partial(cell_points.clean_messenger, PointKind.WECHAT),
    "qq": partial(cell_points.clean_messenger, PointKind.QQ),
    "other_points": cell_points.clean_other_points,
    "stage": cell_choices.clean_stage,
    "contact_every_days": cell_figures.clean_frequency,
    "invests_since": cell_figures.clean_first_year,
}
"""Cleaners that need the cell alone; every other field is a short text."""
