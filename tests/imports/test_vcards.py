"""Cards of telephones and mail programs: everybody on them comes in, whatever wrote them."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from advisorcrm.errors import ImportRejectedError
from advisorcrm.imports.client_sheet import ClientSheet
from advisorcrm.imports.raw_table import ReadingLimits
from advisorcrm.imports.sheet_kinds import SheetKind
from advisorcrm.imports.vcard_days import lunar_cell, solar_cell
from advisorcrm.imports.vcard_people import name_of
from advisorcrm.imports.vcard_points import address_line, dialled
from advisorcrm.imports.vcards import read_vcards
from advisorcrm.terms import ClientKind, PointKind, Sex
from tests.imports.cards import COMPANY_ONLY, CONTACTS_4, IPHONE, card, nokia, quoted, saved
from tests.imports.sheets import EXPECTED, REAL, clients_of, only, reason

CARDS = REAL / "contacts"
PHONES = (PointKind.MOBILE, PointKind.LANDLINE)


def values_of(found: dict[str, Any], *kinds: PointKind) -> list[str]:
    return [value for kind, value in found.get("points", ()) if kind in kinds]


def count(sheet: ClientSheet, *kinds: PointKind) -> int:
    return sum(len(values_of(dict(row.values), *kinds)) for row in sheet.rows)


def names(sheet: ClientSheet) -> list[Any]:
    return [row.values.get("name") for row in sheet.rows]


# --- the real files --------------------------------------------------------------------------


def test_a_whole_telephone_comes_out_as_it_was_counted() -> None:
    truth = json.loads(EXPECTED["contacts/zh_oppo_vcard21_qp_120.vcf"]["expected"])
    sheet = clients_of(CARDS / "zh_oppo_vcard21_qp_120.vcf")
    assert sheet.kind is SheetKind.VCARD
    assert not any(row.faults for row in sheet.rows)
    assert (names(sheet)[0], names(sheet)[-1]) == (truth["first"], truth["last"])
    found = {
        "cards": len(sheet.rows),
        "tels": count(sheet, *PHONES),
        "emails": count(sheet, PointKind.EMAIL),
        "orgs": sum(1 for row in sheet.rows if row.values.get("employer")),
        "bdays": sum(1 for row in sheet.rows if row.values.get("birthday")),
        "no_tel": sum(1 for row in sheet.rows if not values_of(dict(row.values), *PHONES)),
    }
    assert found == {name: truth[name] for name in found}


def test_several_versions_in_one_file_and_the_empty_card_is_reported() -> None:
    sheet = clients_of(CARDS / "zh_mixed_versions.vcf")
    first, second, third = (dict(row.values) for row in sheet.rows[:3])
    assert names(sheet)[:3] == ["张三", "李样", "王样"]
    assert values_of(first, *PHONES) == ["13900000005"]
    assert first["remark"] == "短线\n波段"
    assert values_of(second, *PHONES) == ["13900000006", "13900000007"]
    assert second["birthday_month_day"] == "02-29"
    assert second["remark"] == "第一行\n第二行,逗号;分号"
    assert values_of(third, *PHONES) == ["13900000008"]
    assert third["birthday"] == date(1960, 2, 29)
    (fault,) = sheet.rows[3].faults
    assert (fault.row, fault.reason) == (4, "名片是空的：没有姓名，也没有号码。")


def test_a_card_without_a_name_does_not_vanish() -> None:
    sheet = clients_of(CARDS / "John_Doe_ANDROID.vcf")
    assert len(sheet.rows) == 6
    assert not any(row.faults for row in sheet.rows)
    assert names(sheet)[:2] == ["john.doe", "jane.doe"]
    assert "用了邮箱的名字" in sheet.rows[0].notes[0].reason
    assert values_of(dict(sheet.rows[0].values), PointKind.EMAIL) == ["john.doe@company.com"]
    assert names(sheet)[2:] == ["Ñ Ñ Ñ Ñ Ñ", " ".join("Ñ" * 11), "Ñ Ñ Ñ Ñ", "Ñ" * 4]
    assert len(values_of(dict(sheet.rows[3].values), *PHONES)) == 4
    fifth = dict(sheet.rows[4].values)
    assert values_of(fifth, PointKind.EMAIL) == ["bob@company.com"]
    assert "邮箱：ÑÑÑ" in fifth["remark"]


@pytest.mark.parametrize(
    ("name", "client", "emails", "phones"),
    [
        ("John_Doe_BLACK_BERRY.vcf", "John Doe", 0, 1),
        ("John_Doe_EVOLUTION.vcf", "Mr. John Richter, James Doe Sr.", 1, 2),
        ("gmail-single2.vcf", "VCard Test", 5, 11),
        ("outlook-2003.vcf", "John Doe III", 1, 0),
        ("simple_3_0_test.vcf", "Daffy Duck Knudson (with Bugs Bunny and Mr. Pluto)", 0, 3),
        ("thunderbird-MoreFunctionsForAddressBook-extension.vcf", "John Doe", 5, 5),
    ],
)
def test_the_card_of_each_program_is_one_person(
    name: str, client: str, emails: int, phones: int
) -> None:
    sheet = clients_of(CARDS / name)
    assert names(sheet) == [client]
    assert not sheet.rows[0].faults
    assert (count(sheet, PointKind.EMAIL), count(sheet, *PHONES)) == (emails, phones)


def test_what_outlook_wrote_is_kept_in_its_fields() -> None:
    found = only(clients_of(CARDS / "outlook-2003.vcf"))
    assert found["birthday"] == date(1980, 3, 21)
    assert (found["employer"], found["occupation"]) == (
        "Company, The", "TheDepartment The Job Title",
    )  # fmt: skip
    note, *numbers = found["remark"].split("\n电话：")
    assert note == "This is the note field!!\nSecond line\n\nThird line is empty"
    assert sorted(numbers) == ["BusinessFaxPhone", "BusinessPhone", "HomePhone", "MobilePhone"]


def test_a_birthday_without_its_year_and_an_escaped_address() -> None:
    found = only(clients_of(CARDS / "simple_3_0_test.vcf"))
    assert found["birthday_month_day"] == "02-10"
    assert found["address"].startswith("Haight Street 512; Escape, Test, Novosibirsk")


def test_labels_of_numbers_are_kept_beside_them() -> None:
    found = only(clients_of(CARDS / "gmail-single2.vcf"))
    assert found["family"].startswith("配偶 Name2；子女 Name3；母亲 Name4")
    assert "Name11（上级）" in found["remark"]
    assert sorted(found["point_notes"].values()) == [
        "CustomePhoneCategory", "GRAND_CENTRAL", "传真", "传真", "寻呼机",
    ]  # fmt: skip


# --- other telephones ------------------------------------------------------------------------


def test_an_iphone(tmp_path: Path) -> None:
    found = only(clients_of(saved(tmp_path, IPHONE.encode())))
    assert found["name"] == "欧阳样甲"
    assert found["alias"] == "小欧"
    assert found["points"] == [
        (PointKind.MOBILE, "13900000101"),
        (PointKind.LANDLINE, "021-63210000"),
        (PointKind.EMAIL, "yangjia@example.cn"),
        (PointKind.WECHAT, "yang_jia"),
        (PointKind.QQ, "10001000"),
        (PointKind.MOBILE, "13900000102"),
        (PointKind.LANDLINE, "021-63210009"),
    ]
    assert found["point_notes"] == {"13900000102": "微信", "021-63210009": "传真"}
    assert found["address"] == "上海市浦东新区世纪大道1号 2号楼 200120"
    assert found["birthday_month_day"] == "04-15"
    assert (found["lunar_month"], found["lunar_day"]) == (8, 15)
    assert (found["employer"], found["occupation"]) == ("示例贸易有限公司", "市场部 经理")
    assert (found["family"], found["remark"]) == ("配偶 样乙", "第一行\n第二行")


def test_version_4(tmp_path: Path) -> None:
    found = only(clients_of(saved(tmp_path, CONTACTS_4.encode())))
    assert (found["name"], found["sex"]) == ("样丙", Sex.FEMALE)
    assert values_of(found, *PHONES) == ["13900000104", "021-63210000-801"]
    assert values_of(found, PointKind.EMAIL) == ["first@example.cn", "second@example.cn"]
    assert found["remark"] == "分组：同事、VIP"


def test_a_company_alone_is_an_institution(tmp_path: Path) -> None:
    sheet = clients_of(saved(tmp_path, COMPANY_ONLY.encode()))
    (row,) = sheet.rows
    assert (row.values["name"], row.values["kind"]) == (
        "样例物业管理有限公司", ClientKind.INSTITUTION,
    )  # fmt: skip
    assert "机构" in row.notes[0].reason


def test_a_company_under_its_own_name_is_an_institution(tmp_path: Path) -> None:
    for parts in (";;;;", ";样例物业;;;"):
        data = card(f"N:{parts}", "FN:样例物业", "ORG:样例物业", "TEL:02163210001")
        found = only(clients_of(saved(tmp_path, data)))
        assert (found["kind"], found.get("employer")) == (ClientKind.INSTITUTION, None)


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "gb18030", "utf-8", "big5"])
def test_an_old_telephone_in_its_own_charset(tmp_path: Path, charset: str) -> None:
    text = "樣" if charset == "big5" else "样"
    data = nokia(text, "丁", "13900000105", charset if charset != "big5" else "gb18030")
    if charset == "big5":
        head = f"N;CHARSET=BIG5;ENCODING=QUOTED-PRINTABLE:{quoted('樣丁', 'big5')};;;;"
        data = card(head, "TEL;CELL:13900000105", version="2.1")
    found = only(clients_of(saved(tmp_path, data)))
    assert found["name"] == f"{text}丁"
    assert values_of(found, PointKind.MOBILE) == ["13900000105"]
    if charset != "big5":
        assert found["remark"] == "喜欢长线，每周三下午方便"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_a_file_without_any_charset_in_it(tmp_path: Path, encoding: str) -> None:
    data = card("FN:样戊", "TEL;CELL:13900000106", "NOTE:上海陆家嘴", version="2.1",
                encoding=encoding)  # fmt: skip
    found = only(clients_of(saved(tmp_path, data)))
    assert (found["name"], found["remark"]) == ("样戊", "上海陆家嘴")


def test_a_charset_that_is_not_true_is_not_believed(tmp_path: Path) -> None:
    line = "N;CHARSET=UTF-8:样己;;;;".encode("gb18030")
    data = b"BEGIN:VCARD\nVERSION:2.1\n" + line + b"\nTEL:13900000107\nEND:VCARD\n"
    assert only(clients_of(saved(tmp_path, data)))["name"] == "样己"


@pytest.mark.parametrize("end", ["\r", "\r\r\n", "\n"])
def test_lines_may_end_in_any_way_and_be_folded_before_the_value(tmp_path: Path, end: str) -> None:
    lines = ["FN:样寅", "TEL;TYPE=CELL", " :13900", " 000120", "PHOTO;ENCODING=b:/9j", " AA=="]
    first = card(*lines).replace(b"\r\n", end.encode())
    sheet = clients_of(saved(tmp_path, first, card("FN:样卯", "TEL:13900000121")))
    assert names(sheet) == ["样寅", "样卯"]
    assert values_of(dict(sheet.rows[0].values), *PHONES) == ["13900000120"]


def test_a_file_of_taiwan_that_names_no_charset(tmp_path: Path) -> None:
    lines = ("FN:陳樣本", "ORG:範例公司", "NOTE:喜歡長線投資", "TEL:0912345678")
    found = only(clients_of(saved(tmp_path, card(*lines, encoding="big5"))))
    assert (found["name"], found["remark"]) == ("陳樣本", "喜歡長線投資")
    assert values_of(found, *PHONES) == ["+886912345678"]


def test_labels_and_relatives_that_android_and_outlook_write_their_own_way(tmp_path: Path) -> None:
    item = "X-ANDROID-CUSTOM:vnd.android.cursor.item"
    label = quoted("司机", "utf-8")
    path = saved(tmp_path, card(
        "FN:样辰", f"TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,{label}):13900000122",
        "TEL;X-儿子:13900000123", f"{item}/relation;样乙;14;;", f"{item}/relation;样丙;7;;",
        f"{item}/contact_event;2000-05-05;1;;", "X-MS-CHILD:样小辰", version="2.1",
    ))  # fmt: skip
    found = only(clients_of(path))
    assert found["point_notes"] == {"13900000122": "司机", "13900000123": "儿子"}
    assert found["family"] == "子女 样小辰；配偶 样乙"
    assert found["remark"] == "相关的人：样丙（上级）\n纪念日：2000-05-05"


def test_of_a_name_in_several_languages_the_chinese_one_counts(tmp_path: Path) -> None:
    path = saved(tmp_path, card(
        "FN;ALTID=1;LANGUAGE=en:Yang Si", "FN;ALTID=1;LANGUAGE=zh:样巳", "ORG;LANGUAGE=en:Sample",
        "N;ALTID=1;LANGUAGE=en:Yang;Si;;;", "N;ALTID=1;LANGUAGE=zh:样;巳;;;", "TEL:13900000124",
        "ORG;LANGUAGE=zh:示例公司", version="4.0",
    ))  # fmt: skip
    found = only(clients_of(path))
    assert (found["name"], found["employer"]) == ("样巳", "示例公司")


def test_a_line_folded_inside_a_character(tmp_path: Path) -> None:
    whole = "NOTE:这一条备注很长，手机在字的中间折行".encode()
    folded = b"\r\n ".join(whole[at : at + 20] for at in range(0, len(whole), 20))
    for version in (b"2.1", b"3.0"):
        data = b"BEGIN:VCARD\r\nVERSION:%s\r\nFN:A\r\nTEL:13900000108\r\n%s\r\nEND:VCARD\r\n"
        found = only(clients_of(saved(tmp_path, data % (version, folded))))
        assert found["remark"] == "这一条备注很长，手机在字的中间折行"


def test_pictures_of_every_kind_are_passed_over(tmp_path: Path) -> None:
    data = card(
        "PHOTO;JPEG;ENCODING=BASE64:/9j/4AAQ", "SkZJRgABAQAAAQABAAD/2wBD", "AAE=", "",
        "LOGO;ENCODING=b;TYPE=PNG:iVBORw0KGgo", " AAAANSUhEUg", "FN:样庚",
        "PHOTO:data:image/jpeg;base64,/9j/4AAQ", "TEL:13900000109",
    )  # fmt: skip
    found = only(clients_of(saved(tmp_path, data)))
    assert (found["name"], values_of(found, *PHONES)) == ("样庚", ["13900000109"])


def test_a_name_and_a_note_in_base64_are_read(tmp_path: Path) -> None:
    name, note = (b64encode(text.encode()).decode() for text in ("样;辛", "喜欢长线，周三方便"))
    data = card(
        f"N;CHARSET=UTF-8;ENCODING=BASE64:{name}", "TEL;CELL:13900000110",
        f"NOTE;ENCODING=b:{note[:8]}", f" {note[8:]}", "", "TITLE;ENCODING=B:*", version="2.1",
    )  # fmt: skip
    found = only(clients_of(saved(tmp_path, data)))
    assert (found["name"], found["remark"]) == ("样辛", "喜欢长线，周三方便")
    assert values_of(found, *PHONES) == ["13900000110"]


def test_what_android_hides_in_a_line_of_its_own(tmp_path: Path) -> None:
    nick = quoted("小辛", "utf-8")
    data = card(
        "N:辛;样;;;", "TEL;CELL:13900000110",
        f"X-ANDROID-CUSTOM;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:"
        f"vnd.android.cursor.item/nickname;{nick};1;;;;;;;;;;;;;",
        "X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;1970-05-06;3;;;;;;;;;;;;;",
        "X-ANDROID-CUSTOM:vnd.com.miui.cursor.item/lunarBirthday;1970-4-2;;;;;;;;;;;;;;",
        version="2.1",
    )  # fmt: skip
    found = only(clients_of(saved(tmp_path, data)))
    assert (found["name"], found["alias"]) == ("辛样", "小辛")
    assert found["birthday"] == date(1970, 5, 6)
    assert (found["lunar_month"], found["lunar_day"]) == (4, 2)


def test_days_and_numbers_under_names_of_their_own_are_kept(tmp_path: Path) -> None:
    label = quoted("农历生日", "utf-8")
    event = "vnd.android.cursor.item/contact_event"
    data = card(
        "FN:尉迟样", "N;CHARSET=UTF-8:尉迟;样;;;先生", "X-MS-TEL;VOICE;ASSISTANT:02163210004",
        "X-MS-TEL;VOICE;COMPANY:02163210005", "item1.X-ABDATE:2002-03-04",
        "item1.X-ABLabel:入职日", "X-MANAGERSNAME:样乙",
        f"X-ANDROID-CUSTOM;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{event};1968-08-15;0;{label};;",
        version="2.1",
    )  # fmt: skip
    found = only(clients_of(saved(tmp_path, data)))
    assert (found["lunar_month"], found["lunar_day"], found["sex"]) == (8, 15, Sex.MALE)
    assert values_of(found, PointKind.LANDLINE) == ["021-63210005", "021-63210004"]
    assert found["point_notes"] == {"021-63210004": "助理"}
    assert found["remark"] == "相关的人：样乙（上级）\n入职日：2002-03-04"
    huawei = card("FN:样丙", "TEL:13900000113", "X-HUAWEI-LUNAR-BDAY:1968-08-15")
    assert only(clients_of(saved(tmp_path, huawei)))["lunar_month"] == 8


def test_a_blank_behind_a_soft_break_and_a_western_charset(tmp_path: Path) -> None:
    about = "CHARSET={0};ENCODING=QUOTED-PRINTABLE"
    broken = card(f"FN;{about.format('UTF-8')}:=E6=A0=B7= ", "=E7=94=B2", version="2.1")
    western = card(f"FN;{about.format('ISO-8859-1')}:M=FCller", version="2.1")
    untrue = card(f"FN;{about.format('ISO-8859-1')}:=D1=F9=D2=D2", version="2.1")
    assert names(clients_of(saved(tmp_path, broken, western, untrue))) == ["样甲", "Müller", "样乙"]


@pytest.mark.parametrize(
    ("formatted", "parts", "name"),
    [
        ("张三", ["张", "三"], "张三"),
        ("三 张", ["张", "三"], "张三"),
        ("", ["张", "三", "", "", ""], "张三"),
        ("", ["", "张三"], "张三"),
        ("张 三", [], "张三"),
        ("王老师（二楼）", ["王", "老师"], "王老师（二楼）"),
        ("John Doe III", ["Doe", "John", "", "Mr.", "III"], "John Doe III"),
        ("", ["Doe", "John", "", "Mr.", "III"], "Mr. John Doe III"),
        ("13900000001", ["", "13900000001"], ""),
        ("a@example.cn", [], ""),
        ("", [], ""),
        ("（无姓名）", [], ""),
        ("No Name", ["No Name"], ""),
        (".", ["", "."], ""),
        ("", ["𠮷", "𡈽"], "𠮷𡈽"),
    ],
)
def test_the_name_is_what_people_would_say(formatted: str, parts: Sequence[str], name: str) -> None:
    assert name_of(formatted, parts) == name


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("19680415", "1968-04-15"),
        ("1968-04-15", "1968-04-15"),
        ("1968/4/5", "1968-04-05"),
        ("--0415", "--04-15"),
        ("--04-15", "--04-15"),
        ("04-15", "--04-15"),
        ("1604-04-15", "--04-15"),
        ("0000-04-15", "--04-15"),
        ("1968-04-15T00:00:00Z", "1968-04-15"),
        ("1968-04-14T16:00:00Z", "1968-04-15"),
        ("1987-06-30T15:00:00.000Z", "1987-07-01"),
        ("19680415T000000", "1968-04-15"),
        ("1968-04", "1968-04"),
        ("1968", "1968年"),
        ("大约春天", "大约春天"),
        ("9999-12-31T16:00:00Z", "9999-12-31"),
    ],
)
def test_a_birthday_however_it_is_written(written: str, cell: str) -> None:
    assert solar_cell(written) == cell


@pytest.mark.parametrize(
    ("written", "cell"),
    [("19680815", "8-15"), ("1968-8-15", "8-15"), ("--0815", "8-15"), ("八月十五", "八月十五"),
     ("1968-L4-15", "闰4-15"), ("46-閏07-15", "闰7-15"), ("46-04-15", "4-15")],
)  # fmt: skip
def test_a_lunar_birthday_however_it_is_written(written: str, cell: str) -> None:
    assert lunar_cell(written) == cell


@pytest.mark.parametrize(
    ("parts", "line"),
    [
        (["", "", "世纪大道1号", "浦东新区", "上海市", "200120", "中国"],
         "上海市浦东新区世纪大道1号 200120"),
        (["", "", "上海市浦东新区世纪大道1号", "浦东新区", "上海市", "", ""],
         "上海市浦东新区世纪大道1号"),
        (["", "502室", "南京路2号", "上海市", "上海市", "", ""], "上海市南京路2号502室"),
        (["", "", "银座1丁目", "中央区", "东京都", "", "日本"], "日本东京都中央区银座1丁目"),
        (["", "", "111 Main St", "NY", "New York", "10011", ""],
         "111 Main St, NY, New York 10011"),
        ([], ""),
    ],
)  # fmt: skip
def test_an_address_in_the_order_of_its_country(parts: list[str], line: str) -> None:
    assert address_line(parts) == line


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("139 0000, 0006", "13900000006"),
        ("tel:+86-139-0000-0008", "+86-139-0000-0008"),
        ("021-63210000,801", "021-63210000转801"),
        ("tel:+86-21-63210000;ext=801", "+86-21-63210000转801"),
        ("10086", "10086"),
        ("tel:63210007;phone-context=+86-21", "+86-21-63210007"),
        ("BusinessPhone", "BusinessPhone"),
    ],
)
def test_pauses_and_stray_commas_of_a_number(written: str, number: str) -> None:
    assert dialled(written) == number


def test_a_group_of_the_address_book_is_no_client(tmp_path: Path) -> None:
    data = card("N:同事", "FN:同事", "X-ADDRESSBOOKSERVER-KIND:group")
    assert "联系人分组" in reason(clients_of(saved(tmp_path, data)))
    room = card("KIND:location", "FN:会议室", "TEL:02163210009", version="4.0")
    assert "不是一个人" in reason(clients_of(saved(tmp_path, room)))


def test_a_wrong_birthday_costs_the_birthday_and_not_the_person(tmp_path: Path) -> None:
    data = card("FN:样壬", "TEL:13900000111", "BDAY:1968-02-30")
    (row,) = clients_of(saved(tmp_path, data)).rows
    assert row.values["name"] == "样壬"
    assert "2 月没有 30 日" in row.notes[0].reason
    assert not row.values.get("birthday")


def test_a_short_number_stays_as_it_is_and_is_told(tmp_path: Path) -> None:
    data = card("FN:样癸", "TEL;CELL:66123", "TEL:13900000112")
    (row,) = clients_of(saved(tmp_path, data)).rows
    assert values_of(dict(row.values), *PHONES) == ["13900000112", "66123"]
    assert "1 个号码的位数不对" in row.notes[0].reason
    assert "66123" not in row.notes[0].reason


# --- broken and hostile ----------------------------------------------------------------------


def test_a_program_that_writes_no_end(tmp_path: Path) -> None:
    data = b"BEGIN:VCARD\nFN:A\nTEL:13900000113\n" * 2 + b"END:VCARD\n"
    sheet = clients_of(saved(tmp_path, data))
    assert [row.faults for row in sheet.rows] == [(), ()]


def test_a_card_cut_off_at_the_end_of_the_file_is_reported(tmp_path: Path) -> None:
    data = card("FN:样甲", "TEL:13900000114") + b"BEGIN:VCARD\nFN:\xe6\xa0\xb7\nTEL:139000"
    sheet = clients_of(saved(tmp_path, data))
    assert sheet.rows[0].faults == ()
    assert "可能被截断" in sheet.rows[1].faults[-1].reason


def test_a_card_inside_a_card_is_not_a_contact(tmp_path: Path) -> None:
    inner = "\r\n".join(["AGENT:", "BEGIN:VCARD", "FN:秘书", "TEL:13900000115", "END:VCARD"])
    data = card("FN:样乙", inner, "TEL:13900000116", version="2.1")
    found = only(clients_of(saved(tmp_path, data)))
    assert (found["name"], values_of(found, *PHONES)) == ("样乙", ["13900000116"])


def test_nul_bytes_in_between_are_left_out(tmp_path: Path) -> None:
    data = card("FN:样\0丙", "TEL:139\x0000000117")
    assert only(clients_of(saved(tmp_path, data)))["name"] == "样丙"


def test_a_name_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    data = b"BEGIN:VCARD\nVERSION:3.0\nFN:\xff\xfe\xc3\nTEL:13900000118\nEND:VCARD\n"
    assert "读不出的字符" in reason(clients_of(saved(tmp_path, data)))


def test_a_line_of_many_megabytes_is_no_harm(tmp_path: Path) -> None:
    data = card("FN:样丁", "TEL:13900000119", "NOTE:" + "长" * 3_000_000)
    (row,) = clients_of(saved(tmp_path, data)).rows
    assert row.values["name"] == "样丁"
    assert "最多 1000000 字" in row.notes[0].reason


def test_an_empty_card_at_the_beginning_is_reported_too(tmp_path: Path) -> None:
    sheet = clients_of(saved(tmp_path, card("N:;;;"), card("FN:样甲", "TEL:13900000120")))
    assert [(row.row, bool(row.faults)) for row in sheet.rows] == [(1, True), (2, False)]


def test_a_file_without_a_card_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(ImportRejectedError):
        clients_of(saved(tmp_path, b"BEGIN:VCALENDAR\nEND:VCALENDAR\n"))


def test_too_many_megabytes_are_refused_with_the_remedy() -> None:
    with pytest.raises(ImportRejectedError, match="不带头像导出"):
        read_vcards(card("FN:A"), "通讯录", ReadingLimits(card_bytes=10))


@given(st.binary(max_size=400))
@example(junk="BEGIN".encode("utf-16-le"))
def test_any_bytes_between_two_cards_leave_both_alone(junk: bytes) -> None:
    data = card("FN:甲", "TEL:1") + junk.replace(b":", b"") + b"\n" + card("FN:乙", "TEL:2")
    table = read_vcards(data, "通讯录", ReadingLimits())
    assert {"甲", "乙"} <= {row[0] for row in table.rows}


@given(st.lists(st.sampled_from([
    b"BEGIN:VCARD", b"END:VCARD", b"VERSION:2.1", b"VERSION:3.0", b"FN:\xe7\x94\xb2", b"N:;;;",
    b"TEL;CELL:1390000", b"TEL;:", b"NOTE;ENCODING=QUOTED-PRINTABLE:=E7=94=", b"=B2", b" folded",
    b"PHOTO;ENCODING=BASE64:/9j/", b"AGENT:", b"ADR:;;;", b'X;A="b:c', b"", b"=", b"item1.TEL:1",
    b"BDAY:00000000", b"BDAY;X-A=1:2026-02-30T16:00:00Z", b"X-ALTBDAY:99", b"IMPP:qq:", b"ORG:",
]), max_size=30))  # fmt: skip
def test_any_order_of_lines_is_read_without_failing(lines: list[bytes]) -> None:
    table = read_vcards(b"\n".join(lines), "通讯录", ReadingLimits())
    assert len(table.rows) <= 1 + lines.count(b"BEGIN:VCARD")
