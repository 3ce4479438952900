"""A client list from any sheet: every client right, every faulty cell named."""

from __future__ import annotations

import json
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from advisorcrm.errors import ImportRejectedError
from advisorcrm.imports.client_list import ClientListFile, recognise_clients
from advisorcrm.imports.client_sheet import ClientSheet
from advisorcrm.imports.raw_table import RawTable, Span
from advisorcrm.imports.reading import read_tables
from advisorcrm.terms import BirthdayKept, IdDocument, PointKind, Sex
from tests.imports.sheets import (
    BOOK,
    EXPECTED,
    REAL,
    TODAY,
    clients_of,
    only,
    reason,
    recognised,
    workbook,
)

TIERS = {"银卡": "silver", "金卡": "gold", "白金卡": "platinum"}
NAUGHTY = [
    text
    for text in json.loads((REAL / "bad" / "blns.json").read_text(encoding="utf-8"))
    if text.strip()
]


def points(values: dict[str, Any], kind: PointKind) -> list[str]:
    return [value for found, value in values["points"] if found is kind]


@pytest.mark.req("R71")
def test_the_branch_list_gives_exactly_its_clients() -> None:
    sheet = clients_of(REAL / "excel" / "高端客户明细表_a.xlsx")
    truth = EXPECTED["excel/高端客户明细表_a.xlsx"]["facts"]["clients_truth"]
    found = [
        {
            "row": row.row,
            "name": row.values["name"],
            "account": row.values["account"],
            "mobile": row.values["points"][0][1],
            "birthday": str(row.values["birthday"]),
            "type": {code: word for word, code in TIERS.items()}[row.values["tier"]],
            "opened": str(row.values["opened_on"]),
            "assets": row.values["assets_fen"],
            "commission": row.values["commission_ppm"],
        }
        for row in sheet.rows
    ]
    expected = [
        {name: client[name] for name in ("row", "name", "account", "mobile", "birthday", "type",
                                         "opened")}
        | {
            "assets": int(Decimal(client["assets_wan"]) * 1_000_000),
            "commission": int(Decimal(client["commission_permille"]) * 1_000),
        }
        for client in truth
    ]  # fmt: skip
    assert found == expected
    assert [row.faults for row in sheet.rows] == [()] * 24
    assert sheet.rows[4].values["remark"] == "=1+1"
    assert sheet.rows[5].values["remark"] == "第一行\n第二行"


def test_remarks_that_look_like_formulas_come_back_character_by_character() -> None:
    sheet = clients_of(REAL / "bad" / "formula_clients_gbk.csv")
    assert [row.values["remark"] for row in sheet.rows] == [
        "=1+1", "-1+1", '=HYPERLINK("http://example.invalid/?"&A1,"点我")', "\r=1+1", "＝1+1",
        "0=1+1", "'=1+1", "%0A=1+1", "-5.2%", "-张样",
    ]  # fmt: skip
    assert sheet.encoding == "gb18030"


def test_a_remark_too_long_for_a_cell_is_taken_whole() -> None:
    sheet = clients_of(REAL / "bad" / "huge_cell.csv")
    assert [(len(row.values["remark"]), row.faults) for row in sheet.rows] == [
        (200_000, ()), (1, ()),
    ]  # fmt: skip


def test_an_open_quote_is_told_with_its_line() -> None:
    sheet = clients_of(REAL / "bad" / "quotes_unbalanced.csv")
    assert [(row.values["name"], len(row.faults)) for row in sheet.rows] == [
        ("样甲", 1), ("样乙", 0), ("样丙", 0),
    ]  # fmt: skip
    assert "第 2 行" in sheet.rows[0].faults[0].reason


