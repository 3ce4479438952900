"""The part of the tour about meetings: the minutes of the evening, and a view to be pushed."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from advisorcrm.columns import branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.services.meetings.company_views import NewCompanyView, decide_view
from advisorcrm.services.meetings.meetings import (
    Minutes,
    MinutesData,
    begin_minutes,
    get_minutes,
    save_minutes,
)
from advisorcrm.services.tasks.tasks import NewTask, TaskData, add_task
from advisorcrm.terms import MeetingItemKind, MeetingKind, Stance, TaskSource
from advisorcrm.views.meetings.meetings_page import MeetingsPage
from advisorcrm.views.page_names import MEETINGS

if TYPE_CHECKING:
    from advisorcrm.cli.tour.guide import TourGuide
    from advisorcrm.services.workplace.workplace import Workplace
    from advisorcrm.views.branch_window import BranchWindow

# chinese: data (a meeting of an invented branch)
_PLACE, _REPORT, _POINTS, _SOURCE, _ACTION = (
    "二楼会议室", "电气设备行业周报", "订单回升，短期涨幅已大，提示波动", "公司OA系统",
    {MeetingKind.MORNING: "核对大户室广播设备", MeetingKind.EVENING: "周三前回访本周新开户客户"},
)  # fmt: skip
# chinese: data (what was said)
_ITEMS = {
    MeetingItemKind.NEWS: "央行公开市场净投放；两市缩量整理。",
    MeetingItemKind.ARRANGEMENTS: "周五完成客户档案检查；下周起大户室晨间广播提前到 9:20。",
    MeetingItemKind.GROUPS: "第二客户组净流入 126 万元；两户客户想了解国债逆回购。",
    MeetingItemKind.ANALYSIS: "电气设备冲高回落，量能不足。",
}


def make_meetings(manager: Workplace, now: datetime) -> None:
    """Two meetings of the day with what they decided."""
    for kind in MeetingKind:
        manager.database.write(partial(_hold, kind=kind, now=now))


def visit_meetings(guide: TourGuide, window: BranchWindow) -> None:
    """The minutes, and the form of a view."""
    main, jobs = window.main_window, window.jobs
    main.go(MEETINGS)
    jobs.wait()
    guide.picture("26-minutes", main)
    page: Any = main.page(MEETINGS)
    if isinstance(page, MeetingsPage):
        page.ask_view()
        jobs.wait()
        if page.dialog is not None:
            guide.picture("26-view", page.dialog)
            page.dialog.reject()


def _hold(session: Session, actor: Actor, *, kind: MeetingKind, now: datetime) -> None:
    today = branch_date(now)
    key = begin_minutes(session, actor, kind, today, now=now)
    found = get_minutes(session, actor, key)
    save_minutes(session, actor, key, _written(found), version=found.version)
    new = NewCompanyView(
        str(uuid.uuid4()), _REPORT, Stance.POSITIVE, today, today + timedelta(days=3),
        is_push=kind is MeetingKind.MORNING, source=_SOURCE, points=_POINTS, meeting_id=key,
    )  # fmt: skip
    decide_view(session, actor, new, now=now)
    data = TaskData(_ACTION[kind], today + timedelta(days=3))
    task = NewTask(str(uuid.uuid4()), data, source=TaskSource.MINUTES, source_id=key)
    add_task(session, actor, task, now=now)


def _written(found: Minutes) -> MinutesData:
    present = frozenset(one.user_id for one in found.attendees)
    return MinutesData(found.starts_at, found.ends_at, _PLACE, found.chair_id, _ITEMS, present)
