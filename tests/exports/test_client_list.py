from __future__ import annotations

import re
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.errors import CancelledError
from advisorcrm.exports.client_list import (
    ClientListRequest,
    client_list_sheet,
    export_client_list,
    register_client_list,
)
from advisorcrm.exports.long_list import HEADING_ROW
from advisorcrm.exports.sheet import Sheet
from advisorcrm.services.clients.clients import ClientFilter, ClientOrder
from advisorcrm.terms import BirthdayKept, IdDocument, PointKind, RiskLevel, Sex
from tests.conftest import rows
from tests.factories import NOW, People, make_client

PRESCRIBED = [
    "客户类型", "投资偏好", "交易习惯", "服务需求", "理财需求（内容）", "理财需求（方式）",
    "交易方式", "佣金现状‰",
]  # fmt: skip
FULL = {
    "name": "欧阳文静",
    "account": "010000007715",
    "client_no": "LSL-9001",
    "alias": "欧阳老师",
    "sex": Sex.FEMALE,
    "tier": "platinum",
    "investment_preference": "成长；电气",
    "trading_habit": "hold",
    "service_need": "accepts",
    "wealth_content": ("research", "stock_picks"),
    "wealth_way": ("sms", "mail"),
    "trading_way": ("on_site", "online"),
    "commission_ppm": 250,
    "assets_fen": 628_400_050,
    "address": "济南市历下区历山路 128 号 3 号楼",
    "convenient_time": "16:00 后",
    "contact_every_days": 14,
    "risk_level": RiskLevel.C3,
    "risk_tested_on": date(2025, 3, 1),
    "risk_expires_on": date(2027, 3, 1),
    "id_document": IdDocument.ID_CARD,
    "id_number": "11010519491231002X",
    "id_is_permanent": True,
    "birthday": date(1949, 12, 31),
    "lunar_month": 10,
    "lunar_day": 15,
    "birthday_kept": BirthdayKept.LUNAR,
    "occupation": "医生",
    "hobbies": "钓鱼",
    "personality": "谨慎",
    "opened_on": date(2008, 5, 6),
    "remark": "助理 13500000009\n=女儿在上海",
    "points": [
        (PointKind.MOBILE, "13900000458"),
        (PointKind.LANDLINE, "0531-88112233"),
        (PointKind.EMAIL, "wj@example.cn"),
        (PointKind.MOBILE, "13700000001"),
    ],
}


def make_full(database: Database, owner: Actor) -> int:
    return database.write(lambda s, a: make_client(s, owner, **FULL))


def request_of(**values: Any) -> ClientListRequest:
    return ClientListRequest(order=ClientOrder("name", False), **values)


def sheet_of(database: Database, actor: Actor, request: ClientListRequest) -> Sheet:
    acting = database.acting_as(actor)
    imprint = acting.write(partial(register_client_list, request=request, now=NOW))
    return acting.read(partial(client_list_sheet, request=request, imprint=imprint))


def workbook_of(
    database: Database, actor: Actor, request: ClientListRequest, path: Path
) -> list[dict[str, Any]]:
    """The rows of the exported workbook by heading."""
    acting = database.acting_as(actor)
    imprint = acting.write(partial(register_client_list, request=request, now=NOW))
    acting.read(partial(export_client_list, request=request, imprint=imprint, path=path))
    sheet = openpyxl.load_workbook(path).active
    heads = [cell.value for cell in sheet[HEADING_ROW]]
    return [
        dict(zip(heads, row, strict=True))
        for row in sheet.iter_rows(HEADING_ROW + 1, values_only=True)
    ]


def without_unit(label: str) -> str:
    """``佣金现状（‰）`` on the sheet is ``佣金现状‰`` where the form has no room."""
    return re.sub(r"（?(元|万元|‰)）?$", "", label)


@pytest.mark.req("R71")
def test_the_form_has_the_prescribed_columns(database: Database, people: People) -> None:
    make_full(database, people.advisor)
    sheet = sheet_of(database, people.advisor, request_of())
    block = sheet.blocks[0]
    labels = [cell.text for cell in block.heading[0].cells]
    values = dict(zip(labels, (cell.text for cell in block.rows[0].cells), strict=True))

    assert labels[4:12] == PRESCRIBED
    assert labels[:4] == ["序号", "客户姓名", "资金账号", "客户号"]
    assert [values[label] for label in PRESCRIBED] == [
        "白金卡", "成长；电气", "持仓为主", "接受服务", "研究报告、个股推荐", "即时短信、邮件资料",
        "现场、场外网上交易", "0.25",
    ]  # fmt: skip
    assert values["生日（公/农）"] == "农十月十五"
    assert values["资产（万元）"] == "628.4"
    assert sheet.title == "示例证券营业部客户明细表"


