"""The work log of a day: what was done, how news was taken, tomorrow's plan (R27, R47)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Annotated

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, func, or_, select
from sqlalchemy.orm import Session

from advisorcrm.columns import Column, Form, branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import ContactLog, DayClosing, DayMatter, DayPlan, Task, User
from advisorcrm.models.base import LONG_TEXT
from advisorcrm.rules.masking import mask_words
from advisorcrm.rules.workdays import add_workdays
from advisorcrm.services.access import Right, demand, may
from advisorcrm.services.branch.working_days import holiday_table
from advisorcrm.services.clients.client_matters import start_of
from advisorcrm.services.days.day_access import find_day, own_day
from advisorcrm.services.days.day_items import list_day_items
from advisorcrm.services.days.day_matters import MatterRow, matters_of, report_matters
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.services.tasks.tasks import NewTask, TaskData, add_task
from advisorcrm.terms import Reaction, TaskSource, TaskState

_PLANS = uuid.UUID("5f3c1f5e-6d0b-4f0e-9c54-0d7a1a0c47a9")
"""Root of the names of tasks made of plan lines: closing again makes none twice."""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One line of tomorrow's plan."""

    id: int
    text: Annotated[str, Column("次日计划", width=40)]
    due_on: Annotated[date, Column("日期", width=12)]


@dataclass(frozen=True, slots=True)
class DayTasks:
    """How many tasks were done on the day, and how many were due and are not (R47)."""

    done: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True)
class DaySheet:
    """One person's day as it is written; ``reactions`` are those of the day's conversations."""

    user_id: int
    user_name: str
    on: date
    summary: str = ""
    acceptance: str = ""
    closed_at: datetime | None = None
    plans: tuple[PlanRow, ...] = ()
    matters: tuple[MatterRow, ...] = ()
    reactions: Mapping[Reaction, int] = field(default_factory=dict)
    contacts: int = 0
    tasks: DayTasks = DayTasks()
    is_mine: bool = True

    @property
    def may_write(self) -> bool:
        """Whether the person looking may still write."""
        return self.is_mine and self.closed_at is None


@dataclass(frozen=True, slots=True)
class DayRow:
    """One person's day in the list of work logs."""

    id: int
    on: Annotated[date, Column("日期", width=12)]
    user_name: Annotated[str, Column("姓名", width=10)]
    closed_at: Annotated[datetime | None, Column("收尾时间", width=16)]
    summary: Annotated[str, Column("当日工作总结", width=40)]
    acceptance: Annotated[str, Column("资讯推送与客户接受程度", width=24)]
    plans: Annotated[int, Column("计划", form=Form.PLAIN, align="right", width=6)]
    matters: Annotated[int, Column("上报", form=Form.PLAIN, align="right", width=6)]
    open_count: Annotated[int | None, Column("未办", form=Form.PLAIN, align="right", width=6)]
    user_id: int


def open_day(session: Session, actor: Actor, *, on: date, user_id: int | None = None) -> DaySheet:
    """A person's day, the own one or, for those who lead, anybody's (R47)."""
    who = _reader(actor, user_id)
    user = session.get(User, who)
    if user is None:
        raise NotFoundError(_("找不到这个人。"))
    sheet = DaySheet(
        who, user.name, on, reactions=_reactions(session, who, on),
        contacts=_contacts(session, who, on), tasks=_tasks(session, who, on),
        is_mine=who == actor.user_id,
    )  # fmt: skip
    day = find_day(session, who, on)
    if day is None:
        return sheet
    hide = str if sheet.is_mine else mask_words
    return replace(
        sheet,
        summary=hide(day.summary),
        acceptance=hide(day.acceptance),
        closed_at=day.closed_at,
        plans=tuple(replace(plan, text=hide(plan.text)) for plan in _plans_of(session, day.id)),
        matters=tuple(matters_of(session, day.id)),
    )


def list_days(session: Session, actor: Actor, *, from_on: date, to_on: date) -> list[DayRow]:
    """Work logs of some days, the newest first; those who lead read everybody's."""
    plans = _count_of(DayPlan)
    matters = _count_of(DayMatter)
    statement = (
        select(DayClosing, User.name, plans, matters)
        .join(User, User.id == DayClosing.user_id)
        .where(DayClosing.closing_on.between(from_on, to_on))
        .order_by(DayClosing.closing_on.desc(), User.name, DayClosing.id)
    )
    if not may(actor, Right.LEAD_TEAM):
        demand(actor, Right.LOG_CONTACTS)
        statement = statement.where(DayClosing.user_id == actor.user_id)
    return [
        DayRow(
            day.id, day.closing_on, name, day.closed_at, mask_words(day.summary),
            mask_words(day.acceptance), planned, reported,
            day.open_count if day.closed_at is not None else None, day.user_id,
        )
        for day, name, planned, reported in session.execute(statement)
    ]  # fmt: skip


def write_day(
    session: Session, actor: Actor, *, on: date, summary: str, acceptance: str, today: date
) -> None:
    """Keep what was written about the day, as long as it is not closed."""
    day = own_day(session, actor, on, today=today)
    day.summary = clean_text("summary", summary, limit=LONG_TEXT)
    day.acceptance = clean_text("acceptance", acceptance, limit=LONG_TEXT)


