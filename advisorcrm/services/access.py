"""Who sees and does what: the one place that decides (R16, R69).

Matrix (ui.md 2): an advisor reads and writes own clients only; manager and leader see the branch,
the manager writes it; the front desk finds and prints masked cards and reads nothing that hangs
on a file (care, presents, attachments), nor commission (R77) and others' conversations; head
office reads masked; the administrator looks after users and copies and sees no client data at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from sqlalchemy import ColumnElement, bindparam, false, select, true
from sqlalchemy.orm import Session

from advisorcrm.db.actor import PROGRAM, Actor
from advisorcrm.db.plans import looked_at_last
from advisorcrm.errors import NotAllowedError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import Client
from advisorcrm.terms import Role

__all__ = [
    "COMMISSION",
    "LEAVES_NO_TRACE",
    "PROGRAM",
    "Actor",
    "Right",
    "any_client",
    "demand",
    "demand_client",
    "may",
    "names_are_masked",
    "own_client",
    "reads_commission",
    "sees_branch",
    "visible_clients",
]


class Right(StrEnum):
    """One thing a role may do."""

    SEE_CLIENTS = "see_clients"
    SEE_BRANCH = "see_branch"
    READ_FILES = "read_files"  # beyond the card: care, presents, commission
    EDIT_CLIENTS = "edit_clients"
    LOG_CONTACTS = "log_contacts"
    REVEAL = "reveal"
    IMPORT = "import"
    EXPORT = "export"
    EXPORT_UNMASKED = "export_unmasked"
    HAND_OVER = "hand_over"
    LEAD_LISTS = "lead_lists"
    MERGE_CLIENTS = "merge_clients"
    MANAGE_USERS = "manage_users"
    MANAGE_BRANCH = "manage_branch"
    BACK_UP = "back_up"
    SEE_ACCESS_LOG = "see_access_log"
    SEE_STANDARDS = "see_standards"
    SET_STANDARDS = "set_standards"
    SET_COMPLIANCE = "set_compliance"
    LEAD_TEAM = "lead_team"
    KEEP_TASKS = "keep_tasks"
    KEEP_SHIFTS = "keep_shifts"
    CALL_BACK = "call_back"
    SEE_CALLBACKS = "see_callbacks"
    SEE_MINUTES = "see_minutes"
    WRITE_MINUTES = "write_minutes"
    DECIDE_VIEWS = "decide_views"


_RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.ADVISOR: frozenset(
        {Right.SEE_CLIENTS, Right.READ_FILES, Right.EDIT_CLIENTS, Right.LOG_CONTACTS,
         Right.REVEAL, Right.IMPORT, Right.EXPORT, Right.KEEP_TASKS, Right.KEEP_SHIFTS,
         Right.CALL_BACK, Right.SEE_MINUTES, Right.WRITE_MINUTES}
    ),
    Role.MANAGER: frozenset(
        {Right.SEE_CLIENTS, Right.SEE_BRANCH, Right.READ_FILES, Right.EDIT_CLIENTS,
         Right.LOG_CONTACTS, Right.REVEAL, Right.IMPORT, Right.EXPORT, Right.EXPORT_UNMASKED,
         Right.MANAGE_BRANCH, Right.SEE_ACCESS_LOG, Right.HAND_OVER, Right.LEAD_LISTS,
         Right.SEE_STANDARDS, Right.SET_STANDARDS, Right.MERGE_CLIENTS, Right.SET_COMPLIANCE,
         Right.LEAD_TEAM, Right.KEEP_TASKS, Right.KEEP_SHIFTS, Right.CALL_BACK,
         Right.SEE_CALLBACKS, Right.SEE_MINUTES, Right.WRITE_MINUTES, Right.DECIDE_VIEWS}
    ),
    Role.LEADER: frozenset(
        {Right.SEE_CLIENTS, Right.SEE_BRANCH, Right.READ_FILES, Right.EXPORT,
         Right.SEE_STANDARDS, Right.SET_COMPLIANCE, Right.LEAD_TEAM, Right.KEEP_TASKS,
         Right.SEE_CALLBACKS, Right.SEE_MINUTES}
    ),
    Role.FRONT_DESK: frozenset(
        {Right.SEE_CLIENTS, Right.SEE_BRANCH, Right.EXPORT, Right.KEEP_TASKS, Right.KEEP_SHIFTS}
    ),
    Role.HEAD_OFFICE: frozenset({Right.SEE_CLIENTS, Right.SEE_BRANCH, Right.READ_FILES}),
    Role.ADMINISTRATOR: frozenset({Right.MANAGE_USERS, Right.BACK_UP, Right.MANAGE_BRANCH}),
}  # fmt: skip


LEAVES_NO_TRACE = frozenset({Right.SEE_CLIENTS, Right.SEE_BRANCH, Right.READ_FILES, Right.BACK_UP})
"""What needs no line in the database: all that remains where it can only be read (decision 016)."""


_IN_CHARGE = (Role.MANAGER, Role.ADMINISTRATOR)
_WITH_CALENDAR = frozenset({Role.ADVISOR, Role.MANAGER, Role.LEADER})


def may(actor: Actor, right: Right) -> bool:
    """Whether the person's role includes this."""
    return right in _RIGHTS[actor.role]


