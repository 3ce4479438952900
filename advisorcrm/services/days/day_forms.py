"""What is left to fill at the day's end: shift log, record of an event, record of a call (R49)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.columns import Column
from advisorcrm.db.actor import Actor
from advisorcrm.i18n import _
from advisorcrm.models import Callback, Client, Event, ShiftLog
from advisorcrm.rules.masking import mask_name
from advisorcrm.rules.workdays import add_workdays
from advisorcrm.services.access import Right, demand, visible_clients
from advisorcrm.services.branch.working_days import holiday_table
from advisorcrm.services.clients.client_matters import start_of
from advisorcrm.terms import CallbackState, DayItemKind

SHIFT, EVENT, CALLBACK = "shift", "event", "callback"


@dataclass(frozen=True, slots=True)
class DayItem:
    """One thing to be written; ``client_id`` leads to the file, ``form`` to the form."""

    kind: Annotated[DayItemKind, Column("事项", width=16)]
    client_name: Annotated[str, Column("客户", width=12)]
    reason: Annotated[str, Column("说明", width=40)]
    client_id: int | None = None
    form: str = ""
    form_id: int = 0


def forms_left(session: Session, actor: Actor, on: date) -> list[DayItem]:
    """The forms of the person that nobody has filled by the end of a day."""
    demand(actor, Right.LOG_CONTACTS)
    finders = (_shifts, _events, _callbacks)
    return [item for find in finders for item in find(session, actor, on)]


def _shifts(session: Session, actor: Actor, on: date) -> Iterator[DayItem]:
    """Shifts that have begun and are not closed."""
    found = session.scalars(
        select(ShiftLog).where(
            ShiftLog.user_id == actor.user_id,
            ShiftLog.started_at.is_not(None),
            ShiftLog.closed_at.is_(None),
            ShiftLog.shift_on <= on,
        )
    )
    for log in found:
        told = _("{day} 值班日志和备忘录未交").format(day=log.shift_on)
        yield DayItem(DayItemKind.FORM, "", told, form=SHIFT, form_id=log.id)


def _events(session: Session, actor: Actor, on: date) -> Iterator[DayItem]:
    """Events without an outcome, and those of the next working day without material."""
    until = add_workdays(on, 1, holiday_table(session)) + timedelta(days=1)
    found = session.scalars(
        select(Event)
        .where(
            Event.host_id == actor.user_id,
            Event.archived_at.is_(None),
            Event.held_at.is_(None),
            Event.starts_at < start_of(until),
        )
        .order_by(Event.starts_at)
    )
    for event in found:
        is_over = event.starts_at < start_of(on + timedelta(days=1))
        told = _("{title}：签到和反馈未填") if is_over else _("{title}：会前材料未备")
        if is_over or not event.is_prepared:
            told = told.format(title=event.title)
            yield DayItem(DayItemKind.FORM, "", told, form=EVENT, form_id=event.id)


def _callbacks(session: Session, actor: Actor, on: date) -> Iterable[DayItem]:
    """Calls of the person that are due without a complete record (R223, R224)."""
    states = (CallbackState.OPEN, CallbackState.APPOINTED, CallbackState.INCOMPLETE)
    found = session.execute(
        select(Callback.id, Callback.due_on, Client.name, visible_clients(actor).label("is_seen"))
        .join(Client, Client.id == Callback.client_id)
        .where(
            Callback.caller_id == actor.user_id,
            Callback.state.in_(states),
            Callback.due_on <= on,
            Client.archived_at.is_(None),
        )
        .order_by(Callback.due_on, Callback.id)
    )
    for key, due, name, is_seen in found:
        told = _("回访记录表未填，{day} 到期").format(day=due)
        who = name if is_seen else mask_name(name)
        yield DayItem(DayItemKind.FORM, who, told, form=CALLBACK, form_id=key)
