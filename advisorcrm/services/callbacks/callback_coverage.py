"""Whether every member client was called back, and who was not (R222); new clients due (R204)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import Column, Form
from advisorcrm.db.actor import Actor
from advisorcrm.models import Callback, CallbackCampaign, Client, User
from advisorcrm.rules.callback_records import first_call_on
from advisorcrm.rules.masking import mask_account
from advisorcrm.services.access import Right, demand
from advisorcrm.services.callbacks.callback_lists import new_client_window
from advisorcrm.services.clients.client_matters import start_of
from advisorcrm.services.dues.dues_of_callbacks import is_on_new_client_list
from advisorcrm.terms import CallbackState, ClientStage

MEMBER_TIERS = (terms.TIER_PLATINUM, terms.TIER_GOLD, terms.TIER_SILVER)
"""Who holds a card of the branch is a member client (会员客户)."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of the member clients, how many have a complete record of a call in a period."""

    members: int
    called: int

    @property
    def percent(self) -> int:
        """Whole percent, never rounded up to 100."""
        return 100 * self.called // self.members if self.members else 100


@dataclass(frozen=True, slots=True)
class UncalledRow:
    """One member client without a complete call in the period."""

    id: int
    client_id: int
    client_name: Annotated[str, Column("客户", width=12)]
    account: Annotated[str, Column("资金账号", width=10, sensitive=True)]
    tier: Annotated[str | None, Column("客户类型", codes=terms.TIER, width=8)]
    advisor_name: Annotated[str, Column("客服专员", width=10)]
    state: Annotated[CallbackState | None, Column("本期名单", width=10)]
    caller_name: Annotated[str, Column("回访人", width=10)]


@dataclass(frozen=True, slots=True)
class NewClientRow:
    """One new client whose first-month call is due and on no list yet."""

    id: int
    client_id: int
    client_name: Annotated[str, Column("客户", width=12)]
    account: Annotated[str, Column("资金账号", width=10, sensitive=True)]
    advisor_name: Annotated[str, Column("客服专员", width=10)]
    opened_on: Annotated[date, Column("开户日期", width=12)]
    due_on: Annotated[date, Column("应回访日期", width=12)]
    days_late: Annotated[int, Column("逾期天数", form=Form.PLAIN, align="right", width=8)]


def find_coverage(session: Session, actor: Actor, *, from_on: date, to_on: date) -> Coverage:
    """The share of member clients called back in a period (R222)."""
    demand(actor, Right.SEE_CALLBACKS)
    members = session.scalar(select(func.count(Client.id)).where(*_members()))
    called = session.scalar(
        select(func.count(Client.id)).where(*_members(), _was_called(from_on, to_on))
    )
    return Coverage(members or 0, called or 0)


def list_uncalled(
    session: Session, actor: Actor, *, from_on: date, to_on: date
) -> list[UncalledRow]:
    """Member clients without a complete call in a period, by advisor (R222)."""
    demand(actor, Right.SEE_CALLBACKS)
    rows = session.execute(
        select(Client.id, Client.name, Client.account, Client.tier, User.name)
        .outerjoin(User, User.id == Client.advisor_id)
        .where(*_members(), ~_was_called(from_on, to_on))
        .order_by(User.name, Client.pinyin, Client.id)
    ).all()
    standing = _standing(session, from_on, to_on)
    return [
        UncalledRow(key, key, name, mask_account(account or ""), tier, advisor or "",
                    *standing.get(key, (None, "")))
        for key, name, account, tier, advisor in rows
    ]  # fmt: skip


def list_new_clients_due(session: Session, actor: Actor, *, today: date) -> list[NewClientRow]:
    """New clients to be called after their first month who stand on no list yet (R204).

    From a week ahead until half a year after the opening; longest waiting first.
    """
    demand(actor, Right.SEE_CALLBACKS)
    first, last = new_client_window(today)
    rows = session.execute(
        select(Client.id, Client.name, Client.account, User.name, Client.opened_on)
        .outerjoin(User, User.id == Client.advisor_id)
        .where(*_served(), Client.opened_on.between(first, last), ~is_on_new_client_list())
        .order_by(Client.opened_on, Client.id)
    )
    found = []
    for key, name, account, advisor, opened_on in rows:
        if opened_on is None:
            continue
        due_on = first_call_on(opened_on)
        late = max(0, (today - due_on).days)
        found.append(NewClientRow(key, key, name, mask_account(account or ""), advisor or "",
                                  opened_on, due_on, late))  # fmt: skip
    return found


def _served() -> list[ColumnElement[bool]]:
    return [
        Client.archived_at.is_(None),
        Client.stage.not_in((ClientStage.PROSPECT, ClientStage.CHURNED)),
    ]


def _members() -> list[ColumnElement[bool]]:
    return [*_served(), Client.tier.in_(MEMBER_TIERS)]


def _was_called(from_on: date, to_on: date) -> ColumnElement[bool]:
    return (
        select(Callback.id)
        .where(
            Callback.client_id == Client.id,
            Callback.state == CallbackState.DONE,
            Callback.spoken_at >= start_of(from_on),
            Callback.spoken_at < start_of(to_on + timedelta(days=1)),
        )
        .correlate(Client)
        .exists()
    )


def _standing(session: Session, from_on: date, to_on: date) -> dict[int, tuple[Any, str]]:
    """How far the newest call of each client has come that falls into the period."""
    rows = session.execute(
        select(Callback.client_id, Callback.state, User.name)
        .join(CallbackCampaign, CallbackCampaign.id == Callback.callback_campaign_id)
        .outerjoin(User, User.id == Callback.caller_id)
        .where(
            CallbackCampaign.archived_at.is_(None),
            Callback.due_on >= from_on,
            CallbackCampaign.starts_on <= to_on,
        )
        .order_by(Callback.id)
    )
    return {client: (state, caller or "") for client, state, caller in rows}
