"""One look for due reminders with two open dates a client, beside the indexed SQL by hand.

What is due was told before, as on any day: the look, at every kind, finds that there is nothing
new. The SQL by hand asks for the same dates of the same person and leaves out what has its row.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.services.dues.reminders import Look, begin_look, claim_due, has_news
from tests.bench import raw, workload
from tests.bench.branch import ADVISOR, Branch
from tests.bench.figures import Figure, growth
from tests.bench.timing import in_turn, median

WORK = "look for due reminders"
BOUND = 2.0
_JUDGED_FROM = 100_000
"""Two hundred thousand open dates; in a small branch the nineteen kinds that nobody asks for by
hand cost more than the three that are."""
_DAYS = 400
_LOOKS = 10
_AGO = timedelta(days=20)
"""Before the days of which the end is asked: nobody holds twenty thousand talks in a week."""
_FILL = """INSERT INTO contact_log (uuid, client_id, author_id, contacted_at, way, content, is_advice,
basis, next_on, next_note, was_reminded_of_counter, correction_reason, created_at)
SELECT 'due-{0}-' || id, id, advisor_id, '{1}', 'phone', '约好再谈', 0, '',
date('{2}', ((id * {3}) % {4} - {4} / 2) || ' days'), '发送周报', 0, '', '{1}' FROM client"""
_CLAIMED = """NOT EXISTS (SELECT 1 FROM reminder r WHERE r.user_id = :me AND r.kind = '{0}'
AND r.subject_id = {1} AND r.due_on = {2} AND r.clock = '' AND r.step = {3})"""
_STEPS = f"""SELECT l.id, c.name, l.next_on, l.next_note FROM contact_log l
JOIN client c ON c.id = l.client_id
WHERE l.author_id = :me AND l.next_on <= :today AND l.next_on IS NOT NULL
AND l.corrects_id IS NULL AND c.archived_at IS NULL AND l.contacted_at >= c.last_contact_at
AND {_CLAIMED.format("next_step", "l.id", "l.next_on", "0")}"""
_ENDS = """SELECT c.id, c.name, c.{0}, '' FROM client c
WHERE c.advisor_id = :me AND c.{0} <= :{1} AND c.archived_at IS NULL AND c.stage <> 'churned'
AND {2}"""
_STEP = "CASE WHEN c.{0} < :today THEN -1 WHEN c.{0} <= :week THEN 7 WHEN c.{0} <= :month THEN 30 ELSE 60 END"


def measure(branches: Sequence[Branch], tell: Callable[[str], None]) -> list[Figure]:
    """Figures for every size, and how they grow."""
    figures = [_measure(branch, tell) for branch in branches]
    return figures + growth(figures, WORK, None, name="look for due reminders, growth")


def _measure(branch: Branch, tell: Callable[[str], None]) -> Figure:
    filled = replace(branch, path=_filled(branch))
    database = filled.sign_in(ADVISOR)
    connection = raw.connect(filled.path, database.key)
    try:
        look = database.read(partial(begin_look, at=workload.NOW))
        database.write(partial(claim_due, look=look))
        found = in_turn(
            range(_LOOKS), lambda _turn: _look_whole(database, look),
            partial(_ask_raw, connection, database.actor.user_id), rounds=5,
        )  # fmt: skip
        product, limit = median(found.product), median(found.limit)
        tell(f"  look: product {product:.2f} ms, limit {limit:.2f}")
        bound = BOUND if branch.count >= _JUDGED_FROM else None
        return Figure(WORK, branch.count, product, limit, "ms", bound)
    finally:
        connection.close()
        database.close()


def _look_whole(database: Database, look: Look) -> bool:
    """Every kind, not only those of the minute: the look of each quarter of an hour."""
    look.memory.whole_at = None
    return database.read(partial(has_news, look=look))


def _filled(branch: Branch) -> Path:
    """A copy of the branch in which each client has two conversations with a date to come."""
    path = branch.path.with_name(f"dues_{branch.path.name}")
    if path.exists():
        return path
    draft = path.with_name(f"draft_{path.name}")
    shutil.copyfile(branch.path, draft)
    shutil.copyfile(branch.path.with_suffix(".vault"), draft.with_suffix(".vault"))
    database = replace(branch, path=draft).sign_in()
    database.write(_fill)
    database.close()
    shutil.copyfile(draft.with_suffix(".vault"), path.with_suffix(".vault"))
    draft.replace(path)
    return path


def _fill(session: Session, _actor: Actor) -> None:
    at = (workload.NOW - _AGO).strftime("%Y-%m-%d %H:%M:%S.000000")
    today = workload.TODAY.isoformat()
    for number, factor in ((1, 7), (2, 11)):
        session.execute(text(_FILL.format(number, at, today, factor, _DAYS)))
    session.execute(text(f"UPDATE client SET last_contact_at = '{at}'"))


def _ask_raw(connection: Any, user_id: int, _turn: int) -> list[Any]:
    """The open dates of one person that have no reminder yet: steps, tests and documents."""
    today = workload.NOW.astimezone(BRANCH_TIME).date()
    days = {"today": 0, "week": 7, "month": 30, "sixty": 60, "ninety": 90}
    values: dict[str, Any] = {
        name: (today + timedelta(days=count)).isoformat() for name, count in days.items()
    }
    values["me"] = user_id
    found: list[Any] = []
    for statement in (_STEPS, _end("risk_expires_on", "sixty"), _end("id_expires_on", "ninety")):
        found += connection.execute(statement, values).fetchall()
    return found


def _end(column: str, until: str) -> str:
    kind = "risk_test" if until == "sixty" else "id_document"
    claimed = _CLAIMED.format(kind, "c.id", f"c.{column}", _STEP.format(column))
    return _ENDS.format(column, until, claimed)