def test_contacts_of_a_mail_program_become_clients() -> None:
    sheet = clients_of(REAL / "contacts" / "outlook_zh_gb2312.csv")
    assert len(sheet.rows) == 25
    assert not any(row.faults for row in sheet.rows)
    first, fourth = sheet.rows[0].values, sheet.rows[3].values
    assert (first["name"], first["birthday"]) == ("仇示癸", date(1975, 2, 28))
    assert points(dict(first), PointKind.MOBILE) == ["13900010000"]
    assert first["remark"] == '第一行\r\n第二行"引号"，逗号\n分组：VIP、白金卡'
    assert (first["employer"], first["sex"]) == ("示例有限公司", Sex.MALE)
    assert (fourth["name"], fourth["birthday"]) == ("查测", None)
    assert sheet.rows[2].values["name"] == "只有名"
    born = [row.values["birthday"] for row in sheet.rows]
    assert sum(1 for day in born if day and (day.month, day.day) == (2, 29)) == 3


def test_contacts_of_a_telephone_become_clients() -> None:
    sheet = clients_of(REAL / "contacts" / "google_contacts_new.csv")
    assert len(sheet.rows) == 22
    assert not any(row.faults for row in sheet.rows)
    first = dict(sheet.rows[0].values)
    assert (first["name"], first["birthday_month_day"]) == ("朴演辛", "02-29")
    assert points(first, PointKind.MOBILE) == ["13900030000"]
    assert points(first, PointKind.LANDLINE) == ["010-00000000"]
    two = [row for row in sheet.rows if len(points(dict(row.values), PointKind.LANDLINE)) == 1]
    assert len(two) == 6
    assert ["日期“1988-12”没有日，没有导入。"] in [[n.reason for n in r.notes] for r in sheet.rows]


@pytest.mark.parametrize(
    "name",
    ["converter03.xls", "dataformat.xlsx", "date_1904.xls", "extra_merged_comment_link.xlsx",
     "merge_cells.xls", "t01_instruction_row_then_header.xls", "demo_utf8_bom.csv", "no_bom.csv"],
)  # fmt: skip
def test_a_sheet_that_is_no_client_list_is_refused_in_words(name: str) -> None:
    with pytest.raises(ImportRejectedError, match="没有找到客户表的表头"):
        clients_of(REAL / "excel" / name)


@pytest.mark.parametrize("text", NAUGHTY)
def test_every_naughty_string_survives_as_a_remark(text: str) -> None:
    sheet = recognised(["客户姓名", "资金账号", "备注"], ["样甲", "990001", text])
    (row,) = sheet.rows
    assert row.faults == ()
    kept = row.values["remark"]
    assert kept == text or (row.notes and set(text) - set(kept))


