"""The call list: one line a client, what is due first (R222, R224)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import Column, Form, branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.db.database import AnySelect
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import Callback, CallbackCampaign, CallbackCorrection, Client, User
from advisorcrm.rules.masking import mask_account, mask_words
from advisorcrm.services.access import Right, demand
from advisorcrm.services.callbacks.callback_access import (
    demand_callbacks,
    seen_callback,
    visible_callbacks,
)
from advisorcrm.services.clients.client_matters import start_of
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.terms import CallbackOutcome, CallbackState

UNFINISHED = (CallbackState.OPEN, CallbackState.APPOINTED, CallbackState.INCOMPLETE)
MOST_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class CallbackFilter:
    """What a call list is narrowed down to."""

    campaign_id: int | None = None
    caller_id: int | None = None
    unfinished_only: bool = False
    due_by: date | None = None


@dataclass(frozen=True, slots=True)
class CallbackRow:
    """One client to be called back."""

    id: int
    client_id: int
    client_name: Annotated[str, Column("客户", width=10)]
    tier: Annotated[str | None, Column("客户类型", codes=terms.TIER, width=8)]
    state: Annotated[CallbackState, Column("状态", width=12)]
    due_on: Annotated[date, Column("应回访日期", width=13)]
    appointed_at: Annotated[datetime | None, Column("约定时间", width=15)]
    days_late: Annotated[int, Column("逾期天数", form=Form.PLAIN, align="right", width=8)]
    tries: Annotated[int, Column("拨打次数", align="right", width=8)]
    caller_name: Annotated[str, Column("回访人", width=9)]
    convenient_time: Annotated[str, Column("方便时间", width=16)]
    outcome: Annotated[CallbackOutcome | None, Column("总体评价", width=8)]
    account: Annotated[str, Column("资金账号", width=10, sensitive=True)]
    campaign_name: Annotated[str, Column("回访活动", width=16, shown=False)]


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """One matter that a call has brought up and that somebody must look into."""

    id: int
    client_id: int
    client_name: Annotated[str, Column("客户", width=10)]
    spoken_at: Annotated[datetime, Column("回访时间", width=15)]
    follow_up: Annotated[str, Column("需跟进", width=26)]
    wishes: Annotated[str, Column("客户意见和要求", width=26)]
    measures: Annotated[str, Column("对策与建议", width=22)]
    advisor_name: Annotated[str, Column("客服专员", width=9)]
    caller_name: Annotated[str, Column("回访人", width=9)]
    followed_up_on: Annotated[date | None, Column("跟进日期", width=11)]
    follow_up_note: Annotated[str, Column("跟进结果", width=22)]


def list_callbacks(
    session: Session, actor: Actor, query: CallbackFilter, *, today: date
) -> list[CallbackRow]:
    """Calls the person may see: what is due first, then those that are done."""
    demand_callbacks(actor)
    unfinished = Callback.state.in_(UNFINISHED)
    statement = _joined(
        select(
            Callback.id, Callback.client_id, Client.name, Client.tier, Callback.state,
            Callback.due_on, Callback.appointed_at, Callback.tries,
            func.coalesce(User.name, ""), Client.convenient_time, _counted_outcome(),
            Client.account, CallbackCampaign.name,
        ),
        actor,
    )  # fmt: skip
    statement = statement.where(*_conditions(query))
    if query.unfinished_only or query.due_by is not None:
        statement = statement.where(unfinished)
    # False sorts before true on both engines: what is unfinished stands first.
    statement = statement.order_by(
        Callback.state.not_in(UNFINISHED), Callback.due_on, Client.pinyin, Callback.id
    )
    return [_row(tuple(row), today) for row in session.execute(statement.limit(MOST_ROWS))]


def list_follow_ups(
    session: Session, actor: Actor, *, is_open: bool = True, campaign_id: int | None = None
) -> list[FollowUpRow]:
    """What calls have brought up for the manager, the oldest first (R241)."""
    demand(actor, Right.SEE_CALLBACKS)
    caller = User.__table__.alias("caller")
    statement = (
        select(
            Callback.id, Callback.client_id, Client.name, Callback.spoken_at, Callback.follow_up,
            Callback.wishes, Callback.measures, func.coalesce(User.name, ""),
            func.coalesce(caller.c.name, ""), Callback.followed_up_on, Callback.follow_up_note,
        )
        .join(Client, Client.id == Callback.client_id)
        .outerjoin(User, User.id == Client.advisor_id)
        .outerjoin(caller, caller.c.id == Callback.caller_id)
        .where(Callback.follow_up != "", Client.archived_at.is_(None))
        .order_by(Callback.spoken_at, Callback.id)
    )  # fmt: skip
    if is_open:
        statement = statement.where(Callback.followed_up_on.is_(None))
    if campaign_id is not None:
        statement = statement.where(Callback.callback_campaign_id == campaign_id)
    found = []
    for row in session.execute(statement):
        key, client, name, at, matter, wishes, measures, *rest = row
        texts = (mask_words(wishes), mask_words(measures))
        found.append(FollowUpRow(key, client, name, at, matter, *texts, *rest))
    return found


def close_follow_up(
    session: Session, actor: Actor, callback_id: int, note: str, *, today: date
) -> None:
    """Say what came of a matter (manager). Raises InvalidFieldError without a result."""
    demand(actor, Right.LEAD_LISTS)
    callback, _campaign, _client = seen_callback(session, actor, callback_id)
    note = clean_text("follow_up_note", note)
    if not callback.follow_up:
        raise NotFoundError(_("这条回访没有待跟进的事项。"))
    if not note:
        raise InvalidFieldError("follow_up_note", _("请写明跟进结果。"))
    callback.follow_up_note = note
    callback.followed_up_on, callback.followed_up_by_id = today, actor.user_id


def _counted_outcome() -> ColumnElement[CallbackOutcome | None]:
    """The outcome as it was put right last, else as it was recorded."""
    put_right = (
        select(CallbackCorrection.outcome)
        .where(
            CallbackCorrection.callback_id == Callback.id, CallbackCorrection.outcome.is_not(None)
        )
        .order_by(CallbackCorrection.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(put_right, Callback.outcome)


def _joined(statement: AnySelect, actor: Actor) -> AnySelect:
    return (
        statement.select_from(Callback)
        .join(Client, Client.id == Callback.client_id)
        .join(CallbackCampaign, CallbackCampaign.id == Callback.callback_campaign_id)
        .outerjoin(User, User.id == Callback.caller_id)
        .where(
            Client.archived_at.is_(None),
            CallbackCampaign.archived_at.is_(None),
            visible_callbacks(actor),
        )
    )


def _conditions(query: CallbackFilter) -> list[Any]:
    conditions: list[Any] = []
    if query.campaign_id is not None:
        conditions.append(Callback.callback_campaign_id == query.campaign_id)
    if query.caller_id is not None:
        conditions.append(Callback.caller_id == query.caller_id)
    if query.due_by is not None:
        end = start_of(date.fromordinal(query.due_by.toordinal() + 1))
        conditions.append(
            or_(
                and_(Callback.appointed_at.is_(None), Callback.due_on <= query.due_by),
                Callback.appointed_at < end,
            )
        )
    return conditions


def _row(row: Sequence[Any], today: date) -> CallbackRow:
    (
        key,
        client,
        name,
        tier,
        state,
        due,
        appointed,
        tries,
        caller,
        time,
        outcome,
        account,
        round_,
    ) = row
    return CallbackRow(
        key, client, name, tier, state, due, appointed, days_late(state, due, appointed, today),
        tries, caller, time, outcome, mask_account(account or ""), round_,
    )  # fmt: skip


def days_late(
    state: CallbackState, due_on: date, appointed_at: datetime | None, today: date
) -> int:
    """Days past the three, or past the time agreed with the client instead (R224)."""
    if state.is_closed:
        return 0
    day = branch_date(appointed_at) if appointed_at else due_on
    return max(0, (today - day).days)
