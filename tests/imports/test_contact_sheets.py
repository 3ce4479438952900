"""Address books as tables: Outlook, Google, QQ同步助手, each told by its headings."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from advisorcrm.imports.client_list import ClientListFile, read_client_list
from advisorcrm.imports.client_sheet import ClientSheet
from advisorcrm.imports.contact_fields import mappable_fields
from advisorcrm.imports.sheet_kinds import SheetKind
from advisorcrm.terms import ClientKind, PointKind, Sex
from tests.imports.sheets import BOOK, EXPECTED, REAL, TODAY, clients_of, only, recognised

CONTACTS = REAL / "contacts"
OUTLOOK = [
    "Title",
    "First Name",
    "Middle Name",
    "Last Name",
    "Suffix",
    "Company",
    "Department",
    "Job Title",
    "Business Street",
    "Business City",
    "Business State",
    "Business Postal Code",
    "Home Street",
    "Home City",
    "Home State",
    "Business Fax",
    "Business Phone",
    "Home Phone",
    "Mobile Phone",
    "Other Phone",
    "E-mail Address",
    "E-mail 2 Address",
    "Account",
    "Anniversary",
    "Birthday",
    "Categories",
    "Children",
    "Gender",
    "Hobby",
    "Notes",
    "Spouse",
]
GOOGLE_OLD = [
    "Name",
    "Given Name",
    "Additional Name",
    "Family Name",
    "Yomi Name",
    "Birthday",
    "Gender",
    "Occupation",
    "Hobby",
    "Notes",
    "Group Membership",
    "E-mail 1 - Type",
    "E-mail 1 - Value",
    "IM 1 - Type",
    "IM 1 - Service",
    "IM 1 - Value",
    "Phone 1 - Type",
    "Phone 1 - Value",
    "Phone 2 - Type",
    "Phone 2 - Value",
    "Address 1 - Type",
    "Address 1 - Formatted",
    "Organization 1 - Name",
    "Organization 1 - Title",
]
QQ = ["姓", "名", "移动电话", "住宅电话", "商务电话", "电子邮件地址", "单位", "生日", "附注", ""]


def saved(path: Path, headings: list[str], *rows: dict[str, str], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, headings, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def values_of(found: Any, *kinds: PointKind) -> list[str]:
    return [value for kind, value in found["points"] if kind in kinds]


def fields_of(sheet: ClientSheet) -> dict[str, str]:
    return {column.heading: column.field for column in sheet.columns}


def test_outlook_in_chinese_is_recognised_and_counted() -> None:
    truth = json.loads(EXPECTED["contacts/outlook_zh_gb2312.csv"]["expected"].split(" ; ")[0])
    sheet = clients_of(CONTACTS / "outlook_zh_gb2312.csv")
    assert (sheet.kind, sheet.encoding) == (SheetKind.OUTLOOK, "gb18030")
    assert len(sheet.rows) == truth["rows"]
    born = [row.values["birthday"] for row in sheet.rows]
    assert sum(1 for day in born if day and (day.month, day.day) == (2, 29)) == truth["feb29"]
    assert not any("account" in row.values for row in sheet.rows)
    for place, name in ((0, "first"), (3, "fourth")):
        found = sheet.rows[place].values
        assert [found["name"], *values_of(found, PointKind.MOBILE)] == truth[name][:2]


def test_google_is_recognised_and_counted() -> None:
    truth = json.loads(EXPECTED["contacts/google_contacts_new.csv"]["expected"].split(" ; ")[0])
    sheet = clients_of(CONTACTS / "google_contacts_new.csv")
    assert sheet.kind is SheetKind.GOOGLE
    assert len(sheet.rows) == truth["rows"]
    assert sheet.rows[0].values["name"] == truth["first"][0]
    two = [row for row in sheet.rows if len(values_of(row.values, *PointKind)) == 3]
    assert len(two) == truth["two_phones"]


def test_outlook_in_english(tmp_path: Path) -> None:
    path = saved(
        tmp_path / "contacts.csv", OUTLOOK,
        {"Title": "Ms.", "First Name": "样甲", "Last Name": "尉迟", "Company": "示例公司",
         "Job Title": "经理", "Business Street": "南京路2号", "Business City": "上海市",
         "Business Fax": "021-63210009", "Mobile Phone": "13900000201", "Account": "yjia",
         "Other Phone": "13900000202", "E-mail Address": "a@example.cn",
         "E-mail 2 Address": "b@example.cn", "Anniversary": "00/00/00", "Birthday": "0/0/00",
         "Categories": "客户;同学", "Children": "样小甲", "Gender": "Unspecified",
         "Spouse": "样乙"},
    )  # fmt: skip
    sheet = clients_of(path)
    assert sheet.kind is SheetKind.OUTLOOK
    found = only(sheet)
    assert (found["name"], found["sex"]) == ("尉迟样甲", Sex.FEMALE)
    assert values_of(found, PointKind.MOBILE) == ["13900000201", "13900000202"]
    assert values_of(found, PointKind.EMAIL) == ["a@example.cn", "b@example.cn"]
    assert found["point_notes"] == {"021-63210009": "传真"}
    assert (found["employer"], found["occupation"]) == ("示例公司", "经理")
    assert found["family"] == "配偶 样乙；子女 样小甲"
    assert found["address"] == "上海市南京路2号"
    assert found["remark"] == "分组：客户、同学"
    assert (found["birthday"], found.get("account")) == (None, None)


def test_google_with_its_old_headings(tmp_path: Path) -> None:
    path = saved(
        tmp_path / "google.csv", GOOGLE_OLD,
        {"Name": "样丙", "Given Name": "丙", "Family Name": "样", "Birthday": "--04-15",
         "Group Membership": "* My Contacts ::: VIP", "E-mail 1 - Value": "c@example.cn",
         "IM 1 - Service": "QQ", "IM 1 - Value": "10001001", "Phone 1 - Type": "Mobile",
         "Phone 1 - Value": "139 0000 0203", "Phone 2 - Type": "Work Fax",
         "Phone 2 - Value": "021-63210008", "Address 1 - Formatted": "世纪大道1号\n上海市",
         "Organization 1 - Name": "示例公司", "Organization 1 - Title": "会计"},
        {"E-mail 1 - Value": "only.mail@example.cn"},
        encoding="utf-16",
    )  # fmt: skip
    sheet = clients_of(path)
    assert sheet.kind is SheetKind.GOOGLE
    found = sheet.rows[0].values
    assert (found["name"], found["birthday_month_day"]) == ("样丙", "04-15")
    assert values_of(found, PointKind.QQ) == ["10001001"]
    assert found["point_notes"] == {"021-63210008": "传真"}
    assert found["address"] == "世纪大道1号 上海市"
    assert (found["employer"], found["occupation"]) == ("示例公司", "会计")
    assert found["remark"] == "分组：VIP"
    assert sheet.rows[1].values["name"] == "only.mail"


def test_google_tells_relatives_and_days_in_pairs_of_columns(tmp_path: Path) -> None:
    pairs = [f"{what} {number} - {part}" for what in ("Relation", "Event") for number in (1, 2)
             for part in ("Label", "Value")]  # fmt: skip
    cells = ["Spouse", "样乙", "Child", "样小甲", "Anniversary", "2000-05-05", "入职", "2010-07-01"]
    row = {
        "First Name": "样甲",
        "Phone 1 - Value": "13900000211",
        **dict(zip(pairs, cells, strict=True)),
    }
    found = only(clients_of(saved(tmp_path / "google.csv", [*row], row)))
    assert found["family"] == "配偶 样乙；子女 样小甲"
    assert found["remark"] == "纪念日：2000-05-05、入职 2010-07-01"


THUNDERBIRD = {
    "en": ["First Name", "Last Name", "Display Name", "Primary Email", "Work Phone", "Fax Number",
           "Pager Number", "Mobile Number", "Home Address", "Job Title", "Organization",
           "Birth Year", "Birth Month", "Birth Day", "Custom 1", "Notes"],
    "zh": ["名字", "姓氏", "显示姓名", "主要电子邮件", "工作电话", "传真号码", "寻呼机号码", "移动电话号码",
           "家庭地址", "职务", "公司", "出生年份", "出生月份", "出生日", "定制 1", "注释"],
}  # fmt: skip


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_thunderbird_is_recognised_with_birthdays_in_three_columns(
    tmp_path: Path, spoken: str
) -> None:
    path = tmp_path / "thunderbird.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [
                THUNDERBIRD[spoken],
                ["样甲", "张", "小张", "a@example.cn", "021-63210000", "", "", "13900000001", "示例路 1 号",
                 "经理", "示例公司", "1970", "09", "21", "", "长线"],
                ["", "", "李样乙", "b@example.cn", "", "", "", "", "", "", "", "", "2", "29", "", ""],
            ]
        )  # fmt: skip
    sheet = clients_of(path)
    assert sheet.kind is SheetKind.CONTACTS
    first, second = (row.values for row in sheet.rows)
    assert (first["name"], second["name"]) == ("张样甲", "李样乙")
    assert (first["birthday"], second["birthday_month_day"]) == (date(1970, 9, 21), "02-29")
    assert [kind for kind, _value in first["points"]] == [
        PointKind.EMAIL, PointKind.LANDLINE, PointKind.MOBILE,
    ]  # fmt: skip


def test_outlook_in_traditional_characters(tmp_path: Path) -> None:
    row = {
        "稱謂": "女士", "名字": "樣本", "姓氏": "陳", "公司": "範例公司", "職稱": "經理",
        "商務電話": "(02) 2345-6789", "行動電話": "0912-345-678", "住家電話": "", "住家傳真": "",
        "公司代表線": "", "商務 - 街": "忠孝東路1號", "商務 - 縣/市": "臺北市", "住家 - 街": "",
        "生日": "1975/2/28", "電子郵件地址": "a@example.tw", "電子郵件類型": "SMTP", "帳戶": "x",
        "附註": "喜歡長線", "類別": "重要客戶", "嗜好": "釣魚", "敏感度": "一般", "性別": "未指定",
    }  # fmt: skip
    sheet = clients_of(saved(tmp_path / "outlook.csv", [*row], row, encoding="big5"))
    found = only(sheet)
    assert (sheet.kind, found["name"], found["sex"]) == (SheetKind.OUTLOOK, "陳樣本", Sex.FEMALE)
    assert (found["address"], found["hobbies"]) == ("臺北市忠孝東路1號", "釣魚")
    assert values_of(found, PointKind.MOBILE) == ["+886912345678"]
    assert values_of(found, PointKind.LANDLINE) == ["0223456789"]
    assert found["remark"] == "喜歡長線\n分组：重要客戶"


def test_qq_with_the_whole_name_in_one_column_and_a_comma_at_the_end(tmp_path: Path) -> None:
    path = saved(
        tmp_path / "qq.csv", QQ,
        {"名": "司马样丁", "移动电话": "+8613900000204", "商务电话": "02163210001",
         "单位": "示例公司", "生日": "1968-4-15"},
        {"名": "样戊", "移动电话": "66123"},
        encoding="gb18030",
    )  # fmt: skip
    sheet = clients_of(path)
    assert sheet.kind is SheetKind.QQ
    found = sheet.rows[0].values
    assert (found["name"], found["birthday"]) == ("司马样丁", date(1968, 4, 15))
    assert values_of(found, PointKind.MOBILE) == ["13900000204"]
    assert values_of(found, PointKind.LANDLINE) == ["021-63210001"]
    second = sheet.rows[1]
    assert (second.faults, values_of(second.values, PointKind.LANDLINE)) == ((), ["66123"])


def test_a_table_of_names_and_numbers_is_an_address_book_only_if_told(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.csv", ["姓名", "手机", "公司"],
                 {"姓名": "统计局王主任", "手机": "1390000", "公司": "统计局"})  # fmt: skip
    told = read_client_list(ClientListFile(path, BOOK, TODAY, as_contacts=True))
    assert told.kind is SheetKind.CONTACTS
    found = only(told)
    assert (found["name"], found["employer"]) == ("统计局王主任", "统计局")
    assert values_of(found, PointKind.LANDLINE) == ["1390000"]


def test_a_list_with_accounts_stays_the_branchs_list() -> None:
    sheet = recognised(
        ["客户姓名", "资金账号", "移动电话", "住宅电话", "电子邮件地址", "单位"],
        ["样己", "990001", "13900000205", "", "", "示例公司"],
    )
    assert sheet.kind is SheetKind.CLIENT_LIST
    assert fields_of(sheet)["单位"] == ""


def test_a_heading_can_be_mapped_to_a_field_of_contacts(tmp_path: Path) -> None:
    path = saved(tmp_path / "qq.csv", [*QQ[:-1], "东家", ""],
                 {"名": "样庚", "移动电话": "13900000206", "东家": "示例公司"})  # fmt: skip
    sheet = clients_of(path, 东家="employer", 单位="", 附注="")
    assert only(sheet)["employer"] == "示例公司"
    assert fields_of(sheet)["附注"] == ""
    assert "fax" in {field.name for field in mappable_fields(sheet.kind)}
    assert "fax" not in {field.name for field in mappable_fields(SheetKind.CLIENT_LIST)}


def test_a_contact_without_name_takes_nickname_company_or_mail(tmp_path: Path) -> None:
    path = saved(
        tmp_path / "google.csv", [*GOOGLE_OLD, "Nickname"],
        {"Nickname": "小辛", "Phone 1 - Value": "13900000207"},
        {"Organization 1 - Name": "示例公司", "Phone 1 - Value": "02163210002"},
        {"Phone 1 - Value": "13900000208"},
        {"Name": "样壬", "Phone 1 - Value": "13900000209"},
    )  # fmt: skip
    first, second, third, fourth = clients_of(path).rows
    assert (first.values["name"], second.values["name"]) == ("小辛", "示例公司")
    assert second.values["kind"] is ClientKind.INSTITUTION
    assert [fault.reason for fault in third.faults] == ["没有客户姓名。"]
    assert fourth.faults == ()


@pytest.mark.parametrize("text", ["BusinessPhone", "见备注", "a@b"])
def test_a_text_among_the_numbers_goes_into_the_remarks(tmp_path: Path, text: str) -> None:
    path = saved(tmp_path / "qq.csv", QQ, {"名": "样癸", "移动电话": text, "附注": "老客户"},
                 {"名": "好", "移动电话": "13900000210"})  # fmt: skip
    row = clients_of(path).rows[0]
    assert row.values["remark"] == f"老客户\n电话：{text}"
    assert "已写入备注" in row.notes[0].reason
