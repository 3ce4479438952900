"""A rule for one column of a file: which fields of the client's file it governs."""

from __future__ import annotations

from collections.abc import Mapping

from advisorcrm.imports.birthday_parts import PARTS
from advisorcrm.imports.import_plan import ImportRules
from advisorcrm.terms import ImportRule

_STORED_AS: Mapping[str, tuple[str, ...]] = {
    "name_family": ("name",),
    "name_middle": ("name",),
    "name_given": ("name",),
    "no_service": ("service_need",),
    "phone": ("mobile", "landline"),
    "other_points": ("mobile", "landline", "email", "wechat", "qq"),
    "birthday": ("birthday", "birthday_month_day"),
    "birthday_either": ("birthday", "birthday_month_day", "lunar_month"),
    **dict.fromkeys(PARTS, ("birthday", "birthday_month_day")),
    "lunar_birthday": ("lunar_month",),
    "job_title": ("occupation",),
    "advisor": ("advisor_id",),
    "advisor_no": ("advisor_id",),
    "client_group": ("client_group_id",),
    "address_province": ("address",),
    "address_city": ("address",),
}
"""Columns that are stored under another name, or in several fields."""

KEYS = frozenset({"account", "client_no"})
"""Columns that say whose row it is; no rule changes them."""


def rules_of_columns(default: ImportRule, by_column: Mapping[str, ImportRule]) -> ImportRules:
    """The rules of a file: one for all, and others for single columns."""
    by_field = {
        stored: rule
        for name, rule in by_column.items()
        if name not in KEYS and rule is not default
        for stored in _STORED_AS.get(name, (name,))
    }
    return ImportRules(default, by_field)
