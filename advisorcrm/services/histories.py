"""Reading the change history that the triggers write."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advisorcrm.models import ChangeHistory, User


def last_change(session: Session, table_name: str, row_id: int) -> tuple[str, datetime] | None:
    """Who changed a row last, by name, and when."""
    row = session.execute(
        select(func.coalesce(User.name, ChangeHistory.actor), ChangeHistory.at)
        .outerjoin(User, User.employee_no == ChangeHistory.actor)
        .where(ChangeHistory.table_name == table_name, ChangeHistory.row_id == row_id)
        .order_by(ChangeHistory.id.desc())
        .limit(1)
    ).first()
    return (row[0], row[1]) if row else None
