"""Headings of foreign sheets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_type_hints

import pytest

from advisorcrm.columns import Column
from advisorcrm.exports.client_sheet import ClientSheetRow
from advisorcrm.i18n import _, language, use_language
from advisorcrm.imports.client_fields import FIELD_OF, FIELDS, LABELS
from advisorcrm.imports.headings import read_heading
from advisorcrm.rules.amounts import RateUnit
from advisorcrm.services.clients.client_rows import ClientRow
from advisorcrm.services.files import file_labels


@pytest.mark.req("R71")
@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("客户姓名*", "name"), ("＊姓　名", "name"), ("KHXM", "name"), ("1、客户名称", "name"),
        ("资金帐号", "account"), ("ZJZH", "account"), ("资金账号（主键）", "account"),
        ("客户号", "client_no"), ("khh", "client_no"),
        ("客户类型", "tier"), ("手机号码", "mobile"), ("SJHM", "mobile"), ("手机2", "mobile"),
        ("联系电话", "phone"), ("Phone 2 - Value", "phone"), ("固定电话", "landline"),
        ("E-mail 1 - Value", "email"), ("电子邮件 2 地址", "email"),
        ("总资产(万元)", "assets_fen"), ("Total assets (10k)", "assets_fen"), ("ZZC", "assets_fen"), ("资产总额（元）", "assets_fen"),
        ("佣金率(‰)", "commission_ppm"), ("佣金‰", "commission_ppm"), ("YJL", "commission_ppm"),
        ("理财需求（内容）", "wealth_content"), ("理财需求(方式)", "wealth_way"),
        ("是否愿意被打扰", "service_need"), ("免打扰", "no_service"),
        ("出生\n日期", "birthday"), ("CSRQ", "birthday"), ("生日（公/农）", "birthday_either"),
        ("证件号码", "id_number"), ("证件有效期至", "id_expires_on"), ("风险等级", "risk_level"),
        ("联系手机①", "mobile"), ("出生年月日(阴历)", "lunar_birthday"),
        ("客户服务专员", "advisor"), ("工号", "advisor_no"), ("★客户经理姓名", "advisor"), ("客户经理电话", ""), ("日均资产", ""), ("所属客户组", "client_group"),
        ("约定联系频率（天）", "contact_every_days"), ("备注", "remark"), ("姓", "name_family"),
    ],
)  # fmt: skip
def test_a_heading_is_understood(text: str, field: str) -> None:
    assert read_heading(text).field == field


def columns(row_type: type) -> Iterator[str]:
    hints: dict[str, Any] = get_type_hints(row_type, include_extras=True)
    for hint in hints.values():
        yield from (
            column.label
            for column in getattr(hint, "__metadata__", ())
            if isinstance(column, Column)
        )


@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_every_heading_of_our_own_sheets_lists_and_forms_is_understood(spoken: str) -> None:
    before = language()
    use_language(spoken)
    try:
        told = [_(label) for label in (*columns(ClientSheetRow), *columns(ClientRow))]
        fields = {_(field.label): field.name for field in FIELDS}
        fields |= {_(label): name for name, label in file_labels.LABELS.items() if name in LABELS}
    finally:
        use_language(before)
    assert [text for text in told if not read_heading(text).is_known] == []
    assert {text: read_heading(text).field for text in fields} == fields


@pytest.mark.parametrize("text", ["序号", "最近沟通", "完备率％", "更新日期", "月涨跌", "RQ", "BZ"])
def test_what_is_computed_here_is_known_and_left_alone(text: str) -> None:
    heading = read_heading(text)
    assert (heading.is_known, heading.field) == (True, "")


@pytest.mark.parametrize(
    "text",
    ["星座", "", "请按以下要求填写：姓名必填，资金账号必须是文本格式，不能有空格和换行，谢谢配合"],
)
def test_other_headings_are_unknown(text: str) -> None:
    assert not read_heading(text).is_known


def test_a_heading_below_a_group_is_understood_with_it() -> None:
    heading = read_heading("内容", "理财需求")
    assert (heading.field, heading.full) == ("wealth_content", "理财需求（内容）")
    assert read_heading(heading.full).field == "wealth_content"
    assert read_heading("有效期", "证件").field == "id_expires_on"
    assert read_heading("客户姓名", "客户基本信息").field == "name"


@pytest.mark.parametrize(
    ("text", "unit"),
    [("总资产(万元)", 10_000), ("资产（元）", 1), ("总资产（亿元）", 10**8), ("总资产", None)],
)
def test_a_heading_tells_the_unit_of_amounts(text: str, unit: int | None) -> None:
    assert read_heading(text).money_unit == unit


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("佣金(‰)", RateUnit.PER_MILLE),
        ("佣金率（万分之）", RateUnit.PER_MYRIAD),
        ("佣金（%）", RateUnit.PERCENT),
        ("佣金‰", RateUnit.PER_MILLE),
        ("佣金", None),
    ],
)
def test_a_heading_tells_the_unit_of_rates(text: str, unit: RateUnit | None) -> None:
    assert read_heading(text).rate_unit is unit


def test_no_alias_stands_for_two_fields() -> None:
    aliases = [alias for field in FIELDS for alias in field.aliases]
    assert len(aliases) == len(set(aliases)) == len(FIELD_OF)


def test_the_label_of_every_field_is_understood_as_a_heading() -> None:
    assert {name: read_heading(label).field for name, label in LABELS.items()} == {
        name: name for name in LABELS
    }


def test_the_headings_of_our_own_list_are_all_known() -> None:
    from advisorcrm.columns import columns_of
    from advisorcrm.exports.client_sheet import ClientSheetRow

    unknown = [
        column.column.label
        for column in columns_of(ClientSheetRow)
        if not read_heading(column.column.label).is_known
    ]
    assert unknown == []


@pytest.mark.req("R146")
@pytest.mark.parametrize(
    ("heading", "group", "unit", "full"),
    [
        ("总资产", "资产（万元）", 10**4, "总资产（万元）"),
        ("总资产", "资产情况 单位:亿元", 10**8, "总资产（亿元）"),
        ("总资产（元）", "资产（万元）", 1, "总资产（元）"),
        ("总资产", "资产（含信用）", None, "总资产"),
        ("手机", "联系方式（万元）", None, "手机"),
    ],
)
def test_the_unit_of_a_group_counts_for_the_amounts_below_it(
    heading: str, group: str, unit: int | None, full: str
) -> None:
    found = read_heading(heading, group)
    assert (found.money_unit, found.full) == (unit, full)
    assert read_heading(found.full).money_unit == unit


def test_a_rate_takes_no_unit_of_money_from_above() -> None:
    assert read_heading("佣金", "客户明细（万）").rate_unit is None
    assert read_heading("现行佣金", "佣金（‰）").rate_unit is RateUnit.PER_MILLE
