"""Saved views of a list: filter, columns and order under a name, own or shared by the manager."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import SavedView, User
from advisorcrm.services.access import Right, demand, may
from advisorcrm.services.clients.clients import ClientFilter, ClientOrder
from advisorcrm.services.clients.view_content import ViewContent, read_content, write_content
from advisorcrm.services.files.client_checks import clean_text

CLIENTS = "clients"
LONGEST_NAME = 20
MOST_VIEWS = 30
"""So many of one's own fit on a screen; more are not found again."""


@dataclass(frozen=True, slots=True)
class NewView:
    """What the star saves; ``uuid`` is made before the first attempt."""

    uuid: str
    name: str
    query: ClientFilter
    order: ClientOrder = field(default_factory=ClientOrder)
    columns: tuple[str, ...] = ()
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class SavedViewRow:
    """One view as a person may use it; ``may_change`` for own ones and the manager's shared."""

    id: int
    name: str
    content: ViewContent
    is_shared: bool
    owner_name: str
    may_change: bool


def list_saved_views(session: Session, actor: Actor, page: str = CLIENTS) -> list[SavedViewRow]:
    """The shared views first, then the person's own, each in their order."""
    demand(actor, Right.SEE_CLIENTS)
    rows = session.execute(
        select(SavedView, User.name)
        .join(User, User.id == SavedView.user_id)
        .where(
            SavedView.page == page,
            SavedView.archived_at.is_(None),
            or_(SavedView.is_shared, SavedView.user_id == actor.user_id),
        )
        .order_by(SavedView.is_shared.desc(), SavedView.position, SavedView.id)
    ).all()
    return [
        SavedViewRow(
            view.id,
            view.name,
            read_content(view.content, actor.user_id),
            view.is_shared,
            owner,
            _may_change(actor, view),
        )
        for view, owner in rows
    ]


def save_view(session: Session, actor: Actor, new: NewView, page: str = CLIENTS) -> int:
    """Keep a view under its name; a repeated attempt answers the same id.

    Raises InvalidFieldError for an empty or taken name, NotAllowedError where somebody shares
    who does not lead the lists.
    """
    demand(actor, Right.SEE_CLIENTS)
    if new.is_shared:
        demand(actor, Right.LEAD_LISTS)
    known = session.scalar(select(SavedView.id).where(SavedView.uuid == new.uuid))
    if known is not None:
        return known
    mine = session.scalars(
        select(SavedView.position).where(
            SavedView.user_id == actor.user_id,
            SavedView.page == page,
            SavedView.archived_at.is_(None),
        )
    ).all()
    if len(mine) >= MOST_VIEWS:
        raise InvalidFieldError(
            "name", _("最多 {count} 个视图，请先去掉不用的。").format(count=MOST_VIEWS)
        )
    content = ViewContent(new.query, new.order, new.columns)
    view = SavedView(
        uuid=new.uuid,
        page=page,
        name=_free_name(session, actor, new.name, page),
        content=write_content(content, actor.user_id),
        user_id=actor.user_id,
        is_shared=new.is_shared,
        position=max(mine, default=-1) + 1,
    )
    session.add(view)
    session.flush()  # the id is the answer
    return view.id


def replace_view(session: Session, actor: Actor, view_id: int, content: ViewContent) -> None:
    """Let a view show what is on the screen now; its name stays."""
    view = _own_view(session, actor, view_id)
    view.content = write_content(content, actor.user_id)


def rename_view(session: Session, actor: Actor, view_id: int, name: str) -> None:
    """Give a view another name. Raises InvalidFieldError for an empty or taken one."""
    view = _own_view(session, actor, view_id)
    view.name = _free_name(session, actor, name, view.page, except_id=view.id)


def share_view(session: Session, actor: Actor, view_id: int, *, is_shared: bool) -> None:
    """Offer a view to everybody, or to oneself only again (manager)."""
    demand(actor, Right.LEAD_LISTS)
    _own_view(session, actor, view_id).is_shared = is_shared


def order_views(session: Session, actor: Actor, view_ids: Sequence[int]) -> None:
    """Put views into this order; those of others keep their place."""
    demand(actor, Right.SEE_CLIENTS)
    for place, view_id in enumerate(view_ids):
        view = session.get(SavedView, view_id)
        if view is not None and _may_change(actor, view):
            view.position = place


def archive_view(session: Session, actor: Actor, view_id: int, *, now: datetime) -> None:
    """Put a view away."""
    _own_view(session, actor, view_id).archived_at = now


def restore_view(session: Session, actor: Actor, view_id: int) -> None:
    """Bring a view back that was put away."""
    _own_view(session, actor, view_id, is_archived=True).archived_at = None


def _may_change(actor: Actor, view: SavedView) -> bool:
    return view.user_id == actor.user_id or (view.is_shared and may(actor, Right.LEAD_LISTS))


def _own_view(
    session: Session, actor: Actor, view_id: int, *, is_archived: bool = False
) -> SavedView:
    demand(actor, Right.SEE_CLIENTS)
    view = session.get(SavedView, view_id)
    is_there = view is not None and (view.archived_at is not None) is is_archived
    if view is None or not is_there or not _may_change(actor, view):
        raise NotFoundError(_("这个视图已不在，或不是您的。"))
    return view


def _free_name(session: Session, actor: Actor, name: str, page: str, *, except_id: int = 0) -> str:
    name = clean_text("name", name, limit=LONGEST_NAME)
    if not name:
        raise InvalidFieldError("name", _("请给视图起个名字。"))
    taken = session.scalar(
        select(func.count(SavedView.id)).where(
            SavedView.page == page,
            SavedView.name == name,
            SavedView.id != except_id,
            SavedView.archived_at.is_(None),
            or_(SavedView.is_shared, SavedView.user_id == actor.user_id),
        )
    )
    if taken:
        raise InvalidFieldError("name", _("已有同名的视图，请换一个名字。"))
    return name
