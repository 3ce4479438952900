"""Further fields that files of contacts have: employer, family, fax, groups, work address.

Most are no columns of the client's file: each becomes part of one (职业, 备注, a contact point).
In a client list their headings keep meaning nothing.
"""
# The aliases are words of foreign sheets.  # chinese: data

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from advisorcrm.i18n import N_
from advisorcrm.imports.client_fields import FIELDS, ImportField, import_field
from advisorcrm.imports.header_search import Header
from advisorcrm.imports.headings import Heading, key_of
from advisorcrm.imports.sheet_kinds import SheetKind

CONTACT_FIELDS: tuple[ImportField, ...] = (
    import_field(
        "employer", N_("工作单位"),
        "单位 公司 工作单位 单位名称 公司名称 组织 company organization organizationname "
        "organization1-name companyname",
    ),
    import_field(
        "department", N_("部门"),
        "部门 department organizationdepartment organization1-department",
    ),
    import_field("job_title", N_("职务"), "职称 organization1-title"),
    import_field(
        "fax", N_("传真"),
        "传真 商务传真 住宅传真 住家传真 传真号码 其他传真 单位传真 公司传真 工作传真 家庭传真 "
        "businessfax homefax otherfax fax faxnumber",
    ),
    import_field(
        "phone", N_("联系电话"),
        "回电话 车载电话 无绳电话 助理的电话 寻呼机 主要联系电话 callback carphone radiophone "
        "otherphone primaryphone companymainphone businessphone2 homephone2 mobilephone2 "
        "assistantsphone pager pagernumber 寻呼机号码 公司代表线 回拨电话 汽车电话 无线电话 "
        "代表电话 呼叫器 助理电话 住家电话2 工作手机 商务手机 家庭电话2 单位电话2",
    ),
    import_field(
        "email", N_("电子邮箱"),
        "primaryemail secondaryemail 主要电子邮件 备用电子邮件 "
        "首选电子邮件 次选电子邮件 次要电子邮件 "
        "首选电子邮件地址 备选电子邮件地址 "
        "个人邮箱 工作邮箱 单位邮箱 商务邮箱 家庭邮箱 其他邮箱"
    ),
    import_field("courtesy", N_("称谓"), "中文称谓 称谓 title nameprefix"),
    import_field(
        "work_street", N_("单位地址"),
        "商务地址街道 商务街道 商务-街 单位地址 公司地址 工作地址 "
        "businessstreet businessaddress workaddress",
    ),
    import_field(
        "work_city", N_("单位所在城市"),
        "商务地址市/县 商务城市 商务-市/鎮 businesscity workcity",
    ),
    import_field(
        "work_province", N_("单位所在省份"),
        "商务地址省/市/自治区 商务省/市/自治区 商务-县/市 businessstate workstate",
    ),
    import_field(
        "contact_groups", N_("通讯录分组"),
        "通讯录分组 类别 分组 分组名 群组 组 标签 categories labels groupmembership group groups",
    ),
    import_field("family", N_("家庭成员"), "家庭成员 家庭 家人 family"),
    import_field("spouse", N_("配偶"), "配偶 spouse"),
    import_field("children", N_("子女"), "子女 孩子 children"),
    import_field("mobile", N_("手机"), "mobilenumber cellularnumber"),
    import_field("address", N_("联系地址"), "住宅街道 住家-街"),
    import_field("address_city", N_("城市"), "住宅城市 住家-市/鎮 家庭所在城市"),
    import_field("address_province", N_("省份"), "住宅省/市/自治区 住家-县/市"),
    import_field("hobbies", N_("爱好"), "嗜好"),
    import_field(
        "display_name", N_("显示名称"), "显示名称 显示姓名 显示名 显示为 displayname fileas"
    ),
    import_field("anniversary", N_("纪念日"), "纪念日 anniversary"),
)  # fmt: skip
"""In the order in which a mapping offers them, behind those of the client list."""

_FIELD_OF: Mapping[str, str] = {
    alias: field.name for field in CONTACT_FIELDS for alias in field.aliases
}
_OF_THE_BRANCH = frozenset({"account", "client_no", "advisor", "advisor_no", "client_group"})
"""What Outlook calls 帐户 and 客户 is none of the branch's."""
_PAIR = re.compile(r"(?P<what>im|relation|event)\d+-value")
_OF_PAIRS = {"im": "other_points", "relation": "family", "event": "anniversary"}
_ONLY_HERE = frozenset(field.name for field in CONTACT_FIELDS) - {field.name for field in FIELDS}
_STORED = frozenset({"employer", "family"})
"""Columns of the client's file like any other."""
CONTACT_LABELS: Mapping[str, str] = {
    field.name: field.label for field in CONTACT_FIELDS if field.name in _ONLY_HERE
}
PARTS = tuple(sorted(_ONLY_HERE - _STORED))
"""Fields that are put together into others; none of them is stored."""


def header_of_contacts(header: Header, chosen: Mapping[str, str]) -> Header:
    """The head with the headings understood that only contacts have."""
    return replace(
        header, headings=tuple(_understood(heading, chosen) for heading in header.headings)
    )


def mappable_fields(kind: SheetKind) -> list[ImportField]:
    """What the columns of a file of this kind may be mapped to."""
    if not kind.is_contacts:
        return list(FIELDS)
    return [*FIELDS, *(field for field in CONTACT_FIELDS if field.name in _ONLY_HERE)]


def _understood(heading: Heading, chosen: Mapping[str, str]) -> Heading:
    if heading.text in chosen:
        name = chosen[heading.text]
        return replace(heading, field=name) if name in _ONLY_HERE else heading
    if heading.field in _OF_THE_BRANCH:
        return replace(heading, field="")
    key = key_of(heading.text)
    pair = _PAIR.fullmatch(key)
    name = _OF_PAIRS[pair["what"]] if pair else _FIELD_OF.get(key, "")
    if not name or (heading.field and name != "courtesy"):
        return heading
    return replace(heading, field=name, is_known=True, full=heading.text)
