"""Prospects that become clients without being typed anew (R11)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.columns import branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.db.history import because
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.services.access import own_client
from advisorcrm.services.files.client_files import update_client
from advisorcrm.services.files.conflicts import Change
from advisorcrm.terms import ClientStage

_REASON = "潜在客户转为正式客户"  # chinese: data


def convert_prospect(
    session: Session,
    actor: Actor,
    client_id: int,
    account: str,
    changes: Mapping[str, Change],
    *,
    now: datetime,
) -> int:
    """Make a prospect a client: an account and what is still missing; all else stays as it is.

    The opening day is today unless one is given. Raises InvalidFieldError without an account,
    for a taken one, or for somebody who is a client already.
    """
    client = own_client(session, actor, client_id)
    if client.stage is not ClientStage.PROSPECT:
        raise InvalidFieldError("stage", _("这位已是正式客户。"))
    if not account.strip():
        raise InvalidFieldError("account", _("请填资金账号。"))
    with because(session, _REASON):
        opened = client.opened_on or branch_date(now)
        steps: dict[str, Any] = {
            "account": Change(client.account, account),
            "stage": Change(client.stage, ClientStage.ACTIVE),
            "opened_on": Change(client.opened_on, opened),
        }
        return update_client(session, actor, client_id, {**steps, **changes}, now=now)
