"""Writing clients, one or a hundred thousand, through one road: file, numbers, search index."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import CompoundSelect, bindparam, func, select, text, union_all, update
from sqlalchemy.orm import Session, aliased

from advisorcrm.db.engines import insert_rows
from advisorcrm.db.search_index import index_clients
from advisorcrm.models import Client, ClientAccount, ContactPoint
from advisorcrm.rules.pinyin import name_readings
from advisorcrm.rules.search_grams import Haystack, haystack
from advisorcrm.services.branch.branches import take_client_numbers
from advisorcrm.terms import BirthdayKept, ClientKind, ClientStage, PointKind, Validity

CHUNK = 5_000
_POINTS = frozenset({"points", "point_notes"})

_DEFAULTS: dict[str, object] = {
    column.name: None for column in Client.__table__.columns if column.name != "id"
} | {
    "alias": "",
    "address": "",
    "convenient_time": "",
    "investment_preference": "",
    "occupation": "",
    "hobbies": "",
    "personality": "",
    "family": "",
    "education": "",
    "employer": "",
    "remark": "",
    "kind": ClientKind.PERSON,
    "stage": ClientStage.ACTIVE,
    "birthday_kept": BirthdayKept.SOLAR,
    "id_is_permanent": False,
    "lunar_is_leap": False,
    "is_lowest_risk": False,
    "is_household_head": False,
    "is_restricted": False,
    "version": 1,
}


def insert_clients(
    session: Session, records: Sequence[Mapping[str, Any]], *, now: datetime
) -> list[int]:
    """Store new clients with their contact points; returns the ids in the same order.

    A record maps field names of the client file to cleaned values, and ``points`` to
    (kind, value) pairs, ``point_notes`` values to remarks. Numbers of the branch's own
    series are given where none came along.
    """
    ids = _new_ids(session, "client", len(records))
    missing = [place for place, record in enumerate(records) if not record.get("client_no")]
    numbers = dict(zip(missing, _free_numbers(session, len(missing)), strict=True))
    for start in range(0, len(records), CHUNK):
        part = range(start, min(start + CHUNK, len(records)))
        rows = [_row(ids[at], records[at], numbers.get(at), now) for at in part]
        insert_rows(session.connection(), Client.__table__, rows)
        points = [records[at].get("points", ()) for at in part]
        _insert_points(session, [(ids[at], records[at]) for at in part])
        index_clients(
            session,
            (
                (row["id"], _haystack(row, [value for kind, value in found if kind in _DIALLED]))
                for row, found in zip(rows, points, strict=True)
            ),
        )
    return ids


def update_clients(
    session: Session, changes: Iterable[tuple[int, Mapping[str, Any]]], *, now: datetime
) -> None:
    """Store changed fields of many clients, an import's updates (``points`` are added)."""
    ids, added = [], []
    for client_id, fields in changes:
        ids.append(client_id)
        values = {name: value for name, value in fields.items() if name not in _POINTS}
        if "name" in values:
            values |= _readings(str(values["name"]))
        values |= {"updated_at": now, "version": Client.version + 1}
        session.execute(update(Client).where(Client.id == client_id).values(**values))
        added.append(fields)
    _insert_points(session, zip(ids, added, strict=True), first_position=100)
    for start in range(0, len(ids), CHUNK):
        reindex(session, ids[start : start + CHUNK])


def reindex(session: Session, client_ids: Sequence[int]) -> None:
    """Write the search text of these clients anew."""
    numbers: dict[int, list[str]] = {}
    found = session.execute(
        select(ContactPoint.client_id, ContactPoint.value).where(
            ContactPoint.client_id.in_(client_ids),
            ContactPoint.kind.in_(_DIALLED),
            ContactPoint.archived_at.is_(None),
        )
    )
    for client_id, value in (*found, *session.execute(_further_numbers(client_ids))):
        numbers.setdefault(client_id, []).append(value)
    rows = session.execute(
        select(
            Client.id,
            Client.name,
            Client.alias,
            Client.pinyin,
            Client.initials,
            Client.account,
            Client.client_no,
        ).where(Client.id.in_(client_ids))
    ).mappings()
    index_clients(
        session, [(row["id"], _haystack(dict(row), numbers.get(row["id"], []))) for row in rows]
    )


