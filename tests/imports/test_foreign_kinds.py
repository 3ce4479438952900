"""Files that are no client lists are told by their name."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisorcrm.errors import ImportRejectedError
from advisorcrm.imports.foreign_kinds import foreign_kind
from tests.imports.sheets import REAL, clients_of, recognised

BROKER = {
    "tdx_资金股份查询.txt": "持仓",
    "ths_持仓.xls": "持仓",
    "tdx_自选股.txt": "自选股",
}


@pytest.mark.parametrize("path", sorted((REAL / "broker").iterdir()), ids=lambda path: path.name)
def test_an_export_of_a_broker_terminal_is_refused_by_its_name(path: Path) -> None:
    with pytest.raises(ImportRejectedError, match=BROKER.get(path.name, "交割单")):
        clients_of(path)


@pytest.mark.parametrize("path", sorted((REAL / "bank").iterdir()), ids=lambda path: path.name)
def test_a_bank_statement_is_refused_by_its_name(path: Path) -> None:
    with pytest.raises(ImportRejectedError, match="银行流水"):
        clients_of(path)


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ([["委托时间", "证券代码", "证券名称", "委托数量", "委托价格"]], "当日委托"),
        ([["601003 柳钢股份 日线 前复权"], ["日期", "开盘", "最高"]], "行情数据"),
        ([["symbol", "dt", "open", "close", "high", "low", "vol"]], "行情数据"),
        ([["交易时间", "交易金额", "附言"]], "银行流水"),
        ([["记账日", "支出", "账户名"]], "银行流水"),
        ([["日期", "业务名称", "发生金额", "资金余额"]], "资金流水"),
        ([["Date received", "Product", "Issue", "Company", "Complaint ID"]], "投诉记录"),
        (
            [["客户姓名：样甲"], ["沟通时间", "沟通方式", "沟通主题", "沟通内容（具体情况）"]],
            "沟通记录表",
        ),
        ([["编号  证券代码  证券名称  证券数量  可卖数量  成本价  当前价  最新市值"]], "持仓"),
    ],
)
def test_other_tables_are_told_by_their_heads(rows: list[list[str]], kind: str) -> None:
    assert foreign_kind(rows) == kind


def test_a_client_list_with_market_values_stays_a_client_list() -> None:
    sheet = recognised(
        ["ZJZH", "KHXM", "ZZC", "ZQSZ", "ZJYE", "RQ", "BZ"],
        ["990000000001", "样甲", 1864300.0, 1520100.0, 344200.0, "20261119", "柜台备注"],
    )
    assert sheet.ignored == ["ZQSZ", "ZJYE", "RQ", "BZ"]
    assert sheet.rows[0].values["assets_fen"] == 186_430_000


def test_an_address_book_as_ldif_is_refused_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "通讯录.ldif"
    path.write_text("dn:: Y249\nobjectclass: person\ncn: Li Yang\nmobile: 13900000001\n\n", "utf-8")
    with pytest.raises(ImportRejectedError, match=r"LDIF.*vCard"):
        clients_of(path)
