"""Whether the person at this computer is still who signed in: asked before each use case.

An account is closed, or its role changed, at another computer of the branch; the window that is
open here knows nothing of it. Nothing is read or saved for such a person any more.
"""

from __future__ import annotations

from sqlalchemy import Connection

from advisorcrm.db.actor import PROGRAM, Actor
from advisorcrm.errors import AccountClosedError
from advisorcrm.i18n import _
from advisorcrm.terms import Role

_HOW_THEY_STAND = {
    "sqlite": "SELECT role, is_active FROM user WHERE id = ?",
    "postgresql": 'SELECT role, is_active FROM "user" WHERE id = %s',
}
"""Nothing to compile: it goes before every search, which takes little more than a millisecond."""


def demand_standing(connection: Connection, actor: Actor) -> None:
    """Go on only for an account that is open and has the role of the sign-in (R16).

    Raises AccountClosedError. The program itself has no account.
    """
    if actor is PROGRAM:
        return
    asked = _HOW_THEY_STAND[connection.dialect.name]
    found = connection.exec_driver_sql(asked, (actor.user_id,)).first()
    if found is None or not found[1]:
        raise AccountClosedError(_("这个工号已停用，不能再查看或保存。有疑问请找系统管理员。"))
    demand_role(actor, Role(found[0]))


def demand_role(actor: Actor, role: object) -> None:
    """Raise AccountClosedError when the person has another role now than at the sign-in."""
    if role is not actor.role:
        raise AccountClosedError(_("您的角色已改变，请换人登录后再用新的角色工作。"))
