"""Whether the person at this computer is still who signed in: asked before each use case.

An account is closed, or its role changed, at another computer of the branch; the window that is
open here knows nothing of it. Nothing is read or saved for such a person any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from advisorcrm.db.actor import PROGRAM, Actor
from advisorcrm.db.direct import rows_of_file
from advisorcrm.errors import AccountClosedError
from advisorcrm.i18n import _
from advisorcrm.terms import Role

_IN_A_FILE = "SELECT role, is_active FROM user WHERE id = ?"
_ON_A_SERVER = 'SELECT role, is_active FROM "user" WHERE id = %s'


def demand_standing(connection: Connection, actor: Actor) -> None:
    """Go on only for an account that is open and has the role of the sign-in (R16).

    Raises AccountClosedError. The program itself has no account.
    """
    if actor is PROGRAM:
        return
    is_file = connection.dialect.name == "sqlite"
    found = (_ask_file if is_file else _ask_server)(connection, actor.user_id)
    if found is None or not found[1]:
        raise AccountClosedError(_("这个工号已停用，不能再查看或保存。有疑问请找系统管理员。"))
    demand_role(actor, Role(found[0]))


def _ask_file(connection: Connection, user_id: int) -> Sequence[Any] | None:
    return next(iter(rows_of_file(connection, _IN_A_FILE, (user_id,))), None)


def _ask_server(connection: Connection, user_id: int) -> Sequence[Any] | None:
    return connection.exec_driver_sql(_ON_A_SERVER, (user_id,)).first()


def demand_role(actor: Actor, role: object) -> None:
    """Raise AccountClosedError when the person has another role now than at the sign-in."""
    if role is not actor.role:
        raise AccountClosedError(_("您的角色已改变，请换人登录后再用新的角色工作。"))
