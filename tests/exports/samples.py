"""Filled forms and rows for tests of sheets and paper; every value invented."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from advisorcrm.columns import CodeBook
from advisorcrm.exports.client_card import ClientCardRow, PointSheetRow
from advisorcrm.exports.client_sheet import ClientSheetRow
from advisorcrm.exports.contact_log import LogSheetRow
from advisorcrm.exports.forms import Filling, fill
from advisorcrm.exports.imprint import Imprint
from advisorcrm.exports.own_lines import OwnValues
from advisorcrm.exports.sheet import Sheet
from advisorcrm.services.branch.code_list_seeds import SEEDS
from advisorcrm.terms import (
    BirthdayKept,
    ClientKind,
    ClientStage,
    IdDocument,
    InvestorKind,
    PointKind,
    Reaction,
    RiskLevel,
    Sex,
    Validity,
)

AT = datetime(2026, 11, 20, 6, 41, tzinfo=UTC)
BOOK = CodeBook(
    {
        name: {code: (label, english) for code, label, english in entries}
        for name, entries in SEEDS.items()
    }
)


def imprint(**overrides: Any) -> Imprint:
    given = Imprint("历山路证券营业部", "示例证券", "林若溪（LSL0042）", AT, print_number=1)
    return replace(given, **overrides)


UNMASKED = imprint(is_masked=False, purpose="季度核对", print_number=0)


def client_row(position: int = 1, **overrides: Any) -> ClientSheetRow:
    row = ClientSheetRow(
        position=position,
        name="欧阳文静",
        account="010000007715",
        client_no=f"LSL-{position:04d}",
        tier="gold",
        investment_preference="成长；电气",
        trading_habit="hold",
        service_need="accepts",
        wealth_content=("research", "stock_picks"),
        wealth_way=("sms",),
        trading_way=("online",),
        commission_ppm=250,
        assets_fen=628_400_000,
        mobile="13900000458",
        email="wj@example.cn",
        birthday_kept_on="农十月十五",
        occupation="医生",
        hobbies="钓鱼",
        personality="谨慎",
        group_name="第二客户组",
        advisor_name="林若溪",
        last_contact_on=date(2026, 11, 18),
        completeness=83,
        updated_on=date(2026, 11, 19),
        advisor_no="LSL0042",
        alias="欧阳老师",
        kind=ClientKind.PERSON,
        stage=ClientStage.ACTIVE,
        sex=Sex.FEMALE,
        landline="0531-88112233",
        wechat="wj_ouyang",
        qq="",
        other_points="",
        address="济南市历下区历山路 128 号",
        convenient_time="16:00 后",
        contact_every_days=14,
        risk_level=RiskLevel.C3,
        risk_tested_on=date(2025, 3, 1),
        risk_expires_on=date(2027, 3, 1),
        id_document=IdDocument.ID_CARD,
        id_number="370102196203180021",
        id_expires_on="长期",
        birthday=date(1962, 3, 18),
        lunar_birthday="十月十五",
        birthday_kept=BirthdayKept.LUNAR,
        opened_on=date(2008, 5, 6),
        commission_attitude="accepts",
        commission_year_fen=820_000,
        family="配偶、一女",
        education="本科",
        invests_since=2007,
        remark="不喜欢午休时接电话。",
        own=OwnValues({}),
    )
    return replace(row, **overrides)


def log_row(number: int = 0, **overrides: Any) -> LogSheetRow:
    at = AT - timedelta(days=number)
    row = LogSheetRow(
        contacted_at=at,
        contacted_time="14:41",
        client_name="欧阳文静",
        way="phone",
        way_shown="电话\n4 分",
        topics=("market",),
        content="问远航电气能否补仓。",
        content_shown="问远航电气能否补仓。",
        reaction=Reaction.AGREES,
        next_shown="2026-11-23 面谈",
        author_name="林若溪",
    )
    return replace(row, **overrides)


def words(given: Imprint, **more: str) -> dict[str, str]:
    return given.words() | {
        "form_title": "营业部客户明细表", "group": "第二客户组", "advisor": "林若溪",
        "scope": "全部客户", "data_on": "2026-11-20", "file_no": "LSL-0001", "client": "欧阳文静",
        "account": "****7715", "tier": "金卡", "period": "2026-11-20", "total": "共 2 次",
        "household": "欧阳家", "assets": "846.9 万元",
    } | more  # fmt: skip


def list_sheet(rows: list[ClientSheetRow], given: Imprint | None = None, **more: str) -> Sheet:
    given = given or imprint()
    tables = {"clients": rows}
    return fill("client_list", Filling(words(given, **more), BOOK, None, tables, given.watermark))


def card_sheet(client: ClientSheetRow, given: Imprint | None = None, logs: int = 3) -> Sheet:
    given = given or imprint()
    points = [
        PointSheetRow(PointKind.MOBILE, "139****0458", Validity.VALID, date(2026, 11, 2), "本人"),
        PointSheetRow(PointKind.EMAIL, "w***j@example.cn", Validity.UNVERIFIED, None, ""),
    ]
    tables = {"points": points, "logs": [log_row(number) for number in range(logs)]}
    card = ClientCardRow(
        **{item.name: getattr(client, item.name) for item in fields(client)},
        sex_and_age="女，64 岁",
        employer="历下区实验小学",
        investor_kind=InvestorKind.ORDINARY,
        sms_consent="同意：资讯",
        mail_consent="未询问",
    )
    return fill("client_card", Filling(words(given), BOOK, card, tables, given.watermark))


def log_sheet(rows: list[LogSheetRow], form: str = "contact_log", **more: str) -> Sheet:
    return fill(form, Filling(words(imprint(), **more), BOOK, None, {"logs": rows}))
