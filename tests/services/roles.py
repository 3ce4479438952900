"""Who is tried on every service, and about whom (``test_access.py``, ``role_cases``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor

NAME, MOBILE, ACCOUNT = "欧阳文静", "13900000458", "010000007715"
ID_NUMBER, ADDRESS = "11010519491231002X", "济南市历下区历山路136号"
SECRETS = (MOBILE, ACCOUNT, ID_NUMBER, ADDRESS)

EVERYBODY = frozenset(
    {"advisor", "colleague", "manager", "leader", "desk", "office", "administrator"}
)
SEE = EVERYBODY - {"colleague", "administrator"}
EDIT = frozenset({"advisor", "manager"})
READ_LOGS = SEE - {"desk"}
READ_FILES = SEE - {"desk"}
ENTER = EDIT | {"colleague"}
MANAGE = frozenset({"manager"})
RUN_BRANCH = frozenset({"manager", "administrator"})
RUN_USERS = frozenset({"administrator"})


@dataclass(frozen=True)
class World:
    """The advisor's client and what hangs on it; ``more`` holds what a module of cases made."""

    client: int
    point: int
    log: int
    advisor: int
    colleague: int
    more: Mapping[str, Any] = field(default_factory=dict)


Call = Callable[[Session, Actor, World], Any]
Case = tuple[Call, frozenset[str]]
