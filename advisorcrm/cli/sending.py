"""``may-send``: whether something may go out to a client, and why (R117, R74)."""

from __future__ import annotations

import argparse
from datetime import datetime
from functools import partial
from typing import Any

from advisorcrm.cli.session import now, signed_in
from advisorcrm.columns import BRANCH_TIME
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.rules.workdays import demand_known_day


def may_send(options: argparse.Namespace) -> dict[str, Any]:
    """The answer of the one rule, with its sentence and code."""
    from advisorcrm.services.clients.client_search import client_id_of_account
    from advisorcrm.services.consents.may_send import may_send as ask
    from advisorcrm.terms import Channel, Purpose

    at = instant_of(options.at) if options.at else now()
    with signed_in(options) as database:
        client_id = database.read(partial(client_id_of_account, account=options.account))
        if client_id is None:
            raise NotFoundError(_("找不到这位客户，或不在您的权限内。"))
        answer = database.read(
            partial(
                ask,
                client_id=client_id,
                channel=Channel(options.channel),
                purpose=Purpose(options.purpose),
                now=at,
            )
        )
    return {"may": answer.may, "reason": answer.reason, "code": answer.code.value}


def instant_of(text: str) -> datetime:
    """An instant as it was typed; without a zone it is the branch's clock.

    Raises InvalidFieldError for anything else, and for a day beyond the known years.
    """
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidFieldError("at", _("时间写作 2026-11-20T14:20")) from error
    demand_known_day(at.date(), "at")
    return at if at.tzinfo else at.replace(tzinfo=BRANCH_TIME)
