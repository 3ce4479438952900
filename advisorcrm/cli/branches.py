"""``init``: a new database with its administrator."""

from __future__ import annotations

import argparse
from typing import Any

from advisorcrm.cli.session import location_of, number_of, password_from
from advisorcrm.i18n import _


def init(options: argparse.Namespace) -> dict[str, Any]:
    """Make the database; the recovery key is printed this once."""
    from advisorcrm.services.branch.branches import BranchInfo
    from advisorcrm.services.workplace.desk import NewUser, set_up, shown_place
    from advisorcrm.terms import Role

    administrator = NewUser(
        number_of(options),
        options.name,
        Role.ADMINISTRATOR,
        password_from("ADVISORCRM_NEW_PASSWORD", _("新密码：")),
    )
    location = location_of(options)
    recovery_key = set_up(location, BranchInfo(name=options.branch), (administrator,))
    return {"database": shown_place(location), "recovery_key": recovery_key}
