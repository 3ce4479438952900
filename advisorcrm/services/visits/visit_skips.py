"""Suggestions put aside for today, each with a reason (换一批, R33, R34)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.columns import branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import N_, _
from advisorcrm.models import Client, VisitSkip
from advisorcrm.services.access import Right, demand
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.terms import Term


class SkipReason(Term):
    """Why a suggested client is not visited today."""

    UNREACHABLE = "unreachable", N_("联系不上")
    OTHER_DAY = "other_day", N_("已约其他时间")
    NOT_NOW = "not_now", N_("客户今天不便")
    ABSENT = "absent", N_("客户外出")
    OTHER = "other", N_("其他原因")


def skip_visits(
    session: Session,
    actor: Actor,
    client_ids: Sequence[int],
    reason: SkipReason,
    note: str = "",
    *,
    now: datetime,
) -> int:
    """Put suggested clients aside until tomorrow; returns how many were not aside already.

    Raises InvalidFieldError without a client, or for 其他原因 without a word; NotFoundError for
    a client who is not the person's own.
    """
    demand(actor, Right.LOG_CONTACTS)
    note = clean_text("note", note)
    if not client_ids:
        raise InvalidFieldError("client_ids", _("请选今天不访问的客户。"))
    if reason is SkipReason.OTHER and not note:
        raise InvalidFieldError("note", _("请写明原因。"))
    _demand_own(session, actor, client_ids)
    today = branch_date(now)
    aside = _aside(session, actor, today)
    fresh = [key for key in dict.fromkeys(client_ids) if key not in aside]
    session.add_all(
        VisitSkip(
            user_id=actor.user_id, client_id=key, skipped_on=today, reason=reason.value,
            note=note, created_at=now,
        )
        for key in fresh
    )  # fmt: skip
    return len(fresh)


def _demand_own(session: Session, actor: Actor, client_ids: Sequence[int]) -> None:
    own = select(Client.id).where(
        Client.id.in_(client_ids), Client.advisor_id == actor.user_id, Client.archived_at.is_(None)
    )
    if set(session.scalars(own)) != set(client_ids):
        raise NotFoundError(_("找不到这位客户，或不在您的权限内。"))


def _aside(session: Session, actor: Actor, today: date) -> set[int]:
    """Whom the person has put aside today already."""
    aside = select(VisitSkip.client_id).where(
        VisitSkip.user_id == actor.user_id, VisitSkip.skipped_on == today
    )
    return set(session.scalars(aside))
