"""Minutes of 晨会 and 夕会: the prescribed items, attendance, decisions, tasks, closing."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, time, timedelta
from functools import partial
from typing import Any

import pytest

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.errors import ConflictError, InvalidFieldError, NotAllowedError, UserError
from advisorcrm.services.days.day_closings import add_plan, close_day, write_day
from advisorcrm.services.days.day_matters import add_matter, answer_matter
from advisorcrm.services.meetings.company_views import (
    decide_view,
    list_company_views,
    withdraw_view,
)
from advisorcrm.services.meetings.meetings import (
    ITEMS,
    Minutes,
    MinutesData,
    begin_minutes,
    close_minutes,
    get_minutes,
    list_meetings,
    reopen_minutes,
    save_minutes,
)
from advisorcrm.services.meetings.open_points import list_open_points
from advisorcrm.services.tasks.task_offers import accept_task
from advisorcrm.services.tasks.tasks import (
    NewTask,
    TaskData,
    add_task,
    cancel_task,
    finish_task,
)
from advisorcrm.terms import MeetingItemKind, MeetingKind, TaskSource, TaskState
from tests.conftest import TODAY
from tests.factories import NOW, People
from tests.services.role_cases.meetings import new_view

MORNING, EVENING = MeetingKind.MORNING, MeetingKind.EVENING


def do(database: Database, who: Actor, work: Any, *given: Any, **named: Any) -> Any:
    return database.acting_as(who).write(lambda s, a: work(s, a, *given, **named))


def read(database: Database, who: Actor, key: int) -> Minutes:
    return database.acting_as(who).read(partial(get_minutes, meeting_id=key))


def data(minutes: Minutes, **changed: Any) -> MinutesData:
    values: dict[str, Any] = {
        "starts_at": minutes.starts_at, "ends_at": minutes.ends_at, "place": minutes.place,
        "chair_id": minutes.chair_id, "items": dict.fromkeys(ITEMS[minutes.kind], "无"),
        "present_ids": frozenset(one.user_id for one in minutes.attendees),
    }  # fmt: skip
    return MinutesData(**(values | changed))


@pytest.mark.req("R48")
def test_the_evening_minutes_have_the_five_items_are_led_by_the_manager_and_say_who_was_there(
    database: Database, people: People
) -> None:
    key = do(database, people.advisor, begin_minutes, EVENING, TODAY, now=NOW)
    again = do(database, people.manager, begin_minutes, EVENING, TODAY, now=NOW)
    assert again == key
    minutes = read(database, people.leader, key)
    assert [item.label for item in ITEMS[EVENING]] == [
        "公司或营业部工作安排", "各客户组运行情况及客户需求汇报", "盘后分析", "新业务学习",
        "其他事务",
    ]  # fmt: skip
    assert set(minutes.items) == set(ITEMS[EVENING])
    assert (minutes.chair_name, minutes.recorder_name) == ("方静", "林若溪")
    assert (minutes.starts_at, minutes.ends_at) == (time(16), time(16, 30))
    assert [one.name for one in minutes.attendees] == ["方静", "林若溪", "周岚"]

    items = {MeetingItemKind.ANALYSIS: "缩量整理", MeetingItemKind.GROUPS: "第二组资金流入"}
    present = frozenset({people.manager.user_id, people.advisor.user_id})
    written = data(minutes, items=items, place="二楼会议室", present_ids=present)
    do(database, people.advisor, save_minutes, key, written, version=minutes.version)
    minutes = read(database, people.colleague, key)
    assert minutes.items[MeetingItemKind.ANALYSIS] == "缩量整理"
    assert minutes.place == "二楼会议室"
    assert [one.name for one in minutes.attendees if not one.is_present] == ["周岚"]
    [row] = database.acting_as(people.leader).read(list_meetings)
    assert (row.kind, row.present, row.closed_at) == (EVENING, 2, None)


@pytest.mark.req("R48", "R23")
def test_minutes_are_closed_when_every_item_says_something_and_then_stay(
    database: Database, people: People
) -> None:
    key = do(database, people.manager, begin_minutes, MORNING, TODAY, now=NOW)
    with pytest.raises(InvalidFieldError, match="请写“无”"):
        do(database, people.manager, close_minutes, key, now=NOW)
    minutes = read(database, people.manager, key)
    do(database, people.manager, save_minutes, key, data(minutes), version=minutes.version)
    do(database, people.manager, close_minutes, key, now=NOW)
    closed = read(database, people.manager, key)
    with pytest.raises(UserError, match="已定稿"):
        do(database, people.advisor, save_minutes, key, data(closed), version=closed.version)
    with pytest.raises(UserError, match="已定稿"):
        do(database, people.manager, decide_view, new_view(meeting_id=key), now=NOW)
    with pytest.raises(NotAllowedError):
        do(database, people.advisor, reopen_minutes, key)
    do(database, people.manager, reopen_minutes, key)
    assert read(database, people.manager, key).closed_at is None


def test_minutes_written_by_two_are_not_overwritten(database: Database, people: People) -> None:
    key = do(database, people.manager, begin_minutes, MORNING, TODAY, now=NOW)
    minutes = read(database, people.manager, key)
    do(database, people.advisor, save_minutes, key, data(minutes), version=minutes.version)
    with pytest.raises(ConflictError):
        do(database, people.manager, save_minutes, key, data(minutes), version=minutes.version)
    fresh = read(database, people.manager, key)
    wrong = data(fresh, starts_at=time(9), ends_at=time(8, 30))
    with pytest.raises(InvalidFieldError, match="早于"):
        do(database, people.manager, save_minutes, key, wrong, version=fresh.version)


@pytest.mark.req("R48")
def test_action_items_become_tasks_of_those_they_were_given_to(
    database: Database, people: People
) -> None:
    key = do(database, people.manager, begin_minutes, EVENING, TODAY, now=NOW)
    new = NewTask(
        str(uuid.uuid4()), TaskData("周三前回访新开户客户", date(2026, 11, 25)),
        receiver_id=people.advisor.user_id, source=TaskSource.MINUTES, source_id=key,
    )  # fmt: skip
    task = do(database, people.manager, add_task, new, now=NOW)
    [action] = read(database, people.colleague, key).actions
    assert (action.title, action.doer_name, action.due_on, action.state) == (
        "周三前回访新开户客户", "林若溪", date(2026, 11, 25), TaskState.OPEN,
    )  # fmt: skip
    do(database, people.advisor, accept_task, task, now=NOW)
    do(database, people.advisor, finish_task, task, result="已回访 6 户", now=NOW)
    [action] = read(database, people.manager, key).actions
    assert (action.state, action.result) == (TaskState.DONE, "已回访 6 户")
    slip = do(database, people.manager, add_task, replace(new, uuid=str(uuid.uuid4())), now=NOW)
    do(database, people.manager, cancel_task, slip, now=NOW)
    [row] = database.acting_as(people.manager).read(list_meetings)
    assert row.tasks == len(read(database, people.manager, key).actions) == 1


@pytest.mark.req("R23")
def test_what_the_morning_meeting_decides_to_push_is_a_record_that_holds_for_its_days(
    database: Database, people: People
) -> None:
    key = do(database, people.manager, begin_minutes, MORNING, TODAY, now=NOW)
    push = new_view(
        code="600519", subject="贵州茅台深度报告", is_push=True, source="公司OA系统",
        points="关注渠道库存", holds_until_on=date(2026, 11, 24), meeting_id=key,
    )  # fmt: skip
    view = do(database, people.manager, decide_view, push, now=NOW)
    assert do(database, people.manager, decide_view, push, now=NOW) == view
    do(database, people.manager, decide_view, new_view(meeting_id=key), now=NOW)
    advisor = database.acting_as(people.advisor)

    def pushes(on: date) -> list[str]:
        found = advisor.read(partial(list_company_views, on=on, only_pushes=True))
        return [row.subject for row in found]

    assert pushes(TODAY) == pushes(date(2026, 11, 24)) == ["贵州茅台深度报告"]
    assert pushes(date(2026, 11, 25)) == []
    assert [row.is_push for row in read(database, people.leader, key).views] == [True, False]
    with pytest.raises(NotAllowedError):
        do(database, people.advisor, decide_view, new_view(), now=NOW)
    do(database, people.manager, withdraw_view, view, reason="报告更正", now=NOW)
    assert pushes(TODAY) == []
    assert [row.is_push for row in read(database, people.leader, key).views] == [False]


@pytest.mark.req("R24", "R48")
def test_a_view_withdrawn_after_the_minutes_were_closed_stays_in_them_marked_as_withdrawn(
    database: Database, people: People
) -> None:
    key = do(database, people.manager, begin_minutes, MORNING, TODAY, now=NOW)
    minutes = read(database, people.manager, key)
    do(database, people.manager, save_minutes, key, data(minutes), version=minutes.version)
    slip, held = (
        do(database, people.manager, decide_view, new_view(subject=name, meeting_id=key), now=NOW)
        for name in ("输错的", "中期策略")
    )
    do(database, people.manager, withdraw_view, slip, reason="输错", now=NOW)
    do(database, people.manager, close_minutes, key, now=NOW + timedelta(minutes=1))
    later = NOW + timedelta(hours=1)
    do(database, people.manager, withdraw_view, held, reason="公司更正报告", now=later)
    [view] = read(database, people.leader, key).views
    assert (view.subject, view.withdrawn_at, view.withdraw_reason) == (
        "中期策略", later, "公司更正报告",
    )  # fmt: skip
    assert do(database, people.manager, list_company_views, on=TODAY) == []

    do(database, people.manager, reopen_minutes, key)
    assert read(database, people.leader, key).views == (view,)  # the slip is still left out
    again = do(database, people.manager, decide_view, new_view(meeting_id=key), now=later)
    do(database, people.manager, withdraw_view, again, reason="改口", now=NOW + timedelta(days=1))
    assert [row.id for row in read(database, people.leader, key).views] == [held, again]
    do(database, people.manager, close_minutes, key, now=NOW + timedelta(days=1))
    assert [row.id for row in read(database, people.leader, key).views] == [held, again]


@pytest.mark.req("R47", "R48")
def test_the_evening_meeting_has_matters_reported_and_points_left_before_it(
    database: Database, people: People
) -> None:
    manager = people.manager
    for kind, on, title in (
        (EVENING, date(2026, 11, 18), "整理机位"), (EVENING, date(2026, 11, 19), "核对话术"),
        (EVENING, TODAY, "今天才定"), (MORNING, date(2026, 11, 19), "晨会所定"),
    ):  # fmt: skip
        key = do(database, manager, begin_minutes, kind, on, now=NOW)
        task = NewTask(str(uuid.uuid4()), TaskData(title, TODAY),
                       source=TaskSource.MINUTES, source_id=key)  # fmt: skip
        made = do(database, manager, add_task, task, now=NOW)
        if title == "整理机位":
            do(database, manager, finish_task, made, now=NOW)
    who = people.advisor
    do(database, people.colleague, add_matter, "还没上报", on=TODAY, today=TODAY)
    do(database, who, add_matter, "大户室空调故障", on=TODAY, today=TODAY)
    do(database, who, write_day, on=TODAY, summary="照常", acceptance="", today=TODAY)
    do(database, who, add_plan, "回访", on=TODAY, today=TODAY)
    do(database, who, close_day, on=TODAY, now=NOW)
    points = database.acting_as(people.leader).read(partial(list_open_points, today=TODAY))
    assert (points.starts_at, points.is_closed) == (time(16), False)
    assert [row.text for row in points.topics] == ["大户室空调故障"]
    assert [(item.title, item.doer_name) for item in points.left] == [("核对话术", "方静")]
    do(database, manager, answer_matter, points.topics[0].id, "已报修", now=NOW)
    assert database.acting_as(manager).read(partial(list_open_points, today=TODAY)).topics == ()
