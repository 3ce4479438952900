"""The clients of the database that a file may mean, read for all its rows at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import RowMapping, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from advisorcrm.models import Client, ClientAccount, ContactPoint
from advisorcrm.services.access import Actor, visible_clients
from advisorcrm.services.clients.own_columns import read_values
from advisorcrm.services.files.own_values import OWN, is_own
from advisorcrm.terms import PointKind

CHUNK = 10_000
_ALWAYS = ("id", "account", "client_no", "name", "advisor_id", "archived_at", "version",
           "is_restricted",
           "birthday", "birthday_month_day")  # fmt: skip
"""Columns that decide whose client it is; of the others those that the file has."""
_RISK_TERM = frozenset({"risk_tested_on", "risk_expires_on"})
_COLUMN_NAMES = frozenset(column.name for column in Client.__table__.columns)


@dataclass
class KnownClients:
    """Clients found by account, by client number, and by telephone or name."""

    by_id: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    by_account: dict[str, int] = field(default_factory=dict)
    by_further_account: dict[str, int] = field(default_factory=dict)
    by_number: dict[str, int] = field(default_factory=dict)
    by_name: dict[str, list[int]] = field(default_factory=dict)
    by_point: dict[str, list[int]] = field(default_factory=dict)
    points: dict[int, list[tuple[PointKind, str]]] = field(default_factory=dict)

    def owner_of_account(self, account: str) -> int | None:
        """Whose main or further account this is."""
        return self.by_account.get(account, self.by_further_account.get(account))

    def add(self, row: RowMapping) -> None:
        """Take a row of the client table in, once."""
        if row["id"] in self.by_id:
            return
        self.by_id[row["id"]] = {str(name): value for name, value in row.items()}
        if row["account"]:
            self.by_account[row["account"]] = row["id"]
        self.by_number[row["client_no"]] = row["id"]
        self.by_name.setdefault(row["name"], []).append(row["id"])


def find_known(
    session: Session, actor: Actor, records: Sequence[Mapping[str, Any]]
) -> KnownClients:
    """Every client that a key of the file names, whoever looks after it; a few queries in all.

    Rows without account and number are looked up by telephone and name, among the clients
    whom the person may see.
    """
    known = KnownClients()
    if session.scalar(select(Client.id).limit(1)) is None:
        return known
    search = _Search(session, known, _columns(records))
    search.by_key(Client.account, _texts(records, "account"))
    search.by_further_account(_texts(records, "account"))
    search.by_key(Client.client_no, _texts(records, "client_no"))
    keyless = [
        record for record in records if not (record.get("account") or record.get("client_no"))
    ]
    if keyless:
        search.by_person(actor, keyless)
    search.points()
    search.own(sorted({name for record in records for name in record if is_own(name)}))
    return known


def _columns(records: Sequence[Mapping[str, Any]]) -> list[InstrumentedAttribute[Any]]:
    """What a comparison with these records needs of the client table."""
    given: set[str] = set().union(*records)
    if "advisor" in given or "advisor_no" in given:
        given.add("advisor_id")
    if "id_expires_on" in given:
        given.add("id_is_permanent")
    if "client_group" in given:
        given.add("client_group_id")
    if given & _RISK_TERM:
        given |= _RISK_TERM
    names = dict.fromkeys((*_ALWAYS, *sorted(given & _COLUMN_NAMES)))
    return [getattr(Client, name) for name in names]


def _texts(records: Iterable[Mapping[str, Any]], name: str) -> list[str]:
    return list(dict.fromkeys(value for record in records if (value := record.get(name))))


@dataclass(frozen=True, slots=True)
class _Search:
    """The queries, in chunks of keys."""

    session: Session
    known: KnownClients
    columns: Sequence[InstrumentedAttribute[Any]]

    def by_key(self, column: InstrumentedAttribute[Any], values: list[str]) -> None:
        for part in _chunks(values):
            statement = select(*self.columns).where(column.in_(part))
            for row in self.session.execute(statement).mappings():
                self.known.add(row)

    def by_further_account(self, values: list[str]) -> None:
        """By an account beside the main one, as files have that were merged."""
        for part in _chunks(values):
            statement = (
                select(*self.columns, ClientAccount.account.label("further"))
                .join(ClientAccount, ClientAccount.client_id == Client.id)
                .where(ClientAccount.account.in_(part), ClientAccount.archived_at.is_(None))
            )
            for row in self.session.execute(statement).mappings():
                self.known.add(row)
                self.known.by_further_account[row["further"]] = row["id"]

    def by_person(self, actor: Actor, records: Sequence[Mapping[str, Any]]) -> None:
        """By name and by telephone, among the clients whom the person may see."""
        seen = (Client.archived_at.is_(None), visible_clients(actor))
        for part in _chunks(_texts(records, "name")):
            statement = select(*self.columns).where(Client.name.in_(part), *seen)
            for row in self.session.execute(statement).mappings():
                self.known.add(row)
        numbers = dict.fromkeys(
            value for record in records for _kind, value in record.get("points", ())
        )
        for part in _chunks(list(numbers)):
            statement = (
                select(*self.columns, ContactPoint.value.label("point"))
                .join(ContactPoint, ContactPoint.client_id == Client.id)
                .where(ContactPoint.value.in_(part), ContactPoint.archived_at.is_(None), *seen)
            )
            for row in self.session.execute(statement).mappings():
                self.known.add(row)
                self.known.by_point.setdefault(row["point"], []).append(row["id"])

    def own(self, names: Sequence[str]) -> None:
        """What everybody found holds in these own fields."""
        for part in _chunks(list(self.known.by_id)) if names else ():
            held = read_values(self.session, part, [name.removeprefix(OWN) for name in names])
            for key in part:
                file = dict.fromkeys(names, "") | held.get(key, {})
                self.known.by_id[key] = {**self.known.by_id[key], **file}

    def points(self) -> None:
        """Numbers and addresses of everybody found."""
        for part in _chunks(list(self.known.by_id)):
            rows = self.session.execute(
                select(ContactPoint.client_id, ContactPoint.kind, ContactPoint.value)
                .where(ContactPoint.client_id.in_(part), ContactPoint.archived_at.is_(None))
                .order_by(ContactPoint.position, ContactPoint.id)
            )
            for client_id, kind, value in rows:
                self.known.points.setdefault(client_id, []).append((kind, value))


def _chunks(values: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]
