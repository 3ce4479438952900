"""Reading a whole list of clients at once: its order, its first rows, the sum of a selection."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.models import Client
from advisorcrm.services.access import visible_clients
from advisorcrm.services.clients.client_rows import ClientRow
from advisorcrm.services.clients.clients import (
    ClientFilter,
    ClientOrder,
    list_client_ids,
    list_clients,
)

FIRST_ROWS = 256
"""As many rows as a table holds in one page, so that the top of the list never waits."""
_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class ClientList:
    """All ids of a list in its order, and the rows of its top."""

    ids: array[int]
    rows: tuple[ClientRow, ...]


def open_client_list(
    session: Session,
    actor: Actor,
    query: ClientFilter,
    order: ClientOrder,
    *,
    today: date,
    own: Sequence[str] = (),
) -> ClientList:
    """The order of a list together with its first rows."""
    ids = list_client_ids(session, actor, query, order, today=today)
    top = list_clients(session, actor, ids[:FIRST_ROWS], today=today, own=own)
    return ClientList(ids, tuple(top))


def sum_assets(session: Session, actor: Actor, ids: Sequence[int]) -> int:
    """The assets of a selection, in 分."""
    total = 0
    for start in range(0, len(ids), _CHUNK):
        part = list(ids[start : start + _CHUNK])
        total += (
            session.scalar(
                select(func.coalesce(func.sum(Client.assets_fen), 0)).where(
                    Client.id.in_(part), Client.archived_at.is_(None), visible_clients(actor)
                )
            )
            or 0
        )
    return int(total)
