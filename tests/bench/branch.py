"""The encrypted database of the benchmark, made by the program's own services and kept for reuse."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from advisorcrm.db.database import Database
from advisorcrm.rules.lunar import lunar_of
from advisorcrm.services.branch.branches import BranchInfo
from advisorcrm.services.clients import client_store
from advisorcrm.services.workplace import desk
from advisorcrm.services.workplace.desk import NewUser
from advisorcrm.terms import BirthdayKept, Role
from tests.bench import workload

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "bench"
PASSWORD = "correct-horse-battery"
MANAGER = "B0001"
ADVISOR = "B0010"
PEOPLE = (
    NewUser("B0000", "秦越", Role.ADMINISTRATOR, PASSWORD),
    NewUser(MANAGER, "方静", Role.MANAGER, PASSWORD),
    *(
        NewUser(f"B{10 + place:04d}", f"客服{place + 1:02d}", Role.ADVISOR, PASSWORD)
        for place in range(workload.ADVISORS)
    ),
)
INFO = BranchInfo(name="历山路证券营业部", company="示例证券", code="LSL", short_name="历山路")
_CHUNK = 20_000
_SHAPED_BY = (
    "tests/bench/workload.py",
    "tests/bench/branch.py",
    "advisorcrm/db/history.py",
    "advisorcrm/db/migrations/versions",
    "advisorcrm/rules/search_grams.py",
)
"""What the content of the file depends on: a change in any of these makes it anew."""


@dataclass(frozen=True)
class Branch:
    """The file of one size and what is typed into it."""

    count: int
    path: Path

    def sign_in(self, employee_no: str = MANAGER) -> Database:
        """Open it as a person does."""
        return desk.sign_in(str(self.path), employee_no, PASSWORD, now=workload.NOW)

    def queries(self) -> dict[str, list[str]]:
        """What is typed, by kind."""
        kept = self.path.with_suffix(".json")
        if not kept.exists():
            kept.write_text(json.dumps(workload.queries(self.count), ensure_ascii=False), "utf-8")
        found: dict[str, list[str]] = json.loads(kept.read_text("utf-8"))
        return found


def branch_of(count: int, tell: Callable[[str], None] = print) -> Branch:
    """The branch with so many clients; made once, then taken from the build folder."""
    branch = Branch(count, BUILD / f"branch_{count}_{_digest()}.db")
    if branch.path.exists():
        return branch
    BUILD.mkdir(parents=True, exist_ok=True)
    _sweep(count)
    draft = BUILD / f"draft_{count}.db"
    tell(f"making a branch of {count:,} clients")
    _make(draft, count, tell)
    draft.with_suffix(".vault").replace(branch.path.with_suffix(".vault"))
    draft.replace(branch.path)
    return branch


def _with_lunar(record: dict[str, Any]) -> dict[str, Any]:
    """Every third client keeps the lunar birthday."""
    born = record["birthday"]
    if born.toordinal() % 3:
        return record
    lunar = lunar_of(born)
    return {
        **record,
        "lunar_month": lunar.month,
        "lunar_day": lunar.day,
        "lunar_is_leap": lunar.is_leap,
        "birthday_kept": BirthdayKept.LUNAR,
    }


def _digest() -> str:
    known = hashlib.sha256()
    for name in _SHAPED_BY:
        place = ROOT / name
        for file in sorted(place.glob("*.py")) if place.is_dir() else [place]:
            known.update(file.read_bytes())
    return known.hexdigest()[:10]


def _sweep(count: int) -> None:
    for pattern in (f"branch_{count}_*", f"draft_{count}.*"):
        for old in BUILD.glob(pattern):
            old.unlink()


def _make(path: Path, count: int, tell: Callable[[str], None]) -> None:
    desk.set_up(str(path), INFO, PEOPLE)
    database = desk.sign_in(str(path), MANAGER, PASSWORD, now=workload.NOW)
    fill(database, count, tell)
    with database.writing_engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def fill(database: Database, count: int, tell: Callable[[str], None]) -> None:
    """Enter so many clients by the road of an import."""
    records, done = map(_with_lunar, workload.clients(count)), 0
    while part := list(islice(records, _CHUNK)):
        database.write(
            lambda session, _actor, part=part: client_store.insert_clients(
                session, part, now=workload.NOW
            )
        )
        done += len(part)
        if count > _CHUNK and done % (count // 5) < _CHUNK:
            tell(f"  {done:,}")
