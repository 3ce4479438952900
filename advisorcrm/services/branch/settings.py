"""Settings: one typed record with defaults, the choices of the branch and of each person."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import Integer, select
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.prepared import Prepared, slot
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.models import Setting
from advisorcrm.rules.reminding import KindRule, default_rules, read_rules
from advisorcrm.services.access import Right, demand
from advisorcrm.services.branch.compliance_parameters import (
    CONTACT_HOURS,
    FIRST_CONTACT_DAYS,
    ID_REMINDERS,
    ID_WARNING_DAYS,
    IMPORT_UNDO_DAYS,
    MERGE_UNDO_DAYS,
    REVEAL_SECONDS,
    RISK_REMINDERS,
    RISK_TEST_MONTHS,
    VISITS_A_DAY,
    load_compliance,
)
from advisorcrm.terms import DueKind


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person works with; the branch's choice unless the person has made another.

    ``contact_hours`` are the hours in which clients may be disturbed (R221), ``risk_test_months``
    how long a suitability test is valid (2.4c), ``shift_copy_folder`` where
    the second copy of a shift log goes (R233). ``visits_a_day`` is how many different clients an
    advisor speaks with (R33), ``visit_ways`` by which ways; the two weights say in per cent what
    a client's contribution is made of when visits are suggested (R34); ``reminder_rules`` are read
    by ``reminding``. ``first_contact_days``, ``reveal_seconds``, ``import_undo_days`` and
    ``merge_undo_days`` are figures of the branch as well (R218, 2.7f, R246), and so are the steps
    before the end of a test or a document (2.4c, 2.9b).
    """

    language: str = "zh_CN"
    theme: str = "system"
    font_percent: int = 100
    row_height: str = "standard"
    lock_after_minutes: int = 5
    single_keys: bool = True
    high_end_tiers: tuple[str, ...] = ("platinum", "gold")
    list_columns: tuple[str, ...] = ()
    warn_backup_after_hours: int = 24
    contact_hours: tuple[str, ...] = ("08:30-12:00", "13:00-20:00")
    risk_test_months: int = 24
    attachment_mb: int = 20
    birthday_from_days: int = 2
    birthday_to_days: int = 7
    shift_copy_folder: str = ""
    visits_a_day: int = 3
    first_contact_days: int = 7
    reveal_seconds: int = 30
    import_undo_days: int = 7
    merge_undo_days: int = 30
    visit_ways: tuple[str, ...] = ("phone", "meeting", "wechat", "system", "qq", "on_site")
    visit_weight_commission: int = 50
    visit_weight_assets: int = 50
    reminder_rules: tuple[str, ...] = ()
    risk_reminders: tuple[int, ...] = (60, 30, 7)
    id_reminders: tuple[int, ...] = (90, 60, 30, 7, 0)
    id_warning_days: int = 60

    def reminding(self) -> dict[DueKind, KindRule]:
        """How the person is told of each kind; the lead times of ends are the branch's."""
        steps = {DueKind.RISK_TEST: self.risk_reminders, DueKind.ID_DOCUMENT: self.id_reminders}
        return read_rules(self.reminder_rules, steps, self.default_rules())

    def default_rules(self) -> dict[DueKind, KindRule]:
        """How a person is told who has chosen nothing."""
        return default_rules((self.birthday_from_days, self.birthday_to_days))

    def warns_of(self, kind: DueKind) -> int:
        """From so many days before the end of a test or document on it is marked."""
        return max(self.risk_reminders) if kind is DueKind.RISK_TEST else self.id_warning_days


_OWN = frozenset(
    {"language", "theme", "font_percent", "row_height", "single_keys", "list_columns",
     "shift_copy_folder", "reminder_rules"}
)  # fmt: skip
_TWO_PERSONS = frozenset(
    {CONTACT_HOURS, RISK_TEST_MONTHS, VISITS_A_DAY, FIRST_CONTACT_DAYS, REVEAL_SECONDS,
     IMPORT_UNDO_DAYS, MERGE_UNDO_DAYS, RISK_REMINDERS, ID_REMINDERS, ID_WARNING_DAYS}
)  # fmt: skip
"""Prescribed by rules: changed as compliance parameters, never by one person alone."""
_LIMITS = {
    "font_percent": (90, 200),
    "lock_after_minutes": (1, 30),
    "attachment_mb": (1, 100),
    "visit_weight_commission": (0, 100),
    "visit_weight_assets": (0, 100),
    "birthday_from_days": (0, 60),
    "birthday_to_days": (0, 60),
}


def load_settings(session: Session, actor: Actor) -> Settings:
    """The settings in force for a person."""
    values: dict[str, Any] = {}
    for name, text in _CHOSEN.ask(session, whose=actor.user_id):
        if name in _KNOWN:
            value = json.loads(text)
            values[name] = tuple(value) if isinstance(value, list) else value
    rules = load_compliance(session)
    values |= {name: getattr(rules, name) for name in _TWO_PERSONS}
    return replace(Settings(), **values)


_KNOWN = frozenset(item.name for item in fields(Settings))
_CHOSEN = Prepared(
    select(Setting.name, Setting.value)
    .where(Setting.user_id.is_(None) | (Setting.user_id == slot("whose", Integer())))
    .order_by(Setting.user_id.is_not(None))
)


def save_setting(session: Session, actor: Actor, name: str, value: Any) -> None:
    """Change one setting: a person's own, or the branch's by those who may.

    Raises InvalidFieldError for an unknown name or a value out of bounds.
    """
    if name not in _KNOWN:
        raise InvalidFieldError(name, _("没有这项设置。"))
    if name == "reminder_rules":
        _check_rules(value)
    if name in _TWO_PERSONS:
        raise InvalidFieldError(name, _("这是合规参数，须在合规参数里由两人修改。"))
    low, high = _LIMITS.get(name, (None, None))
    if low is not None and high is not None and not _is_between(value, low, high):
        raise InvalidFieldError(
            name, _("请填 {low} 到 {high} 之间的数。").format(low=low, high=high)
        )
    owner = actor.user_id if name in _OWN else None
    if owner is None:
        demand(actor, Right.MANAGE_BRANCH)
    mine = Setting.user_id.is_(None) if owner is None else Setting.user_id == owner
    row = session.scalar(select(Setting).where(Setting.name == name, mine))
    text = json.dumps(value, ensure_ascii=False)
    if row is None:
        session.add(Setting(user_id=owner, name=name, value=text))
    else:
        row.value = text


def _check_rules(value: Any) -> None:
    try:
        read_rules(value)
    except ValueError as error:
        raise InvalidFieldError("reminder_rules", _("提醒的设置看不懂，请重新选择。")) from error


def _is_between(value: Any, low: int, high: int) -> bool:
    return isinstance(value, int) and low <= value <= high
