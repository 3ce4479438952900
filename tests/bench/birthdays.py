"""Birthdays of the next week, lunar ones included, then with age and permitted ways (R244).

The limit is the same answer by hand through an index of month and day: the rows, and for the ways
the points and consents of those clients. Every third client keeps the lunar birthday.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.rules.birthdays import open_window
from advisorcrm.rules.lunar import kept_on
from advisorcrm.rules.workdays import days_between
from advisorcrm.services.care.birthdays import _look_up, list_birthdays
from tests.bench import raw, workload
from tests.bench.branch import Branch
from tests.bench.figures import Figure, growth
from tests.bench.timing import in_turn

WORK = "birthdays of the next week"
WITH_WAYS = "birthdays of the next week, with age and permitted ways"
BOUND = 2.0
_JUDGED_FROM = 100_000
"""In a small branch a handful of birthdays costs less than asking for them at all."""
START = workload.TODAY
END = START + timedelta(days=6)
_DAYS = list(days_between(START, END))
_SOLAR = ", ".join(f"'{on:%m-%d}'" for on in _DAYS)
_PAIRS = sorted({(lunar.month, lunar.day) for on in _DAYS for lunar in kept_on(on)})
_LUNAR = ", ".join(f"({month}, {day})" for month, day in _PAIRS)
_COLUMNS = """client.id, client_no, client.name, sex, tier, advisor_id, birthday,
birthday_month_day, lunar_month, lunar_day, service_need, is_restricted, user.name
FROM client LEFT JOIN user ON user.id = advisor_id"""
_BY_HAND = f"""SELECT {_COLUMNS} WHERE birthday_month_day IN ({_SOLAR})
AND birthday_kept = 'solar' AND client.archived_at IS NULL AND stage != 'churned'
UNION ALL SELECT {_COLUMNS} WHERE (lunar_month, lunar_day) IN (VALUES {_LUNAR})
AND birthday_kept = 'lunar' AND client.archived_at IS NULL AND stage != 'churned'"""
_CONSENTS = """SELECT client_id, channel, state FROM consent
WHERE purpose = 'care' AND client_id IN ({}) ORDER BY answered_at, id"""
_POINTS = """SELECT client_id, kind FROM contact_point
WHERE validity != 'invalid' AND archived_at IS NULL AND client_id IN ({})"""


def measure(branches: Sequence[Branch], tell: Callable[[str], None]) -> list[Figure]:
    """Figures for every size, and how they grow."""
    figures = [figure for branch in branches for figure in _measure(branch, tell)]
    return figures + growth(figures, WORK, None, name="birthdays, growth with clients")


def _measure(branch: Branch, tell: Callable[[str], None]) -> list[Figure]:
    database = branch.sign_in()
    connection = raw.connect(branch.path, database.key)
    window = open_window(START, END)

    def look_up(session: Session, _actor: Actor) -> Any:
        return _look_up(session, None, window)

    whole = partial(list_birthdays, start=START, end=END)
    try:
        found, by_hand = database.read(whole), _by_hand(connection)
        if sorted(row.client_id for row in found) != sorted(row[0] for row in by_hand):
            raise SystemExit(f"birthdays differ: {len(found)} beside {len(by_hand)}")
        tell(f"  {len(found):,} birthdays of {branch.count:,} clients")
        rows = in_turn([None], lambda _: database.read(look_up), lambda _: _rows(connection))
        told = in_turn([None], lambda _: database.read(whole), lambda _: _by_hand(connection))
    finally:
        connection.close()
        database.close()
    bound = BOUND if branch.count >= _JUDGED_FROM else None
    return [
        Figure(WORK, branch.count, rows.product[0], rows.limit[0], "ms", bound),
        Figure(WITH_WAYS, branch.count, told.product[0], told.limit[0], "ms"),
    ]


def _rows(connection: Any) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = connection.execute(_BY_HAND).fetchall()
    return rows


def _by_hand(connection: Any) -> list[tuple[Any, ...]]:
    rows = _rows(connection)
    ids = [row[0] for row in rows]
    marks = ", ".join("?" * len(ids))
    states = {(row[0], row[1]): row[2] for row in connection.execute(_CONSENTS.format(marks), ids)}
    kinds = set(connection.execute(_POINTS.format(marks), ids).fetchall())
    return [
        (*row, row[10] == "do_not_disturb" or row[11], states.get((row[0], "sms")),
         (row[0], "mobile") in kinds)
        for row in rows
    ]  # fmt: skip
