"""The papers at the end of the tour: each prescribed form filled once, as PDF."""

# chinese: data (names of files)
from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advisorcrm.columns import branch_date
from advisorcrm.exports.callbacks import (
    CallbackPaper,
    CallbackRequest,
    callback_sheets,
    register_callbacks,
)
from advisorcrm.exports.client_card import client_card_sheet, register_client_card
from advisorcrm.exports.client_list import (
    ClientListRequest,
    client_list_sheet,
    export_client_list,
    register_client_list,
)
from advisorcrm.exports.contact_log import LogRequest, contact_log_sheet, register_contact_log
from advisorcrm.exports.day_closing import DayRequest, day_sheet, register_day
from advisorcrm.exports.event_guests import event_guests_sheet, register_event_guests
from advisorcrm.exports.family import family_sheet, register_family
from advisorcrm.exports.minutes import minutes_sheet, register_minutes
from advisorcrm.exports.record_list import record_list_sheet, register_record_list
from advisorcrm.exports.record_lists import birthdays
from advisorcrm.exports.shift_log import register_shift_log, shift_log_sheet
from advisorcrm.exports.visit_brief import register_visit_brief, visit_brief_sheet
from advisorcrm.services.callbacks.callback_campaigns import list_campaigns
from advisorcrm.services.days.shift_logs import list_shifts
from advisorcrm.services.meetings.events import list_events
from advisorcrm.services.meetings.meetings import list_meetings
from advisorcrm.views.paper import write_pdf

if TYPE_CHECKING:
    from advisorcrm.services.workplace.workplace import Workplace

_BIRTHDAYS = timedelta(days=31)


class TourPapers:
    """Registers, fills and paints what people of the branch print in a day."""

    def __init__(self, advisor: Workplace, manager: Workplace, out: Path, now: datetime) -> None:
        self._advisor = advisor
        self._manager = manager
        self._out = out
        self._now = now
        self.files: list[Path] = []

    def take(self, client_id: int) -> list[Path]:
        """Every form; returns the files in order."""
        self._take_list()
        self._take_client(client_id)
        self._take_day()
        self._take_branch()
        return self.files

    def _take_list(self) -> None:
        database, request = self._advisor.database, ClientListRequest()
        imprint = database.write(partial(register_client_list, request=request, now=self._now))
        workbook = self._out / "客户明细表.xlsx"
        database.read(partial(export_client_list, request=request, imprint=imprint, path=workbook))
        self.files.append(workbook)
        self._print(
            self._advisor, "客户明细表", register_client_list, client_list_sheet, request=request
        )

    def _take_client(self, client_id: int) -> None:
        for name, register, fill in (
            ("客户资料卡", register_client_card, client_card_sheet),
            ("访前准备单", register_visit_brief, visit_brief_sheet),
            ("家庭与关系", register_family, family_sheet),
        ):
            self._print(self._advisor, name, register, fill, client_id=client_id)
        self._print(
            self._advisor,
            "沟通记录表",
            register_contact_log,
            contact_log_sheet,
            request=LogRequest(client_id=client_id),
        )

    def _take_day(self) -> None:
        advisor, today = self._advisor, branch_date(self._now)
        daily = LogRequest(author_id=advisor.actor.user_id, from_on=today, to_on=today)
        born = birthdays(today, today + _BIRTHDAYS)
        for name, register, fill, asked in (
            ("沟通日报", register_contact_log, contact_log_sheet, {"request": daily}),
            ("工作日志", register_day, day_sheet, {"request": DayRequest(today)}),
            ("生日名单", register_record_list, record_list_sheet, {"listed": born}),
        ):
            self._print(advisor, name, register, fill, **asked)
        shifts = advisor.database.read(partial(list_shifts, from_on=today, to_on=today))
        self._print(advisor, "值班日志", register_shift_log, shift_log_sheet, shift_id=shifts[0].id)
        events = advisor.database.read(list_events)
        self._print(
            advisor, "活动签到表", register_event_guests, event_guests_sheet, event_id=events[0].id
        )

    def _take_branch(self) -> None:
        manager = self._manager
        meetings = manager.database.read(list_meetings)
        self._print(manager, "会议纪要", register_minutes, minutes_sheet, meeting_id=meetings[0].id)
        today = branch_date(self._now)
        campaign = manager.database.read(partial(list_campaigns, today=today))[0].id
        for paper in (
            CallbackPaper.PLAN,
            CallbackPaper.RECORDS,
            CallbackPaper.PHONE,
            CallbackPaper.SUMMARY,
        ):
            self._print(
                manager,
                paper.label_zh,
                register_callbacks,
                callback_sheets,
                request=CallbackRequest(paper, campaign),
            )

    def _print(
        self,
        workplace: Workplace,
        name: str,
        register: Callable[..., Any],
        fill: Callable[..., Any],
        **asked: Any,
    ) -> None:
        imprint = workplace.database.write(partial(register, **asked, now=self._now))
        filled = workplace.database.read(partial(fill, **asked, imprint=imprint))
        path = self._out / f"{name.replace('/', '与')}.pdf"
        write_pdf(filled, path)
        self.files.append(path)