def test_injected_formulas_survive_as_names_and_remarks() -> None:
    lines = (REAL / "bad" / "csv_injection_payloads.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        values = only(recognised(["客户姓名", "资金账号", "备注"], [line, "990001", line]))
        assert (values["name"], values["remark"]) == (" ".join(line.split()), line)


@pytest.mark.req("R146")
@pytest.mark.parametrize(
    ("heading", "cell", "words"),
    [
        ("资金账号", 1.2e17, "科学计数"),
        ("资金账号", "9.9E+11", "科学计数"),
        ("资金账号", "账号", "只能有数字"),
        ("手机", "1390000000", "10 位"),
        ("证件号码", "110105194912310021", "校验码应为 X"),
        ("证件号码", "110105202611280020", "在今天之后"),
        ("电子邮件", "zhangsan.example.cn", "@"),
        ("出生日期", "2023-02-29", "没有 29 日"),
        ("出生日期", "2027-01-01", "晚于今天"),
        ("总资产", "2024-01-05", "不是数字"),
        ("客户姓名", True, "不是姓名"),
        ("客户姓名", "暂无", "没有客户姓名"),
        ("风险测评日期", "2027-01-01", "晚于今天"),
        ("佣金(‰)", "90", "30‰"),
        ("佣金", "万2.5或3", "看不懂佣金"),
        ("手机", date(2020, 1, 1), "不是号码"),
        ("手机", "王先生", "数字以外的内容"),
        ("职业", "长" * 121, "最多 120 字"),
    ],
)
def test_a_faulty_cell_is_named_with_row_heading_and_reason(
    heading: str, cell: object, words: str
) -> None:
    row = {"客户姓名": "样甲", "资金账号": "990001", "手机": "", heading: cell}
    sheet = recognised(["标题"], list(row), list(row.values()), first_row_number=5)
    (fault,) = sheet.rows[0].faults
    assert (fault.row, fault.column) == (7, heading)
    assert words in fault.reason


@pytest.mark.parametrize(
    ("heading", "cell", "field", "value", "note"),
    [
        ("佣金率", "万2.5免五", "commission_ppm", 250, "只导入了费率"),
        ("佣金率", "净佣万1.5（含规费，最低5元）", "commission_ppm", 150, "只导入了费率"),
        ("佣金率", "免五", "commission_ppm", None, "没有写费率"),
        ("佣金率", "不免5", "commission_ppm", None, "没有写费率"),
        ("佣金率", "待定", "commission_ppm", None, "没有写费率"),
        ("佣金率", "万1.5不免五", "commission_ppm", 150, "只导入了费率"),
        ("佣金率", "万一免五", "commission_ppm", 100, "只导入了费率"),
        ("佣金率", "万2.5（2024年1月起）", "commission_ppm", 250, "只导入了费率"),
        ("佣金率", "0.3‰最低5元", "commission_ppm", 300, "只导入了费率"),
        ("佣金率", "千1", "commission_ppm", 1000, ""),
        ("佣金(万分之)", "2.5免五", "commission_ppm", 250, "只导入了费率"),
        ("佣金率", "万2.5-万3", "commission_ppm", None, "不是一个费率"),
        ("佣金率", "股票万2，基金万2", "commission_ppm", 200, "只导入了费率"),
        ("证件类型", "身份证（二代）", "id_document", IdDocument.ID_CARD, ""),
        ("证件有效期", "至2030年1月1日", "id_expires_on", date(2030, 1, 1), ""),
        ("证件有效期", "2030-01-01止", "id_expires_on", date(2030, 1, 1), ""),
        ("【总资产】(单位:万元)", 10, "assets_fen", 10_000_000, ""),
        ("总资产", "100.5万人民币", "assets_fen", 100_500_000, ""),
        ("总资产(万元)", "约50", "assets_fen", 50_000_000, "约数"),
        ("总资产", "50万元（估）", "assets_fen", 50_000_000, "约数"),
        ("总资产", "——", "assets_fen", None, ""),
        ("总资产", "约五百万", "assets_fen", 500_000_000, "约数"),
        ("总资产", "50-100万", "assets_fen", None, "请补填"),
        ("总资产", "100万以上", "assets_fen", None, "请补填"),
        ("总资产/万元", "1,234.5", "assets_fen", 1_234_500_000, ""),
        ("佣金：万分之", 2.5, "commission_ppm", 250, ""),
        ("开户日期", "2024年1月", "opened_on", None, "没有日"),
        ("开户日期", 202401, "opened_on", None, "没有日"),
        ("性别", "0", "sex", None, "含义不同"),
        ("客户号", "NULL", "client_no", None, ""),
        ("开户日期", "NaT", "opened_on", None, ""),
        ("性别", "0-男", "sex", Sex.MALE, ""),
        ("证件类型", "00:身份证", "id_document", IdDocument.ID_CARD, ""),
        ("总资产", "不详", "assets_fen", None, ""),
        ("身份证号", "身份证：11010519491231002x", "id_number", "11010519491231002X", ""),
        ("证件类型", "台湾居民居住证", "id_document", IdDocument.OTHER, ""),
    ],
)
def test_a_figure_among_words_is_taken_and_the_words_are_told(
    heading: str, cell: object, field: str, value: object, note: str
) -> None:
    (row,) = recognised(["客户姓名", "资金账号", heading], ["样甲", "990001", cell]).rows
    assert (row.faults, row.values.get(field)) == ((), value)
    assert note in "".join(told.reason for told in row.notes)
    assert bool(note) == bool(row.notes)


def test_sex_by_zero_and_one_is_not_guessed_but_by_one_and_two_it_is() -> None:
    def sexes(*codes: object) -> list[object]:
        lines = [[f"样{at}", f"99000{at}", code] for at, code in enumerate(codes)]
        rows = recognised(["客户姓名", "资金账号", "性别"], *lines).rows
        return [row.values.get("sex") for row in rows]

    assert sexes(0, 1, "男") == [None, None, Sex.MALE]
    assert sexes(0, 1, 2) == [None, Sex.MALE, Sex.FEMALE]


def test_all_faults_of_a_row_are_told() -> None:
    sheet = recognised(
        ["客户姓名", "资金账号", "手机", "生日", "客户类型"],
        ["", "9901x!", "123456789", "昨天", "钻石"],
    )
    assert [fault.column for fault in sheet.rows[0].faults] == [
        "资金账号", "手机", "生日", "客户类型", "客户姓名",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "account"),
    [
        ("000123456789", "000123456789"), (990000000007.0, "990000000007"),
        ('="000123"', "000123"), ("'000123", "000123"), ("９９０００１", "990001"),
        ("9900 0001", "99000001"), ("990001.0", "990001"), ("A-100200", "A-100200"),
    ],
)  # fmt: skip
def test_an_account_is_text_with_its_zeros(cell: object, account: str) -> None:
    assert only(recognised(["客户姓名", "资金账号"], ["样甲", cell]))["account"] == account


