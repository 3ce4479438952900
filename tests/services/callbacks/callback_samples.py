"""Rounds of return calls for tests."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.models import Callback
from advisorcrm.rules.callback_records import QUESTIONS, CallbackAnswers
from advisorcrm.services.callbacks.callback_campaigns import NewCampaign, start_campaign
from advisorcrm.services.callbacks.callback_recording import NewCallbackRecord
from advisorcrm.services.clients.clients import ClientFilter
from advisorcrm.terms import CallbackGrade, CallbackOutcome
from tests.conftest import TODAY
from tests.factories import NOW

ITEMS = ("attitude", "answers", "news", "trading", "speed")
GOOD = CallbackAnswers(
    content="账户操作都是本人，资讯看得懂。",
    outcome=CallbackOutcome.SATISFIED,
    service_grade=CallbackGrade.GOOD,
    product_grade=CallbackGrade.FAIRLY_GOOD,
    scores=dict.fromkeys(ITEMS, 5),
    questions={question.field: not question.worry for question in QUESTIONS},
)
BAD = replace(
    GOOD,
    content="两周没有人联系。",
    outcome=CallbackOutcome.DISSATISFIED,
    service_grade=CallbackGrade.POOR,
    scores=dict.fromkeys(ITEMS, 2),
    wishes="希望每周有一次电话。",
    measures="客服经理跟进，改为每周联系。",
)


def new_campaign(**overrides: Any) -> NewCampaign:
    """A routine round of today."""
    values: dict[str, Any] = {
        "uuid": str(uuid.uuid4()),
        "name": "11 月例行回访",
        "kind": "routine",
        "starts_on": TODAY,
        "purpose": "了解服务感受",
    }
    values.update(overrides)
    return NewCampaign(**values)


def make_campaign(session: Session, manager: Actor, **overrides: Any) -> int:
    return start_campaign(session, manager, new_campaign(**overrides), now=NOW)


def named(name: str) -> ClientFilter:
    """A list of the clients who are called so."""
    return ClientFilter(text=name)


def calls_of(session: Session, campaign: int) -> dict[int, Callback]:
    """The calls of a round by client."""
    found = session.scalars(select(Callback).where(Callback.callback_campaign_id == campaign))
    return {call.client_id: call for call in found}


def record(answers: CallbackAnswers = GOOD, **overrides: Any) -> NewCallbackRecord:
    """A call of five minutes ago."""
    values: dict[str, Any] = {"spoken_at": NOW - timedelta(minutes=5), "answers": answers}
    return NewCallbackRecord(**{**values, **overrides})
