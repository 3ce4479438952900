"""What a conversation was about, guessed from its words; the form shows it for changing."""

from __future__ import annotations

from collections.abc import Iterable

_WORDS = {
    "market": ("盘面", "大盘", "行情", "指数", "点位", "后市", "反弹", "回调", "震荡"),
    "holdings": ("持仓", "个股", "股票", "基金", "债券", "仓位", "加仓", "减仓", "补仓", "新股"),
    "philosophy": ("理念", "长期投资", "价值投资", "资产配置"),
    "opinion": ("意见", "建议改进", "不满意", "投诉"),
    "habits": ("操作习惯", "短线", "波段", "止损", "止盈", "换手"),
    "needs": ("需求", "希望收到", "想了解", "资金安排", "用钱", "测评"),
    "mood": ("情绪", "担忧", "担心", "焦虑", "着急", "不满", "平稳"),
    "competitors": ("同业", "同行", "其他券商", "别的券商", "转户", "开户送"),
    "commission": ("佣金", "手续费", "费率"),
    "daily_life": ("生日", "节日", "孩子", "家人", "身体", "旅游", "问候"),
}
MOST = 3
OTHERWISE = "daily_life"


def guess_topics(content: str, offered: Iterable[str]) -> tuple[str, ...]:
    """Codes of the branch's topics that the words speak of, in the order of the list."""
    found = [code for code in offered if any(word in content for word in _WORDS.get(code, ()))]
    return tuple(found[:MOST])
