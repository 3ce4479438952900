"""The accounts of two files that become one: both stay and go on finding the client."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.models import Client, ClientAccount


def give_account(session: Session, kept: Client, merged: Client) -> int | None:
    """Both accounts stay: as the main one where there is none, else as a further one."""
    account, merged.account = merged.account, None
    if account is None:
        return None
    session.flush()  # an account belongs to one file at a time
    if kept.account is None:
        kept.account = account
        return None
    extra = ClientAccount(
        client_id=kept.id, account=account, note=merged.client_no, opened_on=merged.opened_on
    )
    session.add(extra)
    session.flush()  # its number is kept with the merge
    return extra.id


def take_account_back(
    session: Session, kept: Client, before: Mapping[str, Any], now: datetime
) -> bool:
    """Free the account that came with a merge, so that its own file may have it again.

    False where another one stands in its place: somebody has corrected it since, and it stays.
    """
    if before["extra_account"] is not None:
        extra = session.get_one(ClientAccount, before["extra_account"])
        extra.account, extra.archived_at = f"{extra.account}~{extra.id}", now
    elif before["account"] is not None and not before["kept_had_account"]:
        if kept.account not in (None, before["account"]):
            return False
        kept.account = None
    return True
