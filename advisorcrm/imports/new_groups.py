"""Client groups that an import has made: they go with it while nobody else belongs to them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from advisorcrm.imports.storing import reason_of
from advisorcrm.models import ChangeHistory, Client, ClientGroup
from advisorcrm.models.user import user_client_group


def archive_unused_groups(session: Session, batch_id: int, now: datetime) -> None:
    """Take the groups of a batch out of the list of groups (R246); its clients are gone already."""
    # Made, or revived: nothing else happens to a group while an import is stored.
    made = select(ChangeHistory.row_id).where(
        ChangeHistory.table_name == ClientGroup.__tablename__,
        ChangeHistory.why == reason_of(batch_id),
    )
    ids = session.scalars(made).all()
    if not ids:
        return
    has_clients = exists().where(
        Client.client_group_id == ClientGroup.id, Client.archived_at.is_(None)
    )
    has_people = exists().where(user_client_group.c.client_group_id == ClientGroup.id)
    session.execute(
        update(ClientGroup)
        .where(ClientGroup.id.in_(ids), ClientGroup.archived_at.is_(None))
        .where(~has_clients, ~has_people)
        .values(archived_at=now)
        .execution_options(synchronize_session=False)
    )