@pytest.mark.req("R71")
def test_the_workbook_prints_the_form_and_holds_the_rest_beside_it(
    database: Database, people: People, tmp_path: Path
) -> None:
    make_full(database, people.advisor)
    path = tmp_path / "list.xlsx"
    [row] = workbook_of(database, people.advisor, request_of(), path)
    sheet = openpyxl.load_workbook(path).active
    form = sheet_of(database, people.advisor, request_of()).blocks[0].heading[0].cells

    printed = [cell.value for cell in sheet[sheet.print_area.split("!")[1]][HEADING_ROW - 1]]
    assert [without_unit(label) for label in printed] == [without_unit(cell.text) for cell in form]
    assert "=女儿在上海" in row["备注"]
    assert "制表人" in sheet.oddFooter.left.text


@pytest.mark.req("R16", "R148")
def test_numbers_are_masked_unless_the_right_and_a_purpose_are_given(
    database: Database, people: People, tmp_path: Path
) -> None:
    make_full(database, people.advisor)
    path = tmp_path / "list.xlsx"
    [masked] = workbook_of(database, people.advisor, request_of(), path)
    full = request_of(unmasked=True, purpose="季度核对")
    [shown] = workbook_of(database, people.manager, full, path)

    sensitive = ("资金账号", "联系电话", "固定电话", "电子邮件", "证件号码", "联系地址")
    assert [masked[name] for name in sensitive] == [
        "****7715", "139****0458", "0531-8***2233", "w***j@example.cn", "110***********002X",
        "济南市历下区******",
    ]  # fmt: skip
    assert "13700000001" not in str(masked)
    assert masked["备注"] == "助理 135****0009\n=女儿在上海"
    assert [shown[name] for name in sensitive] == [
        "010000007715", "13900000458", "0531-88112233", "wj@example.cn", "11010519491231002X",
        "济南市历下区历山路 128 号 3 号楼",
    ]  # fmt: skip
    assert shown["其他联系方式"] == "手机 13700000001"
    assert "季度核对" in openpyxl.load_workbook(path).active.oddHeader.center.text


@pytest.mark.req("R16")
def test_an_advisor_exports_own_clients_only(
    database: Database, people: People, tmp_path: Path
) -> None:
    database.write(lambda s, a: make_client(s, people.advisor, name="安静"))
    database.write(lambda s, a: make_client(s, people.colleague, name="白雪"))

    mine = workbook_of(database, people.advisor, request_of(), tmp_path / "mine.xlsx")
    branch = workbook_of(database, people.manager, request_of(), tmp_path / "branch.xlsx")
    assert [row["客户姓名"] for row in mine] == ["安静"]
    assert [row["客户姓名"] for row in branch] == ["安静", "白雪"]
    assert [row["序号"] for row in branch] == [1, 2]


def test_a_list_of_high_end_clients_says_so(database: Database, people: People) -> None:
    query = ClientFilter(tiers=("platinum", "gold"))
    sheet = sheet_of(database, people.manager, request_of(query=query))

    assert sheet.title == "示例证券高端客户明细表"
    assert "范围：白金卡、金卡，0 户" in sheet.line


def test_the_log_says_how_many_clients_left(
    database: Database, people: People, tmp_path: Path
) -> None:
    for name in ("安静", "白雪"):
        database.write(lambda s, a, name=name: make_client(s, people.advisor, name=name))
    workbook_of(database, people.advisor, request_of(), tmp_path / "list.xlsx")

    [entry] = rows(database, "SELECT subject, client_count FROM access_log")
    assert tuple(entry) == ("客户明细表", 2)


def test_an_export_can_be_stopped_and_leaves_nothing(
    database: Database, people: People, tmp_path: Path
) -> None:
    database.write(lambda s, a: make_client(s, people.advisor))
    acting = database.acting_as(people.advisor)
    imprint = acting.write(partial(register_client_list, request=request_of(), now=NOW))

    def stop(_done: int, _total: int) -> None:
        raise CancelledError("stop")

    with pytest.raises(CancelledError):
        acting.read(
            partial(
                export_client_list,
                request=request_of(),
                imprint=imprint,
                path=tmp_path / "list.xlsx",
                progress=stop,
            )
        )
    assert not (tmp_path / "list.xlsx").exists()


@pytest.mark.req("R71")
def test_every_column_of_our_own_list_is_understood_when_it_comes_back(
    file_database: Database, file_people: People, tmp_path: Path
) -> None:
    from advisorcrm.imports.client_list import ClientListFile, read_client_list
    from advisorcrm.services.branch.code_lists import load_code_book

    make_full(file_database, file_people.advisor)
    path = tmp_path / "list.xlsx"
    workbook_of(file_database, file_people.manager, request_of(unmasked=True, purpose="核对"), path)
    book = file_database.read(load_code_book)
    [row] = read_client_list(ClientListFile(path, book, today=date(2026, 11, 20))).rows

    assert row.faults == ()
    stored = {name: value for name, value in FULL.items() if name != "points"}
    assert {name: row.values.get(name) for name in stored} == stored
    assert row.values["advisor_no"] == "LSL0042"
    assert sorted(row.values["points"]) == sorted(FULL["points"])  # type: ignore[type-var, arg-type]
