"""``users``: the people of the branch."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from advisorcrm.cli.session import location_of, password_from, signed_in
from advisorcrm.i18n import _


def add(options: argparse.Namespace) -> dict[str, Any]:
    """Enter a person with role, groups and a first password."""
    from advisorcrm.services.branch.users import clean_employee_no
    from advisorcrm.services.workplace.desk import NewUser, enter_user
    from advisorcrm.terms import Role

    with signed_in(options) as database:
        person = NewUser(
            options.number,
            options.name,
            Role(options.role),
            password_from("ADVISORCRM_NEW_PASSWORD", _("新用户的密码：")),
            tuple(options.group),
        )
        user_id = enter_user(database, location_of(options), person)
    return {"id": user_id, "user": clean_employee_no(options.number), "role": options.role}


def show(options: argparse.Namespace) -> dict[str, Any]:
    """List everybody."""
    from advisorcrm.services.branch.users import list_users

    with signed_in(options) as database:
        rows = database.read(list_users)
    return {"users": [asdict(row) for row in rows]}