def test_masked_cells_mean_unchanged() -> None:
    values = only(
        recognised(
            ["客户姓名", "客户号", "资金账号", "手机", "电子邮件", "证件号码", "联系地址", "备注"],
            ["张*", "LSL-0001", "****3456", "138****5678", "z***n@126.com", "110*********1234",
             "济南市历下区******", "评分 ***"],
        )
    )  # fmt: skip
    assert values == {"client_no": "LSL-0001", "points": [], "remark": "评分 ***"}


def test_a_masked_account_alone_names_nobody() -> None:
    sheet = recognised(
        ["客户姓名", "资金账号", "手机"], ["样甲", "****3456", ""], ["样乙", "990002", ""]
    )
    assert "掩码" in sheet.rows[0].faults[0].reason
    assert sheet.rows[1].faults == ()


def test_a_client_without_account_is_a_fault_where_others_have_one() -> None:
    sheet = recognised(["资金账号", "客户姓名"], ["990001", "样甲"], ["", "样乙"])
    (fault,) = sheet.rows[1].faults
    assert (fault.column, fault.reason) == ("资金账号", "没有资金账号。")
    without = recognised(["资金账号", "客户姓名", "手机"], ["", "样甲", "13900000001"])
    assert without.rows[0].faults == ()


@pytest.mark.parametrize(
    "footer",
    [
        ["合计", "24户", "", 11420.87], ["", "小　计", "", 3.0], ["审核人：", "", "", ""],
        ["制表人：样", "", "", ""], ["共 3 户", "", "", ""], ["#数据来源:通达信", "", "", ""],
        ["说明：以上数据截至十月", "", "", ""], ["", "", "", ""], ["7", "", "", ""],
        ["序号", "客户姓名", "资金账号", "总资产"], ["必填", "必填", "文本", "数值"],
        ["部门负责人签字：", "", "经办：", ""], ["", "", "2026年11月20日", ""], ["①", "②", "③", "④"],
        ["1", "A", "B", "C"], ["", date(2026, 11, 20), "", ""],
        ["", "—以下空白—", "", ""], ["", "户数", 1, ""], ["", "", "", 0], ["3", "-", "-", "-"],
    ],
)  # fmt: skip
def test_totals_signatures_blanks_and_repeated_heads_are_no_clients(footer: list[Any]) -> None:
    sheet = recognised(
        ["序号", "客户姓名", "资金账号", "总资产"], ["1", "样甲", "990001", 1.5], footer,
        ["2", "样乙", "990002", 2.5],
    )  # fmt: skip
    assert [row.values["name"] for row in sheet.rows] == ["样甲", "样乙"]
    assert not any(row.faults for row in sheet.rows)


