"""The arranged times of some days as a list, to print or as a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Annotated

from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import Column
from advisorcrm.exports.record_list import RecordList
from advisorcrm.rules.masking import mask_words
from advisorcrm.services.access import Actor
from advisorcrm.services.calendar.appointment_rows import AppointmentRow, list_appointments
from advisorcrm.services.clients.client_matters import start_of

SUBJECT = "预约"


@dataclass(frozen=True, slots=True)
class AppointmentSheetRow:
    """One appointment as the list on paper shows it."""

    on: Annotated[date, Column("日期", width=12)]
    clock: Annotated[str, Column("时间", width=13)]
    client_name: Annotated[str, Column("客户", width=12)]
    way: Annotated[str | None, Column("方式", codes=terms.CONTACT_WAY, width=10)]
    place: Annotated[str, Column("地点", width=18)]
    title: Annotated[str, Column("事由", width=30)]
    state: Annotated[str, Column("状态", width=8)]
    advisor_name: Annotated[str, Column("客服专员", width=10)]


def calendar_days(advisor_id: int, start: date, days: int) -> RecordList:
    """The days of one calendar."""
    read = partial(_read, advisor_id=advisor_id, start=start, days=days)
    return RecordList(SUBJECT, AppointmentSheetRow, read)


def _read(
    session: Session, actor: Actor, _today: date, *, advisor_id: int, start: date, days: int
) -> list[AppointmentSheetRow]:
    since, until = start_of(start), start_of(start + timedelta(days=days))
    found = list_appointments(session, actor, advisor_id=advisor_id, since=since, until=until)
    return [_row(row) for row in found]


def _row(row: AppointmentRow) -> AppointmentSheetRow:
    slot = row.slot
    place = row.place or ("营业部" if row.is_at_branch and row.way in _FACE else "")
    return AppointmentSheetRow(
        slot.starts.date(), f"{slot.starts:%H:%M}–{slot.ends:%H:%M}", row.client_name, row.way,
        place, mask_words(row.title), "已完成" if row.done_at else "", row.advisor_name,
    )  # fmt: skip


_FACE = (terms.WAY_MEETING, terms.WAY_ON_SITE)
