"""A quarter of the branch, 2026-11-23 to 2027-02-26, over New Year and the Spring Festival.

Three advisors and a manager come on each working day at nine, work, and look again in the
afternoon. Every reminder that should come comes once and on its day: the table below was worked
out by hand from the calendar. What falls on a day without work is told on the next one, in the
words of the step that is reached by then. New Year is Friday, the 1st of January.

The Spring Festival, by the law of the statutory days: 正月初一 is Saturday, the 6th of February,
so that New Year's Eve and the first three days are the 5th (Friday) to the 8th (Monday). Two of
the four, the 6th and 7th, are a weekend, for which two working days are given: the first after
the rest, Tuesday the 9th and Wednesday the 10th. Rest from the 5th to the 10th, work from Thursday
the 11th. The working days of February are the 1st to the 4th and then the 11th: the fifth is the
11th. Of the 70 weekdays of the fourteen weeks five rest: 65 working days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.models import Reminder, Seat, User
from advisorcrm.services.allocations.handovers import NewHandover, hand_over
from advisorcrm.services.branch.users import create_user, find_actor
from advisorcrm.services.care.care_records import NewCareRecord, record_care
from advisorcrm.services.contacts.contact_logs import log_contact
from advisorcrm.services.contacts.new_contact_log import NewContactLog
from advisorcrm.services.dues.reminders import Memory, begin_look, claim_due, has_news
from advisorcrm.services.seats.client_rooms import NewRoom, add_room
from advisorcrm.services.seats.seat_uses import NewSeatUse, assign_seat, set_conditions
from advisorcrm.services.tasks.tasks import NewTask, TaskData, add_task, finish_task
from advisorcrm.terms import BirthdayKept, CareKind, CareWay, DueKind, Role
from tests.factories import People, make_client

FIRST, LAST = date(2026, 11, 23), date(2027, 2, 26)
RESTS = {date(2027, 1, 1), *(date(2027, 2, number) for number in (5, 8, 9, 10))}
"""Weekdays without work; nobody works on weekends here, since 2027 has no notice yet."""
LIN, ZHOU, CHENG, FANG = "林若溪", "周岚", "程颖", "方静"
OVER = -1
Line = tuple[date, str, DueKind, str, int]


def day(month: int, number: int) -> date:
    """A day of the quarter."""
    return date(2026 if month > 2 else 2027, month, number)


# Day, person, kind, whom it is about, step (days before the date, -1 when it is past).
TABLE: list[Line] = [
    # 陈志强: test until Friday 01-22, nobody renews it.
    (day(11, 23), LIN, DueKind.RISK_TEST, "陈志强", 60),
    (day(12, 23), LIN, DueKind.RISK_TEST, "陈志强", 30),
    (day(1, 15), LIN, DueKind.RISK_TEST, "陈志强", 7),
    (day(1, 25), LIN, DueKind.RISK_TEST, "陈志强", OVER),  # the 23rd is a Saturday
    # 欧阳文静: document until Saturday 02-06; 90 days ahead was before the quarter.
    (day(11, 23), LIN, DueKind.ID_DOCUMENT, "欧阳文静", 90),
    (day(12, 8), LIN, DueKind.ID_DOCUMENT, "欧阳文静", 60),
    (day(1, 7), LIN, DueKind.ID_DOCUMENT, "欧阳文静", 30),
    (day(2, 1), LIN, DueKind.ID_DOCUMENT, "欧阳文静", 7),  # 01-30 is a Saturday
    (day(2, 11), LIN, DueKind.ID_DOCUMENT, "欧阳文静", OVER),
    # 贺敏 opened 11-30: the manager calls on 12-29, the day before; 冯海燕 opened 11-25: nobody.
    (day(12, 28), FANG, DueKind.NEW_CLIENT_CALL, "贺敏", 3),  # 12-27 is a Sunday
    (day(12, 22), FANG, DueKind.NEW_CLIENT_CALL, "冯海燕", 3),
    (day(12, 25), FANG, DueKind.NEW_CLIENT_CALL, "冯海燕", 0),
    (day(12, 28), FANG, DueKind.NEW_CLIENT_CALL, "冯海燕", OVER),
    # 许婉清 goes from 程颖 to 林若溪 on 12-21 and is called on 12-28 at eleven.
    (day(12, 25), LIN, DueKind.FIRST_CONTACT, "许婉清", 3),
    (day(12, 28), LIN, DueKind.FIRST_CONTACT, "许婉清", 0),
    # Next steps: 01-01 is New Year; 12-03 at 14:30; 12-17 although they spoke the day before.
    (day(1, 4), LIN, DueKind.NEXT_STEP, "单玉梅", 0),
    (day(12, 3), ZHOU, DueKind.NEXT_STEP, "仇玉成", 0),
    (day(12, 17), ZHOU, DueKind.NEXT_STEP, "毛爱华", 0),
    # 蒋承志 has a seat for two months from 12-10.
    (day(1, 27), CHENG, DueKind.SEAT_TRANSITION, "蒋承志", 14),
    (day(2, 3), CHENG, DueKind.SEAT_TRANSITION, "蒋承志", 7),
    (day(2, 11), CHENG, DueKind.SEAT_TRANSITION, "蒋承志", OVER),  # its last day, 02-10, is rest
    # Birthdays: 12-31, congratulated on 12-24; 01-03; 正月初三, which is 02-08; 02-14.
    (day(12, 24), LIN, DueKind.BIRTHDAY, "曾奕航", 7),
    (day(12, 28), ZHOU, DueKind.BIRTHDAY, "段明霞", 7),
    (day(2, 1), CHENG, DueKind.BIRTHDAY, "乐静怡", 7),
    (day(2, 11), CHENG, DueKind.BIRTHDAY, "解建国", 7),
    (day(2, 12), CHENG, DueKind.BIRTHDAY, "解建国", 2),
    # A task until Friday 12-18, one that is done the day before it is due, one at rest.
    (day(12, 18), ZHOU, DueKind.TASK, DueKind.TASK.value, 0),
    (day(1, 4), CHENG, DueKind.TASK, DueKind.TASK.value, 0),  # due on Saturday 01-02
]
for _advisor in (LIN, ZHOU, CHENG):
    TABLE += [
        (day(12, 29), _advisor, DueKind.FESTIVAL, "新年", 0),
        (day(2, 3), _advisor, DueKind.FESTIVAL, "春节", 0),
        (day(2, 11), _advisor, DueKind.FESTIVAL, "情人节", 0),
        (day(2, 17), _advisor, DueKind.FESTIVAL, "元宵", 0),
        (day(12, 1), _advisor, DueKind.MONTH_ANALYSIS, "", 0),
        (day(1, 4), _advisor, DueKind.MONTH_ANALYSIS, "", 0),
        (day(2, 1), _advisor, DueKind.MONTH_ANALYSIS, "", 0),
        (day(12, 7), _advisor, DueKind.CHURN_REPORT, "", 0),  # two days ahead is a Saturday
        (day(1, 6), _advisor, DueKind.CHURN_REPORT, "", 2),
        (day(1, 8), _advisor, DueKind.CHURN_REPORT, "", 0),
        (day(2, 11), _advisor, DueKind.CHURN_REPORT, "", 0),  # 02-01, 02, 03, 04 and 02-11
    ]
TABLE += [
    (day(12, 7), FANG, DueKind.MONTH_REVIEW, "", 0),
    (day(1, 6), FANG, DueKind.MONTH_REVIEW, "", 2),
    (day(1, 8), FANG, DueKind.MONTH_REVIEW, "", 0),
    (day(2, 11), FANG, DueKind.MONTH_REVIEW, "", 0),
]
AUDITS = [(11, 27), (12, 4), (12, 11), (12, 18), (12, 25), (12, 31), (1, 8), (1, 15), (1, 22),
          (1, 29), (2, 4), (2, 12), (2, 19), (2, 26)]  # fmt: skip
"""Fridays; before New Year and before the Spring Festival the Thursday."""
TABLE += [(day(*on), FANG, DueKind.FRIDAY_AUDIT, "", 0) for on in AUDITS]
TUESDAYS = [(11, 24), (12, 1), (12, 8), (12, 15), (12, 22), (12, 29), (1, 5), (1, 12), (1, 19),
            (1, 26), (2, 2), (2, 16), (2, 23)]  # fmt: skip
"""林若溪 speaks to three on Mondays, on 11-24 and 12-28 to more; nobody closes a day, and each is
told of on the next one. Monday 02-08 is rest."""
TABLE += [(day(*on), LIN, DueKind.DAY_END, "", 0) for on in (*TUESDAYS, (11, 25))]
TABLE += [(day(12, on), ZHOU, DueKind.DAY_END, "", 0) for on in (2, 15, 17)]
TABLE += [(day(12, 30), FANG, DueKind.DAY_END, "", 0)]


def working_days() -> Iterator[date]:
    """Every day on which somebody comes."""
    on = FIRST
    while on <= LAST:
        if on.weekday() < 5 and on not in RESTS:
            yield on
        on += timedelta(days=1)


def at(on: date, hour: int, minute: int = 0) -> datetime:
    """A time at the branch."""
    return datetime.combine(on, time(hour, minute), BRANCH_TIME)


class Quarter:
    """The branch, its people and clients, and what is done on which day."""

    def __init__(self, database: Database, people: People) -> None:
        self.database = database
        database.write(lambda s, _a: create_user(s, "LSL0044", name=CHENG, role=Role.ADVISOR))
        cheng = database.read(lambda s, _a: find_actor(s, "LSL0044"))
        self.people = {LIN: people.advisor, ZHOU: people.colleague, CHENG: cheng,
                       FANG: people.manager}  # fmt: skip
        self.clients: dict[str, int] = {}
        database.write(self._fill)
        look = database.read(partial(begin_look, at=at(FIRST, 9)))
        # A statement serves all of a role: three advisors' computers here prepare one between them.
        self.looks = {name: replace(look, memory=Memory(look.memory.prepared))
                      for name in self.people}  # fmt: skip
        self.deeds: dict[date, list[Callable[[], object]]] = {}
        self._plan()

    def work(self) -> None:
        """Each working day: look, do what the day brings, look twice more."""
        for on in working_days():
            self.look(at(on, 9))
            for deed in self.deeds.get(on, ()):
                deed()
            if on.weekday() == 0:
                self._visit_three(on)
            self.look(at(on, 15))
            if on.day % 10 == 0:
                self.look(at(on, 9))  # a clock set back

    def look(self, now: datetime) -> None:
        """The heartbeat of everybody's computer."""
        for name, actor in self.people.items():
            look = replace(self.looks[name], at=now)
            own = self.database.acting_as(actor)
            if own.read(partial(has_news, look=look)):
                own.write(partial(claim_due, look=look))

    def told(self) -> list[Line]:
        """Everything that was told, as the table has it."""
        statement = (
            select(Reminder.claimed_at, User.name, Reminder.kind, Reminder.name, Reminder.step)
            .join(User, User.id == Reminder.user_id)
        )  # fmt: skip
        found = self.database.read(lambda s, _a: s.execute(statement).all())
        return [
            (told.astimezone(BRANCH_TIME).date(), who, kind, _whom(kind, name), step)
            for told, who, kind, name, step in found
        ]

    def _fill(self, session: Session, _actor: Actor) -> None:
        for owner, name, more in (
            (LIN, "陈志强", {"risk_expires_on": day(1, 22)}),
            (LIN, "欧阳文静", {"id_expires_on": day(2, 6)}),
            (LIN, "单玉梅", {}),
            (LIN, "曾奕航", {"birthday": date(1970, 12, 31)}),
            (LIN, "毕一", {}), (LIN, "毕二", {}), (LIN, "毕三", {}),
            (ZHOU, "贺敏", {"opened_on": day(11, 30)}),
            (ZHOU, "冯海燕", {"opened_on": day(11, 25)}),
            (ZHOU, "仇玉成", {}), (ZHOU, "毛爱华", {}),
            (ZHOU, "段明霞", {"birthday": date(1969, 1, 3)}),
            (CHENG, "许婉清", {}), (CHENG, "蒋承志", {}),
            (CHENG, "解建国", {"birthday_month_day": "02-14"}),
            (CHENG, "乐静怡", {"birthday": date(1961, 2, 18), "lunar_month": 1, "lunar_day": 3,
                              "birthday_kept": BirthdayKept.LUNAR}),
        ):  # fmt: skip
            self.clients[name] = make_client(session, self.people[owner], name=name, **more)

    def _plan(self) -> None:
        """What is done on which day, after the look of the morning."""
        speak, do = self._speak, self._do
        do(day(11, 24), LIN, speak(day(11, 24), 10, "单玉梅", next_on=day(1, 1)))
        do(day(12, 1), ZHOU, speak(day(12, 1), 10, "仇玉成", next_on=day(12, 3),
                                   next_at=time(14, 30)))  # fmt: skip
        do(day(12, 14), ZHOU, speak(day(12, 14), 10, "毛爱华", next_on=day(12, 17)))
        do(day(12, 16), ZHOU, speak(day(12, 16), 10, "毛爱华"))
        do(day(12, 21), FANG, self._give("许婉清", CHENG, LIN))
        do(day(12, 28), LIN, speak(day(12, 28), 11, "许婉清"))
        do(day(12, 29), FANG, speak(day(12, 29), 11, "贺敏"))
        do(day(12, 24), LIN, self._congratulate("曾奕航", day(12, 31), at(day(12, 24), 10)))
        do(day(12, 10), FANG, self._seat("蒋承志", day(12, 10)))
        do(day(12, 14), ZHOU, self._task(day(12, 18), day(12, 14)))
        do(day(12, 21), CHENG, self._task(day(1, 2), day(12, 21)))
        do(day(12, 21), CHENG, self._done_early(day(12, 24), day(12, 21)))

    def _do(self, on: date, who: str, work: Callable[[Session, Actor], object]) -> None:
        own = self.database.acting_as(self.people[who])
        self.deeds.setdefault(on, []).append(partial(own.write, work))

    def _speak(
        self, on: date, hour: int, name: str, *, next_on: date | None = None,
        next_at: time | None = None,
    ) -> Callable[[Session, Actor], object]:  # fmt: skip
        entry = NewContactLog(
            str(uuid4()), self.clients[name], ("market",), at(on, hour), "phone", f"{name} {on}",
            next_on=next_on, next_at=next_at,
        )  # fmt: skip
        return partial(log_contact, entry=entry, now=at(on, hour, 30))

    def _give(self, name: str, _giver: str, taker: str) -> Callable[[Session, Actor], object]:
        move = ((self.clients[name], self.people[taker].user_id),)
        return partial(hand_over, new=NewHandover(str(uuid4()), move, "产假"),
                       now=at(day(12, 21), 10))  # fmt: skip

    def _congratulate(
        self, name: str, on: date, now: datetime
    ) -> Callable[[Session, Actor], object]:
        new = NewCareRecord(str(uuid4()), self.clients[name], CareKind.BIRTHDAY, CareWay.PHONE,
                            "祝贺生日", now, occasion_on=on)  # fmt: skip
        return partial(record_care, new=new, now=now)

    def _seat(self, name: str, on: date) -> Callable[[Session, Actor], object]:
        def sit(session: Session, actor: Actor) -> None:
            room = add_room(session, actor, NewRoom("大户室", 1, 2))
            place = session.scalars(select(Seat.id).where(Seat.client_room_id == room)).first()
            assert place is not None
            seat = NewSeatUse(self.clients[name], place, "P-001", on)
            use = assign_seat(session, actor, seat, today=on)
            set_conditions(session, actor, use, meets=False, today=on)

        return sit

    def _task(self, due_on: date, on: date) -> Callable[[Session, Actor], object]:
        return partial(add_task, new=NewTask(str(uuid4()), TaskData("整理档案", due_on)),
                       now=at(on, 10))  # fmt: skip

    def _done_early(self, due_on: date, on: date) -> Callable[[Session, Actor], object]:
        def work(session: Session, actor: Actor) -> None:
            task = self._task(due_on, on)(session, actor)
            assert isinstance(task, int)
            finish_task(session, actor, task, now=at(on, 11))

        return work

    def _visit_three(self, on: date) -> None:
        """On Mondays 林若溪 speaks to three of her clients."""
        own = self.database.acting_as(self.people[LIN])
        for name in ("毕一", "毕二", "毕三"):
            own.write(self._speak(on, 10, name))


def _whom(kind: DueKind, name: str) -> str:
    return kind.value if kind is DueKind.TASK else name


@pytest.mark.timeout(480)  # ten seconds of work, many times more beside others
@pytest.mark.req("R22", "R33", "R204", "R218", "R244", "R245")
def test_in_a_quarter_every_reminder_comes_once_and_on_its_day(
    file_database: Database, file_people: People
) -> None:
    quarter = Quarter(file_database, file_people)
    quarter.work()
    told = quarter.told()
    visits = [line for line in told if line[2] is DueKind.DAILY_VISITS]
    others = [line for line in told if line[2] is not DueKind.DAILY_VISITS]
    assert sorted(others) == sorted(TABLE)
    days = list(working_days())
    assert len(days) == 65
    due = [(on, who) for on in days for who in (LIN, ZHOU, CHENG)
           if not (who == LIN and on.weekday() == 0)]  # fmt: skip
    assert sorted((on, who) for on, who, *_rest in visits) == sorted(due)
