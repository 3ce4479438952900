"""晨会纪要 and 夕会纪要, one sheet a meeting, as workbook, document or paper (R23, R48)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Annotated

from sqlalchemy.orm import Session

from advisorcrm.columns import Column, branch_date
from advisorcrm.exports.document import write_document
from advisorcrm.exports.forms import Filling, fill
from advisorcrm.exports.imprint import Imprint, Leaving, take_imprint
from advisorcrm.exports.progress import Progress, unheard
from advisorcrm.exports.sheet import Sheet
from advisorcrm.exports.workbook import write_forms
from advisorcrm.rules.masking import mask_words
from advisorcrm.services.access import Actor
from advisorcrm.services.meetings.company_views import CompanyViewRow
from advisorcrm.services.meetings.meetings import ITEMS, ActionItem, Minutes, get_minutes
from advisorcrm.terms import AccessKind

FORM, DOCUMENT = "minutes", ".docx"
_DRAFT, _FINAL = "草稿，未定稿", "已定稿"


@dataclass(frozen=True, slots=True)
class MinutesHead:
    """Who was there, as the form shows it."""

    present: Annotated[str, Column("出席人员")]
    absent: Annotated[str, Column("缺席人员")]


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One prescribed item."""

    item: Annotated[str, Column("议题")]
    content: Annotated[str, Column("会议内容")]


@dataclass(frozen=True, slots=True)
class ViewLine:
    """One view the meeting decided, to be pushed or not."""

    subject: Annotated[str, Column("股票或报告")]
    push: Annotated[str, Column("重点推送")]
    stance: Annotated[str, Column("统一观点")]
    holds: Annotated[str, Column("有效期")]
    points: Annotated[str, Column("要点")]
    source: Annotated[str, Column("来源")]


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One task the meeting gave."""

    title: Annotated[str, Column("行动项")]
    doer: Annotated[str, Column("负责人")]
    due_on: Annotated[str, Column("期限")]
    outcome: Annotated[str, Column("完成情况")]


def register_minutes(
    session: Session,
    actor: Actor,
    meeting_id: int,
    *,
    now: datetime,
    kind: AccessKind = AccessKind.EXPORT,
) -> Imprint:
    """Demand the right and note in the access log what is about to leave; a write."""
    minutes = get_minutes(session, actor, meeting_id)
    return take_imprint(session, actor, Leaving(file_stem(minutes), kind), now=now)


def file_stem(minutes: Minutes) -> str:
    """``2026-11-20夕会纪要``."""
    return f"{minutes.held_on.isoformat()}{minutes.kind.label_zh}纪要"


def minutes_sheet(
    session: Session,
    actor: Actor,
    meeting_id: int,
    imprint: Imprint,
    *,
    progress: Progress = unheard,
) -> Sheet:
    """The filled form: items in the prescribed order, decisions, action items; numbers masked."""
    progress(0, 0)
    minutes = get_minutes(session, actor, meeting_id)
    words = imprint.words() | {
        "kind": minutes.kind.label_zh,
        "held_on": minutes.held_on.isoformat(),
        "times": f"{_clock(minutes.starts_at)}–{_clock(minutes.ends_at)}",
        "place": minutes.place,
        "chair": minutes.chair_name,
        "recorder": minutes.recorder_name,
        "state": _FINAL if minutes.closed_at else _DRAFT,
    }
    tables: dict[str, list[object]] = {
        "items": [
            ItemLine(item.label_zh, mask_words(minutes.items.get(item, "")))
            for item in ITEMS[minutes.kind]
        ],
        "views": [_view(row) for row in minutes.views],
        "actions": [_action(row) for row in minutes.actions],
    }
    return fill(FORM, Filling(words, record=_head(minutes), tables=tables))


def export_minutes(
    session: Session,
    actor: Actor,
    meeting_id: int,
    imprint: Imprint,
    path: Path,
    *,
    progress: Progress = unheard,
) -> int:
    """Write workbook or document; returns 1, the one sheet."""
    sheet = minutes_sheet(session, actor, meeting_id, imprint, progress=progress)
    if path.suffix.lower() == DOCUMENT:
        write_document(path, sheet)
    else:
        write_forms(path, [sheet])
    return 1


def _head(minutes: Minutes) -> MinutesHead:
    present = [one.name for one in minutes.attendees if one.is_present]
    absent = [one.name for one in minutes.attendees if not one.is_present]
    return MinutesHead("、".join(present), "、".join(absent) or "无")


def _view(row: CompanyViewRow) -> ViewLine:
    stance, points = row.stance.label_zh, row.points
    if row.withdrawn_at is not None:
        stance = f"{stance}（已撤回）"
        on = branch_date(row.withdrawn_at).isoformat()
        points = "；".join(filter(None, (f"{on} 撤回：{row.withdraw_reason}", points)))
    until = f"{row.holds_from_on.isoformat()} 至 {row.holds_until_on.isoformat()}"
    return ViewLine(
        f"{row.subject} {row.code}".strip(),
        "是" if row.is_push else "否",
        stance,
        until,
        mask_words(points),
        row.source,
    )


def _action(row: ActionItem) -> ActionLine:
    outcome = "：".join(part for part in (row.state.label_zh, row.result) if part)
    due = row.due_on.isoformat()
    return ActionLine(mask_words(row.title), row.doer_name, due, mask_words(outcome))


def _clock(at: time | None) -> str:
    return f"{at:%H:%M}" if at else ""