def add_plan(session: Session, actor: Actor, text: str, *, on: date, today: date) -> int:
    """One more line of the plan for the working day after ``on``."""
    day = own_day(session, actor, on, today=today)
    text = clean_text("text", text)
    if not text:
        raise InvalidFieldError("text", _("请写要做什么。"))
    plan = DayPlan(
        day_closing_id=day.id,
        user_id=actor.user_id,
        due_on=add_workdays(on, 1, holiday_table(session)),
        text=text,
    )
    session.add(plan)
    session.flush()  # the id is the answer
    return plan.id


def archive_plan(session: Session, actor: Actor, plan_id: int, *, now: datetime) -> None:
    """Take a line of the plan out."""
    _own_plan(session, actor, plan_id).archived_at = now


def restore_plan(session: Session, actor: Actor, plan_id: int) -> None:
    """Put a line of the plan back."""
    _own_plan(session, actor, plan_id).archived_at = None


def close_day(session: Session, actor: Actor, *, on: date, now: datetime) -> int:
    """End the day: plan lines become tasks, matters go to the leader (R47).

    Returns how many tasks were made. What is still unwritten then is counted. Raises
    InvalidFieldError without a summary or a plan.
    """
    today = branch_date(now)
    day = own_day(session, actor, on, today=today)
    if not day.summary:
        raise InvalidFieldError("summary", _("请先写当日工作总结。"))
    plans = _plans_of(session, day.id)
    if not plans:
        raise InvalidFieldError("plan", _("请至少写一条次日计划。"))
    day.open_count = len(list_day_items(session, actor, on=on))
    for plan in plans:
        data = TaskData(plan.text, max(plan.due_on, today))
        name = str(uuid.uuid5(_PLANS, str(plan.id)))
        new = NewTask(name, data, source=TaskSource.PLAN, source_id=plan.id)
        add_task(session, actor, new, now=now)
    report_matters(session, day.id, now)
    day.closed_at = now
    return len(plans)


def _reader(actor: Actor, user_id: int | None) -> int:
    who = user_id or actor.user_id
    if who == actor.user_id and may(actor, Right.LOG_CONTACTS):
        return who
    demand(actor, Right.LEAD_TEAM)
    return who


def _plans_of(session: Session, day_id: int) -> list[PlanRow]:
    found = session.execute(
        select(DayPlan.id, DayPlan.text, DayPlan.due_on)
        .where(DayPlan.day_closing_id == day_id, DayPlan.archived_at.is_(None))
        .order_by(DayPlan.id)
    )
    return [PlanRow(*row) for row in found]


def _own_plan(session: Session, actor: Actor, plan_id: int) -> DayPlan:
    demand(actor, Right.LOG_CONTACTS)
    plan = session.get(DayPlan, plan_id)
    if plan is None or plan.user_id != actor.user_id:
        raise NotFoundError(_("找不到这条计划。"))
    if session.get_one(DayClosing, plan.day_closing_id).closed_at is not None:
        raise InvalidFieldError("on", _("这一天已经收尾，不能再改。"))
    return plan


def _count_of(model: type[DayPlan] | type[DayMatter]) -> ScalarSelect[int]:
    return (
        select(func.count(model.id))
        .where(model.day_closing_id == DayClosing.id, model.archived_at.is_(None))
        .correlate(DayClosing)
        .scalar_subquery()
    )


def _of_day(user_id: int, on: date) -> ColumnElement[bool]:
    return and_(
        ContactLog.author_id == user_id,
        ContactLog.corrects_id.is_(None),
        ContactLog.contacted_at >= start_of(on),
        ContactLog.contacted_at < start_of(on + timedelta(days=1)),
    )


def _reactions(session: Session, user_id: int, on: date) -> Mapping[Reaction, int]:
    """How the day's conversations were taken: the ground of 客户接受程度 (R27)."""
    found = session.execute(
        select(ContactLog.reaction, func.count(ContactLog.id))
        .where(_of_day(user_id, on), ContactLog.reaction.is_not(None))
        .group_by(ContactLog.reaction)
    )
    counted = {reaction: count for reaction, count in found if reaction is not None}
    return {reaction: counted[reaction] for reaction in Reaction if reaction in counted}


def _contacts(session: Session, user_id: int, on: date) -> int:
    statement = select(func.count(ContactLog.id)).where(_of_day(user_id, on))
    return session.scalar(statement) or 0


def _tasks(session: Session, user_id: int, on: date) -> DayTasks:
    """The tasks of the day: what the branch gave and what the person took on."""
    begin, end = start_of(on), start_of(on + timedelta(days=1))
    done = and_(Task.state == TaskState.DONE, Task.closed_at >= begin, Task.closed_at < end)
    left = and_(Task.closed_at.is_(None), Task.due_on <= on)
    found = session.execute(
        select(func.count(case((done, 1))), func.count(case((left, 1)))).where(
            Task.owner_id == user_id, or_(done, left)
        )
    ).one()
    return DayTasks(*found)
