"""Whether the person at this computer is still who signed in: asked before each use case.

An account is closed, or its role changed, at another computer of the branch; the window that is
open here knows nothing of it. Nothing is read or saved for such a person any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import Any

from sqlalchemy import Connection

from advisorcrm.db.actor import PROGRAM, Actor
from advisorcrm.db.trouble import trouble_from
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
    """Past SQLAlchemy: it goes before every search, which takes hardly more than a millisecond."""
    from sqlcipher3 import dbapi2

    try:
        with closing(connection.connection.cursor()) as cursor:
            cursor.execute(_IN_A_FILE, (user_id,))
            found: Sequence[Any] | None = cursor.fetchone()
            return found
    except dbapi2.Error as error:
        raise trouble_from(error) or error from error


def _ask_server(connection: Connection, user_id: int) -> Sequence[Any] | None:
    return connection.exec_driver_sql(_ON_A_SERVER, (user_id,)).first()


def demand_role(actor: Actor, role: object) -> None:
    """Raise AccountClosedError when the person has another role now than at the sign-in."""
    if role is not actor.role:
        raise AccountClosedError(_("您的角色已改变，请换人登录后再用新的角色工作。"))
