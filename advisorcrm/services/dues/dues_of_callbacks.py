"""What is due of return calls: within three days, or at the time agreed instead (R224)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, or_, select

from advisorcrm import terms
from advisorcrm.db.branch_clock import clock_of, day_of
from advisorcrm.db.database import AnySelect
from advisorcrm.models import Callback, CallbackCampaign, Client
from advisorcrm.services.dues.due_questions import DueQuestion, due_columns
from advisorcrm.terms import CallbackState, DueKind, Role


def callbacks(question: DueQuestion) -> AnySelect:
    """Calls that were not made yet, or whose record lacks something, with their callers."""
    states = (CallbackState.OPEN, CallbackState.INCOMPLETE)
    return _calls(question, Callback.due_on, None).where(Callback.state.in_(states))


def appointed_callbacks(question: DueQuestion) -> AnySelect:
    """Calls for which another time was agreed with the client."""
    at = Callback.appointed_at
    found = _calls(question, day_of(at), clock_of(at))
    return found.where(Callback.state == CallbackState.APPOINTED)


def is_on_new_client_list() -> ColumnElement[bool]:
    """Whether a client's first-month call stands on a list: then its caller is reminded."""
    return (
        select(Callback.id)
        .join(CallbackCampaign, CallbackCampaign.id == Callback.callback_campaign_id)
        .where(
            Callback.client_id == Client.id,
            CallbackCampaign.kind == terms.CALLBACK_NEW_CLIENT,
            CallbackCampaign.archived_at.is_(None),
        )
        .correlate(Client)
        .exists()
    )


def _calls(question: DueQuestion, on: Any, clock: Any) -> AnySelect:
    kind = DueKind.CALLBACK
    return (
        due_columns(
            question, kind, subject=Callback.id, user=Callback.caller_id, on=on,
            client=Client.id, name=Client.name, clock=clock, detail=CallbackCampaign.name,
        )
        .select_from(Callback)
        .join(CallbackCampaign, CallbackCampaign.id == Callback.callback_campaign_id)
        .join(Client, Client.id == Callback.client_id)
        .where(
            _is_theirs(question),
            CallbackCampaign.archived_at.is_(None),
            Client.archived_at.is_(None),
            question.window(kind, on),
        )
    )  # fmt: skip


def _is_theirs(question: DueQuestion) -> ColumnElement[bool]:
    """The caller's own; one that nobody was asked to make is the manager's."""
    mine = question.mine(Callback.caller_id)
    if question.actor.role is Role.MANAGER and question.user_id == question.actor.user_id:
        return or_(mine, Callback.caller_id.is_(None))
    return mine
