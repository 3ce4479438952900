"""The one list of everything with a date: what is due, with whom, why, and how late (R22).

Another kind joins by a function and one line of ``DUE_SOURCES``: see ``due_questions``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, NamedTuple

from sqlalchemy import Integer, literal, select, union_all
from sqlalchemy.orm import Session

from advisorcrm.columns import BRANCH_TIME, Column, Form
from advisorcrm.db.actor import Actor
from advisorcrm.db.copies import LastCopy
from advisorcrm.db.database import AnySelect
from advisorcrm.i18n import N_, _
from advisorcrm.models import User
from advisorcrm.rules.masking import mask_name, mask_words
from advisorcrm.services.access import Right, demand, may, names_are_masked
from advisorcrm.services.branch.settings import load_settings
from advisorcrm.services.branch.working_days import holiday_table
from advisorcrm.services.dues.due_questions import DueQuestion, DueSource
from advisorcrm.services.dues.dues_of_appointments import appointments, events
from advisorcrm.services.dues.dues_of_callbacks import appointed_callbacks, callbacks
from advisorcrm.services.dues.dues_of_care import birthdays, festivals
from advisorcrm.services.dues.dues_of_clients import (
    first_contacts,
    handed_steps,
    id_documents,
    new_client_calls,
    next_steps,
    risk_tests,
    seat_transitions,
)
from advisorcrm.services.dues.dues_of_day_ends import todays_end, unclosed_days
from advisorcrm.services.dues.dues_of_days import (
    backups,
    churn_reports,
    daily_visits,
    friday_audits,
    month_analyses,
    month_reviews,
    stand_ins,
)
from advisorcrm.services.dues.dues_of_shifts import shifts
from advisorcrm.services.dues.dues_of_tasks import offered_tasks, own_tasks
from advisorcrm.terms import DueKind

DUE_SOURCES: tuple[DueSource, ...] = (
    DueSource(DueKind.NEXT_STEP, next_steps, N_("约定的下一步：{detail}")),
    DueSource(DueKind.NEXT_STEP, handed_steps, N_("约定的下一步：{detail}")),
    DueSource(DueKind.FIRST_CONTACT, first_contacts, N_("移交后一周内首次沟通")),
    DueSource(
        DueKind.NEW_CLIENT_CALL,
        new_client_calls,
        N_("开户满一个月，由客服专员以外的人回访"),
        by_day=True,
    ),
    DueSource(DueKind.RISK_TEST, risk_tests, N_("风险测评 {on} 到期，请约客户重做"), by_day=True),
    DueSource(
        DueKind.ID_DOCUMENT, id_documents, N_("证件 {on} 到期，请客户到柜台更新"), by_day=True
    ),
    DueSource(DueKind.SEAT_TRANSITION, seat_transitions, N_("机位过渡期 {on} 截止"), by_day=True),
    DueSource(DueKind.DAILY_VISITS, daily_visits, N_("今日三访已完成 {detail} 户")),
    DueSource(DueKind.STAND_IN, stand_ins, N_("休假到 {detail}，由您代管"), by_day=True),
    DueSource(DueKind.APPOINTMENT, appointments, N_("预约：{detail}")),
    DueSource(DueKind.TASK, own_tasks, N_("任务：{detail}")),
    DueSource(DueKind.TASK, offered_tasks, N_("请接收或退回任务：{detail}")),
    DueSource(DueKind.CALLBACK, callbacks, N_("须在三天之内回访：{detail}")),
    DueSource(DueKind.CALLBACK, appointed_callbacks, N_("与客户约好的回访：{detail}")),
    DueSource(DueKind.EVENT, events, N_("活动：{detail}")),
    DueSource(DueKind.SHIFT, shifts, N_("值班日志、备忘未交")),
    DueSource(DueKind.TODAY_END, todays_end, N_("写当天总结、次日计划和上报事项")),
    DueSource(DueKind.DAY_END, unclosed_days, N_("{on} 的工作没有收尾"), by_day=True),
    DueSource(DueKind.BIRTHDAY, birthdays, N_("{on} 生日，请提前祝贺"), by_day=True),
    DueSource(DueKind.FESTIVAL, festivals, N_("{detail}将到，问候客户"), by_day=True),
    DueSource(
        DueKind.FRIDAY_AUDIT, friday_audits, N_("检查各客服专员档案的完备和进度"), by_day=True
    ),
    DueSource(
        DueKind.MONTH_ANALYSIS, month_analyses, N_("分析总结上月的客户组运行情况"), by_day=True
    ),
    DueSource(
        DueKind.MONTH_REVIEW, month_reviews, N_("五个工作日内审核上月的月度分析"), by_day=True
    ),
    DueSource(
        DueKind.CHURN_REPORT, churn_reports, N_("五个工作日内报送上月的流失客户档案"), by_day=True
    ),
    DueSource(DueKind.BACKUP, backups, N_("超过一天没有备份，上次备份：{detail}")),
)
"""Every kind of thing with a date; the order is that of things due at the same time."""
MINUTE_SOURCES = tuple(source for source in DUE_SOURCES if not source.by_day)
"""What comes with the minute; the rest comes with a day or an hour."""
_REASONS = {source.kind: source.reason for source in reversed(DUE_SOURCES)}


class FoundDue(NamedTuple):
    """One row of ``select_dues``, column by column."""

    kind: str
    subject_id: int
    user_id: int | None
    client_id: int | None
    name: str | None
    due_on: date
    clock: str
    detail: str
    step: int
    place: int

    @property
    def key(self) -> tuple[str, int, date, str]:
        """What makes it the same matter."""
        return self.kind, self.subject_id, self.due_on, self.clock


@dataclass(frozen=True, slots=True)
class DueRow:
    """One thing with a date, as lists, sheets and the notification centre show it."""

    kind: Annotated[DueKind, Column("事项", width=12)]
    subject_id: int
    step: int
    """Days before the date at which it was last to be told; ``rules.reminding.OVER`` when past."""
    user_id: int | None
    """Who has to do it; None is whoever manages."""
    person: Annotated[str, Column("负责人", width=10)]
    client_id: int | None
    title: Annotated[str, Column("对象", width=14)]
    reason: Annotated[str, Column("原因", width=28)]
    due_on: Annotated[date, Column("到期日期", width=12)]
    due_time: Annotated[time | None, Column("时间", width=8)]
    is_overdue: bool
    days_late: Annotated[int | None, Column("逾期天数", form=Form.PLAIN, align="right", width=9)]
    """None while there is time; 0 when its hour has struck today."""

    @property
    def due_at(self) -> datetime:
        """The instant of it; a day without a time begins at midnight of the branch."""
        return datetime.combine(self.due_on, self.due_time or time(), BRANCH_TIME)


def list_dues(
    session: Session,
    actor: Actor,
    *,
    at: datetime,
    until: date | None = None,
    user_id: int | None = None,
    copied: LastCopy | None = None,
) -> list[DueRow]:
    """Everything due at an instant, lead times included, and with ``until`` what comes by then.

    Overdue first, then by time. Who leads the team sees everybody's, or one person's; others see
    their own. Raises NotAllowedError for who asks about somebody else without that right.
    """
    if user_id not in (None, actor.user_id):
        demand(actor, Right.LEAD_TEAM)
    if user_id is None and not may(actor, Right.LEAD_TEAM):
        user_id = actor.user_id
    question = ask_dues(session, actor, at=at, user_id=user_id, until=until)
    return find_dues(session, replace(question, copied=copied))


def ask_dues(
    session: Session, actor: Actor, *, at: datetime, user_id: int | None, until: date | None = None
) -> DueQuestion:
    """A question that was found allowed, by the person's rules and the branch's calendar."""
    settings = load_settings(session, actor)
    return DueQuestion(
        actor, at, user_id, until, rules=settings.reminding(), holidays=holiday_table(session),
        settings=settings,
    )  # fmt: skip


def sources_without(kinds: Collection[DueKind]) -> tuple[DueSource, ...]:
    """Every source but those of some kinds: what is shown in another place is not looked up."""
    return tuple(source for source in DUE_SOURCES if source.kind not in kinds)


def find_dues(
    session: Session, question: DueQuestion, sources: Sequence[DueSource] = DUE_SOURCES
) -> list[DueRow]:
    """The rows of a question that was found allowed, the most urgent first."""
    made = make_due_rows(session, question, session.execute(select_dues(question, sources)))
    return sorted(made, key=lambda row: (not row.is_overdue, row.due_at, row.subject_id))


def select_dues(question: DueQuestion, sources: Sequence[DueSource] = DUE_SOURCES) -> AnySelect:
    """One SELECT over every kind, or over some of the ``DUE_SOURCES`` alone.

    ``place`` is the place of its source in ``DUE_SOURCES``.
    """
    parts = []
    for source in sources:
        part = source.find(question)
        if part is not None:
            parts.append(part.add_columns(_place(DUE_SOURCES.index(source))))
    whole = union_all(*parts).subquery("due")
    return select(*whole.c)


def make_due_rows(session: Session, question: DueQuestion, found: Iterable[Any]) -> list[DueRow]:
    """Rows of ``select_dues`` as they are shown, in their order."""
    rows = list(found)
    people = _names(session, {row.user_id for row in rows if row.user_id is not None})
    hide = names_are_masked(question.actor)
    local = question.at.astimezone(BRANCH_TIME)
    return [_row(row, people, local, hide=hide) for row in rows]


def reason_of(kind: DueKind, detail: str, on: date, *, place: int | None = None) -> str:
    """Why it is due, in a sentence; numbers in what somebody typed are masked.

    A kind may have several sources: ``place`` says which, without it the first speaks.
    """
    words = _REASONS[kind] if place is None else DUE_SOURCES[place].reason
    said = _(words).format(detail=mask_words(detail), on=f"{on:%Y-%m-%d}")
    return said if detail else said.rstrip("：: ")


def _row(found: Any, people: dict[int, str], local: datetime, *, hide: bool) -> DueRow:
    source = DUE_SOURCES[found.place]
    clock = time.fromisoformat(found.clock) if found.clock else None
    late = max(timedelta(), local.date() - found.due_on)
    has_struck = clock is not None and found.due_on == local.date() and clock <= local.time()
    name = found.name or source.kind.label
    is_overdue = bool(late) or has_struck
    return DueRow(
        source.kind, found.subject_id, found.step, found.user_id,
        people.get(found.user_id, ""), found.client_id,
        mask_name(name) if hide and found.client_id else name,
        reason_of(source.kind, found.detail, found.due_on, place=found.place), found.due_on, clock,
        is_overdue, late.days if is_overdue else None,
    )  # fmt: skip


def _names(session: Session, ids: set[int]) -> dict[int, str]:
    if not ids:
        return {}
    found = session.execute(select(User.id, User.name).where(User.id.in_(ids)))
    return {key: name for key, name in found}


def _place(place: int) -> Any:
    return literal(place, Integer).label("place")
