"""Visits of a day: what counts, whom to visit next and why, what is put aside (R28, R31-R34)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotAllowedError, NotFoundError
from advisorcrm.models import Client
from advisorcrm.services.allocations.handovers import NewHandover, hand_over, undo_handover
from advisorcrm.services.branch.settings import load_settings, save_setting
from advisorcrm.services.branch.working_days import holiday_table
from advisorcrm.services.contacts.contact_logs import log_contact
from advisorcrm.services.visits.branch_day import open_branch_day
from advisorcrm.services.visits.visit_skips import SkipReason, skip_visits
from advisorcrm.services.visits.visit_standards import (
    choose_visit_ways,
    open_visit_standards,
    weigh_contribution,
)
from advisorcrm.services.visits.visit_suggestions import VisitBoard, open_visit_board
from advisorcrm.services.visits.visits import (
    VisitRow,
    last_entry_day,
    visit_advisors,
    visits_by_day,
    visits_of,
    whose_visits,
)
from advisorcrm.terms import ClientStage, Reaction
from tests.conftest import TODAY
from tests.factories import NOW, People, make_client, new_log, set_parameter

THURSDAY = date(2026, 11, 19)
WAN = 1_000_000


@pytest.fixture
def client(database: Database, people: People) -> Callable[..., int]:
    """A client of the advisor, spoken to so many days ago by phone."""

    def make(name: str, days: int | None = None, **fields: Any) -> int:
        owner = fields.pop("owner", people.advisor)
        key = database.write(lambda s, a: make_client(s, owner, name=name, **fields))
        if days is not None:
            entry = new_log(key, contacted_at=NOW - timedelta(days=days))
            database.acting_as(owner).write(partial(log_contact, entry=entry, now=NOW))
        return key

    return make


def at(day: date, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=BRANCH_TIME)


def log(database: Database, client_id: int, **more: Any) -> int:
    now = more.pop("now", NOW)
    return database.write(partial(log_contact, entry=new_log(client_id, **more), now=now))


def visited(database: Database, day: date = TODAY, advisor_id: int | None = None) -> list[str]:
    return [row.client_name for row in visits(database, day, advisor_id)]


def visits(database: Database, day: date = TODAY, advisor_id: int | None = None) -> list[VisitRow]:
    def read(session: Session, actor: Actor) -> list[VisitRow]:
        ways = load_settings(session, actor).visit_ways
        return visits_of(session, ways, day=day, whose=whose_visits(actor, advisor_id))

    return database.read(read)


def counted(database: Database, *days: date) -> dict[date, int]:
    def read(session: Session, actor: Actor) -> dict[date, int]:
        ways, table = load_settings(session, actor).visit_ways, holiday_table(session)
        return visits_by_day(session, days, whose=actor.user_id, ways=ways, table=table)

    return database.read(read)


def board(database: Database, today: date = TODAY, **more: Any) -> VisitBoard:
    return database.read(partial(open_visit_board, today=today, **more))


def suggested(database: Database, **more: Any) -> list[str]:
    return [line.name for line in board(database, **more).suggested]


# --- what is a visit --------------------------------------------------------------------------


@pytest.mark.req("R33", "R28")
def test_visits_are_different_own_clients_by_the_time_of_the_conversation(
    mine: Database, client: Callable[..., int], people: People
) -> None:
    first, second = client("陈国梁"), client("周桂芳")
    foreign = client("外人", owner=people.colleague)
    log(mine, second, contacted_at=at(TODAY, "11:05"), way="meeting")
    log(mine, first, contacted_at=at(TODAY, "10:12"), minutes=4)
    log(mine, first, contacted_at=at(TODAY, "13:40"), content="又谈一次")
    original = log(mine, first, contacted_at=at(THURSDAY, "23:59"), content="昨天说的")
    log(mine, first, corrects_id=original, correction_reason="更正", topics=(),
        contacted_at=at(TODAY, "09:00"))  # fmt: skip
    with pytest.raises(NotFoundError):
        log(mine, foreign)

    rows = visits(mine)
    assert [(row.client_name, row.way, row.minutes) for row in rows] == [
        ("陈国梁", "phone", 4), ("周桂芳", "meeting", None),
    ]  # fmt: skip
    assert counted(mine, THURSDAY, TODAY) == {THURSDAY: 1, TODAY: 2}


@pytest.mark.req("R33")
def test_who_is_only_to_become_a_client_counts_and_stands_among_the_visits(
    mine: Database, client: Callable[..., int]
) -> None:
    served = client("陈国梁", assets_fen=WAN)
    prospect = client("周桂芳", stage=ClientStage.PROSPECT, account=None)
    log(mine, prospect, contacted_at=at(TODAY, "09:10"))
    log(mine, served, contacted_at=at(TODAY, "10:12"))

    shown = board(mine)
    assert shown.visited == 2
    assert [(line.name, line.rank) for line in shown.lines if line.is_done] == [
        ("周桂芳", 2), ("陈国梁", 1),
    ]  # fmt: skip


@pytest.mark.req("R33", "R35")
def test_what_is_entered_after_the_next_working_day_does_not_count(
    mine: Database, client: Callable[..., int]
) -> None:
    in_time, late = client("及时"), client("补记")
    spoken = at(TODAY, "10:00")  # a Friday: Monday is the last day of entry
    log(mine, in_time, contacted_at=spoken, now=at(date(2026, 11, 23), "23:58"))
    log(mine, late, contacted_at=spoken, now=at(date(2026, 11, 24), "00:02"))

    assert visited(mine) == ["及时"]
    assert last_entry_day(TODAY) == date(2026, 11, 23)
    assert last_entry_day(date(2026, 9, 30)) == date(2026, 10, 8)  # over the national holiday


@pytest.mark.req("R33", "R29")
def test_what_is_only_sent_or_sent_to_many_is_no_visit(
    mine: Database, manager: Database, client: Callable[..., int]
) -> None:
    one, two, three = client("甲"), client("乙"), client("丙")
    log(mine, one, way="sms", content="周报已发")
    log(mine, one, way="wechat", content="群发：周报")
    log(mine, two, way="wechat", content="群发：周报")
    log(mine, three, way="wechat", content="问了女儿买房的事")
    assert visited(mine) == ["丙"]

    log(mine, one, way="phone", content="没有新情况")
    log(mine, two, way="phone", content="没有新情况")  # the same phrase on the phone is a talk
    assert sorted(visited(mine)) == sorted(["丙", "甲", "乙"])

    manager.write(partial(save_setting, name="visit_ways", value=["wechat"]))
    assert visited(mine) == ["丙"]


@pytest.mark.req("R33")
def test_short_notes_that_are_alike_make_no_mailing_of_real_talks(
    mine: Database, manager: Database, client: Callable[..., int]
) -> None:
    manager.write(partial(save_setting, name="visit_ways", value=["wechat"]))
    names = ["甲", "乙", "丙", "丁", "戊"]
    keys = [client(name) for name in names]
    text = "本周策略周报已发送，请查收附件"
    for key in keys[:2]:
        log(mine, key, way="wechat", content=text, contacted_at=at(TODAY, "09:05"))
    assert visited(mine) == []
    log(mine, keys[0], way="wechat", content=text, minutes=6, contacted_at=at(TODAY, "09:20"))
    assert visited(mine) == ["甲"]  # it became a talk

    for place, key in enumerate(keys[1:], 10):
        log(mine, key, way="wechat", content="已通话", contacted_at=at(TODAY, f"{place}:00"))
    assert visited(mine) == names
    for place, key in enumerate(keys):
        log(mine, key, way="wechat", content="节日快乐", contacted_at=at(THURSDAY, f"09:0{place}"))
    assert visited(mine, THURSDAY) == []
    log(mine, keys[4], way="wechat", content="节日快乐", reaction=Reaction.AGREES,
        contacted_at=at(THURSDAY, "09:30"))  # fmt: skip
    assert visited(mine, THURSDAY) == ["戊"]
    assert counted(mine, THURSDAY, TODAY) == {THURSDAY: 1, TODAY: 5}


@pytest.mark.req("R33")
def test_a_visit_stays_with_the_one_who_had_the_client_then(
    mine: Database, manager: Database, client: Callable[..., int], people: People
) -> None:
    key = client("移交的")
    log(mine, key, contacted_at=NOW - timedelta(hours=3))
    new = NewHandover("6f7a9c2e-0000-4000-8000-000000000001", ((key, people.colleague.user_id),),
                      "均衡")  # fmt: skip
    handed = manager.write(partial(hand_over, new=new, now=NOW - timedelta(hours=1)))
    theirs = manager.acting_as(people.colleague)
    log(theirs, key, contacted_at=NOW - timedelta(minutes=5), content="首次沟通")

    assert visited(mine) == ["移交的"]
    assert visited(theirs) == ["移交的"]
    advisors = manager.read(partial(open_branch_day, now=NOW)).advisors
    assert {row.id: row.visits for row in advisors} == {
        people.advisor.user_id: 1, people.colleague.user_id: 1,
    }  # fmt: skip
    shown = board(mine)
    [gone] = [line for line in shown.lines if line.is_done]
    assert (shown.visited, gone.name, gone.is_gone, gone.rank) == (1, "移*", True, 0)
    assert gone.log is not None
    assert (gone.log.client_no, gone.log.content, gone.log.next_note) == ("", "", "")
    [kept] = [line for line in board(theirs).lines if line.is_done]
    assert (kept.name, kept.is_gone) == ("移交的", False)

    manager.write(partial(undo_handover, handover_id=handed.id, now=NOW))
    assert (visited(mine), visited(theirs)) == (["移交的"], [])


def test_a_talk_with_a_colleagues_client_is_no_visit_though_the_client_came_and_went_since(
    mine: Database, manager: Database, client: Callable[..., int], people: People
) -> None:
    key, me, other = client("来去"), people.advisor.user_id, people.colleague
    theirs = manager.acting_as(other)
    for number, receiver in ((3, other.user_id), (4, me)):
        moves = NewHandover(f"6f7a9c2e-0000-4000-8000-00000000000{number}",
                            ((key, receiver),), "均衡")  # fmt: skip
        manager.write(partial(hand_over, new=moves, now=NOW - timedelta(hours=5 - number)))
        if receiver != me:
            log(theirs, key, contacted_at=NOW - timedelta(hours=3))
    assert visited(theirs) == []  # at that time the client was the advisor's
    log(mine, key, contacted_at=NOW - timedelta(minutes=5))
    assert visited(mine) == ["来去"]


def test_an_advisor_sees_the_own_visits_and_those_who_lead_see_all(
    database: Database, mine: Database, people: People
) -> None:
    other = people.colleague.user_id
    with pytest.raises(NotAllowedError):
        visited(mine, advisor_id=other)
    for who in (people.desk, people.office, people.administrator):
        with pytest.raises(NotAllowedError):
            visited(database.acting_as(who))
        with pytest.raises(NotAllowedError):
            visited(database.acting_as(who), advisor_id=other)
    for who in (people.manager, people.leader):
        assert visited(database.acting_as(who), advisor_id=other) == []
        names = [name for _k, _no, name in database.acting_as(who).read(visit_advisors)]
        assert names == ["林若溪", "周岚"]
    assert [name for _k, _no, name in mine.read(visit_advisors)] == ["林若溪"]


# --- whom to visit next -----------------------------------------------------------------------


@pytest.mark.req("R34", "R9")
def test_visits_are_suggested_by_contribution_times_overdue(
    mine: Database, client: Callable[..., int]
) -> None:
    """Worth is the rank counted from below: 4 for the first of four."""
    client("大户", 20, assets_fen=600 * WAN, contact_every_days=14)  # 4 × 20/14 = 5.7
    client("中户", 30, assets_fen=400 * WAN, contact_every_days=14)  # 3 × 30/14 = 6.4
    client("小户", 40, assets_fen=200 * WAN, contact_every_days=14)  # 2 × 40/14 = 5.7, behind
    client("疏于联系", 90, assets_fen=1 * WAN, contact_every_days=90)  # 1 × 1

    assert suggested(mine) == ["中户", "大户", "小户", "疏于联系"]
    lines = board(mine).lines
    assert [(line.rank, line.days_since, line.share) for line in lines] == [
        (2, 30, 75), (1, 20, 100), (3, 40, 50), (4, 90, 25),
    ]  # fmt: skip


@pytest.mark.req("R34")
def test_commission_and_assets_weigh_as_the_branch_has_set(
    mine: Database, manager: Database, client: Callable[..., int]
) -> None:
    client("资产多", 30, assets_fen=500 * WAN, commission_year_fen=1_000)
    client("佣金多", 30, assets_fen=100 * WAN, commission_year_fen=9 * WAN)
    client("都不知道", 30)

    assert suggested(mine) == ["佣金多", "资产多", "都不知道"]
    manager.write(partial(save_setting, name="visit_weight_commission", value=10))
    manager.write(partial(save_setting, name="visit_weight_assets", value=90))
    assert suggested(mine) == ["资产多", "佣金多", "都不知道"]
    shown = board(mine)
    assert (shown.weight_commission, shown.weight_assets) == (10, 90)
    with pytest.raises(InvalidFieldError):
        manager.write(partial(save_setting, name="visit_weight_assets", value=101))


@pytest.mark.req("R34")
def test_only_clients_who_may_be_disturbed_and_were_not_visited_are_suggested(
    mine: Database, client: Callable[..., int], people: People
) -> None:
    client("待访", 30)
    client("免打扰", 30, service_need="do_not_disturb")
    client("限制处理", 30, is_restricted=True)
    client("已流失", 30, stage="churned")
    client("别人的", 30, owner=people.colleague)
    done = client("已访", 30)
    log(mine, done, contacted_at=at(TODAY, "07:12"), minutes=4, next_note="约定周一面谈")

    found = board(mine)
    assert [(line.name, line.is_done) for line in found.lines] == [("已访", True), ("待访", False)]
    assert (found.visited, found.wanted) == (1, 3)
    first = found.lines[0].log
    assert first is not None
    assert (first.minutes, first.next_note, found.lines[0].days_since) == (4, "约定周一面谈", 0)


@pytest.mark.req("R34")
def test_a_mailing_does_not_make_a_client_spoken_to(
    mine: Database, client: Callable[..., int]
) -> None:
    key = client("只收过短信", 30, contact_every_days=14)
    log(mine, key, way="sms", content="周报已发", contacted_at=at(TODAY, "09:40"))
    [line] = board(mine).suggested
    assert (line.days_since, line.is_overdue) == (30, True)


@pytest.mark.req("R34")
def test_every_suggestion_has_two_reasons_the_most_urgent_first(
    mine: Database, manager: Database, client: Callable[..., int], people: People
) -> None:
    client("一", 23, contact_every_days=14, risk_expires_on=date(2026, 12, 2))
    client("二", 16, contact_every_days=14, birthday=date(1970, 11, 23))
    client("三", 12, contact_every_days=14, id_expires_on=date(2026, 11, 1))
    client("四", 1, contact_every_days=14, commission_year_fen=12_000_00)
    client("五", 12, contact_every_days=14, lunar_month=10, lunar_day=15,
           birthday_kept="lunar", risk_expires_on=TODAY - timedelta(days=1))  # fmt: skip
    client("九", 12, contact_every_days=14, lunar_month=10, lunar_day=15)  # no other is known
    never = client("六", contact_every_days=14)
    promised = client("七")
    log(mine, promised, contacted_at=NOW - timedelta(days=3), next_on=TODAY, next_note="回访")
    handed = client("八", owner=people.colleague)
    new = NewHandover("6f7a9c2e-0000-4000-8000-000000000002", ((handed, people.advisor.user_id),),
                      "均衡")  # fmt: skip
    manager.write(partial(hand_over, new=new, now=NOW - timedelta(days=2)))
    mine.write(lambda s, a: s.execute(
        update(Client).where(Client.id == never).values(created_at=NOW - timedelta(days=40))
    ))  # fmt: skip

    lines = {line.name: line.reasons for line in board(mine, lines=20).suggested}
    assert lines == {
        "一": ("超约定频率 14 天 × 1.6", "风险测评 12-02 到期"),
        "二": ("超约定频率 14 天 × 1.1", "周一生日，可一并问候"),
        "三": ("证件已过期，提醒更新", "约定频率 14 天，即将到期"),
        "四": ("贡献度第 1，共 9 户，年佣金 1.2 万", "约定每 14 天联系一次"),
        "五": ("周一农历生日，可一并问候", "风险测评已过期"),
        "九": ("周一农历生日，可一并问候", "约定频率 14 天，即将到期"),
        "六": ("建档 40 天，还没有访问过", "贡献度第 2，共 9 户"),
        "七": ("约定 11-20 联系：回访", "贡献度第 2，共 9 户"),
        "八": ("新接手，11-25 前首次沟通", "建档 0 天，还没有访问过"),
    }


@pytest.mark.req("R33")
def test_how_many_are_wanted_is_a_figure_of_the_rules(
    database: Database, mine: Database, people: People, client: Callable[..., int]
) -> None:
    assert board(mine).wanted == 3
    set_parameter(database, people, "visits_a_day", "4")
    assert board(mine).wanted == 4
    for place in range(9):
        client(f"客户{place}", 10 + place)
    assert len(board(mine).lines) == 6
    assert len(board(mine, lines=2).lines) == 4  # never fewer than are still wanted


# --- another lot ------------------------------------------------------------------------------


@pytest.mark.req("R33", "R34")
def test_another_lot_puts_clients_aside_for_today_with_a_reason(
    mine: Database, client: Callable[..., int], people: People
) -> None:
    first = client("先", 60)
    client("后", 30)
    skip = partial(skip_visits, now=NOW)
    with pytest.raises(InvalidFieldError, match="原因"):
        mine.write(partial(skip, client_ids=[first], reason=SkipReason.OTHER))
    with pytest.raises(InvalidFieldError):
        mine.write(partial(skip, client_ids=[], reason=SkipReason.ABSENT))
    foreign = client("别人的", owner=people.colleague)
    with pytest.raises(NotFoundError):
        mine.write(partial(skip, client_ids=[foreign], reason=SkipReason.ABSENT))

    wanted = partial(skip, client_ids=[first], reason=SkipReason.OTHER, note="出国")
    assert mine.write(wanted) == 1
    assert mine.write(wanted) == 0

    assert suggested(mine) == ["后"]
    assert board(mine).skipped == 1
    assert suggested(mine, today=TODAY + timedelta(days=1)) == ["先", "后"]
    log(mine, first)
    assert [line.name for line in board(mine).lines] == ["先", "后"]  # visited all the same


@pytest.mark.req("R33", "R34")
def test_weights_make_a_hundred_and_at_least_one_way_is_a_visit(
    database: Database, people: People
) -> None:
    lead = database.acting_as(people.manager)
    lead.write(partial(weigh_contribution, weight_commission=70))
    lead.write(partial(choose_visit_ways, ways=["meeting", "phone"]))
    found = lead.read(open_visit_standards)
    assert (found.weight_commission, found.weight_assets) == (70, 30)
    assert found.ways == tuple(way for way in found.known_ways if way in ("phone", "meeting"))
    for work, field in (
        (partial(weigh_contribution, weight_commission=101), "visit_weight_commission"),
        (partial(choose_visit_ways, ways=[]), "visit_ways"),
        (partial(choose_visit_ways, ways=["pigeon"]), "visit_ways"),
    ):
        with pytest.raises(InvalidFieldError) as caught:
            lead.write(work)
        assert caught.value.field == field
    assert lead.read(open_visit_standards) == found