def test_what_ends_a_group_inside_the_list_is_no_client() -> None:
    sheet = recognised(
        ["客服专员", "客户姓名", "Account No.", "总资产"],
        ["王经理", "样甲", "990001", 1.0], ["王经理 小计", "", "", 1.0],
        ["李经理", "汇总", "990002", 2.0], ["李经理 汇总", "", "", 2.0], ["甲组合计", "990003", "990003", 3.0],
        ["王经理", "样乙", "", 4.0], ["总计数", 2, "", 7.0],
    )  # fmt: skip
    assert [row.values["name"] for row in sheet.rows] == ["样甲", "汇总", "990003", "样乙"]
    assert [row.row for row in sheet.rows if row.faults] == [7]  # 样乙 alone lacks an account


def test_words_behind_a_date_are_told_and_who_was_not_tested_has_no_level() -> None:
    head = ["客户姓名", "资金账号", "开户日期", "风险等级"]
    taken, undated = recognised(
        head,
        ["样甲", "990001", "2020-01-02（补）", "未测评"],
        ["样乙", "990002", "（待查）", "未登记"],
    ).rows
    assert taken.values["opened_on"] == date(2020, 1, 2)
    assert taken.values["risk_level"] is None
    assert [note.reason[-8:] for note in taken.notes] == ["，只导入了日期。"]
    assert [fault.column for fault in undated.faults] == ["开户日期"]


def test_the_title_of_a_part_of_the_list_is_no_client() -> None:
    sheet = recognised(
        ["客户姓名", "资金账号", "手机"],
        ["一、白金卡客户"], ["样甲", "990001", ""], ["金卡（1 户）客户", "", ""], ["样乙", "990002", ""],
        ["客服专员：样丙"], ["样丁", "990003", ""], ["样戊", "", ""],
    )  # fmt: skip
    assert [row.values["name"] for row in sheet.rows] == ["样甲", "样乙", "样丁", "样戊"]


def test_a_client_whose_name_begins_like_a_total_is_a_client_and_an_example_is_none() -> None:
    sheet = recognised(
        ["备注", "客户姓名", "资金账号", "总资产"], ["", "例：张样", "123456", 1.0],
        ["以上均已核对", "样甲", "990001", 1.0], ["", "统计样", "990002", 1.5],
        ["", "平均样", 990003, 2.0], ["", "总计", 1000, 4.5], ["", "审核：样丙", "990004", ""],
    )  # fmt: skip
    assert [row.values["name"] for row in sheet.rows] == ["样甲", "统计样", "平均样"]


def test_an_address_in_parts_reads_as_its_country_writes_it() -> None:
    sheet = recognised(
        ["客户姓名", "资金账号", "省份", "城市", "联系地址"],
        ["样甲", "990001", "山东省", "济南市", "山东省济南市经十路1号"],
        ["Jane", "990002", "SD", "Jinan", "1 Main Road"],
    )
    assert [row.values["address"] for row in sheet.rows] == [
        "山东省济南市经十路1号", "1 Main Road, Jinan, SD",
    ]  # fmt: skip


def test_a_cell_merged_over_clients_counts_for_each() -> None:
    table = RawTable(
        "表",
        [["客户姓名", "资金账号", "客服专员"], ["样甲", "1001", "林样"], ["样乙", "1002", ""]],
        merged=(Span(1, 2, 2, 2),),
    )
    sheet = recognise_clients([table], ClientListFile(Path("a.xlsx"), BOOK, TODAY))
    assert [row.values["advisor"] for row in sheet.rows] == ["林样", "林样"]


