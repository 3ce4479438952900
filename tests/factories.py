"""Records for tests, through the program's own services; every value invented."""

from __future__ import annotations

import itertools
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Column, Table, TypeDecorator, func, select
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.models.base import TermText
from advisorcrm.services.branch.compliance_parameters import decide_parameter, propose_parameter
from advisorcrm.services.branch.users import find_actor
from advisorcrm.services.clients.client_store import insert_clients
from advisorcrm.services.contacts.contact_logs import log_contact
from advisorcrm.services.contacts.new_contact_log import NewContactLog
from advisorcrm.services.workplace.desk import NewUser
from advisorcrm.terms import PointKind, Role

KEY = b"k" * 32
NOW = datetime(2026, 11, 20, 6, 20, tzinfo=UTC)
PASSWORD = "correct-horse"

PEOPLE = (
    NewUser("LSL0001", "秦越", Role.ADMINISTRATOR, PASSWORD),
    NewUser("LSL0010", "方静", Role.MANAGER, PASSWORD),
    NewUser("LSL0042", "林若溪", Role.ADVISOR, PASSWORD, ("第二客户组",)),
    NewUser("LSL0043", "周岚", Role.ADVISOR, PASSWORD, ("第一客户组",)),
    NewUser("LSL0002", "高远", Role.LEADER, PASSWORD),
    NewUser("LSL0051", "许诺", Role.FRONT_DESK, PASSWORD),
    NewUser("LSL0090", "总部", Role.HEAD_OFFICE, PASSWORD),
)


@dataclass(frozen=True)
class People:
    """One acting person of each role, and a colleague of the advisor."""

    advisor: Actor
    colleague: Actor
    manager: Actor
    leader: Actor
    desk: Actor
    office: Actor
    administrator: Actor

    @property
    def all(self) -> tuple[Actor, ...]:
        return (
            self.advisor, self.colleague, self.manager, self.leader, self.desk, self.office,
            self.administrator,
        )  # fmt: skip


def people_of(session: Session) -> People:
    def who(number: str) -> Actor:
        return find_actor(session, number)

    return People(
        advisor=who("LSL0042"),
        colleague=who("LSL0043"),
        manager=who("LSL0010"),
        leader=who("LSL0002"),
        desk=who("LSL0051"),
        office=who("LSL0090"),
        administrator=who("LSL0001"),
    )


_serial = itertools.count(1)


def make_client(session: Session, owner: Actor | None = None, **overrides: Any) -> int:
    """One client of ``owner``; any field of the file and ``mobile`` can be overridden."""
    number = next(_serial)
    mobile = overrides.pop("mobile", f"1390000{number:04d}")
    record: dict[str, Any] = {
        "name": f"样例{number}",
        "account": f"99{number:010d}",
        "advisor_id": owner.user_id if owner else None,
        "points": [(PointKind.MOBILE, mobile)] if mobile else [],
    }
    record.update(overrides)
    return insert_clients(session, [record], now=NOW)[0]


def new_log(client_id: int, **overrides: Any) -> NewContactLog:
    """A conversation of ten minutes ago."""
    values: dict[str, Any] = {
        "uuid": str(uuid.uuid4()),
        "client_id": client_id,
        "topics": ("market",),
        "contacted_at": NOW - timedelta(minutes=10),
        "way": "phone",
        "content": "客户认为电气设备短期过热。",
    }
    values.update(overrides)
    return NewContactLog(**values)


def make_log(session: Session, actor: Actor, client_id: int, **overrides: Any) -> int:
    return log_contact(session, actor, new_log(client_id, **overrides), now=NOW)


def set_parameter(database: Database, people: People, name: str, value: str) -> None:
    """Another value of a compliance parameter, by two persons."""
    manager, leader = database.acting_as(people.manager), database.acting_as(people.leader)
    wanted = partial(propose_parameter, name=name, value=value, reason="新规定", now=NOW)
    key = manager.write(wanted)
    leader.write(partial(decide_parameter, proposal_id=key, is_accepted=True, now=NOW))


def make_some_row(session: Session, table: Table, **values: Any) -> None:
    """Any row the table accepts: what must not be empty is filled, other rows are pointed at."""
    filled = {
        column.name: _some_value(session, column)
        for column in table.columns
        if not column.nullable and (column.foreign_keys or not column.primary_key)
    }
    session.execute(table.insert(), filled | values)


def _some_value(session: Session, column: Column[Any]) -> Any:
    for key in column.foreign_keys:
        return session.scalar(select(func.min(key.column)))
    if isinstance(column.type, TermText):
        return next(iter(column.type.term))
    values = {str: "x", int: 1, bool: True, bytes: b"x", date: NOW.date(), datetime: NOW}
    plain = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    return values[plain.python_type]