def _further_numbers(client_ids: Sequence[int]) -> CompoundSelect[int, str]:
    """Further accounts of these clients, and the numbers of files that were merged into theirs."""
    merged = aliased(Client)
    return union_all(
        select(ClientAccount.client_id, ClientAccount.account).where(
            ClientAccount.client_id.in_(client_ids), ClientAccount.archived_at.is_(None)
        ),
        select(merged.merged_into_id, merged.client_no).where(
            merged.merged_into_id.in_(client_ids)
        ),
    )


def readings_of(name: str) -> dict[str, str]:
    """Pinyin and initials of a name as the file keeps them."""
    return _readings(name)


_DIALLED = (PointKind.MOBILE, PointKind.LANDLINE)


def _row(
    client_id: int, record: Mapping[str, Any], number: str | None, now: datetime
) -> dict[str, Any]:
    row: dict[str, Any] = dict(_DEFAULTS)
    row.update(record)
    row.pop("points", None)
    row.pop("point_notes", None)
    row["id"] = client_id
    row["client_no"] = record.get("client_no") or number
    row["uuid"] = record.get("uuid") or str(uuid.uuid4())
    row["created_at"] = row["updated_at"] = now
    if not row.get("pinyin"):
        row.update(_readings(row["name"]))
    return row


_readings_of = lru_cache(maxsize=2 * CHUNK)(name_readings)
"""Row and search text both ask, and names repeat."""


def _readings(name: str) -> dict[str, str]:
    readings = _readings_of(name)
    return {"pinyin": readings.full, "initials": readings.initials}


def _haystack(row: Mapping[str, Any], phones: Iterable[str]) -> Haystack:
    """What can be typed: the stored reading first, the name's other readings too."""
    readings = _readings_of(row["name"])
    full = {row["pinyin"], readings.full, *(full for full, _initials in readings.others)}
    initials = {row["initials"], readings.initials, *(short for _full, short in readings.others)}
    numbers = [row["account"] or "", row["client_no"], *phones]
    return haystack((row["name"], row["alias"] or ""), initials, full, numbers)


def _insert_points(
    session: Session, owners: Iterable[tuple[int, Mapping[str, Any]]], *, first_position: int = 0
) -> None:
    rows = [
        {
            "client_id": client_id,
            "kind": kind,
            "value": value,
            "validity": Validity.UNVERIFIED,
            "verified_on": None,
            "position": first_position + place,
            "note": record.get("point_notes", {}).get(value, ""),
            "archived_at": None,
            "version": 1,
        }
        for client_id, record in owners
        for place, (kind, value) in enumerate(record.get("points", ()))
    ]
    if rows:
        insert_rows(session.connection(), ContactPoint.__table__, rows)


# Built once: a single new client is what somebody waits for.
_LAST_ID = select(func.max(Client.id))
_TAKEN = select(Client.client_no).where(Client.client_no.in_(bindparam("numbers", expanding=True)))


def _new_ids(session: Session, table: str, count: int) -> list[int]:
    if session.get_bind().dialect.name == "postgresql":
        series = text("SELECT nextval(:name) FROM generate_series(1, :count)")
        answer = session.scalars(series, {"name": f"{table}_id_seq", "count": count})
        return [int(key) for key in answer]
    last = session.connection().scalar(_LAST_ID) or 0
    return list(range(last + 1, last + 1 + count))


def _free_numbers(session: Session, count: int) -> list[str]:
    """Numbers of the branch's series that no imported client has taken already."""
    free: list[str] = []
    while len(free) < count:
        offered = take_client_numbers(session, count - len(free))
        taken: set[str] = set()
        for start in range(0, len(offered), CHUNK):
            part = offered[start : start + CHUNK]
            taken.update(session.connection().scalars(_TAKEN, {"numbers": part}))
        free += [number for number in offered if number not in taken]
    return free
