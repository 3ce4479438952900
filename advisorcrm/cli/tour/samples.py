"""What the branch of the tour has done beside its calls: sales, notices, rounds, care, a hand-over.

Every list that opens in a window of its own has lines in it.
"""
# chinese: data (an invented branch's records)

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.models import Client
from advisorcrm.rules.workdays import add_workdays
from advisorcrm.services.allocations.handovers import NewHandover, hand_over
from advisorcrm.services.branch.users import list_advisors
from advisorcrm.services.care.care_records import NewCareRecord, record_care
from advisorcrm.services.care.gifts import NewGift, register_gift
from advisorcrm.services.clients.clients import ClientFilter, ClientOrder, list_client_ids
from advisorcrm.services.clients.counter_notices import mark_notified, note_for_counter
from advisorcrm.services.days.room_rounds import NewRound, record_round
from advisorcrm.services.days.shift_logs import (
    NewShift,
    list_shift_people,
    list_shifts,
    plan_shift,
)
from advisorcrm.services.days.shift_swaps import NewSwap, ask_swap
from advisorcrm.services.dues.duties import finish_duty
from advisorcrm.services.files.client_files import NewClient, register_client, update_client
from advisorcrm.services.files.conflicts import Change
from advisorcrm.services.files.privacy_requests import NewRequest, file_request
from advisorcrm.services.seats.client_rooms import list_rooms
from advisorcrm.services.suitability.product_sales import NewSale, record_sale
from advisorcrm.services.suitability.products import ProductData, add_product, list_products
from advisorcrm.terms import (
    CareKind,
    CareWay,
    ClientStage,
    DueKind,
    PrivacyRequestKind,
    ProductRisk,
)

if TYPE_CHECKING:
    from advisorcrm.services.workplace.workplace import Workplace

_PRODUCTS = (
    ProductData("510300", "沪深三百指数基金", "fund", ProductRisk.R3),
    ProductData("ZYB001", "中短债增强", "wealth", ProductRisk.R2),
    ProductData("HB0007", "现金添利货币", "fund", ProductRisk.R1),
)
_SALES = ((0, 0, 200_000_00, "定投首笔"), (1, 1, 500_000_00, ""), (2, 2, 88_000_00, "闲置资金"))
_NOTICES = ("身份证 2027-01 到期", "联系地址待核对", "手机换号，待柜台更新")
_FINDING = "3 号机位键盘失灵，已报修"
_GIFTS = (("中秋月饼一盒", 168_00, "中秋"), ("贺年台历", 20_00, "新年"))
_CARE = (
    (CareKind.FESTIVAL, CareWay.WECHAT, "祝中秋快乐，阖家团圆。", "中秋", 62),
    (CareKind.HELP, CareWay.IN_PERSON, "陪同到柜台更换手机号，介绍了手机端登录。", "", 20),
)
_ASKED = "想要一份本人资料的副本"
_PROSPECT = "宋知远"
_STAYS_AWAY, _COMES_BACK = "客户居住地调整", "原客服专员休假，由林若溪接手"
_SWAP, _TAKES, _ON_DUTY = "当天家中有事", "方静", ("林若溪", "周岚")


def make_samples(advisor: Workplace, manager: Workplace, now: datetime) -> None:
    """The records of the two, in the order in which they would come."""
    for work in (_put_on_sale, _hand_over, _finish_duties, _plan_shifts):
        _do(manager, work, now)
    for work in (_meet_prospect, _open_lately, _sell, _note, _go_round, _care, _give, _ask_swap):
        _do(advisor, work, now)


def _do(who: Workplace, work: Callable[..., Any], now: datetime) -> None:
    who.database.write(partial(work, now=now))


def _clients(session: Session, actor: Actor, now: datetime) -> list[int]:
    today = branch_date(now)
    return list(list_client_ids(session, actor, ClientFilter(), ClientOrder(), today=today))


def _put_on_sale(session: Session, actor: Actor, now: datetime) -> None:
    del now
    for data in _PRODUCTS:
        add_product(session, actor, data)


def _hand_over(session: Session, actor: Actor, now: datetime) -> None:
    """Some go to the colleague; two of them come back and wait for their first talk."""
    advisors = {name: key for key, _number, name in list_advisors(session, actor)}
    other, first = advisors["周岚"], advisors["林若溪"]
    moved = _clients(session, actor, now)[-7:-1]
    for ids, to, why, ago in (
        (moved, other, _STAYS_AWAY, 12), (moved[:2], first, _COMES_BACK, 2),
    ):  # fmt: skip
        new = NewHandover(str(uuid.uuid4()), tuple((key, to) for key in ids), why)
        hand_over(session, actor, new, now=now - timedelta(days=ago))


