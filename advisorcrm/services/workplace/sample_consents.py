"""Invented answers to the question of consent, and the tests behind the sample clients' levels."""
# chinese: data (invented answers)

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.models import Client
from advisorcrm.services.branch.branches import get_branch
from advisorcrm.services.consents.consents import NewConsent, record_consent, wording_for
from advisorcrm.services.suitability.risk_tests import NewRiskTest, enter_risk_test
from advisorcrm.terms import Channel, ConsentState, InvestorKind, Purpose

_SEED = 20261121
_PHONE_ONLY = 3
"""Place of the client who withdrew short messages and wants to be called."""
_UNASKED = (5, 14, 26, 33)
_REFUSED = (9, 20)
_PROFESSIONAL = (0, 34, 35)
_HOWS = ("柜台签字", "电话录音", "当面口头", "短信回复")


def add_consents(session: Session, actor: Actor, ids: Sequence[int], *, now: datetime) -> None:
    """Most have agreed to short messages; a few refused, one withdrew, some were never asked."""
    draw = random.Random(_SEED)  # noqa: S311 - invented data, nothing secret
    branch = get_branch(session, actor).name
    for place, client_id in enumerate(ids):
        asked_at = now - timedelta(days=draw.randint(60, 500))
        how = draw.choice(_HOWS)
        if place in _UNASKED:
            continue
        state = ConsentState.REFUSED if place in _REFUSED else ConsentState.GIVEN
        answers = [(Channel.SMS, purpose, state) for purpose in (Purpose.NEWS, Purpose.CARE)]
        if place not in _REFUSED:
            answers.append((Channel.PHONE, Purpose.CARE, ConsentState.GIVEN))
        for channel, purpose, said in answers:
            words = wording_for(branch, channel, [purpose])
            new = NewConsent(
                _uuid(draw), client_id, channel, purpose, said, asked_at, how,
                words if said is ConsentState.GIVEN else "",
            )  # fmt: skip
            record_consent(session, actor, new, now=now)
        if place == _PHONE_ONLY:
            _withdraw_messages(session, actor, client_id, draw, now)


def add_tests(session: Session, actor: Actor, ids: Sequence[int], *, now: datetime) -> None:
    """The test that gave each client the level in the file."""
    draw = random.Random(_SEED)  # noqa: S311 - invented data, nothing secret
    rows = session.execute(
        select(Client.id, Client.risk_level, Client.risk_tested_on, Client.risk_expires_on)
        .where(Client.id.in_(ids))
        .order_by(Client.id)
    ).all()
    for place, (client_id, level, tested_on, expires_on) in enumerate(rows):
        kind = InvestorKind.PROFESSIONAL if place in _PROFESSIONAL else InvestorKind.ORDINARY
        if level is None or tested_on is None:
            continue
        test = NewRiskTest(
            _uuid(draw), client_id, tested_on, level, draw.randint(20, 95), expires_on,
            investor_kind=kind, questionnaire="个人投资者问卷 2025 版", tester=actor.name,
        )  # fmt: skip
        enter_risk_test(session, actor, test, now=now)


def _withdraw_messages(
    session: Session, actor: Actor, client_id: int, draw: random.Random, now: datetime
) -> None:
    for purpose in (Purpose.NEWS, Purpose.CARE):
        no = NewConsent(
            _uuid(draw), client_id, Channel.SMS, purpose, ConsentState.WITHDRAWN,
            now - timedelta(days=30), "来电要求",
        )  # fmt: skip
        record_consent(session, actor, no, now=now)


def _uuid(draw: random.Random) -> str:
    return str(uuid.UUID(int=draw.getrandbits(128), version=4))
