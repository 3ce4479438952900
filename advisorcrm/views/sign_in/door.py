"""What is done behind the sign-in window before anybody is in, in the thread of the door.

Imports nothing early: the window is painted first (decision 022).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from advisorcrm.views.remembered import recall

if TYPE_CHECKING:
    from datetime import date

    from advisorcrm.services.workplace.start import StartData
    from advisorcrm.services.workplace.workplace import Workplace
    from advisorcrm.terms import Role


def is_server(location: str) -> bool:
    """Whether the place is a server's address; ``services.desk`` is not loaded so early."""
    return location.startswith("postgres")


def enter(location: str, employee_no: str, password: str) -> tuple[Workplace, StartData]:
    """Open the door and read what the window must know; runs in the door's thread."""
    from advisorcrm.services.workplace.desk import utc_now
    from advisorcrm.services.workplace.start import load_start
    from advisorcrm.services.workplace.workplace import sign_in_at

    workplace = sign_in_at(location, employee_no, password)
    return workplace, workplace.database.read(partial(load_start, now=utc_now()))


def last_role() -> Role | None:
    """The role of who signed in on this computer last; None where nobody did."""
    from advisorcrm.terms import Role

    known = recall("login/role")
    return Role(known) if known in set(Role) else None


def load(names: tuple[str, ...], role: Role | None) -> None:
    """Import what comes after the sign-in, and prepare its first questions for a role."""
    from importlib import import_module

    for name in names:
        import_module(name)
    from advisorcrm.rules.workdays import day_kind
    from advisorcrm.services.workplace.desk import utc_now
    from advisorcrm.services.workplace.start import prepare

    day_kind(branch_today())  # reads the table of holidays
    prepare(now=utc_now(), role=role)


def branch_today() -> date:
    """The branch's day."""
    from advisorcrm.columns import BRANCH_TIME
    from advisorcrm.services.workplace.desk import utc_now

    return utc_now().astimezone(BRANCH_TIME).date()
