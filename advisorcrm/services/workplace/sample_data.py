"""Invented clients and conversations for trying the program; no real person is in here.

The same seed gives the same branch, so that pictures and trials can be compared.
"""
# chinese: data (invented names and sentences)

from __future__ import annotations

import random
import uuid
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.columns import branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.db.history import because
from advisorcrm.services.access import Right, demand
from advisorcrm.services.clients.client_store import insert_clients
from advisorcrm.services.contacts.contact_logs import log_contact
from advisorcrm.services.contacts.new_contact_log import NewContactLog
from advisorcrm.services.files.client_points import judge_point, list_points
from advisorcrm.services.workplace.sample_consents import add_consents, add_tests
from advisorcrm.services.workplace.sample_files import fill_files, fill_relations, fill_seats
from advisorcrm.terms import (
    BirthdayKept,
    ClientKind,
    IdDocument,
    PointKind,
    Reaction,
    RiskLevel,
    Sex,
    Validity,
)

_SEED = 20261120
_PEOPLE = (
    ("陈国梁", "男", "platinum", 62840),
    ("欧阳文静", "女", "platinum", 45570),
    ("郑文博", "男", "platinum", 39120),
    ("王秀兰", "女", "gold", 21890),
    ("解建国", "男", "gold", 17620),
    ("周桂芳", "女", "gold", 14200),
    ("单玉梅", "女", "gold", 12050),
    ("曾繁荣", "男", "gold", 11830),
    ("赵立新", "男", "gold", 10960),
    ("孙晓彤", "女", "gold", 10480),
    ("贺敏", "女", "gold", 10120),
    ("吴志强", "男", "gold", 9870),
    ("冯海燕", "女", "gold", 9550),
    ("蒋承志", "男", "gold", 9210),
    ("乐静怡", "女", "gold", 8800),
    ("韩建军", "男", "gold", 8530),
    ("仇玉成", "男", "gold", 8190),
    ("段明霞", "女", "silver", 6240),
    ("秦立群", "男", "silver", 5880),
    ("毛爱华", "女", "silver", 5510),
    ("邵立平", "男", "silver", 4920),
    ("曾奕航", "男", "gold", 7730),
    ("郑雨荷", "女", "silver", 4410),
    ("查文轩", "男", "silver", 3980),
    ("尉迟敏", "女", "silver", 3650),
    ("区志远", "男", "silver", 3200),
    ("朴善花", "女", "silver", 2870),
    ("盖新民", "男", "silver", 2540),
    ("翟小雨", "女", "silver", 2210),
    ("任秋实", "男", "silver", 1980),
    ("柏晓东", "男", "silver", 1760),
    ("覃丽华", "女", "silver", 1540),
    ("缪长青", "男", "silver", 1320),
    ("诸葛明远", "男", "silver", 1180),
    ("样例纸业有限公司", "", "platinum", 30500),
    ("鲁中示例基金会", "", "gold", 15600),
    ("华国栋", "男", "silver", 980),
    ("万晴", "女", "silver", 870),
    ("江照野", "男", "silver", 760),
    ("温如许", "女", "other", 640),
    ("卓越然", "男", "other", 520),
    ("宁采薇", "女", "other", 410),
)
_PREFERENCES = (
    "稳健型：蓝筹、债券基金",
    "成长股、行业基金",
    "电气设备、新能源",
    "银行、公用事业",
    "ETF 轮动",
)
_OCCUPATIONS = ("中学教师", "退休", "个体经营", "工程师", "医生", "会计", "")
_HOBBIES = ("广场舞、旅游", "钓鱼", "摄影", "羽毛球", "书法", "")
_CHARACTERS = ("谨慎、健谈", "果断", "话不多，重数据", "随和", "")
_TIMES = ("工作日 15:00 后", "工作日 10:00–11:00", "随时", "周末上午")
_CONTENTS = (
    ("market", "担心年底回调，想留三成现金。", Reaction.UNDECIDED),
    ("market", "认为电气设备短期过热，计划反弹到前高减三分之一。", Reaction.AGREES),
    ("needs", "女儿买房，明年春需用 40 万。", Reaction.AGREES),
    ("holdings", "问远航电气能否补仓，给了研究所周报要点。", Reaction.UNDECIDED),
    ("commission", "提到同业佣金更低，想再谈一次。", Reaction.DISAGREES),
    ("opinion", "希望行业周报改为每周一发。", Reaction.AGREES),
    ("daily_life", "中秋问候，孩子上大学。", Reaction.AGREES),
)
_WAYS = ("phone", "phone", "phone", "meeting", "wechat", "sms", "mail")