def _finish_duties(session: Session, actor: Actor, now: datetime) -> None:
    today = branch_date(now)
    monday = today - timedelta(days=today.weekday())
    for weeks in (2, 1):
        period = monday - timedelta(weeks=weeks)
        done = now - timedelta(weeks=weeks)
        finish_duty(session, actor, actor.user_id, DueKind.FRIDAY_AUDIT, period, now=done)


def _meet_prospect(session: Session, actor: Actor, now: datetime) -> None:
    """Somebody who came to a talk and has no account yet."""
    new = NewClient(str(uuid.uuid4()), _PROSPECT, mobile="13900010188", stage=ClientStage.PROSPECT)
    register_client(session, actor, new, now=now)


def _open_lately(session: Session, actor: Actor, now: datetime) -> None:
    """Two whose first month is over about now: they are to be called."""
    today = branch_date(now)
    for place, client in enumerate(_clients(session, actor, now)[7:9]):
        before = session.get_one(Client, client).opened_on
        opened = Change(before, today - timedelta(days=27 + 5 * place))
        update_client(session, actor, client, {"opened_on": opened}, now=now)


def _sell(session: Session, actor: Actor, now: datetime) -> None:
    products, ids = list_products(session, actor), _clients(session, actor, now)
    today = branch_date(now)
    for client, product, fen, note in _SALES:
        on = today - timedelta(days=9 * client + 2)
        new = NewSale(str(uuid.uuid4()), ids[client], products[product].id, on, fen, note)
        record_sale(session, actor, new, now=now)


def _note(session: Session, actor: Actor, now: datetime) -> None:
    ids, today = _clients(session, actor, now), branch_date(now)
    for place, matter in enumerate(_NOTICES):
        notice = note_for_counter(session, actor, ids[place + 1], matter, now=now)
        if place == 0:
            mark_notified(session, actor, notice, terms.WAY_PHONE, on=today)


def _go_round(session: Session, actor: Actor, now: datetime) -> None:
    room = list_rooms(session, actor)[0].id
    for days, finding in ((3, _FINDING), (1, "")):
        at = now - timedelta(days=days)
        new = NewRound(str(uuid.uuid4()), room, at, is_equipment_fine=not finding, finding=finding)
        record_round(session, actor, new, now=now)


def _care(session: Session, actor: Actor, now: datetime) -> None:
    client = _clients(session, actor, now)[1]
    for kind, way, content, occasion, ago in _CARE:
        at = now - timedelta(days=ago)
        new = NewCareRecord(str(uuid.uuid4()), client, kind, way, content, at, occasion)
        record_care(session, actor, new, now=now)
    today = branch_date(now)
    asked = NewRequest(
        client, PrivacyRequestKind.COPY, today - timedelta(days=2), terms.WAY_PHONE, _ASKED
    )
    file_request(session, actor, asked, now=now)


def _give(session: Session, actor: Actor, now: datetime) -> None:
    today, ids = branch_date(now), _clients(session, actor, now)
    for place, (item, fen, occasion) in enumerate(_GIFTS):
        on = today - timedelta(days=5 * place + 1)
        new = NewGift(str(uuid.uuid4()), ids[place], on, item, fen, occasion)
        register_gift(session, actor, new, now=now)


def _plan_shifts(session: Session, actor: Actor, now: datetime) -> None:
    today = branch_date(now)
    people = [key for key, _number, name in list_advisors(session, actor) if name in _ON_DUTY]
    for place, shift in enumerate(("morning", "middle", "morning")):
        person = people[place % len(people)]
        plan_shift(session, actor, NewShift(person, add_workdays(today, place + 2), shift))


def _ask_swap(session: Session, actor: Actor, now: datetime) -> None:
    today = branch_date(now)
    to_on = add_workdays(today, 10)
    shifts = list_shifts(session, actor, from_on=add_workdays(today, 1), to_on=to_on)
    mine = next(row for row in shifts if row.user_id == actor.user_id)
    other = next(person for person in list_shift_people(session, actor) if person.name in _TAKES)
    ask_swap(session, actor, NewSwap(mine.id, other.id, reason=_SWAP), now=now)
