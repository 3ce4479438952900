"""The end of the day: what is left to write, the work log, the plan, matters for the leader."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotAllowedError, NotFoundError
from advisorcrm.services.access_logs import record_access
from advisorcrm.services.calendar.appointments import (
    NewAppointment,
    add_appointment,
    cancel_appointment,
)
from advisorcrm.services.contacts.contact_logs import log_contact
from advisorcrm.services.days.absences import NewAbsence, enter_absence
from advisorcrm.services.days.day_closings import (
    DaySheet,
    DayTasks,
    add_plan,
    archive_plan,
    close_day,
    list_days,
    open_day,
    restore_plan,
    write_day,
)
from advisorcrm.services.days.day_items import list_day_items, restore_day_item, skip_day_item
from advisorcrm.services.days.day_matters import (
    add_matter,
    answer_matter,
    archive_matter,
    list_matters,
    restore_matter,
)
from advisorcrm.services.days.shift_logs import start_shift
from advisorcrm.services.days.unclosed_days import find_forgotten_day, list_closable_days
from advisorcrm.services.dues.dues import list_dues
from advisorcrm.services.dues.notifications import read_centre
from advisorcrm.services.dues.reminders import begin_look, claim_due
from advisorcrm.services.files.client_points import reveal_purpose
from advisorcrm.services.tasks.task_lists import TaskFilter, list_tasks
from advisorcrm.services.tasks.tasks import NewTask, TaskData, add_task, finish_task
from advisorcrm.terms import (
    AccessKind,
    DayItemKind,
    DueKind,
    Reaction,
    RevealReason,
    TaskSource,
)
from tests.conftest import TODAY
from tests.factories import NOW, People, make_client, make_log, new_log
from tests.services.callbacks.callback_samples import calls_of, make_campaign, named

EVENING = NOW + timedelta(hours=3)
MONDAY = date(2026, 11, 23)


class Day:
    """Friday 2026-11-20 of the advisor, through the services."""

    def __init__(self, database: Database, people: People) -> None:
        self._database = database
        self.people = people
        self.me = people.advisor

    def write(self, service: Any, *given: Any, who: Actor | None = None, **named: Any) -> Any:
        door = self._database.acting_as(who or self.me)
        return door.write(lambda s, a: service(s, a, *given, **named))

    def read(self, service: Any, *given: Any, who: Actor | None = None, **named: Any) -> Any:
        door = self._database.acting_as(who or self.me)
        return door.read(lambda s, a: service(s, a, *given, **named))

    def client(self, name: str) -> int:
        return self._database.write(lambda s, a: make_client(s, self.me, name=name))

    def log(self, client: int, **more: Any) -> int:
        return self._database.write(lambda s, a: make_log(s, self.me, client, **more))

    def items(self) -> list[tuple[DayItemKind, str, str]]:
        found = self.read(list_day_items, on=TODAY)
        return [(item.kind, item.client_name, item.form) for item in found]

    def fill(self, on: date = TODAY, plan: str = "回访赵先生") -> None:
        self.write(write_day, on=on, summary="沟通 5 户", acceptance="多数认可", today=TODAY)
        self.write(add_plan, plan, on=on, today=TODAY)

    def sheet(self, **more: Any) -> DaySheet:
        found: DaySheet = self.read(open_day, on=TODAY, **more)
        return found


@pytest.fixture
def day(database: Database, people: People) -> Day:
    return Day(database, people)


@pytest.mark.req("R49")
def test_agreed_and_dialled_contacts_without_an_entry_are_named(day: Day) -> None:
    wang, li, zhao = day.client("王秀兰"), day.client("李建业"), day.client("赵立欣")
    before = NOW - timedelta(days=3)
    for client in (wang, li):
        day.log(client, contacted_at=before, next_on=TODAY, next_note="谈基金")
    for reason in (RevealReason.CALL, RevealReason.CHECK):
        day.write(
            record_access, AccessKind.REVEAL, subject="手机", purpose=reveal_purpose(reason, ""),
            now=NOW, client_id=zhao if reason is RevealReason.CALL else day.client("核对"),
            was_masked=False,
        )  # fmt: skip
    assert day.items() == [
        (DayItemKind.NO_LOG, "王秀兰", ""), (DayItemKind.NO_LOG, "李建业", ""),
        (DayItemKind.NO_LOG, "赵立欣", ""),
    ]  # fmt: skip
    day.log(li)
    day.log(zhao)
    lead, shown = day.people.manager, day.client("经理看过的")
    day.write(
        record_access, AccessKind.REVEAL, subject="手机", now=NOW, client_id=shown, was_masked=False,
        purpose=reveal_purpose(RevealReason.CALL, ""), who=lead,
    )  # fmt: skip
    names = [name for kind, name, _form in day.items() if kind is DayItemKind.NO_LOG]
    assert names == ["王秀兰"]
    day.write(skip_day_item, DayItemKind.NO_LOG, wang, on=TODAY, now=NOW)
    assert DayItemKind.NO_LOG not in [kind for kind, _name, _form in day.items()]
    day.write(restore_day_item, DayItemKind.NO_LOG, wang, on=TODAY, now=NOW)
    day.write(skip_day_item, DayItemKind.NO_LOG, wang, on=TODAY - timedelta(days=1), now=NOW)
    assert (DayItemKind.NO_LOG, "王秀兰", "") in day.items()
    # what is agreed today for this evening is not done by the talk in which it was agreed
    day.log(li, contacted_at=NOW + timedelta(minutes=1), next_on=TODAY, next_at=time(18))
    assert (DayItemKind.NO_LOG, "李建业", "") in day.items()


@pytest.mark.req("R49", "R18")
def test_files_of_clients_spoken_to_are_named_until_they_are_updated_or_found_unchanged(
    day: Day,
) -> None:
    wang, li = day.client("王秀兰"), day.client("李建业")
    for client in (wang, li):
        day.log(client)
    assert day.items() == [(DayItemKind.FILE, "王秀兰", ""), (DayItemKind.FILE, "李建业", "")]
    day.write(skip_day_item, DayItemKind.FILE, wang, on=TODAY, now=NOW)
    assert day.items() == [(DayItemKind.FILE, "李建业", "")]
    changed_on = datetime.now(UTC)  # the history has the clock of the database
    entry = new_log(li, contacted_at=changed_on)
    day.write(log_contact, entry, now=changed_on)
    of_today = day.read(list_day_items, on=changed_on.astimezone(BRANCH_TIME).date())
    assert [item for item in of_today if item.kind is DayItemKind.FILE] == []


@pytest.mark.req("R49")
def test_forms_of_the_day_are_named_and_cannot_be_put_aside(day: Day) -> None:
    day.write(start_shift, "morning", now=NOW)
    assert day.items() == [(DayItemKind.FORM, "", "shift")]
    with pytest.raises(InvalidFieldError, match="不能略过"):
        day.write(skip_day_item, DayItemKind.FORM, day.client("任何"), on=TODAY, now=NOW)


@pytest.mark.req("R47")
def test_a_closed_day_turns_the_plan_into_tasks_of_the_next_working_day(day: Day) -> None:
    day.fill()
    gone = day.write(add_plan, "不做了", on=TODAY, today=TODAY)
    kept = day.write(add_plan, "整理资料", on=TODAY, today=TODAY)
    for key in (gone, kept):
        day.write(archive_plan, key, now=NOW)
    day.write(restore_plan, kept)
    assert [plan.due_on for plan in day.sheet().plans] == [MONDAY, MONDAY]
    assert day.write(close_day, on=TODAY, now=EVENING) == 2
    tasks = day.read(list_tasks, TaskFilter(), today=TODAY)
    assert sorted((task.title, task.due_on, task.source) for task in tasks) == [
        ("回访赵先生", MONDAY, TaskSource.PLAN), ("整理资料", MONDAY, TaskSource.PLAN),
    ]  # fmt: skip
    sheet = day.sheet()
    assert (sheet.summary, sheet.closed_at, sheet.may_write) == ("沟通 5 户", EVENING, False)
    for service, given in (
        (add_plan, ("再一条",)), (add_matter, ("再一件",)),
    ):  # fmt: skip
        with pytest.raises(InvalidFieldError, match="已经收尾"):
            day.write(service, *given, on=TODAY, today=TODAY)
    with pytest.raises(InvalidFieldError, match="已经收尾"):
        day.write(archive_plan, kept, now=NOW)


@pytest.mark.req("R47")
def test_a_day_is_closed_with_a_summary_and_a_plan_and_counts_what_is_left(day: Day) -> None:
    with pytest.raises(InvalidFieldError) as refused:
        day.write(close_day, on=TODAY, now=EVENING)
    assert refused.value.field == "summary"
    day.write(write_day, on=TODAY, summary="做了", acceptance="", today=TODAY)
    with pytest.raises(InvalidFieldError) as refused:
        day.write(close_day, on=TODAY, now=EVENING)
    assert refused.value.field == "plan"
    with pytest.raises(InvalidFieldError, match="要做什么"):
        day.write(add_plan, " ", on=TODAY, today=TODAY)
    with pytest.raises(InvalidFieldError, match="还没有到"):
        day.write(write_day, on=MONDAY, summary="早", acceptance="", today=TODAY)
    wang = day.client("王秀兰")
    day.log(wang, contacted_at=NOW - timedelta(days=2), next_on=TODAY)
    day.fill()
    day.write(close_day, on=TODAY, now=EVENING)
    [row] = day.read(list_days, from_on=TODAY, to_on=TODAY)
    assert (row.open_count, row.plans, row.user_name) == (1, 1, "林若溪")


@pytest.mark.req("R47", "R239")
def test_matters_reach_the_leader_when_the_day_is_closed_and_come_back_answered(day: Day) -> None:
    leader = day.people.leader
    day.fill()
    gone = day.write(add_matter, "先不说", on=TODAY, today=TODAY)
    day.write(archive_matter, gone, now=NOW)
    kept = day.write(add_matter, "王秀兰 13900000458 要求降佣金", on=TODAY, today=TODAY)
    day.write(archive_matter, kept, now=NOW)
    day.write(restore_matter, kept)
    assert day.read(list_matters, who=leader) == []
    with pytest.raises(NotFoundError):
        day.write(answer_matter, kept, "同意", who=leader, now=EVENING)
    day.write(add_plan, "回电 13900000458", on=TODAY, today=TODAY)
    day.write(close_day, on=TODAY, now=EVENING)
    with pytest.raises(InvalidFieldError, match="已经收尾"):
        day.write(restore_matter, gone)  # it would be told to nobody any more
    seen = [
        plan.text for plan in day.read(open_day, who=leader, on=TODAY, user_id=day.me.user_id).plans
    ]
    assert "13900000458" not in " ".join(seen)
    assert "13900000458" in " ".join(plan.text for plan in day.read(open_day, on=TODAY).plans)
    [row] = day.read(list_matters, who=leader, only_open=True)
    assert (row.id, row.user_name, row.reported_at) == (kept, "林若溪", EVENING)
    assert "13900000458" not in row.text
    with pytest.raises(InvalidFieldError, match="已经上报"):
        day.write(archive_matter, kept, now=NOW)
    with pytest.raises(InvalidFieldError, match="批示"):
        day.write(answer_matter, kept, " ", who=leader, now=EVENING)
    day.write(answer_matter, kept, "周一面谈", who=leader, now=EVENING)
    assert day.read(list_matters, who=leader, only_open=True) == []
    [answered] = day.read(list_matters)
    assert (answered.answer, answered.answered_by) == ("周一面谈", "高远")
    assert day.read(list_matters, who=day.people.colleague) == []
    with pytest.raises(NotAllowedError):
        day.write(answer_matter, kept, "我批", now=EVENING)


@pytest.mark.req("R27")
def test_the_day_shows_how_clients_took_what_was_said_and_keeps_the_words_about_it(
    day: Day,
) -> None:
    for reaction in (Reaction.AGREES, Reaction.AGREES, Reaction.UNDECIDED, None):
        day.log(day.client("甲"), reaction=reaction)
    day.log(day.client("乙"), contacted_at=NOW - timedelta(days=1), reaction=Reaction.AGREES)
    sheet = day.sheet()
    assert (dict(sheet.reactions), sheet.contacts) == (
        {Reaction.AGREES: 2, Reaction.UNDECIDED: 1}, 4,
    )  # fmt: skip
    day.write(write_day, on=TODAY, summary="推送晨会观点", acceptance="两户认可", today=TODAY)
    assert day.sheet().acceptance == "两户认可"


@pytest.mark.req("R47", "R240")
def test_work_logs_are_kept_by_person_and_day_and_read_by_those_who_lead(day: Day) -> None:
    people = day.people
    yesterday = TODAY - timedelta(days=1)
    day.fill(yesterday)
    day.fill()
    day.write(write_day, who=people.colleague, on=TODAY, summary="她的", acceptance="", today=TODAY)
    mine = day.read(list_days, from_on=yesterday, to_on=TODAY)
    assert [(row.on, row.user_name) for row in mine] == [(TODAY, "林若溪"), (yesterday, "林若溪")]
    for who in (people.manager, people.leader):
        assert len(day.read(list_days, who=who, from_on=yesterday, to_on=TODAY)) == 3
    other = day.sheet(who=people.leader, user_id=people.advisor.user_id)
    assert (other.summary, other.may_write) == ("沟通 5 户", False)
    with pytest.raises(NotAllowedError):
        day.sheet(who=people.colleague, user_id=people.advisor.user_id)


@pytest.mark.req("R49")
def test_an_arranged_time_without_an_entry_is_named_until_it_is_logged(day: Day) -> None:
    wang = day.client("王秀兰")
    new = NewAppointment(str(uuid.uuid4()), NOW, 30, client_id=wang, title="谈基金")
    day.write(add_appointment, new, now=NOW - timedelta(hours=1))
    [item] = day.read(list_day_items, on=TODAY)
    assert (item.kind, item.reason) == (DayItemKind.NO_LOG, "预约“谈基金”没有记录")
    off = NewAppointment(str(uuid.uuid4()), NOW, 30, client_id=day.client("改期的"), title="改期")
    key = day.write(add_appointment, off, now=NOW - timedelta(hours=1))
    assert len(day.read(list_day_items, on=TODAY)) == 2
    day.write(cancel_appointment, key, "客户出差", now=NOW)
    assert len(day.read(list_day_items, on=TODAY)) == 1
    day.log(wang)
    assert DayItemKind.NO_LOG not in [kind for kind, _name, _form in day.items()]


@pytest.mark.req("R49", "R223")
def test_records_of_calls_that_are_due_are_named_as_forms(day: Day) -> None:
    wang = day.client("王秀兰")

    def call(session: Any, actor: Any) -> tuple[date, str]:
        campaign = make_campaign(session, day.people.manager, query=named("王秀兰"))
        found = calls_of(session, campaign)[wang]
        found.caller_id = day.me.user_id
        return found.due_on, f"回访记录表未填，{found.due_on} 到期"

    due, told = day._database.write(call)
    before = day.read(list_day_items, on=due - timedelta(days=1))
    assert [item for item in before if item.form == "callback"] == []
    [item] = [item for item in day.read(list_day_items, on=due) if item.form == "callback"]
    assert (item.kind, item.client_name, item.reason) == (DayItemKind.FORM, "王秀兰", told)


@pytest.mark.req("R47")
def test_the_day_says_how_many_of_its_tasks_are_done(day: Day) -> None:
    made = [
        day.write(add_task, NewTask(str(uuid.uuid4()), TaskData(title, on)), now=NOW)
        for title, on in (("做完", TODAY), ("没做", TODAY), ("以后", MONDAY))
    ]
    day.write(finish_task, made[0], now=NOW)
    assert day.sheet().tasks == DayTasks(done=1, left=1)


@pytest.mark.req("R47")
def test_a_working_day_that_nobody_closed_is_closed_afterwards(day: Day) -> None:
    def forgotten(today: date = MONDAY) -> date | None:
        found: date | None = day.read(find_forgotten_day, today=today)
        return found

    assert forgotten() is None  # nobody worked
    client = day.client("王秀兰")
    day.log(client, contacted_at=NOW - timedelta(days=1))  # written the day after: no work of then
    assert forgotten() is None
    day.log(client)
    assert forgotten() == TODAY
    assert forgotten(TODAY) is None
    assert day.read(find_forgotten_day, today=MONDAY, who=day.people.colleague) is None
    morning = NOW + timedelta(days=3)

    def listed(who: Actor) -> list[tuple[date, str, int]]:
        rows = day.read(list_dues, at=morning, who=who)
        return [(row.due_on, row.reason, row.days_late) for row in rows
                if row.kind is DueKind.DAY_END]  # fmt: skip

    left = [(TODAY, "2026-11-20 的工作没有收尾", 3)]
    assert (listed(day.people.advisor), listed(day.people.manager)) == (left, left)
    assert listed(day.people.colleague) == []
    offered = day.read(list_closable_days, today=MONDAY)
    assert [(one.on.day, one.is_forgotten) for one in offered] == [
        (23, False), (20, True), (19, False), (18, False), (17, False), (16, False),
    ]  # fmt: skip

    monday = NOW + timedelta(days=3)
    day.write(write_day, on=TODAY, summary="补写", acceptance="", today=MONDAY)
    day.write(add_plan, "回访赵先生", on=TODAY, today=MONDAY)
    day.write(close_day, on=TODAY, now=monday)
    assert forgotten() is None
    assert listed(day.people.manager) == []
    for on in (TODAY - timedelta(days=1), TODAY - timedelta(days=2)):
        day.write(write_day, on=on, summary="写了一半", acceptance="", today=MONDAY)
    look = day.read(begin_look, at=monday)
    day.write(claim_due, look)
    told = [line.reason for line in day.read(read_centre, look).lines
            if line.kind is DueKind.DAY_END]  # fmt: skip
    assert told == ["2026-11-18 的工作没有收尾", "2026-11-19 的工作没有收尾"]
    [task] = day.read(list_tasks, TaskFilter(), today=MONDAY)
    assert (task.title, task.due_on) == ("回访赵先生", MONDAY)


@pytest.mark.req("R47", "R49")
def test_the_days_end_is_due_by_five_until_it_is_closed_and_told_at_half_past_four(
    day: Day,
) -> None:
    def left(at: datetime, who: Actor | None = None) -> list[tuple[str, str, bool]]:
        rows = day.read(list_dues, at=at, who=who or day.people.advisor)
        return [(row.person, f"{row.due_time:%H:%M}", row.is_overdue) for row in rows
                if row.kind is DueKind.TODAY_END]  # fmt: skip

    lin, zhou, manager = day.people.advisor, day.people.colleague, day.people.manager
    five = NOW + timedelta(hours=2, minutes=40)
    assert left(NOW) == [(lin.name, "17:00", False)]
    assert left(five) == [(lin.name, "17:00", True)]
    assert left(NOW + timedelta(days=1)) == []  # Saturday
    away = NewAbsence(zhou.user_id, TODAY, TODAY)
    day.write(enter_absence, away, now=NOW, who=manager)
    assert {person for person, _by, _late in left(NOW, manager)} == {lin.name, manager.name}

    def told(at: datetime) -> list[str]:
        look = day.read(begin_look, at=at)
        day.write(claim_due, look)
        lines = day.read(read_centre, look).lines
        return [line.reason for line in lines if line.kind is DueKind.TODAY_END]

    half_past_four = NOW + timedelta(hours=2, minutes=10)
    assert told(half_past_four - timedelta(minutes=1)) == []
    assert told(half_past_four) == ["写当天总结、次日计划和上报事项"]
    assert told(half_past_four - timedelta(hours=1)) == ["写当天总结、次日计划和上报事项"]
    day.write(write_day, on=TODAY, summary="沟通 5 户", acceptance="", today=TODAY)
    day.write(add_plan, "回访赵先生", on=TODAY, today=TODAY)
    day.write(close_day, on=TODAY, now=five)
    assert left(five) == []
