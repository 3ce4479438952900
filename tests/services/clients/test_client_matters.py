"""The special lists: who belongs to each of them, on both databases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.services.clients.clients import (
    ClientFilter,
    ClientOrder,
    count_matching,
    list_client_ids,
    list_clients,
)
from advisorcrm.services.clients.counter_notices import (
    mark_notified,
    mark_renewed,
    note_for_counter,
)
from advisorcrm.services.files.client_points import archive_point, judge_point, list_points
from advisorcrm.terms import ClientFlag, ClientKind, ClientMatter, PointKind, Validity
from tests.conftest import TODAY
from tests.factories import NOW, People, make_client

Made = Mapping[str, int]


def found(database: Database, actor: Actor, made: Made, **narrowed: Any) -> list[str]:
    """The names in a list, which is counted alike."""
    query = ClientFilter(**narrowed)
    mine = database.acting_as(actor)
    ids = mine.read(lambda s, a: list_client_ids(s, a, query, ClientOrder(), today=TODAY))
    count = mine.read(lambda s, a: count_matching(s, a, query, today=TODAY))
    assert count == len(ids)
    names = {key: name for name, key in made.items()}
    return sorted(names[key] for key in ids)


def make(database: Database, people: People, **records: dict[str, Any]) -> Made:
    return database.write(
        lambda s, a: {
            name: make_client(s, values.pop("owner", people.advisor), name=name, **values)
            for name, values in records.items()
        }
    )


@pytest.mark.req("R2")
def test_who_is_reached_by_nothing_stands_in_the_list_without_a_channel(
    database: Database, people: People
) -> None:
    dead, mail = [(PointKind.MOBILE, "13900000009")], [(PointKind.EMAIL, "a@example.cn")]
    made = make(
        database, people,
        phone={}, nothing={"mobile": ""}, dead={"points": dead}, mail={"points": mail}, left={},
        qq={"points": [(PointKind.QQ, "12345")]}, wechat={"points": [(PointKind.WECHAT, "wx_1")]},
        colleague={"mobile": "", "owner": people.colleague},
    )  # fmt: skip

    def kill(session: Session, actor: Actor) -> None:
        [point] = list_points(session, actor, made["dead"])
        judge_point(session, actor, point.id, Validity.INVALID, today=TODAY)
        [given_up] = list_points(session, actor, made["left"])
        archive_point(session, actor, given_up.id, now=NOW)

    database.acting_as(people.advisor).write(kill)
    lost = (ClientMatter.NO_CHANNEL,)
    assert found(database, people.advisor, made, matters=lost) == [
        "dead", "left", "nothing", "qq",
    ]  # fmt: skip
    assert found(database, people.manager, made, matters=lost) == [
        "colleague", "dead", "left", "nothing", "qq",
    ]  # fmt: skip
    rows = database.acting_as(people.manager).read(
        partial(list_clients, ids=list(made.values()), today=TODAY)
    )
    flagged = {row.name for row in rows if ClientFlag.NO_CHANNEL in row.flags}
    assert flagged == {"colleague", "dead", "left", "nothing", "qq"}


@pytest.mark.req("R69", "R216")
def test_a_file_nobody_has_worked_on_is_stale_until_a_number_is_verified(
    database: Database, people: People
) -> None:
    made = make(database, people, old={}, fresh={}, verified={}, theirs={"owner": people.colleague})
    age(database, made, old=40, verified=40, theirs=40)

    def verify(session: Session, actor: Actor) -> None:
        [point] = list_points(session, actor, made["verified"])
        judge_point(session, actor, point.id, Validity.VALID, today=TODAY)

    database.acting_as(people.advisor).write(verify)
    assert found(database, people.advisor, made, not_updated_days=30) == ["old"]
    assert found(database, people.advisor, made, not_updated_days=40) == []
    assert found(database, people.manager, made, not_updated_days=30) == ["old", "theirs"]


@pytest.mark.req("R215")
def test_new_and_changed_files_of_the_day_are_told_apart(
    database: Database, people: People
) -> None:
    made = make(database, people, new={}, changed={}, quiet={}, verified={})
    age(database, made, changed=9, quiet=9, verified=9)

    def change(session: Session, actor: Actor) -> None:
        session.execute(
            text("UPDATE client SET updated_at = :at WHERE id = :id"),
            {"at": stored(NOW), "id": made["changed"]},
        )
        [point] = list_points(session, actor, made["verified"])
        judge_point(session, actor, point.id, Validity.VALID, today=TODAY)

    database.acting_as(people.advisor).write(change)
    new, changed = (ClientMatter.NEW_TODAY,), (ClientMatter.CHANGED_TODAY,)
    assert found(database, people.advisor, made, matters=new) == ["new"]
    assert found(database, people.advisor, made, matters=changed) == ["changed", "verified"]
    assert found(database, people.advisor, made, matters=(*new, *changed)) == [
        "changed", "new", "verified",
    ]  # fmt: skip


@pytest.mark.req("R5")
def test_who_must_be_told_of_the_counter_leaves_the_list_step_by_step(
    database: Database, people: People
) -> None:
    made = make(database, people, one={}, two={}, three={}, none={})

    def note(session: Session, actor: Actor) -> None:
        keys = {
            name: note_for_counter(session, actor, made[name], "证件到期", now=NOW)
            for name in ("one", "two", "three")
        }
        mark_notified(session, actor, keys["two"], "phone", on=TODAY)
        mark_renewed(session, actor, keys["three"], on=TODAY)

    database.acting_as(people.advisor).write(note)
    assert found(database, people.advisor, made, matters=(ClientMatter.TO_NOTIFY,)) == ["one"]
    assert found(database, people.advisor, made, matters=(ClientMatter.TO_RENEW,)) == ["two"]


@pytest.mark.parametrize(
    ("days", "expected"), [(60, ["a7", "b30", "c60"]), (30, ["a7", "b30"]), (7, ["a7"]), (0, [])]
)
def test_risk_tests_are_announced_before_they_run_out(
    database: Database, people: People, days: int, expected: list[str]
) -> None:
    made = make(
        database, people,
        a7={"risk_expires_on": TODAY + timedelta(7)}, b30={"risk_expires_on": TODAY + timedelta(30)},
        c60={"risk_expires_on": TODAY + timedelta(60)}, d={"risk_expires_on": TODAY + timedelta(61)},
    )  # fmt: skip
    assert found(database, people.advisor, made, risk_expires_within=days) == expected


@pytest.mark.parametrize(
    ("days", "expected"), [(90, ["a", "b", "c"]), (30, ["a", "b"]), (0, ["a"])]
)
def test_documents_are_announced_before_they_run_out_but_not_permanent_ones(
    database: Database, people: People, days: int, expected: list[str]
) -> None:
    made = make(
        database, people,
        a={"id_expires_on": TODAY}, b={"id_expires_on": TODAY + timedelta(30)},
        c={"id_expires_on": TODAY + timedelta(90)}, d={"id_expires_on": TODAY + timedelta(91)},
        permanent={"id_expires_on": TODAY, "id_is_permanent": True},
    )  # fmt: skip
    assert found(database, people.advisor, made, id_expires_within=days) == expected


def test_tags_ways_kinds_and_amounts_narrow_a_list(database: Database, people: People) -> None:
    made = make(
        database, people,
        focus={"tags": ("focus",), "assets_fen": 100}, both={"tags": ("introducer", "focus")},
        unfocused={"tags": ("un_focus",)}, house={"trading_way": ("on_site", "online")},
        firm={"kind": ClientKind.INSTITUTION, "assets_fen": 900},
    )  # fmt: skip
    assert found(database, people.advisor, made, tags=("focus",)) == ["both", "focus"]
    assert found(database, people.advisor, made, tags=("focus", "introducer")) == ["both", "focus"]
    assert found(database, people.advisor, made, trading_ways=("on_site",)) == ["house"]
    assert found(database, people.advisor, made, kinds=(ClientKind.INSTITUTION,)) == ["firm"]
    assert found(database, people.advisor, made, assets_below_fen=900) == ["focus"]


def test_birthdays_of_a_month_come_from_either_calendar(database: Database, people: People) -> None:
    made = make(
        database, people,
        whole={"birthday": date(1962, 11, 3)}, day={"birthday_month_day": "11-28"},
        other={"birthday": date(1962, 1, 11)}, lunar={"lunar_month": 10, "lunar_day": 15},
    )  # fmt: skip
    assert found(database, people.advisor, made, birthday_months=(11,)) == ["day", "whole"]
    assert found(database, people.advisor, made, birthday_months=(110,)) == ["lunar"]
    assert found(database, people.advisor, made, birthday_months=(1, 110)) == ["lunar", "other"]


def test_the_unassigned_are_the_managers(database: Database, people: People) -> None:
    made = database.write(
        lambda s, a: {"free": make_client(s), "own": make_client(s, people.advisor)}
    )
    matter = (ClientMatter.UNASSIGNED,)
    assert found(database, people.manager, made, matters=matter) == ["free"]
    assert found(database, people.advisor, made, matters=matter) == []


def age(database: Database, made: Made, **days: int) -> None:
    """Let files have been made and last changed so many days ago."""

    def move(session: Session, _actor: Actor) -> None:
        for name, count in days.items():
            session.execute(
                text("UPDATE client SET created_at = :at, updated_at = :at WHERE id = :id"),
                {"at": stored(NOW - timedelta(days=count)), "id": made[name]},
            )

    database.write(move)


def stored(at: Any) -> str:
    return str(at.strftime("%Y-%m-%d %H:%M:%S.%f"))
