"""Invented things that hang on the sample clients' files."""
# chinese: data (invented names)

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.services.access import Right, demand
from advisorcrm.services.files.attachments import NewAttachment, add_attachment
from advisorcrm.services.files.households import set_household_head
from advisorcrm.services.files.relations import NewRelation, add_relation
from advisorcrm.services.seats.client_rooms import list_rooms
from advisorcrm.services.seats.seat_plans import open_seat_plan
from advisorcrm.services.seats.seat_uses import NewSeatUse, assign_seat, set_conditions
from advisorcrm.terms import SeatState

_WITH_FILES = 1
_FILES = (
    ("contract", "客户服务合同 2024.pdf", "双方签字，共 6 页", 214_000),
    ("risk_test", "风险测评问卷 C3.pdf", "柜台纸质问卷扫描", 88_400),
    ("consent", "电话服务同意书.pdf", "签于营业部", 61_300),
    ("id_copy", "身份证正反面.jpg", "", 342_000),
    ("recording", "回访录音 佣金.mp3", "6 分钟", 1_460_000),
    ("screenshot", "微信沟通截图.png", "约定只打电话", 174_000),
)


_RELATIONS = (
    ("spouse", 2, "", "", False, True, ""),
    ("child", None, "郑晓雨", "13900020001", False, False, "在青岛读研"),
    (terms.RELATION_INTRODUCER, 5, "", "", False, False, "2019 年介绍开户"),
    ("operator", None, "钱进", "13900020002", True, False, "授权委托书在附件"),
    ("company", 34, "", "", False, False, "任财务总监"),
    ("friend", 9, "", "", False, False, ""),
)


_SEATED = (1, 6, 9, 12, 15, 20)
_FAILING = {6: 48, 12: 66}
"""Who no longer meets the conditions, and since how many days."""


def fill_seats(session: Session, actor: Actor, ids: Sequence[int], *, now: datetime) -> None:
    """Give some of the sample clients a seat where a room is set up."""
    demand(actor, Right.EDIT_CLIENTS)
    today = branch_date(now)
    rooms = list_rooms(session, actor)
    plan = open_seat_plan(session, actor, rooms[0].id).seats if rooms else ()
    seats = [seat for seat in plan[::3] if seat.state is SeatState.FREE]
    for place, (client, seat) in enumerate(zip(_SEATED, seats, strict=False)):
        new = NewSeatUse(
            ids[client], seat.id, f"R-{place + 101}", today - timedelta(days=200 - 9 * place)
        )
        use = assign_seat(session, actor, new, today=today)
        if client in _FAILING:
            since = today - timedelta(days=_FAILING[client])
            set_conditions(session, actor, use, meets=False, today=since)


def fill_relations(session: Session, actor: Actor, ids: Sequence[int], *, now: datetime) -> None:
    """Give one of the sample clients a household, an introducer and somebody who decides."""
    demand(actor, Right.EDIT_CLIENTS)
    for place, (kind, other, name, phone, decides, shares, note) in enumerate(_RELATIONS):
        key = str(uuid.uuid5(uuid.NAMESPACE_OID, f"sample-relation-{place}"))
        other_id = None if other is None else ids[other]
        new = NewRelation(key, ids[_WITH_FILES], kind, other_id, name, phone, decides, note, shares)
        add_relation(session, actor, new, now=now)
    set_household_head(session, actor, ids[_WITH_FILES], now=now)


def fill_files(session: Session, actor: Actor, ids: Sequence[int], *, now: datetime) -> None:
    """Hang files on one of the sample clients."""
    demand(actor, Right.EDIT_CLIENTS)
    client_id = ids[_WITH_FILES]
    for place, (kind, name, note, size) in enumerate(_FILES):
        key = str(uuid.uuid5(uuid.NAMESPACE_OID, f"sample-{place}"))
        new = NewAttachment(key, client_id, kind, name, name.encode() + bytes(size), note)
        add_attachment(session, actor, new, now=now - timedelta(days=40 - 6 * place))
