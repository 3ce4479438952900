"""A snapshot keeps how complete the files were, whatever happens to them afterwards."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from advisorcrm.db.database import Database
from advisorcrm.errors import NotAllowedError, NotFoundError
from advisorcrm.services.completeness import completeness_snapshots
from advisorcrm.services.completeness.completeness_snapshots import (
    SnapshotClient,
    SnapshotShare,
    iterate_snapshot,
    list_snapshots,
    open_snapshot,
    take_snapshot,
)
from advisorcrm.services.completeness.completeness_trends import (
    find_completeness_then,
    find_team_completeness_then,
)
from advisorcrm.services.completeness.weekly_snapshots import (
    lacks_weekly_snapshot,
    take_weekly_snapshot,
)
from advisorcrm.services.files.client_files import update_client
from advisorcrm.services.files.conflicts import Change
from advisorcrm.services.files.privacy_requests import NewRequest, file_request
from advisorcrm.services.visits.branch_day import open_week
from advisorcrm.terms import PrivacyRequestKind
from tests.conftest import TODAY
from tests.factories import NOW, People, make_client


@pytest.fixture
def boss(database: Database, people: People) -> Database:
    return database.acting_as(people.manager)


def take(database: Database, note: str = "") -> int:
    return database.write(partial(take_snapshot, note=note, now=NOW, today=TODAY))


def clients_of(database: Database, snapshot: int) -> list[SnapshotClient]:
    return database.read(lambda session, actor: list(iterate_snapshot(session, actor, snapshot)))


@pytest.mark.req("R6")
def test_a_snapshot_stays_as_it_was_taken_when_a_file_is_completed(
    boss: Database, people: People
) -> None:
    client = boss.write(
        lambda s, a: make_client(s, people.advisor, name="欧阳文静", account="010000007715",
                                 tier="gold", occupation="教师")
    )  # fmt: skip
    boss.write(lambda s, a: make_client(s, people.colleague, tier="gold"))
    snapshot = take(boss, " 公司抽查 ")
    boss.write(
        partial(update_client, client_id=client, changes={"hobbies": Change("", "书法")}, now=NOW)
    )
    opened = boss.read(partial(open_snapshot, snapshot_id=snapshot))
    assert (opened.row.taken_on, opened.row.clients, opened.row.percent) == (TODAY, 2, 7)
    assert (opened.row.taken_by, opened.row.note) == ("方静", "公司抽查")
    assert set(opened.shares) == {
        SnapshotShare("客服专员", "林若溪", 1, 9, 1),
        SnapshotShare("客服专员", "周岚", 1, 5, 1),
        SnapshotShare("客户组", "未分配", 2, 7, 2),
    }
    least, most = clients_of(boss, snapshot)
    assert (least.percent, most.percent) == (5, 9)
    assert (most.name, most.account, most.advisor_name) == ("欧阳文静", "****7715", "林若溪")
    assert most.missing.startswith("手机、电子邮箱、联系地址、备用联系、投资偏好")
    assert "爱好" in most.missing
    assert "职业" not in most.missing
    assert "职业" in least.missing


@pytest.mark.req("R6")
@pytest.mark.parametrize("at_a_time", [1, 2, 3, 100])
def test_a_snapshot_kept_in_parts_has_each_client_once(
    boss: Database, people: People, monkeypatch: pytest.MonkeyPatch, at_a_time: int
) -> None:
    monkeypatch.setattr(completeness_snapshots, "AT_A_TIME", at_a_time)
    names = ["丁一", "王二", "张三", "李四", "陈五"]
    for name in names:
        boss.write(partial(make_client, name=name))
    assert sorted(row.name for row in clients_of(boss, take(boss))) == sorted(names)


@pytest.mark.req("R148")
def test_who_has_the_file_restricted_counts_in_a_snapshot_and_is_not_named(
    boss: Database, people: People
) -> None:
    asked = boss.write(lambda s, a: make_client(s, people.advisor, name="欧阳文静"))
    boss.write(lambda s, a: make_client(s, people.advisor, name="解建国"))
    snapshot = take(boss)
    halt = NewRequest(asked, PrivacyRequestKind.RESTRICTION, TODAY)
    boss.write(partial(file_request, new=halt, now=NOW))
    assert [row.name for row in clients_of(boss, snapshot)] == ["解建国"]
    assert boss.read(partial(open_snapshot, snapshot_id=snapshot)).row.clients == 2


def test_snapshots_are_listed_newest_first(boss: Database) -> None:
    first, second = take(boss, "一"), take(boss, "二")
    assert [row.id for row in boss.read(list_snapshots)] == [second, first]


@pytest.mark.req("R6")
@pytest.mark.parametrize("table", ["completeness_snapshot", "completeness_snapshot_row"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET percent = 99", "DELETE FROM {}"])
def test_a_snapshot_can_neither_be_changed_nor_removed(
    boss: Database, people: People, table: str, statement: str
) -> None:
    boss.write(lambda s, a: make_client(s, people.advisor))
    take(boss)
    with pytest.raises(DBAPIError, match="is kept as it is"):
        boss.write(lambda s, a: s.execute(text(statement.format(table))))


@pytest.mark.req("R6", "R16")
def test_the_manager_takes_snapshots_and_the_leader_reads_them(
    database: Database, people: People
) -> None:
    snapshot = take(database.acting_as(people.manager))
    for actor in people.all:
        if actor is people.manager:
            continue
        door = database.acting_as(actor)
        with pytest.raises(NotAllowedError):
            take(door)
        if actor is people.leader:
            assert door.read(partial(open_snapshot, snapshot_id=snapshot)).row.clients == 0
        else:
            with pytest.raises(NotAllowedError):
                door.read(list_snapshots)


def test_an_unknown_snapshot_is_not_found(boss: Database) -> None:
    with pytest.raises(NotFoundError):
        boss.read(partial(open_snapshot, snapshot_id=7))


@pytest.mark.req("R3", "R6")
def test_how_complete_the_own_files_were_is_read_from_the_newest_snapshot_before(
    boss: Database, people: People
) -> None:
    mine = boss.acting_as(people.advisor)
    monday = TODAY - timedelta(days=TODAY.weekday())
    ask = partial(find_completeness_then, before=monday)
    client = boss.write(lambda s, a: make_client(s, people.advisor, tier="gold"))
    boss.write(lambda s, a: make_client(s, people.colleague, tier="gold", occupation="教师"))
    boss.write(partial(take_snapshot, now=NOW, today=TODAY))
    assert mine.read(ask) is None
    boss.write(partial(take_snapshot, now=NOW, today=monday - timedelta(days=10)))
    changes = {"occupation": Change("", "教师")}
    boss.write(partial(update_client, client_id=client, changes=changes, now=NOW))
    boss.write(partial(take_snapshot, now=NOW, today=monday - timedelta(days=3)))
    then = mine.read(ask)
    assert then is not None
    assert then.taken_on == monday - timedelta(days=3)
    week = mine.read(partial(open_week, today=TODAY))
    assert week.tenths is not None
    assert then.tenths == week.tenths > 0
    team = boss.acting_as(people.leader).read(partial(find_team_completeness_then, before=monday))
    assert team is not None
    assert (team.taken_on, team.tenths[people.advisor.user_id]) == (then.taken_on, then.tenths)
    assert set(team.tenths) == {people.advisor.user_id, people.colleague.user_id}


@pytest.mark.req("R3", "R6")
def test_each_week_has_its_snapshot_once_whoever_comes_first(
    boss: Database, people: People
) -> None:
    boss.write(lambda s, a: make_client(s, people.advisor, tier="gold"))
    monday = TODAY - timedelta(days=TODAY.weekday())

    def taken(day: date) -> bool:
        return boss.write(partial(take_weekly_snapshot, now=NOW, today=day)) is not None

    assert boss.read(partial(lacks_weekly_snapshot, today=TODAY))
    sunday, next_monday = monday + timedelta(days=6), monday + timedelta(days=7)
    asked = (monday - timedelta(days=1), TODAY, TODAY, sunday, next_monday)
    assert [taken(day) for day in asked] == [True, True, False, False, True]
    assert not boss.read(partial(lacks_weekly_snapshot, today=monday))
    take(boss, "手工")
    rows = boss.read(list_snapshots)
    assert [row.note for row in rows] == ["手工", *["每周自动留存"] * 3]
    mine = boss.acting_as(people.advisor)
    assert mine.read(partial(find_completeness_then, before=monday)) is not None
    after = TODAY + timedelta(days=14)
    boss.write(partial(take_snapshot, now=NOW, today=after))
    assert not taken(after)