def test_birthdays_of_our_own_list_come_back() -> None:
    values = only(
        recognised(
            ["客户姓名", "资金账号", "生日（公/农）", "出生日期", "农历生日", "过生日"],
            ["样甲", "990001", "农十月十五", "1964-11-18", "十月十五", "过农历"],
        )
    )
    assert values["birthday"] == date(1964, 11, 18)
    assert (values["lunar_month"], values["lunar_day"], values["lunar_is_leap"]) == (10, 15, False)
    assert values["birthday_kept"] is BirthdayKept.LUNAR


@pytest.mark.parametrize(
    ("cell", "expires", "permanent"),
    [
        ("2030-01-01", date(2030, 1, 1), False), ("长期", None, True),
        ("2010.01.01-2030.01.01", date(2030, 1, 1), False),
        ("20100101至20300101", date(2030, 1, 1), False),
    ],
)  # fmt: skip
def test_an_expiry_may_be_a_span_or_for_ever(
    cell: str, expires: date | None, permanent: bool
) -> None:
    values = only(recognised(["客户姓名", "资金账号", "证件有效期"], ["样甲", "990001", cell]))
    assert (values["id_expires_on"], values.get("id_is_permanent", False)) == (expires, permanent)


def test_numbers_of_several_columns_stand_together_once() -> None:
    values = only(
        recognised(
            ["客户姓名", "手机", "联系电话", "固定电话", "邮箱", "微信", "其他联系方式"],
            ["样甲", 13900000001.0, "13900000001、021-63210000", "-", "a@example.cn；b@example.cn",
             "wx_1", "手机 13900000009\n电子邮箱 c@example.cn"],
        )
    )  # fmt: skip
    assert values["points"] == [
        (PointKind.MOBILE, "13900000001"), (PointKind.LANDLINE, "021-63210000"),
        (PointKind.EMAIL, "a@example.cn"), (PointKind.EMAIL, "b@example.cn"),
        (PointKind.WECHAT, "wx_1"), (PointKind.MOBILE, "13900000009"),
        (PointKind.EMAIL, "c@example.cn"),
    ]  # fmt: skip


def test_words_beside_numbers_and_addresses_become_their_remarks() -> None:
    values = only(
        recognised(
            ["客户姓名", "手机", "邮箱", "备用电话"],
            ["样甲", "13900000001（儿子）", "样甲 <a@example.cn>", "13900000002 转 8001"],
        )
    )
    assert values["points"] == [
        (PointKind.MOBILE, "13900000001"), (PointKind.EMAIL, "a@example.cn"),
        (PointKind.MOBILE, "13900000002"),
    ]  # fmt: skip
    assert values["point_notes"] == {
        "13900000001": "儿子", "a@example.cn": "样甲", "13900000002": "转 8001",
    }  # fmt: skip


@pytest.mark.parametrize(
    "cell", ["1970-8-15", "1970年8月15日", "1970年农历八月十五", date(1970, 8, 15)]
)
def test_a_lunar_birthday_with_its_year_is_the_day_it_was(cell: object) -> None:
    values = only(recognised(["客户姓名", "资金账号", "农历生日"], ["样甲", "990001", cell]))
    assert (values["lunar_month"], values["lunar_day"]) == (8, 15)
    assert values["birthday"] == date(1970, 9, 15)
    assert "birthday_kept" not in values


def test_a_number_partly_in_full_width_is_kept_in_plain_digits() -> None:
    values = only(recognised(["客户姓名", "资金账号", "手机"], ["样甲", "990001", "139０0005021"]))
    assert values["points"] == [(PointKind.MOBILE, "13900005021")]


