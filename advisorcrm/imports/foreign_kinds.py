"""Files that look like tables and are no client lists: told by name, never half imported."""
# The words are those of brokers' and banks' exports.  # chinese: data

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from advisorcrm.i18n import N_, _
from advisorcrm.imports.raw_table import Cell
from advisorcrm.rules.traditional import simplified

_LOOKED_AT = 45


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind is recognised when one word of each group stands in the same row."""

    name: str
    groups: tuple[frozenset[str], ...]


def _kind(name: str, *groups: str) -> _Kind:
    return _Kind(name, tuple(frozenset(group.split()) for group in groups))


_SECURITY = "证券代码 证券名称 股票代码 股票名称 代码 交易代码 品种代码 基金代码"
_KINDS = (
    _kind(
        N_("当日委托"), _SECURITY,
        "委托数量 委托价格 委托价 委托状态 撤单数量 委托时间 申报状态 状态说明",
        "委托数量 委托价格 委托价 委托状态 撤单数量 成交数量 委托编号 合同编号",
    ),
    _kind(
        N_("交割单或成交明细"), _SECURITY,
        "成交日期 发生日期 交收日期 清算日期 委托日期 日期 成交时间 发生时间",
        "成交数量 成交价格 成交均价 成交金额 发生金额 清算金额 发生数量 收付金额",
    ),
    _kind(
        N_("持仓"), _SECURITY,
        "证券数量 股票余额 持仓数量 可用余额 可卖数量 持股数量 参考持股 证券余额 当前持仓",
        "成本价 买入均价 参考成本 盈亏 浮动盈亏 最新市值 市值 参考市值 盈亏比例 当前价 市价",
    ),
    _kind(
        N_("清仓股"), _SECURITY, "清仓日期 建仓日期 持股天数", "盈亏 盈亏比例 收益 收益率 总盈亏"
    ),
    _kind(
        N_("自选股或行情列表"), _SECURITY, "名称 证券名称 股票名称 现价",
        "涨幅% 涨幅 量比 换手% 换手 现价 流通市值 细分行业 涨跌 总手 最新价 市盈率",
    ),
    _kind(
        N_("行情数据"), "open 开盘 开盘价 今开", "high 最高 最高价", "low 最低 最低价",
        "close 收盘 收盘价",
    ),
    _kind(
        N_("银行流水"),
        "交易日期 记账日期 交易时间 入账日期 交易日 记账日 业务日期",
        "交易金额 金额 借方发生额 贷方发生额 收入金额 支出金额 支出 收入 发生额 借方 贷方 "
        "存入金额 取出金额",
        "余额 账户余额 对方户名 对方账户 对方账号 对方账户名 交易对方 对方卡号/账号 收/支 摘要 "
        "交易名称 附言 "
        "账户名 交易场所 对方账号与户名 交易地点/附言",
    ),
    _kind(
        N_("资金流水"), "发生日期 日期 交易日期 清算日期 成交日期 业务日期 流水号",
        "业务名称 摘要 业务类型 业务科目 操作", "发生金额 收付金额 收入金额 付出金额 清算金额",
        "资金余额 本次余额 后资金额 剩余金额 资金本次余额 本次资金余额 可用金额",
    ),
    _kind(
        N_("投诉记录"), "complaintid 投诉编号 投诉日期 投诉时间 datereceived 投诉内容",
        "product 投诉人 投诉事项 issue 投诉渠道 company 处理结果 投诉类别",
    ),
    _kind(
        N_("沟通记录表"), "沟通时间 沟通日期", "沟通方式 沟通主题", "沟通内容 沟通内容具体情况",
    ),
)  # fmt: skip
_CASH_LINE = re.compile(r"(?:人民币|港币|美元)\s*[:：]\s*余额\s*[:：]")
_DAY_LINE = re.compile(r"\S+\s+(?:日线|周线|月线|\d+分钟线?)\s*(?:前复权|后复权|不复权)?")
_CLIENT_WORDS = frozenset({"客户姓名", "客户名称", "khxm", "khmc"})


def foreign_kind(rows: Iterable[Sequence[Cell]]) -> str:
    """The name of the kind if the head of a file is that of something else; else empty."""
    for row, _number in zip(rows, range(_LOOKED_AT), strict=False):
        cells = [cell for cell in row if isinstance(cell, str) and cell.strip()]
        words = frozenset(_word(cell) for cell in cells)
        if _CLIENT_WORDS & words:
            return ""
        if cells and _CASH_LINE.match(cells[0]):
            return _(N_("持仓"))
        if cells and _DAY_LINE.search(cells[0]) and len(cells) <= 4:
            return _(N_("行情数据"))
        if len(words) == 1 and len(cells[0]) > 40:  # columns parted by blanks only
            words = frozenset(_word(cell) for cell in cells[0].split())
        for kind in _KINDS:
            if all(group & words for group in kind.groups):
                return _(kind.name)
    return ""


def _word(cell: str) -> str:
    words = simplified(unicodedata.normalize("NFKC", cell)).lower()
    return re.sub(r"[\s*()（）:：#]+", "", words)