def demand(actor: Actor, right: Right) -> None:
    """Stop with a sentence unless the person's role includes this."""
    if not may(actor, right):
        raise NotAllowedError(
            _("{role}没有这项权限。需要时请找{others}。").format(
                role=actor.role.label,
                others=_("或").join(role.label for role in _IN_CHARGE if role is not actor.role),
            )
        )


def has_calendar(actor: Actor) -> bool:
    """Whether the person has a calendar: those with clients, and those who lead them."""
    return actor.role in _WITH_CALENDAR


def sees_branch(actor: Actor) -> bool:
    """Whether the person sees the clients of the whole branch."""
    return may(actor, Right.SEE_BRANCH)


def names_are_masked(actor: Actor) -> bool:
    """Head office reads figures, not people."""
    return actor.role is Role.HEAD_OFFICE


COMMISSION = ("commission_ppm", "commission_attitude", "commission_year_fen")


def reads_commission(actor: Actor) -> bool:
    """Whether the person reads what clients pay: no matter of the front desk's card (R77)."""
    return may(actor, Right.READ_FILES)


def visible_clients(actor: Actor, *, among_few: bool = False) -> ColumnElement[bool]:
    """The clients whose files the person may open, as a condition of a query.

    ``among_few`` where other conditions find a handful, as a name or a number does: an advisor's
    thousands are not gone through for them.
    """
    if not may(actor, Right.SEE_CLIENTS):
        return false()
    if sees_branch(actor):
        return true()
    return (looked_at_last(Client.advisor_id) if among_few else Client.advisor_id) == actor.user_id


def demand_client(session: Session, actor: Actor, client_id: int) -> None:
    """As ``any_client`` where the client itself is not needed: nothing is loaded."""
    kept = _SEEN if sees_branch(actor) else _SEEN_AS_OWN
    named = {"client_id": client_id, "user_id": actor.user_id}
    may_see = may(actor, Right.SEE_CLIENTS)
    if not may_see or session.connection().scalar(kept, named) is None:
        raise _not_found()


_CLIENT = Client.__table__.c
_SEEN = select(_CLIENT.id).where(
    _CLIENT.id == bindparam("client_id"), _CLIENT.archived_at.is_(None)
)
_SEEN_AS_OWN = _SEEN.where(_CLIENT.advisor_id == bindparam("user_id"))


def _not_found() -> NotFoundError:
    return NotFoundError(_("找不到这位客户，或不在您的权限内。"))


def any_client(session: Session, actor: Actor, client_id: int) -> Client:
    """The client for reading. Raises NotFoundError for one that is gone or not to be seen."""
    client = session.scalar(
        select(Client).where(
            Client.id == client_id, Client.archived_at.is_(None), visible_clients(actor)
        )
    )
    if client is None:
        raise _not_found()
    return client


def own_client(
    session: Session, actor: Actor, client_id: int, *, even_restricted: bool = False
) -> Client:
    """The client for writing: an advisor's own, anyone of the branch for the manager.

    A file that the person had restricted is read and not changed (2.7d): NotAllowedError, unless
    ``even_restricted`` says that this very change is the person's own request.
    """
    demand(actor, Right.EDIT_CLIENTS)
    client = any_client(session, actor, client_id)
    if client.is_restricted and not even_restricted:
        raise NotAllowedError(
            _("客户要求限制处理，档案只能查看；要修改请先在“个人信息请求”里登记解除限制。")
        )
    return client
