"""Consent of two files that become one: the stricter answer counts (2.7)."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.i18n import _
from advisorcrm.models import Consent
from advisorcrm.terms import ConsentState

_STRICT = (ConsentState.REFUSED, ConsentState.WITHDRAWN)


def stricter_answers(session: Session, kept_id: int, merged_id: int) -> list[Consent]:
    """Refusals of either side that a newer yes of the other side would cover."""
    newest: dict[tuple[Any, Any, int], Consent] = {}
    for answer in session.scalars(
        select(Consent)
        .where(Consent.client_id.in_((kept_id, merged_id)))
        .order_by(Consent.answered_at, Consent.id)
    ):
        newest[answer.channel, answer.purpose, answer.client_id] = answer
    return [
        answer
        for (channel, purpose, owner), answer in newest.items()
        if answer.state in _STRICT
        and _is_covered(newest.get((channel, purpose, kept_id + merged_id - owner)), answer)
    ]


def _is_covered(other: Consent | None, answer: Consent) -> bool:
    return (
        other is not None
        and other.state is ConsentState.GIVEN
        and other.answered_at >= answer.answered_at
    )


def keep_strict(
    session: Session, kept_id: int, strict: list[Consent], *, user_id: int, now: datetime
) -> None:
    """Say the stricter answers once more, so that the newest of the file is the one that counts."""
    for answer in strict:
        session.add(
            Consent(
                uuid=str(uuid.uuid4()),
                client_id=kept_id,
                channel=answer.channel,
                purpose=answer.purpose,
                state=answer.state,
                answered_at=now,
                user_id=user_id,
                how=_("两份档案合并，取更严的答复"),
                created_at=now,
            )
        )
