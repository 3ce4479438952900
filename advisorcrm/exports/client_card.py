"""The client card: 客户资料卡, everything the file of one client holds (R15, R112)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advisorcrm.columns import CodeBook, Column, branch_date
from advisorcrm.errors import NotFoundError
from advisorcrm.exports.client_sheet import CHUNK, ClientSheetRow, iterate_client_rows
from advisorcrm.exports.contact_log import sheet_rows
from advisorcrm.exports.forms import Filling, fill
from advisorcrm.exports.imprint import Imprint, Leaving, count_prints, take_imprint
from advisorcrm.exports.own_lines import with_own_lines
from advisorcrm.exports.sheet import Sheet
from advisorcrm.exports.workbook import write_forms
from advisorcrm.i18n import _
from advisorcrm.models import Client, ContactPoint
from advisorcrm.rules.birthdays import years_lived
from advisorcrm.services.access import Actor, any_client, visible_clients
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.consents.consents import ConsentBook, read_consents
from advisorcrm.services.contacts.contact_log_rows import ContactLogFilter
from advisorcrm.services.contacts.contact_logs import list_contact_logs
from advisorcrm.services.files.client_points import mask_point
from advisorcrm.terms import (
    AccessKind,
    Channel,
    ClientKind,
    ConsentState,
    InvestorKind,
    PointKind,
    Purpose,
    Validity,
)

FORM = "client_card"
SUBJECT = "客户资料卡"
_LATEST_LOGS = 5


@dataclass(frozen=True, slots=True)
class PointSheetRow:
    """One way to reach the client."""

    kind: Annotated[PointKind, Column("类别")]
    value: Annotated[str, Column("号码或地址", sensitive=True)]
    validity: Annotated[Validity, Column("有效性")]
    verified_on: Annotated[date | None, Column("核实日期")]
    note: Annotated[str, Column("备注")]


@dataclass(frozen=True, slots=True)
class ClientCardRow(ClientSheetRow):
    """The client of a card: the row of the list and what only the card shows (forms.md 1.3)."""

    sex_and_age: Annotated[str, Column("性别/年龄")]
    employer: Annotated[str, Column("服务单位")]
    investor_kind: Annotated[InvestorKind | None, Column("投资者类别")]
    sms_consent: Annotated[str, Column("短信同意")]
    mail_consent: Annotated[str, Column("邮件同意")]


def register_client_card(  # noqa: PLR0913 - one line of a log
    session: Session,
    actor: Actor,
    client_id: int,
    *,
    now: datetime,
    kind: AccessKind = AccessKind.EXPORT,
    unmasked: bool = False,
    purpose: str = "",
) -> Imprint:
    """Demand the right and note in the access log what is about to leave; a write."""
    any_client(session, actor, client_id)
    leaving = Leaving(SUBJECT, kind, client_id, 1, unmasked, purpose)
    return take_imprint(session, actor, leaving, now=now)


def client_card_sheet(session: Session, actor: Actor, client_id: int, imprint: Imprint) -> Sheet:
    """The card of one client. Raises NotFoundError for one whom the person may not see."""
    return next(iterate_client_cards(session, actor, [client_id], imprint))


def iterate_client_cards(
    session: Session, actor: Actor, client_ids: Sequence[int], imprint: Imprint
) -> Iterator[Sheet]:
    """A card for each client, in their order; each tells its own how-manieth print it is.

    Raises NotFoundError for one whom the person may not see, before the first card is made.
    """
    demand_clients(session, actor, client_ids)
    book = load_code_book(session, actor)
    prints = count_prints(session, SUBJECT, client_ids) if imprint.print_number else {}
    today = branch_date(imprint.at)
    clients = iterate_client_rows(
        session, actor, client_ids, is_masked=imprint.is_masked, today=today
    )
    for client_id, client in zip(client_ids, clients, strict=True):
        own = replace(imprint, print_number=prints.get(client_id, imprint.print_number))
        yield _card(session, actor, client_id, Card(client, book, own))


def demand_clients(session: Session, actor: Actor, client_ids: Sequence[int]) -> None:
    """Raise NotFoundError unless the person may see every one of them."""
    for start in range(0, len(client_ids), CHUNK):
        part = set(client_ids[start : start + CHUNK])
        visible = select(func.count(Client.id)).where(
            Client.id.in_(part), Client.archived_at.is_(None), visible_clients(actor)
        )
        if session.scalar(visible) != len(part):
            raise NotFoundError(_("找不到这位客户，或不在您的权限内。"))


@dataclass(frozen=True, slots=True)
class Card:
    """What a card is filled from besides the tables in it."""

    client: ClientSheetRow
    book: CodeBook
    imprint: Imprint


def _card(session: Session, actor: Actor, client_id: int, card: Card) -> Sheet:
    book, imprint = card.book, card.imprint
    client = _card_row(session, actor, client_id, card)
    latest = ContactLogFilter(client_id=client_id)
    unmasked = not imprint.is_masked
    logs = list_contact_logs(session, actor, latest, limit=_LATEST_LOGS, unmasked=unmasked)
    words = imprint.words() | {
        "file_no": client.client_no,
        "group": client.group_name,
        "advisor": client.advisor_name,
    }
    tables: dict[str, Sequence[object]] = {
        "points": _points(session, client_id, is_masked=imprint.is_masked),
        "logs": sheet_rows(logs, book),
    }
    sheet = fill(FORM, Filling(words, book, client, tables, imprint.watermark))
    return with_own_lines(sheet, client.own, book, before="身份与适当性")


def export_client_card(
    session: Session, actor: Actor, client_ids: Sequence[int], imprint: Imprint, path: Path
) -> int:
    """Write the cards as a workbook, a worksheet a client; returns how many."""
    write_forms(path, [client_card_sheet(session, actor, key, imprint) for key in client_ids])
    return len(client_ids)


def _card_row(session: Session, actor: Actor, client_id: int, card: Card) -> ClientCardRow:
    consents = read_consents(session, actor, client_id)
    more = select(Client.investor_kind, Client.employer).where(Client.id == client_id)
    kind, employer = session.execute(more).one()
    today = branch_date(card.imprint.at)
    return ClientCardRow(
        **{item.name: getattr(card.client, item.name) for item in fields(card.client)},
        sex_and_age=_sex_and_age(card.client, today),
        employer=employer,
        investor_kind=kind,
        sms_consent=_agreed(consents, Channel.SMS),
        mail_consent=_agreed(consents, Channel.MAIL),
    )


def _sex_and_age(client: ClientSheetRow, today: date) -> str:
    """``女，64 岁``, or what is known of it."""
    known = [client.sex.label_zh] if client.sex else []
    if isinstance(client.birthday, date) and client.kind is ClientKind.PERSON:
        known.append(f"{years_lived(client.birthday, today)} 岁")
    return "，".join(known)


def _agreed(consents: ConsentBook, channel: Channel) -> str:
    """``同意：资讯、关怀``, else the no, else that nobody asked."""
    state = consents.channel(channel)
    given = [
        purpose.label_zh
        for purpose in Purpose
        if consents.state(channel, purpose) is ConsentState.GIVEN
    ]
    return f"{state.label_zh}：{'、'.join(given)}" if given else state.label_zh


def _points(session: Session, client_id: int, *, is_masked: bool) -> list[PointSheetRow]:
    found = session.scalars(
        select(ContactPoint)
        .where(ContactPoint.client_id == client_id, ContactPoint.archived_at.is_(None))
        .order_by(ContactPoint.position, ContactPoint.id)
    )
    return [
        PointSheetRow(
            point.kind,
            mask_point(point.kind, point.value) if is_masked else point.value,
            point.validity,
            point.verified_on,
            point.note,
        )
        for point in found
    ]
