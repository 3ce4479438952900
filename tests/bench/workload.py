"""The branch of the benchmark: invented clients, the same ones for the same number every time.

Names follow the frequencies of real ones (a fifth has two characters, some surnames have two),
so that searches for one or two characters meet as many people as they would at a branch.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from advisorcrm.rules.pinyin import name_readings
from advisorcrm.terms import ClientKind, ClientStage, IdDocument, PointKind, RiskLevel, Sex

SEED = 20261121
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 6, 20, tzinfo=UTC)
ADVISORS = 20
QUERIES = 50
KINDS = ("name1", "name2", "name3", "prefix", "phone4", "middle4", "phone11", "initials", "mixed")
"""What is typed: one and two characters of the given name, the full name, its first two, the
tail, the middle and the whole of the telephone, the initials, and a mix as people type."""

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
COMPOUNDS = ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "夏侯")
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂建国华志红玉梅春文辉云龙飞雪晓雨子轩浩宇欣怡梓涵思琪佳慧婷玲珊莉萍燕凤洁琳鑫鹏斌波峰帆宁博瑞嘉天一安然可馨语桐奕辰若曦诗俊熙泽睿晨铭皓清源书瑶景行承德福寿康永昌荣贵祥庆丰泰和顺兴隆盛茂长青松柏竹菊莲荷"
_WEIGHTS = [1000 / (place + 3) for place in range(len(SURNAMES))]

_ROADS = ("历山路", "泉城路", "经十路", "花园路", "解放路", "文化东路", "和平路", "山大南路")
_HOURS = ("工作日上午", "工作日下午", "收盘后", "晚上八点前", "周末", "")
_PREFERENCES = ("新能源", "银行与券商", "可转债", "宽基指数", "医药", "白酒", "")
_JOBS = ("教师", "工程师", "个体经营", "退休", "公务员", "医生", "会计", "")
_HOBBIES = ("钓鱼", "书法", "登山", "摄影", "广场舞", "")
_NATURES = ("谨慎", "果断", "健谈", "沉稳", "")
_TOPICS = ("推送月度报告", "回访持仓", "风险提示", "生日问候", "产品讲解", "投诉处理", "赎回咨询")
_ANSWERS = ("客户表示满意", "客户希望加仓", "客户担心回撤", "要求降低佣金", "需要资料", "暂无需求")


def clients(count: int) -> Iterator[dict[str, Any]]:
    """The records of ``count`` clients as ``insert_clients`` takes them, one after the other."""
    chance = random.Random(SEED)
    for number in range(1, count + 1):
        yield _client(number, chance)


def queries(count: int) -> dict[str, list[str]]:
    """What is typed, by kind; drawn from the clients themselves, so that everything has hits."""
    chance = random.Random(SEED + count)
    wanted = set(chance.sample(range(count), min(QUERIES, count)))
    found = [_typed(client) for place, client in enumerate(clients(count)) if place in wanted]
    chance.shuffle(found)
    typed: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for place, (name, phone, short) in enumerate(found):
        mixed = (name[-2:], phone[-4:], name[-2:], name)[place % 4]
        texts = (name[-1:], name[-2:], name, name[:2], phone[-4:], phone[4:8], phone, short, mixed)
        for kind, text in zip(KINDS, texts, strict=True):
            typed[kind].append(text)
    return typed


def conversation(number: int, client_id: int) -> dict[str, Any]:
    """One contact log of a client."""
    chance = random.Random(SEED + number)
    return {
        "uuid": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
        "client_id": client_id,
        "topics": ("market", "needs"),
        "contacted_at": NOW - timedelta(minutes=chance.randrange(5, 60)),
        "way": chance.choice(("phone", "wechat", "meeting")),
        "content": f"{chance.choice(_TOPICS)}。{chance.choice(_ANSWERS)}，{chance.choice(_ANSWERS)}。",
        "minutes": chance.randrange(1, 30),
    }


def _typed(client: dict[str, Any]) -> tuple[str, str, str]:
    name = str(client["name"])
    return name, _phone_of(client), name_readings(name).initials


def _phone_of(client: dict[str, Any]) -> str:
    return next(str(value) for kind, value in client["points"] if kind is PointKind.MOBILE)


def _name(chance: random.Random) -> str:
    surname = (
        chance.choice(COMPOUNDS)
        if chance.random() < 0.02
        else chance.choices(SURNAMES, _WEIGHTS)[0]
    )
    second = chance.choice(GIVEN) if chance.random() < 0.8 else ""
    return surname + chance.choice(GIVEN) + second


def _client(number: int, chance: random.Random) -> dict[str, Any]:
    mobile = chance.choice(("13", "15", "17", "18", "19")) + f"{chance.randrange(10**9):09d}"
    points = [(PointKind.MOBILE, mobile)]
    if chance.random() < 0.6:
        points.append((PointKind.EMAIL, f"c{number}@example.com"))
    return {
        "uuid": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
        "client_no": f"K-{number:06d}",
        "account": f"{chance.randrange(1000):03d}{number:09d}",
        "name": _name(chance),
        "sex": chance.choice((Sex.MALE, Sex.FEMALE)),
        "kind": ClientKind.PERSON,
        "points": points,
        **_service(chance),
        **_risk(chance),
        **_person(chance),
    }


def _service(chance: random.Random) -> dict[str, Any]:
    ago = timedelta(minutes=min(900 * 1440, int(chance.expovariate(1 / (45 * 1440)))))
    return {
        "stage": chance.choices(tuple(ClientStage), (5, 83, 5, 7))[0],
        "advisor_id": chance.randrange(3, 3 + ADVISORS),
        "tier": chance.choices(("platinum", "gold", "silver", "other", None), (3, 12, 35, 40, 10))[
            0
        ],
        "investment_preference": chance.choice(_PREFERENCES),
        "trading_habit": chance.choice(("swing", "hold", "short_term", None)),
        "service_need": chance.choices(("accepts", "do_not_disturb", None), (70, 5, 25))[0],
        "wealth_content": chance.choice((("basic_news",), ("research", "stock_picks"), None)),
        "wealth_way": chance.choice((("sms",), ("phone",), None)),
        "trading_way": chance.choice((("online",), ("mobile", "online"), ("on_site",))),
        "commission_ppm": chance.choice((100, 150, 200, 250, 300, 800)),
        "assets_fen": int(chance.lognormvariate(12.5, 1.3) * 100),
        "contact_every_days": chance.choice((7, 14, 30, 60, None)),
        "convenient_time": chance.choice(_HOURS),
        "last_contact_at": NOW - ago if chance.random() < 0.97 else None,
        "opened_on": date(2012, 1, 1) + timedelta(days=chance.randrange(5000)),
        "remark": f"{chance.choice(_TOPICS)}；{chance.choice(_ANSWERS)}",
    }


def _risk(chance: random.Random) -> dict[str, Any]:
    tested_on = TODAY - timedelta(days=chance.randrange(900))
    return {
        "risk_level": chance.choice(tuple(RiskLevel)),
        "risk_tested_on": tested_on,
        "risk_expires_on": tested_on + timedelta(days=730),
        "id_document": IdDocument.ID_CARD,
        "id_expires_on": TODAY + timedelta(days=chance.randrange(-100, 4000)),
    }


def _person(chance: random.Random) -> dict[str, Any]:
    birthday = date(1945, 1, 1) + timedelta(days=chance.randrange(60 * 365))
    return {
        "address": f"济南市历下区{chance.choice(_ROADS)} {chance.randrange(1, 300)} 号",
        "birthday": birthday,
        "birthday_month_day": f"{birthday:%m-%d}",
        "occupation": chance.choice(_JOBS),
        "hobbies": chance.choice(_HOBBIES),
        "personality": chance.choice(_NATURES),
    }
