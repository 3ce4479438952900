"""The part of the tour over the calendar: a week of arranged times, one of them opened."""

from __future__ import annotations

import uuid
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from advisorcrm.columns import BRANCH_TIME, branch_date
from advisorcrm.rules.workdays import day_kind
from advisorcrm.services.calendar.appointments import NewAppointment, add_appointments
from advisorcrm.services.workplace.workplace import Workplace

if TYPE_CHECKING:
    from advisorcrm.cli.tour.guide import TourGuide
    from advisorcrm.views.branch_window import BranchWindow

CALENDAR = "calendar"
# chinese: data (invented appointments)
_TIMES = (
    (1, "09:30", 60, "meeting", "持仓调整", "2 室"),
    (1, "11:00", 30, "phone", "生日问候", ""),
    (1, "14:00", 30, "phone", "新客回访", ""),
    (2, "10:00", 30, "phone", "财报要点", ""),
    (2, "14:30", 60, "meeting", "续做风险测评", "贵宾室"),
    (3, "10:00", 30, "phone", "短债到期", ""),
    (3, "15:00", 60, "meeting", "债券配置", "2 室"),
    (4, "10:30", 30, "wechat", "分批买入回访", ""),
    (4, "13:30", 60, "meeting", "资产配置", "2 室"),
    (4, "16:30", 30, None, "周例会", ""),
)


def make_appointments(workplace: Workplace, now: datetime) -> None:
    """Times of the advisor's first clients on the next working days."""
    today = branch_date(now)
    week = [today + timedelta(days=step) for step in range(1, 12)]
    days = [day for day in week if day_kind(day).is_working]

    def work(session: Any, actor: Any) -> int:
        from advisorcrm.services.clients.clients import ClientFilter, ClientOrder, list_client_ids

        ids = list_client_ids(session, actor, ClientFilter(), ClientOrder(), today=today)
        new = [
            NewAppointment(
                str(uuid.uuid4()),
                datetime.combine(days[day - 1], time.fromisoformat(clock), BRANCH_TIME),
                minutes, way, ids[place % len(ids)] if way else None, title=title, place=room,
            )
            for place, (day, clock, minutes, way, title, room) in enumerate(_TIMES)
        ]  # fmt: skip
        return add_appointments(session, actor, new, now=now)

    workplace.database.write(work)


def visit_calendar(guide: TourGuide, window: BranchWindow) -> None:
    """The week, and the form of its first open appointment."""
    main, jobs = window.main_window, window.jobs
    main.go(CALENDAR)
    jobs.wait()
    page: Any = main.page(CALENDAR)
    shown = [block for block in page.blocks() if block.appointment and not block.is_done]
    if shown:
        page.grid.go_to_day(shown[0].slot.starts.date())
    guide.picture("23-calendar", main)
    if shown:
        page.open_block(shown[0])
        jobs.wait()
        guide.picture("23-appointment", page.dialog)
        page.dialog.reject()
    jobs.wait()
