"""The people of the branch: who signs in, with which role and client groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from advisorcrm.columns import Column
from advisorcrm.db.actor import Actor
from advisorcrm.db.history import because
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import ClientGroup, User, user_client_group
from advisorcrm.services.access import Right, demand
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.terms import Role


@dataclass(frozen=True, slots=True)
class UserRow:
    """One person as the administrator's list shows them."""

    id: int
    employee_no: Annotated[str, Column("工号")]
    name: Annotated[str, Column("姓名")]
    role: Annotated[Role, Column("角色", width=18)]
    groups: Annotated[str, Column("客户组", width=20)]
    is_active: Annotated[bool, Column("在用")]


def list_users(session: Session, actor: Actor) -> list[UserRow]:
    """Everybody, in the order of their numbers."""
    demand(actor, Right.MANAGE_USERS)
    users = session.scalars(
        select(User).options(selectinload(User.groups)).order_by(User.employee_no)
    )
    return [_row(user) for user in users]


def list_advisors(session: Session, actor: Actor) -> list[tuple[int, str, str]]:
    """Advisors and managers who may have clients: id, number, name."""
    rows = session.execute(
        select(User.id, User.employee_no, User.name)
        .where(User.is_active, User.role.in_((Role.ADVISOR, Role.MANAGER)))
        .order_by(User.employee_no)
    )
    return [(key, number, name) for key, number, name in rows]


def list_groups(session: Session, actor: Actor) -> list[tuple[int, str]]:
    """All client groups: id, name; without those taken back with the import that made them."""
    rows = session.execute(
        select(ClientGroup.id, ClientGroup.name)
        .where(ClientGroup.archived_at.is_(None))
        .order_by(ClientGroup.name)
    )
    return [(key, name) for key, name in rows]


def add_user(  # noqa: PLR0913 - what a person is entered with
    session: Session,
    actor: Actor,
    employee_no: str,
    *,
    name: str,
    role: Role,
    groups: Sequence[str] = (),
    since_on: date | None = None,
) -> int:
    """Enter a person; the password is set in the vault by the caller. Returns the id.

    ``since_on`` is the first day whose duties count. Raises InvalidFieldError for an empty or
    taken number.
    """
    demand(actor, Right.MANAGE_USERS)
    return create_user(session, employee_no, name=name, role=role, groups=groups, since_on=since_on)


def create_user(
    session: Session,
    employee_no: str,
    *,
    name: str,
    role: Role,
    groups: Sequence[str] = (),
    since_on: date | None = None,
) -> int:
    """Write a person without asking who does it: for the first run only."""
    employee_no, name = clean_employee_no(employee_no), clean_text("name", _one_line(name))
    if not name:
        raise InvalidFieldError("name", _("姓名不能为空。"))
    if session.scalar(select(User.id).where(User.employee_no == employee_no)) is not None:
        raise InvalidFieldError(
            "employee_no", _("工号 {number} 已有人使用。").format(number=employee_no)
        )
    user = User(employee_no=employee_no, name=name, role=role, is_active=True, since_on=since_on)
    user.groups = [_group(session, group) for group in dict.fromkeys(groups) if group.strip()]
    session.add(user)
    session.flush()  # the id is the answer
    return user.id


def deactivate_user(session: Session, actor: Actor, user_id: int) -> str:
    """Close the account of somebody who left; what they wrote stays. Returns the number."""
    demand(actor, Right.MANAGE_USERS)
    if user_id == actor.user_id:
        raise InvalidFieldError("employee_no", _("不能停用自己的账号。"))
    user = _user(session, user_id)
    user.is_active = False
    return user.employee_no


LET_IN_AGAIN = "新密码"  # chinese: data
"""The reason in the history of an account that was given a new password."""


def reopen_user(session: Session, actor: Actor, user_id: int) -> str:
    """Let somebody in again who forgot the password or came back (R16). Returns the number.

    The caller sets the password in the vault; that it was done stays in the history. One's own
    password is changed with the old one: raises InvalidFieldError, NotFoundError for nobody.
    """
    demand(actor, Right.MANAGE_USERS)
    if user_id == actor.user_id:
        raise InvalidFieldError("password", _("自己的密码在“个人”里修改，要先输原密码。"))
    user = _user(session, user_id)
    with because(session, LET_IN_AGAIN):
        user.is_active = False
        session.flush()  # the history keeps both: the old way in was closed, a new one opened
        user.is_active = True
    return user.employee_no


def _user(session: Session, user_id: int) -> User:
    user = session.get(User, user_id)
    if user is None:
        raise NotFoundError(_("找不到这位用户。"))
    return user


def find_actor(session: Session, employee_no: str) -> Actor:
    """The acting person for a number. Raises NotFoundError for a closed or unknown account."""
    # By columns: to make the first record of a table takes longer than all of this.
    found = session.execute(
        select(User.id, User.employee_no, User.name, User.role).where(
            User.employee_no == employee_no, User.is_active
        )
    ).one_or_none()
    if found is None:
        raise NotFoundError(_("这个工号已停用或不在本营业部。"))
    groups = session.execute(
        select(ClientGroup.id, ClientGroup.name)
        .join(user_client_group, user_client_group.c.client_group_id == ClientGroup.id)
        .where(user_client_group.c.user_id == found.id)
        .order_by(ClientGroup.id)
    ).all()
    return Actor(
        user_id=found.id,
        employee_no=found.employee_no,
        name=found.name,
        role=found.role,
        group_ids=tuple(group.id for group in groups),
        group_names=tuple(group.name for group in groups),
    )


def clean_employee_no(text: str) -> str:
    """A number as it is stored: no blanks, upper case."""
    cleaned = "".join(text.split()).upper()
    if not cleaned or len(cleaned) > 40:
        raise InvalidFieldError("employee_no", _("工号不能为空，最多 40 个字符。"))
    return cleaned


def _one_line(text: str) -> str:
    """A name as it is read, however it was pasted."""
    return " ".join(text.split())


def _group(session: Session, name: str) -> ClientGroup:
    name = clean_text("groups", _one_line(name))
    group = session.scalar(select(ClientGroup).where(ClientGroup.name == name))
    if group is None:
        group = ClientGroup(name=name)
        session.add(group)
    group.archived_at = None
    return group


def _row(user: User) -> UserRow:
    return UserRow(
        id=user.id,
        employee_no=user.employee_no,
        name=user.name,
        role=user.role,
        groups="、".join(group.name for group in user.groups),
        is_active=user.is_active,
    )
