"""What is due as lines: the time in words, the kind, whom it is about, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from advisorcrm.columns import BRANCH_TIME, Column, branch_date
from advisorcrm.i18n import N_, _, pgettext
from advisorcrm.rules.duties import has_begun
from advisorcrm.rules.plain_dates import day_label
from advisorcrm.services.dues.dues import DueRow
from advisorcrm.terms import DAY_ENDS, DueKind
from advisorcrm.views.table_cells import Look
from advisorcrm.views.widgets.badge import BadgeText

TALKS = frozenset({DueKind.NEXT_STEP, DueKind.FIRST_CONTACT, DueKind.NEW_CLIENT_CALL})
"""Done by a conversation: Enter opens the form for it."""
_OPEN, _DONE, _CALL = N_("打开"), N_("完成"), N_("回访")
_WRITE, _CLOSE = N_("填写"), N_("补收尾")


@dataclass(frozen=True, slots=True)
class DueShown:
    """One line of 到期与逾期."""

    id: int
    when: Annotated[str, Column("期限", width=16)]
    kind: Annotated[str, Column("事项", width=14)]
    client: Annotated[str, Column("客户", width=12)]
    reason: Annotated[str, Column("内容", width=26)]
    person: Annotated[str, Column("负责人", width=10)]
    action: Annotated[str, Column("", align="right", width=9)]
    row: DueRow
    is_today: bool


def due_shown(
    rows: tuple[DueRow, ...], now: datetime, own_id: int | None = None, *, may_log: bool = True
) -> list[DueShown]:
    """The rows in words; places are ids here, one client may stand in several.

    ``own_id`` is the person at the desk, whose duties can be recorded as done.
    """
    return [
        _shown(place, row, now, _action(row, own_id, now, may_log=may_log))
        for place, row in enumerate(rows)
    ]


def is_own_duty(row: DueRow, own_id: int | None, now: datetime) -> bool:
    """Done by saying so: a duty of week or month of the person at the desk."""
    is_own = row.user_id is not None and row.user_id == own_id
    return is_own and has_begun(row.kind, row.subject_id, branch_date(now))


def due_looks() -> Mapping[str, Look]:
    """How the columns are drawn."""
    return {
        "when": Look(tone=_tone, icon=_icon),
        "kind": Look(badges=_badge),
        "client": Look(is_name=True),
        "person": Look(tone="text2"),
        "action": Look(tone="accent"),
    }


def _shown(place: int, row: DueRow, now: datetime, action: str) -> DueShown:
    local = now.astimezone(BRANCH_TIME)
    has_client = row.client_id is not None
    return DueShown(
        place, when_text(row, local), row.kind.label, row.title if has_client else "—",
        row.reason if has_client or row.title in ("", row.kind.label) else
        f"{row.title} · {row.reason}" if row.reason else row.title,
        row.person, action, row, row.due_on == local.date(),
    )  # fmt: skip


def _action(row: DueRow, own_id: int | None, now: datetime, *, may_log: bool) -> str:
    if is_own_duty(row, own_id, now):
        return _(_DONE)
    if row.kind in DAY_ENDS and row.user_id == own_id:
        return _(_WRITE if row.kind is DueKind.TODAY_END else _CLOSE)
    if row.client_id is None:
        return ""
    if row.kind is DueKind.CALLBACK:
        return _(_CALL)
    return pgettext("action", "记录") if may_log and row.kind in TALKS else _(_OPEN)


def when_text(row: DueRow, local: datetime) -> str:
    """``超 2 小时 10 分``, ``今日 15:30``, ``11-23 周一``."""
    clock = f" {row.due_time:%H:%M}" if row.due_time else ""
    if row.is_overdue:
        return _("超 {time}").format(time=_elapsed(row, local))
    if row.due_on == local.date():
        return _("今日") + clock
    return f"{day_label(f'{row.due_on:%m-%d}', row.due_on)}{clock}"


def next_words(row: DueRow, now: datetime) -> str:
    """``下一项：11-23 周一 新客回访（贺敏）``."""
    when = when_text(row, now.astimezone(BRANCH_TIME))
    who = _("（{name}）").format(name=row.title) if row.client_id is not None else ""
    form = _("下一项：{when} {kind}{who}")
    return form.format(when=when, kind=row.kind.label, who=who)


def _elapsed(row: DueRow, local: datetime) -> str:
    if row.days_late:
        return _("{count} 天").format(count=row.days_late)
    late = max(local - row.due_at, timedelta())
    hours, minutes = divmod(int(late.total_seconds()) // 60, 60)
    if not hours:
        return _("{count} 分").format(count=minutes)
    return _("{hours} 小时 {count} 分").format(hours=hours, count=minutes)


def _tone(shown: DueShown) -> str:
    if shown.row.is_overdue:
        return "crit"
    return "warn" if shown.is_today else "text2"


def _icon(shown: DueShown) -> str:
    return f"{'alarm-clock' if shown.row.is_overdue else 'clock'}/{_tone(shown)}"


def _badge(shown: DueShown) -> list[BadgeText]:
    kind = {"crit": "crit", "warn": "warn"}.get(_tone(shown), "mute")
    return [BadgeText(shown.kind, kind)]
