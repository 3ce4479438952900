"""What is left to write at the day's end: contacts without log, files, forms (R49, R18)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, select
from sqlalchemy.orm import Session, aliased

from advisorcrm.db.actor import Actor
from advisorcrm.db.claims import enter_once
from advisorcrm.db.database import AnySelect
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.models import AccessLog, Appointment, Client, ContactLog, DaySkip
from advisorcrm.services.access import Right, any_client, demand, visible_clients
from advisorcrm.services.clients.client_matters import start_of
from advisorcrm.services.days.day_forms import DayItem, forms_left
from advisorcrm.services.files.changed_files import list_changed_files
from advisorcrm.terms import AccessKind, DayItemKind, RevealReason


def list_day_items(session: Session, actor: Actor, *, on: date) -> list[DayItem]:
    """The person's own things of a day that nobody has written yet or put aside."""
    demand(actor, Right.LOG_CONTACTS)
    skipped = {
        (skip.kind, skip.client_id)
        for skip in session.scalars(
            select(DaySkip).where(
                DaySkip.user_id == actor.user_id,
                DaySkip.skip_on == on,
                DaySkip.archived_at.is_(None),
            )
        )
    }
    about_clients = [*_without_log(session, actor, on), *_not_updated(session, actor, on)]
    found = [item for item in about_clients if (item.kind, item.client_id) not in skipped]
    return [*found, *forms_left(session, actor, on)]


def skip_day_item(
    session: Session, actor: Actor, kind: DayItemKind, client_id: int, *, on: date, now: datetime
) -> None:
    """Put something aside for this day: 无变化 for a file, 未通话 for a contact.

    A form is not put aside: InvalidFieldError.
    """
    demand(actor, Right.LOG_CONTACTS)
    any_client(session, actor, client_id)
    if kind is DayItemKind.FORM:
        raise InvalidFieldError("kind", _("表单须填写，不能略过。"))
    find = partial(_find_skip, session, actor, kind, client_id, on)
    skip = find()
    if skip is None:
        new = DaySkip(
            user_id=actor.user_id, skip_on=on, kind=kind, client_id=client_id,
            reason=_REASONS[kind], skipped_at=now,
        )  # fmt: skip
        skip = enter_once(session, new, find)
    skip.reason, skip.skipped_at, skip.archived_at = _REASONS[kind], now, None


def restore_day_item(
    session: Session, actor: Actor, kind: DayItemKind, client_id: int, *, on: date, now: datetime
) -> None:
    """Take the putting aside back."""
    demand(actor, Right.LOG_CONTACTS)
    any_client(session, actor, client_id)
    skip = _find_skip(session, actor, kind, client_id, on)
    if skip is not None:
        skip.archived_at = now


_REASONS = {DayItemKind.NO_LOG: "未通话", DayItemKind.FILE: "无变化"}  # chinese: data


def _find_skip(
    session: Session, actor: Actor, kind: DayItemKind, client_id: int, on: date
) -> DaySkip | None:
    return session.scalar(
        select(DaySkip).where(
            DaySkip.user_id == actor.user_id,
            DaySkip.skip_on == on,
            DaySkip.kind == kind,
            DaySkip.client_id == client_id,
        )
    )


def _without_log(session: Session, actor: Actor, on: date) -> Iterable[DayItem]:
    """Steps agreed, times arranged and numbers shown for a call, with no entry of the day after."""
    found: dict[int, DayItem] = {}
    for client_id, name, note in session.execute(_steps_of(actor, on)):
        said = _("约定当日沟通：{note}") if note else _("约定当日沟通，没有记录")
        found[client_id] = DayItem(
            DayItemKind.NO_LOG, name, said.format(note=note), client_id=client_id
        )
    for client_id, name, title in session.execute(_arranged(actor, on)):
        told = _("预约“{title}”没有记录").format(title=title)
        found.setdefault(client_id, DayItem(DayItemKind.NO_LOG, name, told, client_id=client_id))
    for client_id, name in session.execute(_called(actor, on)):
        told = _("查看过号码准备拨打，没有记录")
        found.setdefault(client_id, DayItem(DayItemKind.NO_LOG, name, told, client_id=client_id))
    return found.values()


def _steps_of(actor: Actor, on: date) -> AnySelect:
    return (
        select(Client.id, Client.name, ContactLog.next_note)
        .join(Client, Client.id == ContactLog.client_id)
        .where(
            ContactLog.next_on == on,
            ContactLog.author_id == actor.user_id,
            ContactLog.corrects_id.is_(None),
            Client.archived_at.is_(None),
            visible_clients(actor),
            ~_is_logged(on, after=ContactLog.contacted_at),
        )
        .order_by(ContactLog.next_at, ContactLog.id)
    )


def _arranged(actor: Actor, on: date) -> AnySelect:
    return (
        select(Client.id, Client.name, Appointment.title)
        .join(Client, Client.id == Appointment.client_id)
        .where(
            Appointment.advisor_id == actor.user_id,
            Appointment.starts_at >= start_of(on),
            Appointment.starts_at < start_of(on + timedelta(days=1)),
            Appointment.done_at.is_(None),
            Appointment.cancelled_at.is_(None),
            Client.archived_at.is_(None),
            visible_clients(actor),
            ~_is_logged(on),
        )
        .order_by(Appointment.starts_at, Appointment.id)
    )


def _called(actor: Actor, on: date) -> AnySelect:
    return (
        select(Client.id, Client.name)
        .join(AccessLog, AccessLog.client_id == Client.id)
        .where(
            AccessLog.kind == AccessKind.REVEAL,
            AccessLog.user_id == actor.user_id,
            AccessLog.at >= start_of(on),
            AccessLog.at < start_of(on + timedelta(days=1)),
            AccessLog.purpose.startswith(RevealReason.CALL.label_zh),
            Client.archived_at.is_(None),
            visible_clients(actor),
            ~_is_logged(on),
        )
        .distinct()
        .order_by(Client.id)
    )


def _is_logged(on: date, after: SQLColumnExpression[datetime] | None = None) -> ColumnElement[bool]:
    """Whether the day has an entry about the client, later than the one that agreed the step."""
    later = aliased(ContactLog)
    wanted = [
        later.client_id == Client.id,
        later.corrects_id.is_(None),
        later.contacted_at >= start_of(on),
        later.contacted_at < start_of(on + timedelta(days=1)),
    ]
    if after is not None:
        wanted.append(later.contacted_at > after)
    return select(later.id).where(and_(*wanted)).correlate(Client, ContactLog).exists()


def _not_updated(session: Session, actor: Actor, on: date) -> Iterable[DayItem]:
    """Clients spoken to by the person whose file nothing was changed or verified in (R18)."""
    spoken = session.execute(
        select(Client.id, Client.name)
        .join(ContactLog, ContactLog.client_id == Client.id)
        .where(
            ContactLog.author_id == actor.user_id,
            ContactLog.corrects_id.is_(None),
            ContactLog.contacted_at >= start_of(on),
            ContactLog.contacted_at < start_of(on + timedelta(days=1)),
            Client.archived_at.is_(None),
            visible_clients(actor),
        )
        .distinct()
        .order_by(Client.id)
    ).all()
    changed = {row.client_id for row in list_changed_files(session, actor, on)} if spoken else set()
    told = _("当日沟通过，档案没有更新")
    return [
        DayItem(DayItemKind.FILE, name, told, client_id=client_id)
        for client_id, name in spoken
        if client_id not in changed
    ]
