"""Restricted files stay in the house: nothing of them leaves but the person's own copy (2.7d)."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.errors import NotAllowedError
from advisorcrm.i18n import _
from advisorcrm.models import Client


def held_back(session: Session) -> frozenset[int]:
    """The clients who had their files restricted; few, if any."""
    restricted = select(Client.id).where(Client.is_restricted.is_(True))
    return frozenset(session.scalars(restricted))


def without_held_back(session: Session, ids: Sequence[int] | array[int]) -> array[int]:
    """The same clients in their order, without those whose files are restricted."""
    held = held_back(session)
    return array("q", (key for key in ids if key not in held) if held else ids)


def rows_to_leave(session: Session, rows: Sequence[Any]) -> list[Any]:
    """The rows of a list that are about nobody whose file is restricted."""
    clients = [getattr(row, "client_id", None) for row in rows]
    held = held_back(session) if any(clients) else frozenset()
    return [row for row, client_id in zip(rows, clients, strict=True) if client_id not in held]


def demand_not_held_back(session: Session, client_id: int | None) -> None:
    """Raise NotAllowedError for a client who had his file restricted."""
    if client_id is None:
        return
    if session.scalar(select(Client.is_restricted).where(Client.id == client_id)):
        raise NotAllowedError(
            _("客户要求限制处理，资料不能打印或导出；客户要的副本请从“个人信息请求”导出。")
        )
