"""A new client and the first conversation, saved durably with search index and history.

The limit is one transaction of bare statements on the same file: the same rows into the same
tables, the triggers of the history at work, everything that can be computed computed before.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.rules.pinyin import name_readings
from advisorcrm.rules.search_grams import grams_of, haystack
from advisorcrm.services.contacts.contact_logs import log_contact
from advisorcrm.services.contacts.new_contact_log import NewContactLog
from advisorcrm.services.files.client_files import NewClient, register_client
from tests.bench import raw, workload
from tests.bench.branch import BUILD, Branch
from tests.bench.figures import Figure
from tests.bench.timing import median, one_by_one, p95

WORK = "client and log saved, median"
BOUND = 3.0
_SAVES = 300
_AT = "2026-11-20 06:20:00.000000"


def measure(branches: Sequence[Branch], tell: Callable[[str], None]) -> list[Figure]:
    """Figures for every size."""
    return [figure for branch in branches for figure in _measure(branch)]


def _measure(branch: Branch) -> list[Figure]:
    copy = Branch(branch.count, _copy(branch.path))
    database = copy.sign_in()
    connection = raw.connect(copy.path, database.key)
    try:
        entries = [_Entry.of(number, branch.count) for number in range(2 * _SAVES)]
        found = one_by_one(
            list(zip(entries[:_SAVES], entries[_SAVES:], strict=True)),
            lambda pair: database.write(partial(_save, entry=pair[0])),
            lambda pair: _save_raw(connection, pair[1]),
        )
    finally:
        connection.close()
        database.close()
        for left in copy.path.parent.glob(f"{copy.path.stem}.*"):
            left.unlink()
    product, limit = found.product, found.limit
    return [
        Figure(WORK, branch.count, median(product), median(limit), "ms", BOUND),
        Figure("client and log saved, p95", branch.count, p95(product), p95(limit), "ms"),
    ]


def _copy(path: Path) -> Path:
    """The file of saves: what is measured on the kept one must not grow."""
    copy = BUILD / f"work_{path.name}"
    shutil.copyfile(path, copy)
    shutil.copyfile(path.with_suffix(".vault"), copy.with_suffix(".vault"))
    return copy


@dataclass(frozen=True)
class _Entry:
    """One client with one conversation, as the form gives it."""

    client: NewClient
    conversation: dict[str, Any]
    client_no: str

    @classmethod
    def of(cls, number: int, count: int) -> _Entry:
        client = NewClient(
            uuid=str(uuid.UUID(int=number + 1, version=4)),
            name=workload.SURNAMES[number % 90] + workload.GIVEN[number % 110] + "新",
            account=f"8{number:011d}",
            mobile=f"1990{number:07d}",
            tier="silver",
            advisor_id=3,
        )
        talk = workload.conversation(count + number, 0)
        return cls(client, talk, f"NEU-{number:06d}")


def _save(session: Session, actor: Actor, entry: _Entry) -> None:
    client_id = register_client(session, actor, entry.client, now=workload.NOW)
    log = NewContactLog(**{**entry.conversation, "client_id": client_id})
    log_contact(session, actor, log, now=workload.NOW)


_CLIENT = """INSERT INTO client (uuid, client_no, account, name, alias, pinyin, initials, kind, stage,
advisor_id, address, convenient_time, tier, investment_preference, id_is_permanent, lunar_is_leap,
birthday_kept, occupation, hobbies, personality, remark, created_at, updated_at, version)
VALUES (?, ?, ?, ?, '', ?, ?, 'person', 'active', ?, '', '', ?, '', 0, 0, 'solar', '', '', '', '',
?, ?, 1)"""
_POINT = """INSERT INTO contact_point (client_id, kind, value, validity, position, note, version)
VALUES (?, 'mobile', ?, 'unverified', 0, '', 1)"""
_SEARCH = "INSERT INTO client_search (client_id, names, pinyin, numbers) VALUES (?, ?, ?, ?)"
_GRAMS = "INSERT INTO client_gram (rowid, grams) VALUES (?, ?)"
_LOG = """INSERT INTO contact_log (uuid, client_id, author_id, topics, contacted_at, way, minutes,
content, is_advice, basis, next_note, was_reminded_of_counter, correction_reason, created_at)
VALUES (?, ?, 2, ',market,needs,', ?, ?, ?, ?, 0, '', '', 0, '', ?)"""
_TOUCH = "UPDATE client SET last_contact_at = ? WHERE id = ?"


def _save_raw(connection: Any, entry: _Entry) -> None:
    new, talk = entry.client, entry.conversation
    readings = name_readings(new.name)
    hay = haystack([new.name], [readings.initials], [readings.full],
                   [new.account, entry.client_no, new.mobile])  # fmt: skip
    grams, spoken_at = " ".join(grams_of(hay)), f"{talk['contacted_at']:%Y-%m-%d %H:%M:%S.%f}"
    run = connection.execute
    run("BEGIN IMMEDIATE")
    key = run(_CLIENT, (new.uuid, entry.client_no, new.account, new.name, readings.full,
                        readings.initials, new.advisor_id, new.tier, _AT, _AT)).lastrowid  # fmt: skip
    run(_POINT, (key, new.mobile))
    run(_SEARCH, (key, hay.names_and_initials, hay.pinyin, hay.numbers))
    run(_GRAMS, (key, grams))
    run(_LOG, (talk["uuid"], key, spoken_at, talk["way"], talk["minutes"], talk["content"], _AT))
    run(_TOUCH, (spoken_at, key))
    run("COMMIT")
