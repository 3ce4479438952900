"""The days of contacts: how many conversations, with how many different clients (R33, R82)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.services.contacts.contact_log_rows import ContactLogFilter
from advisorcrm.services.contacts.contact_logs import ContactLogTotals, count_contact_logs


def count_days(
    session: Session, actor: Actor, query: ContactLogFilter, days: Iterable[date]
) -> dict[date, ContactLogTotals]:
    """The figures of these days, whatever else the list is searched for.

    One small indexed question a day: a list shows some dozens of days at once.
    """
    whole = replace(query, ways=(), text="", client_id=None)
    return {
        day: count_contact_logs(session, actor, replace(whole, from_on=day, to_on=day))
        for day in days
    }
