"""工作日志 of one person and day on one page: summary, plan, matters and answers (R47, R27)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

from sqlalchemy.orm import Session

from advisorcrm.columns import BRANCH_TIME, Column
from advisorcrm.exports.forms import Filling, fill
from advisorcrm.exports.imprint import Imprint, Leaving, take_imprint
from advisorcrm.exports.progress import Progress, unheard
from advisorcrm.exports.sheet import Sheet
from advisorcrm.exports.workbook import write_forms
from advisorcrm.rules.masking import mask_words
from advisorcrm.services.access import Actor
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.days.day_closings import DaySheet, open_day
from advisorcrm.terms import AccessKind

FORM, SUBJECT = "day_closing", "工作日志"


@dataclass(frozen=True, slots=True)
class DayRequest:
    """Which day of whom: the own one without a person."""

    on: date
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class DaySheetRow:
    """The day as the form shows it."""

    summary: Annotated[str, Column("当日工作总结")]
    acceptance: Annotated[str, Column("资讯推送与客户接受程度")]
    reactions: Annotated[str, Column("今日沟通、反映与任务")]


def register_day(
    session: Session,
    actor: Actor,
    request: DayRequest,
    *,
    now: datetime,
    kind: AccessKind = AccessKind.EXPORT,
) -> Imprint:
    """Demand the right and note in the access log what is about to leave; a write."""
    day = open_day(session, actor, on=request.on, user_id=request.user_id)
    subject = f"{SUBJECT} {day.on} {day.user_name}"
    return take_imprint(session, actor, Leaving(subject, kind), now=now)


def day_sheet(
    session: Session,
    actor: Actor,
    request: DayRequest,
    imprint: Imprint,
    *,
    progress: Progress = unheard,
) -> Sheet:
    """The filled form; numbers in it are masked, the own ones too."""
    progress(0, 0)
    day = open_day(session, actor, on=request.on, user_id=request.user_id)
    closed = day.closed_at.astimezone(BRANCH_TIME).strftime("%H:%M") if day.closed_at else "未收尾"
    words = imprint.words() | {"person": day.user_name, "on": day.on.isoformat(), "closed": closed}
    plans = [replace(plan, text=mask_words(plan.text)) for plan in day.plans]
    tables = {"plans": plans, "matters": day.matters}
    return fill(FORM, Filling(words, load_code_book(session, actor), _record(day), tables))


def export_day(
    session: Session,
    actor: Actor,
    request: DayRequest,
    imprint: Imprint,
    path: Path,
    *,
    progress: Progress = unheard,
) -> int:
    """Write the form as a workbook; returns how many sheets it has."""
    write_forms(path, [day_sheet(session, actor, request, imprint, progress=progress)])
    return 1


def _record(day: DaySheet) -> DaySheetRow:
    parts = [f"沟通 {day.contacts} 次"]
    parts += [f"{reaction.label_zh} {count}" for reaction, count in day.reactions.items()]
    parts.append(f"任务已办 {day.tasks.done}，未办 {day.tasks.left}")
    return DaySheetRow(mask_words(day.summary), mask_words(day.acceptance), "，".join(parts))
