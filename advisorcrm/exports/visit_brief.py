"""The brief before a visit: what to be ready with, on one page (访前准备, R112, R118, R119)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import BRANCH_TIME, CodeBook, Column, branch_date
from advisorcrm.exports.family import people_of
from advisorcrm.exports.forms import Filling, fill
from advisorcrm.exports.imprint import Imprint, Leaving, take_imprint
from advisorcrm.exports.sheet import Sheet
from advisorcrm.exports.workbook import write_forms
from advisorcrm.models import Client, User
from advisorcrm.rules.birthdays import years_lived
from advisorcrm.rules.lunar import LunarDate
from advisorcrm.rules.masking import mask_words
from advisorcrm.rules.visit_topics import ClientFacts, visit_topics
from advisorcrm.services.access import Actor, Right, any_client, demand
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.branch.working_days import holiday_table
from advisorcrm.services.calendar.appointment_rows import list_client_appointments
from advisorcrm.services.care.care_ways import CareWays, list_care_ways
from advisorcrm.services.clients.counter_notices import list_counter_notices
from advisorcrm.services.contacts.contact_log_rows import ContactLogFilter, ContactLogRow
from advisorcrm.services.contacts.contact_logs import list_contact_logs
from advisorcrm.services.dues.due_questions import DueQuestion
from advisorcrm.services.dues.dues import find_dues
from advisorcrm.services.files.relations import open_family
from advisorcrm.terms import AccessKind, BirthdayKept, InvestorKind, RiskLevel

FORM, SUBJECT = "visit_brief", "访前准备"
_LOGS, _ITEMS, _PEOPLE, _LONGEST = 3, 6, 4, 96
"""So many rows and characters that the page stays one page."""


@dataclass(frozen=True, slots=True)
class BriefRow:
    """The client as the page shows him; no number and no address stands on it."""

    name: Annotated[str, Column("客户姓名")]
    alias: Annotated[str, Column("称呼")]
    age: Annotated[str, Column("年龄")]
    birthday: Annotated[str, Column("生日")]
    convenient_time: Annotated[str, Column("方便时间")]
    occupation: Annotated[str, Column("职业")]
    employer: Annotated[str, Column("工作单位")]
    education: Annotated[str, Column("学历")]
    hobbies: Annotated[str, Column("爱好")]
    personality: Annotated[str, Column("性格")]
    family: Annotated[str, Column("家庭成员")]
    tier: Annotated[str | None, Column("客户类型", codes=terms.TIER)]
    invests_since: Annotated[str, Column("入市年份")]
    trading_habit: Annotated[str | None, Column("交易习惯", codes=terms.TRADING_HABIT)]
    investment_preference: Annotated[str, Column("投资偏好")]
    service_need: Annotated[str | None, Column("服务需求", codes=terms.SERVICE_NEED)]
    wealth_content: Annotated[tuple[str, ...], Column("理财需求", codes=terms.WEALTH_CONTENT)]
    commission_attitude: Annotated[
        str | None, Column("对佣金态度", codes=terms.COMMISSION_ATTITUDE)
    ]
    ways: Annotated[str, Column("可联系方式")]
    risk_level: Annotated[RiskLevel | None, Column("风险等级")]
    risk_end: Annotated[str, Column("测评到期")]
    investor_kind: Annotated[InvestorKind | None, Column("投资者类别")]
    id_end: Annotated[str, Column("证件到期")]


@dataclass(frozen=True, slots=True)
class BriefLogRow:
    """One of the last conversations, cut to three lines."""

    at: Annotated[str, Column("时间")]
    way: Annotated[str, Column("方式", codes=terms.CONTACT_WAY)]
    content: Annotated[str, Column("内容")]
    reaction: Annotated[str, Column("客户反映")]


@dataclass(frozen=True, slots=True)
class BriefItemRow:
    """One thing still open with the client."""

    on: Annotated[date, Column("日期")]
    kind: Annotated[str, Column("事项")]
    reason: Annotated[str, Column("说明")]


@dataclass(frozen=True, slots=True)
class BriefTopicRow:
    """One aspect of the talk (R119) with what the file offers for it, and room to write."""

    topic: Annotated[str, Column("方面")]
    hint: Annotated[str, Column("可以从这里谈起")]
    said: Annotated[str, Column("客户怎么说")]


def register_visit_brief(
    session: Session,
    actor: Actor,
    client_id: int,
    *,
    now: datetime,
    kind: AccessKind = AccessKind.PRINT,
) -> Imprint:
    """Demand the rights and note in the access log what is about to leave; a write."""
    demand(actor, Right.READ_FILES)
    any_client(session, actor, client_id)
    return take_imprint(session, actor, Leaving(SUBJECT, kind, client_id), now=now)


def visit_brief_sheet(session: Session, actor: Actor, client_id: int, imprint: Imprint) -> Sheet:
    """The filled page. Raises NotFoundError for a client the person may not see."""
    client = any_client(session, actor, client_id)
    book = load_code_book(session, actor)
    logs = list_contact_logs(session, actor, ContactLogFilter(client_id=client_id), limit=_LOGS)
    ways = list_care_ways(session, actor, {client_id}).get(client_id, CareWays())
    today = branch_date(imprint.at)
    words = imprint.words() | {
        "file_no": client.client_no,
        "advisor": session.scalar(select(User.name).where(User.id == client.advisor_id)) or "",
        "appointment": _appointment(session, actor, client_id, imprint.at, book),
    }
    tables: dict[str, Sequence[object]] = {
        "logs": [_log(log) for log in logs],
        "open_items": _open_items(session, actor, client, imprint.at),
        "people": people_of(open_family(session, actor, client_id), book)[:_PEOPLE],
        "topics": _topics(client, logs, book, today),
    }
    return fill(FORM, Filling(words, book, _client(client, ways, today), tables))


def export_visit_brief(
    session: Session, actor: Actor, client_id: int, imprint: Imprint, path: Path
) -> int:
    """Write the page as a workbook; returns 1, the client."""
    write_forms(path, [visit_brief_sheet(session, actor, client_id, imprint)])
    return 1


def _client(client: Client, ways: CareWays, today: date) -> BriefRow:
    texts: dict[str, Any] = {
        name: mask_words(getattr(client, name) or "")
        for name in (
            "name", "alias", "convenient_time", "occupation", "employer", "education", "hobbies",
            "personality", "family", "investment_preference",
        )
    }  # fmt: skip
    same: dict[str, Any] = {
        name: getattr(client, name)
        for name in (
            "tier", "trading_habit", "service_need", "commission_attitude", "risk_level",
            "investor_kind",
        )
    }  # fmt: skip
    age = None if client.birthday is None else years_lived(client.birthday, today)
    return BriefRow(
        **texts,
        **same,
        age=f"{age} 岁" if age is not None else "",
        birthday=_birthday(client),
        invests_since=f"{client.invests_since} 年" if client.invests_since else "",
        wealth_content=client.wealth_content or (),
        ways=ways.label,
        risk_end=_end(client.risk_expires_on, today),
        id_end="长期" if client.id_is_permanent else _end(client.id_expires_on, today),
    )


def _birthday(client: Client) -> str:
    """Which one the client keeps, first."""
    solar = f"{client.birthday:%m-%d}" if client.birthday else client.birthday_month_day or ""
    lunar = ""
    if client.lunar_month and client.lunar_day:
        is_leap = bool(client.lunar_is_leap)
        lunar = f"农历{LunarDate(client.lunar_month, client.lunar_day, is_leap).label_zh}"
    kept = client.birthday_kept is BirthdayKept.LUNAR
    both = [lunar, solar] if kept else [solar, lunar]
    return "，".join(part for part in both if part)


def _end(on: date | None, today: date) -> str:
    if on is None:
        return "未登记"
    days = (on - today).days
    return f"{on}（已过期）" if days < 0 else f"{on}（还有 {days} 天）"


def _appointment(
    session: Session, actor: Actor, client_id: int, now: datetime, book: CodeBook
) -> str:
    """The next open one: ``11-24 14:30 面谈 2 室 续做风险测评``."""
    rows = [
        row
        for row in list_client_appointments(session, actor, client_id)
        if row.is_open and row.ends_at >= now
    ]
    if not rows:
        return "—"
    row = min(rows, key=lambda one: one.starts_at)
    way = book.label_zh(terms.CONTACT_WAY, row.way) if row.way else ""
    parts = (f"{row.slot.starts:%m-%d %H:%M}", way, row.place, mask_words(row.title))
    return " ".join(part for part in parts if part)


def _log(log: ContactLogRow) -> BriefLogRow:
    content = log.content.replace("\n", " ")
    if len(content) > _LONGEST:
        content = f"{content[: _LONGEST - 1]}…"
    at = log.contacted_at.astimezone(BRANCH_TIME)
    reaction = log.reaction.label_zh if log.reaction else ""
    return BriefLogRow(f"{at:%Y-%m-%d %H:%M}", log.way, content, reaction)


def _open_items(
    session: Session, actor: Actor, client: Client, now: datetime
) -> list[BriefItemRow]:
    """What has a date with this client within a quarter, then what waits for the counter."""
    today = branch_date(now)
    until = date.fromordinal(today.toordinal() + 90)
    question = DueQuestion(actor, now, client.advisor_id, until, holidays=holiday_table(session))
    rows = [
        BriefItemRow(row.due_on, row.kind.label_zh, row.reason)
        for row in find_dues(session, question)
        if row.client_id == client.id
    ]
    notices = list_counter_notices(session, actor, client_id=client.id)
    rows += [BriefItemRow(one.noted_on, "到柜台更新", mask_words(one.matter)) for one in notices]
    return rows[:_ITEMS]


def _topics(
    client: Client, logs: Sequence[ContactLogRow], book: CodeBook, today: date
) -> list[BriefTopicRow]:
    """The four aspects of R119 with what the file offers for each."""
    facts = ClientFacts(
        hobbies=client.hobbies, family=client.family, occupation=client.occupation,
        birthday=_birthday(client), preference=client.investment_preference,
        habit=book.label_zh(terms.TRADING_HABIT, client.trading_habit),
        wants="、".join(book.label_zh(terms.WEALTH_CONTENT, one)
                        for one in client.wealth_content or ()),
        attitude=book.label_zh(terms.COMMISSION_ATTITUDE, client.commission_attitude),
        last_step=next((log.next_note for log in logs if log.next_note), ""),
        last_reaction=next((log.reaction.label_zh for log in logs if log.reaction), ""),
        test_is_over=client.risk_expires_on is not None and client.risk_expires_on < today,
    )  # fmt: skip
    return [BriefTopicRow(topic, mask_words(hint), "") for topic, hint in visit_topics(facts)]