def test_the_amounts_below_a_group_count_in_its_unit() -> None:
    sheet = recognised(
        ["客户姓名", "资金账号", "资产（万元）", ""],
        ["", "", "总资产", "市值"],
        ["样甲", "990001", 100, 50],
        merged=(Span(0, 0, 1, 0), Span(0, 1, 1, 1), Span(0, 2, 0, 3)),
    )
    assert only(sheet)["assets_fen"] == 100_000_000
    assert sheet.layouts[""][2] == "总资产（万元）"


@pytest.mark.parametrize(
    ("name", "account", "column", "words"),
    [
        (date(2020, 1, 1), "990001", "客户姓名", "不是姓名"),
        (time(10, 30), "990001", "客户姓名", "不是姓名"),
        ("样甲", date(2020, 1, 1), "资金账号", "不是号码"),
        ("样甲", 12, "资金账号", "3 到 40 位"),
        ("样甲", 0, "资金账号", "没有资金账号"),
    ],
)
def test_a_day_or_a_figure_is_neither_a_name_nor_an_account(
    name: object, account: object, column: str, words: str
) -> None:
    rows = recognised(
        ["客户姓名", "资金账号", "手机"],
        ["样乙", "990002", "13900000002"],
        [name, account, "13900000001"],
    ).rows
    (fault,) = rows[1].faults
    assert fault.column == column
    assert words in fault.reason


@pytest.mark.parametrize("units", [("万元", "万分之"), ("（万元）", "（万分之）")])
def test_a_line_of_units_below_the_headings_belongs_to_them(units: tuple[str, str]) -> None:
    sheet = recognised(
        ["客户姓名", "资金账号", "总资产", "佣金率"],
        ["", "", *units],
        ["样甲", "990001", 100, 2.5],
    )
    values = only(sheet)
    assert (values["assets_fen"], values["commission_ppm"]) == (100_000_000, 250)
    assert [column.heading for column in sheet.columns[2:]] == ["总资产", "佣金率"]
    assert sheet.layouts[""][2:] == ("总资产（万元）", "佣金率（万分之）")


@pytest.mark.parametrize("text", ["空号", "（停机）", "本人拒绝提供", "手机已停机", "见备注"])
def test_who_cannot_be_called_is_a_client_all_the_same(text: str) -> None:
    (row,) = recognised(["客户姓名", "资金账号", "手机"], ["样甲", "990001", text]).rows
    assert (row.faults, row.values["points"]) == ((), [])
    assert "不是电话号码" in row.notes[0].reason


@pytest.mark.parametrize(
    "headings",
    [
        ("资金账号（信用）", "资金账号"),
        ("资金帐号(辅)", "资金帐号(主)"),
        ("信用资金账号", "主账号"),
        ("期权账号", "资金账号1"),
    ],
)
def test_of_several_accounts_the_main_one_is_taken(headings: tuple[str, str]) -> None:
    sheet = recognised(["客户姓名", *headings, "手机"], ["样甲", "880001", "990001", ""])
    assert only(sheet)["account"] == "990001"


