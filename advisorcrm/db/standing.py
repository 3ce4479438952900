"""Whether the person at this computer is still who signed in: asked before each use case.

An account is closed, or its role changed, at another computer of the branch; the window that is
open here knows nothing of it. Nothing is read or saved for such a person any more.
"""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from advisorcrm.db.actor import PROGRAM, Actor
from advisorcrm.errors import AccountClosedError
from advisorcrm.i18n import _
from advisorcrm.models import User

_USER = User.__table__.c
_HOW_THEY_STAND = select(_USER.role, _USER.is_active).where(_USER.id == bindparam("user_id"))


def demand_standing(connection: Connection, actor: Actor) -> None:
    """Go on only for an account that is open and has the role of the sign-in (R16).

    Raises AccountClosedError. The program itself has no account.
    """
    if actor is PROGRAM:
        return
    found = connection.execute(_HOW_THEY_STAND, {"user_id": actor.user_id}).one_or_none()
    if found is None or not found.is_active:
        raise AccountClosedError(_("这个工号已停用，不能再查看或保存。有疑问请找系统管理员。"))
    demand_role(actor, found.role)


def demand_role(actor: Actor, role: object) -> None:
    """Raise AccountClosedError when the person has another role now than at the sign-in."""
    if role is not actor.role:
        raise AccountClosedError(_("您的角色已改变，请换人登录后再用新的角色工作。"))
