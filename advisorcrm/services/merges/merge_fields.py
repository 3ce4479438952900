"""What of two files is compared and chosen when they become one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from advisorcrm.models import Client
from advisorcrm.services.histories.history_words import Words, field_label
from advisorcrm.terms import DO_NOT_DISTURB

RISK = "risk_level"
QUIET, RESTRICTED = "service_need", "is_restricted"
"""不愿打扰 and 限制处理: what a person asked for holds for the one file as it did for either."""

GROUPS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "pinyin", "initials"),
    "alias": ("alias",),
    "kind": ("kind",),
    "sex": ("sex",),
    "tier": ("tier",),
    "advisor_id": ("advisor_id",),
    "client_group_id": ("client_group_id",),
    "address": ("address",),
    "convenient_time": ("convenient_time",),
    "contact_every_days": ("contact_every_days",),
    "investment_preference": ("investment_preference",),
    "trading_habit": ("trading_habit",),
    QUIET: (QUIET,),
    RESTRICTED: (RESTRICTED,),
    "wealth_content": ("wealth_content",),
    "wealth_way": ("wealth_way",),
    "trading_way": ("trading_way",),
    "commission_ppm": ("commission_ppm",),
    "commission_attitude": ("commission_attitude",),
    "commission_year_fen": ("commission_year_fen",),
    "assets_fen": ("assets_fen",),
    "investor_kind": ("investor_kind",),
    RISK: (RISK, "risk_tested_on", "risk_expires_on", "is_lowest_risk"),
    "id_number": ("id_number", "id_document", "id_expires_on", "id_is_permanent"),
    "birthday": ("birthday", "birthday_month_day"),
    "lunar_month": ("lunar_month", "lunar_day", "lunar_is_leap"),
    "birthday_kept": ("birthday_kept",),
    "occupation": ("occupation",),
    "employer": ("employer",),
    "education": ("education",),
    "hobbies": ("hobbies",),
    "personality": ("personality",),
    "family": ("family",),
    "invests_since": ("invests_since",),
    "household_id": ("household_id", "is_household_head"),
    "tags": ("tags",),
    "opened_on": ("opened_on",),
    "remark": ("remark",),
}
"""A choice and the columns that go with it; the first is what is shown and asked about.

Account, number and stage are no choices: both accounts stay, the merged number goes on finding
the file, the stage is that of the file that stays.
"""


class Side(StrEnum):
    """Whose value is taken."""

    KEPT = "kept"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class MergeField:
    """One field as both files have it, in words, masked; ``is_locked`` leaves no choice.

    ``kept_from`` and ``merged_from`` say where either value comes from.
    """

    name: str
    label: str
    kept: str
    merged: str
    proposed: Side
    is_locked: bool = False
    kept_from: str = ""
    merged_from: str = ""

    @property
    def is_asked(self) -> bool:
        """Whether both sides hold something and it differs."""
        return bool(self.kept and self.merged)


def compare_fields(kept: Client, merged: Client, words: Words, today: date) -> list[MergeField]:
    """The fields in which two files differ; equal ones need no choice."""
    return [
        _field(name, kept, merged, words, today)
        for name, columns in GROUPS.items()
        if any(_value(kept, column) != _value(merged, column) for column in columns)
    ]


def values_to_store(
    kept: Client, merged: Client, choices: Mapping[str, Side], today: date
) -> dict[str, Any]:
    """What changes in the file that stays: chosen values, and blanks filled from the other."""
    changes: dict[str, Any] = {}
    for name, columns in GROUPS.items():
        side = _proposed(name, kept, merged, today)
        if name in choices and not _is_locked(name, kept, merged):
            side = choices[name]
        if side is Side.MERGED:
            changes.update(
                {
                    column: getattr(merged, column)
                    for column in columns
                    if _value(kept, column) != _value(merged, column)
                }
            )
    return changes


def _field(name: str, kept: Client, merged: Client, words: Words, today: date) -> MergeField:
    return MergeField(
        name,
        field_label(name),
        words.field(name, _value(kept, name)),
        words.field(name, _value(merged, name)),
        _proposed(name, kept, merged, today),
        _is_locked(name, kept, merged),
    )


def _proposed(name: str, kept: Client, merged: Client, today: date) -> Side:
    """The file that stays, unless it is blank or the other has asked for more quiet.

    Of two risk tests the one that is valid longer.
    """
    if _is_strict(name, kept) or _is_strict(name, merged):
        return Side.KEPT if _is_strict(name, kept) else Side.MERGED
    if name == RISK and _is_locked(name, kept, merged):
        return _longer_valid(kept, merged, today)
    return Side.MERGED if _value(kept, name) is None else Side.KEPT


def _is_locked(name: str, kept: Client, merged: Client) -> bool:
    if _is_strict(name, kept) or _is_strict(name, merged):
        return True
    return name == RISK and _value(kept, name) is not None and _value(merged, name) is not None


def _is_strict(name: str, client: Client) -> bool:
    """Whether a file holds a wish that no choice may take away (R74, 2.7d)."""
    if name == QUIET:
        return client.service_need == DO_NOT_DISTURB
    return name == RESTRICTED and client.is_restricted


def _longer_valid(kept: Client, merged: Client, today: date) -> Side:
    def until(client: Client) -> date:
        return client.risk_expires_on or client.risk_tested_on or date.min

    mine, theirs = until(kept), until(merged)
    if max(mine, theirs) < today:
        mine, theirs = kept.risk_tested_on or date.min, merged.risk_tested_on or date.min
    return Side.MERGED if theirs > mine else Side.KEPT


def _value(client: Client, column: str) -> Any:
    """A value, with everything that is blank as None."""
    value = getattr(client, column)
    return None if value in ("", (), False) else value