def fill_with_samples(session: Session, actor: Actor, *, advisor_id: int, now: datetime) -> int:
    """Enter the sample clients for an advisor, with conversations; returns how many."""
    demand(actor, Right.EDIT_CLIENTS)
    draw = random.Random(_SEED)  # noqa: S311 - invented data, nothing secret
    today = branch_date(now)
    records = [
        _record(place, person, advisor_id, draw, today) for place, person in enumerate(_PEOPLE)
    ]
    ids = insert_clients(session, records, now=now)
    for place, client_id in enumerate(ids):
        _verify_points(session, actor, client_id, draw, today)
        _talk(session, actor, client_id, draw, now, quiet_days=place % 29)
    add_consents(session, actor, ids, now=now)
    add_tests(session, actor, ids, now=now)
    with because(session, ""):  # what follows has no reason of its own
        fill_files(session, actor, ids, now=now)
        fill_relations(session, actor, ids, now=now)
        fill_seats(session, actor, ids, now=now)
        return len(ids)


def _record(
    place: int, person: tuple[str, str, str, int], advisor_id: int, draw: random.Random, today: date
) -> dict[str, Any]:
    name, sex, tier, assets_hundreds = person
    is_person = bool(sex)
    birthday = date(draw.randint(1950, 1990), draw.randint(1, 12), draw.randint(1, 28))
    points = [(PointKind.MOBILE, f"139000{draw.randint(10_000, 99_999)}")]
    if draw.random() < 0.7:
        points.append((PointKind.EMAIL, f"sample{place + 1:02d}@example.com"))
    tested = today - timedelta(days=draw.randint(30, 760))
    return {
        "name": name,
        "account": f"0100{draw.randint(10_000_000, 99_999_999)}",
        "kind": ClientKind.PERSON if is_person else ClientKind.INSTITUTION,
        "sex": Sex.FEMALE if sex == "女" else Sex.MALE if sex else None,
        "tier": tier,
        "assets_fen": assets_hundreds * 1_000_000 // 100,
        "commission_ppm": draw.choice((400, 450, 500, 800, 800, 1000, 1200)),
        "advisor_id": advisor_id,
        "points": points,
        "address": "济南市历下区样例路 1 号" if draw.random() < 0.8 else "",
        **_habits(place, draw),
        "risk_level": draw.choice(list(RiskLevel)[1:]),
        "risk_tested_on": tested,
        "risk_expires_on": tested + timedelta(days=730),
        "birthday": birthday if is_person else None,
        "lunar_month": 10 if place == 3 else None,
        "lunar_day": 15 if place == 3 else None,
        "birthday_kept": BirthdayKept.LUNAR if place == 3 else BirthdayKept.SOLAR,
        "occupation": draw.choice(_OCCUPATIONS) if is_person else "",
        "hobbies": draw.choice(_HOBBIES) if is_person else "",
        "personality": draw.choice(_CHARACTERS) if is_person else "",
        "id_document": IdDocument.ID_CARD if is_person else IdDocument.BUSINESS_LICENCE,
        "id_expires_on": today + timedelta(days=draw.randint(20, 3000)),
        "opened_on": date(draw.randint(2004, 2025), draw.randint(1, 12), draw.randint(1, 28)),
    }


def _habits(place: int, draw: random.Random) -> dict[str, Any]:
    """When and how the client is spoken to, and how he trades; drawn in this order."""
    return {
        "convenient_time": draw.choice(_TIMES),
        "contact_every_days": 14,
        "investment_preference": draw.choice(_PREFERENCES),
        "trading_habit": draw.choice(("hold", "swing", "long_term")),
        "service_need": "do_not_disturb" if place in (7, 21) else "accepts",
        "wealth_content": ("research",) if draw.random() < 0.7 else ("basic_news", "stock_picks"),
        "wealth_way": ("phone",) if draw.random() < 0.6 else ("sms", "mail"),
        "trading_way": draw.choice((("online",), ("mobile",), ("on_site",), ("phone_order",))),
    }


def _verify_points(
    session: Session, actor: Actor, client_id: int, draw: random.Random, today: date
) -> None:
    for point in list_points(session, actor, client_id):
        if draw.random() < 0.8:
            verified_on = today - timedelta(days=draw.randint(1, 200))
            judge_point(session, actor, point.id, Validity.VALID, today=verified_on)


def _talk(
    session: Session,
    actor: Actor,
    client_id: int,
    draw: random.Random,
    now: datetime,
    *,
    quiet_days: int,
) -> None:
    count = draw.randint(1, 4)
    for number in range(count):
        days = quiet_days + (count - 1 - number) * draw.randint(9, 30)
        at = now - timedelta(days=days, minutes=draw.randint(5, 240))
        topic, content, reaction = draw.choice(_CONTENTS)
        is_last = number == count - 1
        next_on = branch_date(at + timedelta(days=14)) if is_last else None
        log_contact(
            session,
            actor,
            NewContactLog(
                uuid=str(uuid.UUID(int=draw.getrandbits(128), version=4)),
                client_id=client_id,
                topics=(topic,),
                contacted_at=at,
                way=draw.choice(_WAYS),
                content=content,
                minutes=draw.randint(2, 25),
                reaction=reaction,
                is_advice=topic == "holdings",
                basis="研究所周报 11-19" if topic == "holdings" else "",
                next_on=next_on,
                next_note="约定回访" if next_on else "",
            ),
            now=at,  # entered while it was fresh
        )
