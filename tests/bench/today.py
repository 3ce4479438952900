"""What 今日 asks when it is opened, with ten conversations a client: visits and suggestions.

The SQL by hand finds the same clients in the same order, and the visits of the day; the product
also reads settings, days of rest, reasons and names.
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

from advisorcrm.db.actor import Actor
from advisorcrm.services.visits.visit_suggestions import VisitBoard, open_visit_board
from tests.bench import raw, workload
from tests.bench.branch import ADVISOR, Branch
from tests.bench.figures import Figure, growth
from tests.bench.timing import in_turn

WORK = "today: visits and suggestions of one advisor"
BOUND = 2.0
_BOUND_FROM = 100_000
"""In a small branch the questions take less than what is read beside them; it is only told."""
_LOGS = 10
_MOST_LOGS = 1_000_000
"""A million conversations are asked for; of a million clients each has one."""
_FILL = """INSERT INTO contact_log (uuid, client_id, author_id, contacted_at, way, content, is_advice,
basis, next_note, was_reminded_of_counter, correction_reason, created_at)
SELECT 'visit-{0}-' || id, id, advisor_id, datetime('{1}', '-' || ((id * 7) % 60 + {0} * 20) ||
' days') || '.000000', 'phone', '例行回访', 0, '', '', 0, '', '{1}.000000' FROM client"""
_WAYS = "('phone', 'meeting', 'wechat', 'system', 'qq', 'on_site')"
_VISITS = f"""SELECT l.id, l.client_id, c.name, l.contacted_at, l.way, l.minutes, l.content
FROM contact_log l JOIN client c ON c.id = l.client_id
WHERE l.author_id = :me AND l.contacted_at >= :began AND l.contacted_at < :ended
AND l.corrects_id IS NULL AND l.way IN {_WAYS} AND c.advisor_id = :me
ORDER BY l.contacted_at"""
_BOARD = f"""SELECT id, name, rank, days FROM (
SELECT own.*, rank() OVER (ORDER BY worth DESC) AS rank, count(*) OVER () AS total FROM (
SELECT c.id, c.name, c.tier, c.trading_way, c.assets_fen, c.commission_year_fen, c.service_need,
c.is_restricted, coalesce(c.contact_every_days, t.contact_every_days, 30) AS every,
CAST(julianday(:last) - julianday(c.created_at) AS INTEGER) AS age,
CAST(julianday(:last) - julianday((SELECT l.contacted_at FROM contact_log l
  WHERE l.client_id = c.id AND l.corrects_id IS NULL AND l.way IN {_WAYS}
  ORDER BY l.contacted_at DESC LIMIT 1)) AS INTEGER) AS days,
coalesce(50 * CAST(coalesce(c.commission_year_fen, 0) AS REAL)
  / nullif(max(c.commission_year_fen) OVER (), 0), 0)
+ coalesce(50 * CAST(coalesce(c.assets_fen, 0) AS REAL)
  / nullif(max(c.assets_fen) OVER (), 0), 0) AS worth
FROM client c LEFT JOIN tier_rule t ON t.tier = c.tier
WHERE c.advisor_id = :me AND c.archived_at IS NULL AND c.stage IN ('active', 'at_risk')
) AS own) WHERE is_restricted = 0 AND coalesce(service_need, '') != 'do_not_disturb'
ORDER BY CAST((total - rank + 1) * coalesce(days, age + every) AS REAL) / nullif(every, 0) DESC,
rank, id LIMIT 6"""


def measure(branches: Sequence[Branch], tell: Callable[[str], None]) -> list[Figure]:
    """Figures for every size, and how they grow."""
    figures = [_measure(branch, tell) for branch in branches]
    return figures + growth(figures, WORK, None, name="today, growth with clients")


def _measure(branch: Branch, tell: Callable[[str], None]) -> Figure:
    filled = replace(branch, path=_filled(branch, tell))
    database = filled.sign_in(ADVISOR)
    connection = raw.connect(filled.path, database.key)
    work = partial(open_visit_board, today=workload.TODAY)

    def product(_nothing: None) -> VisitBoard:
        return database.read(work)

    def limit(_nothing: None) -> list[Any]:
        return _ask_raw(connection, database.actor.user_id)

    try:
        _demand_same(product(None), limit(None))
        found = in_turn([None], product, limit, rounds=7)
    finally:
        connection.close()
        database.close()
    return Figure(WORK, branch.count, found.product[0], found.limit[0], "ms",
                  BOUND if branch.count >= _BOUND_FROM else None)  # fmt: skip


def _ask_raw(connection: Any, user_id: int) -> list[Any]:
    day = workload.TODAY
    values = {
        "me": user_id,
        "began": f"{day - timedelta(days=1)} 16:00:00.000000",
        "ended": f"{day} 16:00:00.000000",
        "last": f"{day} 15:59:59.000000",
    }
    connection.execute(_VISITS, values).fetchall()
    rows: list[Any] = connection.execute(_BOARD, values).fetchall()
    return rows


def _demand_same(board: VisitBoard, by_hand: list[Any]) -> None:
    """Both suggest the same clients, else nothing is measured."""
    found = [(line.id, line.rank, line.days_since) for line in board.suggested]
    wanted = [(key, rank, days) for key, _name, rank, days in by_hand]
    if found != wanted:
        raise SystemExit(f"suggestions differ: {found} beside {wanted}")


def _filled(branch: Branch, tell: Callable[[str], None]) -> Path:
    """A copy of the branch with ten conversations a client, a million at most."""
    path = branch.path.with_name(f"visits_{branch.path.name}")
    if path.exists():
        return path
    each = max(1, min(_LOGS, _MOST_LOGS // branch.count))
    tell(f"entering {branch.count * each:,} conversations")
    draft = path.with_name(f"draft_{path.name}")
    shutil.copyfile(branch.path, draft)
    shutil.copyfile(branch.path.with_suffix(".vault"), draft.with_suffix(".vault"))
    database = replace(branch, path=draft).sign_in()
    for number in range(1, each + 1):
        database.write(partial(_fill, number=number))
    database.close()
    shutil.copyfile(draft.with_suffix(".vault"), path.with_suffix(".vault"))
    draft.replace(path)
    return path


def _fill(session: Session, _actor: Actor, *, number: int) -> None:
    at = workload.NOW.strftime("%Y-%m-%d %H:%M:%S")
    session.execute(text(_FILL.format(number, at)))
