"""The branch's lists: their first content and the book of labels (docs/vocabularies.md)."""
# Labels are the words of the sources.  # chinese: data

from __future__ import annotations

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import CodeBook
from advisorcrm.db.actor import Actor
from advisorcrm.models import CodeListEntry

SEEDS: dict[str, tuple[tuple[str, str, str], ...]] = {
    terms.TIER: (
        (terms.TIER_PLATINUM, "白金卡", "Platinum"),
        (terms.TIER_GOLD, "金卡", "Gold"),
        (terms.TIER_SILVER, "银卡", "Silver"),
        ("other", "其他", "Other"),
    ),
    terms.TRADING_HABIT: (
        ("swing", "短线波段为主", "Mainly short swings"),
        ("hold", "持仓为主", "Buy and hold"),
        ("high_frequency", "高频", "High frequency"),
        ("short_term", "短线", "Short term"),
        ("mid_term", "中线", "Medium term"),
        ("long_term", "长线", "Long term"),
    ),
    terms.SERVICE_NEED: (
        ("accepts", "接受服务", "Accepts service"),
        (terms.DO_NOT_DISTURB, "不愿打扰", "Do not disturb"),
    ),
    terms.WEALTH_CONTENT: (
        ("basic_news", "基本信息提示", "Basic alerts"),
        ("research", "研究报告", "Research reports"),
        ("stock_picks", "个股推荐", "Stock picks"),
    ),
    terms.WEALTH_WAY: (
        ("sms", "即时短信", "Instant SMS"),
        ("phone", "电话交流", "Phone"),
        ("mail", "邮件资料", "E-mail material"),
    ),
    terms.TRADING_WAY: (
        ("on_site", "现场", "On site"),
        ("phone_order", "场外电话委托", "Phone orders"),
        ("online", "场外网上交易", "Online trading"),
        ("mobile", "手机炒股", "Mobile trading"),
    ),
    terms.CONTACT_WAY: (
        (terms.WAY_PHONE, "电话", "Phone"),
        ("meeting", "面谈", "Meeting"),
        ("wechat", "微信", "WeChat"),
        ("sms", "短信", "SMS"),
        ("mail", "邮件", "E-mail"),
        ("system", "系统在线服务", "Online service"),
        ("qq", "QQ/QQ群", "QQ"),
        ("fax", "传真", "Fax"),
        ("on_site", "现场交流", "On site"),
    ),
    terms.TOPIC: (
        ("daily_life", "日常生活", "Daily life"),
        ("market", "盘面看法", "Market view"),
        ("philosophy", "投资理念", "Investment ideas"),
        ("opinion", "客户意见", "Client opinion"),
        ("holdings", "投资品种", "Holdings"),
        ("habits", "操作习惯", "Trading habits"),
        ("needs", "需求", "Needs"),
        ("mood", "情绪", "Mood"),
        ("competitors", "同业动态", "Other brokers"),
        ("commission", "佣金", "Commission"),
    ),
    terms.COMMISSION_ATTITUDE: (
        ("accepts", "接受现佣金", "Accepts the rate"),
        ("wants_lower", "希望降低", "Wants a lower rate"),
        ("compares", "在比较同业", "Compares with others"),
        ("indifferent", "不在意", "Does not mind"),
    ),
    terms.RELATION: (
        ("spouse", "配偶", "Spouse"),
        ("parent", "父母", "Parent"),
        ("child", "子女", "Child"),
        ("sibling", "兄弟姐妹", "Sibling"),
        ("relative", "其他亲属", "Relative"),
        ("friend", "朋友", "Friend"),
        ("colleague", "同事", "Colleague"),
        (terms.RELATION_INTRODUCER, "介绍人", "Introducer"),
        ("operator", "操盘人", "Trader"),
        ("company", "任职或控股单位", "Company of the client"),
    ),
    terms.ATTACHMENT_KIND: (
        ("contract", "合同", "Contract"),
        ("recording", "录音录像", "Recording"),
        ("screenshot", "截图", "Screenshot"),
        ("consent", "同意书", "Consent form"),
        ("risk_test", "测评问卷", "Risk questionnaire"),
        ("id_copy", "证件复印件", "Copy of a document"),
        ("other", "其他", "Other"),
    ),
    terms.PRODUCT_KIND: (
        ("fund", "基金", "Fund"),
        ("wealth", "公司理财产品", "Wealth product"),
        ("bond", "债券", "Bond"),
        ("trust", "信托", "Trust"),
        ("other", "其他", "Other"),
    ),
    terms.TAG: (
        ("focus", "重点关注", "Watch closely"),
        ("introducer", "愿转介绍", "Refers others"),
    ),
}


def seed_code_lists(session: Session) -> None:
    """Fill the lists that the branch does not have yet; those it has are its own."""
    known = set(session.scalars(select(CodeListEntry.list_name).distinct()))
    entries = [
        {"list_name": name, "code": code, "label": label, "label_en": label_en,
         "position": place, "is_retired": False, "version": 1}
        for name, choices in SEEDS.items() if name not in known
        for place, (code, label, label_en) in enumerate(choices)
    ]  # fmt: skip
    if entries:
        session.execute(insert(CodeListEntry), entries)


def load_code_book(session: Session, actor: Actor) -> CodeBook:
    """All labels as one snapshot; retired codes keep their labels for old records."""
    rows = session.execute(
        select(
            CodeListEntry.list_name,
            CodeListEntry.code,
            CodeListEntry.label,
            CodeListEntry.label_en,
            CodeListEntry.is_retired,
        ).order_by(CodeListEntry.list_name, CodeListEntry.is_retired, CodeListEntry.position)
    )
    lists: dict[str, dict[str, tuple[str, str]]] = {}
    retired: set[tuple[str, str]] = set()
    for name, code, label, label_en, is_retired in rows:
        lists.setdefault(name, {})[code] = (label, label_en)
        if is_retired:
            retired.add((name, code))
    return CodeBook(lists, frozenset(retired))