def test_a_line_with_more_cells_than_headings_is_not_pushed_aside(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("姓名,资金账号,备注\n样甲,990001,一,二\n样乙,990002,三\n", encoding="utf-8")
    sheet = clients_of(path)
    assert "比表头多" in sheet.rows[0].faults[0].reason
    assert sheet.rows[1].faults == ()


def test_two_lists_in_one_workbook_are_both_read(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        [["客户姓名", "资金账号"], ["样甲", "990001"]],
        [["说明"], ["这一页没有客户"]],
        [["标题"], ["姓名", "账号", "手机"], ["样乙", "990002", "1390000000"]],
    )
    sheet = clients_of(path)
    assert [(row.sheet, row.row, row.values["name"]) for row in sheet.rows] == [
        ("表1", 2, "样甲"), ("表3", 3, "样乙"),
    ]  # fmt: skip
    assert sheet.rows[1].faults[0].sheet == "表3"


def test_only_the_sheets_that_were_named_are_taken(tmp_path: Path) -> None:
    head = ["客户姓名", "资金账号"]
    path = workbook(
        tmp_path / "a.xlsx",
        *([head, [f"样{number}", f"99000{number}"]] for number in range(1, 4)),
        [["说明"], ["这一页没有客户"]],
    )
    book = load_workbook(path)
    book["表3"].sheet_state = "hidden"
    book.save(path)
    tables = read_tables(path)

    def taken(*names: str) -> ClientSheet:
        file = ClientListFile(path, BOOK, TODAY, sheets=frozenset(names))
        return recognise_clients(tables, file)

    assert list(taken().offers) == [
        ("表1", True, False), ("表2", True, False), ("表3", False, True),
    ]  # fmt: skip
    for names, read, left_out in (
        ((), ("表1", "表2"), ("表3", "表4")),
        (("表2",), ("表2",), ("表1", "表3", "表4")),
        (("表1", "表3 "), ("表1", "表3"), ("表2", "表4")),
    ):
        sheet = taken(*names)
        assert (sheet.sheet_names, sheet.left_out) == (read, left_out)
        assert [row.values["name"] for row in sheet.rows] == [f"样{name[1]}" for name in read]
    with pytest.raises(ImportRejectedError, match="没有工作表“表9”，只有：表1、表2、表3、表4"):
        taken("表1", "表9")
    with pytest.raises(ImportRejectedError, match="没有找到客户表的表头"):
        taken("表4")


def test_a_list_without_rows_is_refused() -> None:
    with pytest.raises(ImportRejectedError, match="没有客户"):
        recognised(["客户姓名", "资金账号"], ["合计", ""])


def test_the_mapping_page_gets_masked_samples(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        [
            ["客户姓名", "资金账号", "手机", "血型"],
            ["何样康", "010012346037", "13900005678", "A型"],
        ],
    )
    assert [(column.heading, column.field, column.sample) for column in clients_of(path).columns] == [
        ("客户姓名", "name", "何*康"), ("资金账号", "account", "0100****6037"),
        ("手机", "mobile", "139****5678"), ("血型", "", "A型"),
    ]  # fmt: skip


def test_a_column_is_mapped_by_hand(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", [["客户姓名", "资金账号", "学历"], ["样甲", "990001", "本科"]]
    )
    sheet = clients_of(path, 学历="remark")
    assert sheet.rows[0].values["remark"] == "本科"


def test_a_number_of_the_wrong_document_is_told() -> None:
    sheet = recognised(
        ["客户姓名", "资金账号", "证件类型", "证件号码"], ["样甲", "990001", "身份证", "E12345678"]
    )
    assert "18 位" in reason(sheet)
    values = only(
        recognised(["客户姓名", "资金账号", "证件号码"], ["样甲", "990001", "32010219010315003x"])
    )
    assert (values["id_number"], values["id_document"]) == ("32010219010315003X", "id_card")


def test_a_second_column_for_the_same_field_is_shown_as_left_alone() -> None:
    sheet = recognised(
        ["客户姓名", "资金账号", "备注", "其他说明", "手机", "手机2"],
        ["样甲", "990001", "一", "二", "13900000001", "13900000002"],
    )
    assert sheet.ignored == ["其他说明"]
    assert sheet.rows[0].values["remark"] == "一"
    assert len(sheet.rows[0].values["points"]) == 2


def test_an_account_shown_with_leading_zeros_keeps_them(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append([None, "客户姓名", "资金账号", "总资产"])
    sheet.append([None, "样甲", 123456, 5])
    sheet["C2"].number_format = "000000000000"
    book.save(tmp_path / "a.xlsx")
    (row,) = clients_of(tmp_path / "a.xlsx").rows
    assert (row.values["account"], row.values["assets_fen"]) == ("000000123456", 500)
