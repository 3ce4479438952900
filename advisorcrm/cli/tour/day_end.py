"""The part of the tour about the day's end: a shift, the own day, an event with its guests."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from advisorcrm.columns import BRANCH_TIME, branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.rules.workdays import add_workdays
from advisorcrm.services.clients.clients import ClientFilter, ClientOrder, list_client_ids
from advisorcrm.services.days.day_closings import add_plan, close_day, write_day
from advisorcrm.services.days.day_matters import add_matter
from advisorcrm.services.days.shift_logs import close_shift, start_shift, write_shift_log
from advisorcrm.services.days.shift_memos import NewMemo, add_memo
from advisorcrm.services.meetings.event_guests import (
    give_souvenir,
    invite_clients,
    list_guests,
    mark_attendance,
    write_feedback,
)
from advisorcrm.services.meetings.events import EventData, add_event
from advisorcrm.terms import Channel
from advisorcrm.views.day_end.day_end_family import DayEndFamily
from advisorcrm.views.page_names import DAY_END, EVENTS
from advisorcrm.views.shifts.shift_dialog import ShiftDialog

if TYPE_CHECKING:
    from advisorcrm.cli.tour.guide import TourGuide
    from advisorcrm.services.workplace.workplace import Workplace
    from advisorcrm.views.branch_window import BranchWindow

_AFTERNOON, _EVENING = 15, time(17, 5)
# chinese: data (a day's end of an invented branch)
_LOG, _LEFT, _CALLER, _OWN, _OTHER = (
    "接听来电 12 个，处理无法登录 2 起。", "要开户资料，明天送到柜台", "钱女士",
    "手机端 10:20 起无法登录，已报技术部", "赵先生",
)  # fmt: skip
# chinese: data (what is written about the day)
_DONE, _TAKEN, _PLANS, _MATTER = (
    "沟通 8 户，更新档案 5 份；晨会观点已推送。", "多数认可，两户观望。",
    ("回访王秀兰，谈基金定投", "整理周五档案检查表"), "两位客户希望下调佣金，请示答复口径",
)  # fmt: skip
# chinese: data (what was planned and reported two days before)
_NEXT_DAY, _REPORTED = "联系解建国，约测评时间", "大户室网络下午两次中断，请协调检修"
# chinese: data (an event and a guest of it)
_EVENT = ("年末策略座谈会", "三楼会议室", "策略报告三份", "想多了解基金定投", "台历")


def end_day(advisor: Workplace, manager: Workplace, now: datetime) -> None:
    """Shifts, a work log and an event, as they stand in the late afternoon."""
    manager.database.write(partial(_keep_first_shift, now=now))
    advisor.database.write(partial(_keep_second_shift, now=now))
    advisor.database.write(partial(_close_earlier_day, now=now))
    advisor.database.write(partial(_write_day, now=now))
    advisor.database.write(partial(_hold_event, now=now))


def visit_day_end(guide: TourGuide, window: BranchWindow) -> None:
    """The page of the day's end, the running shift, the events and the guests of one."""
    main, jobs = window.main_window, window.jobs
    for name, key in (("26-day-end", DAY_END), ("27-events", EVENTS)):
        main.go(key)
        jobs.wait()
        guide.picture(name, main)
    family = window.pages.family(DayEndFamily)
    family.show_day(_day_before(window.around.today()))
    guide.rest(window)
    guide.picture("26-day-forgotten", main)
    family.show_day(None)
    jobs.wait()
    page: Any = main.page(EVENTS)
    page.open_guests()
    shift = ShiftDialog(window.around, None, main)
    shift.open()
    for name, dialog in (("27-guests", page.dialog), ("26-shift", shift)):
        jobs.wait()
        dialog.resize(1180, 700)
        guide.picture(name, dialog)
        dialog.reject()
        jobs.wait()


def _day_before(today: date) -> date:
    """The working day before, which the samples leave open."""
    return add_workdays(today, -1)


def _keep_first_shift(session: Session, actor: Actor, now: datetime) -> None:
    key = start_shift(session, actor, "morning", now=now)
    write_shift_log(session, actor, key, _LOG)
    memo = NewMemo(key, now - timedelta(minutes=90), _CALLER, _LEFT)
    add_memo(session, actor, memo, now=now)
    close_shift(session, actor, key, now=now)


def _keep_second_shift(session: Session, actor: Actor, now: datetime) -> None:
    key = start_shift(session, actor, "middle", now=now)
    write_shift_log(session, actor, key, _LOG)
    memo = NewMemo(key, now - timedelta(minutes=20), _OTHER, _OWN, "system_problem")
    add_memo(session, actor, memo, now=now)


def _write_day(session: Session, actor: Actor, now: datetime) -> None:
    on = branch_date(now)
    write_day(session, actor, on=on, summary=_DONE, acceptance=_TAKEN, today=on)
    for text in _PLANS:
        add_plan(session, actor, text, on=on, today=on)
    add_matter(session, actor, _MATTER, on=on, today=on)


def _close_earlier_day(session: Session, actor: Actor, now: datetime) -> None:
    """Two working days ago: what was reported waits for an answer."""
    on = add_workdays(branch_date(now), -2)
    write_day(session, actor, on=on, summary=_DONE, acceptance=_TAKEN, today=on)
    add_plan(session, actor, _NEXT_DAY, on=on, today=on)
    add_matter(session, actor, _REPORTED, on=on, today=on)
    evening = datetime.combine(on, _EVENING, BRANCH_TIME).astimezone(UTC)
    close_day(session, actor, on=on, now=evening)


def _hold_event(session: Session, actor: Actor, now: datetime) -> None:
    """An event of this afternoon; invited at an hour at which clients may be asked."""
    title, place, material, said, gift = _EVENT
    at = now.astimezone(BRANCH_TIME).replace(hour=_AFTERNOON, minute=0, second=0, microsecond=0)
    data = EventData("round_table", title, at, place, material, is_prepared=True)
    event = add_event(session, actor, data)
    today = at.date()
    ids = list_client_ids(session, actor, ClientFilter(), ClientOrder(), today=today)[:12]
    asked = (at - timedelta(hours=1)).astimezone(UTC)
    invite_clients(session, actor, event, list(ids), Channel.PHONE, now=asked)
    guests = [guest.id for guest in list_guests(session, actor, event)]
    mark_attendance(session, actor, guests[:6], has_come=True, now=at)
    mark_attendance(session, actor, guests[6:7], has_come=False, now=at)
    for guest in guests[:1]:
        write_feedback(session, actor, guest, said)
        give_souvenir(session, actor, guest, gift, value_fen=2_000, now=at)
