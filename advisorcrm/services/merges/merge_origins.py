"""Where each value of a file comes from, in a few words beside it (R78)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from advisorcrm.columns import branch_date
from advisorcrm.i18n import _
from advisorcrm.models import Client
from advisorcrm.services.files.field_sources import SourceRow, sources_among
from advisorcrm.services.histories.history_rows import changes_of
from advisorcrm.services.histories.history_words import Words

_RISK, _ADVISOR = "risk_level", "advisor_id"


def origins_of(session: Session, client: Client, words: Words, today: date) -> Mapping[str, str]:
    """``2024-06 柜台``, ``11-19 导入``, else when it was last written.

    What weighs more than its source stands in its place: until when a risk test is valid, and to
    which group the advisor's clients belong.
    """
    changes = changes_of(session, client, words)
    found = {
        change.key: _("{date} 录入").format(date=_day(change.at, today))
        for change in changes
        if change.is_field
    }
    known = sources_among(session, client.id, changes, words)
    found |= {key: _stated(source, today) for key, source in known.items()}
    if client.risk_expires_on is not None:
        found[_RISK] = _("至 {date}").format(date=client.risk_expires_on.isoformat())
    if client.client_group_id is not None:
        found[_ADVISOR] = words.name_of("client_group_id", client.client_group_id)
    return found


def _stated(source: SourceRow, today: date) -> str:
    return _("{date} {source}").format(date=_day(source.at, today), source=source.source.label)


def _day(at: datetime, today: date) -> str:
    """The day of this year, the month of another."""
    day = branch_date(at)
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m}"
