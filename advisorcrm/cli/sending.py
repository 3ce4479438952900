"""``may-send``: whether something may go out to a client, and why (R117, R74)."""

from __future__ import annotations

import argparse
from functools import partial
from typing import Any

from advisorcrm.cli.session import client_of_account, now, signed_in
from advisorcrm.cli.usage import instant_of


def may_send(options: argparse.Namespace) -> dict[str, Any]:
    """The answer of the one rule, with its sentence and code."""
    from advisorcrm.services.consents.may_send import may_send as ask
    from advisorcrm.terms import Channel, Purpose

    at = instant_of(options.at) if options.at else now()
    with signed_in(options) as database:
        client_id = client_of_account(database, options.account)
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
