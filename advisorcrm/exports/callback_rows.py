"""Rows and records of the forms about return calls, in the words of the paper (R219, R241)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from advisorcrm import terms
from advisorcrm.columns import BRANCH_TIME, CodeBook, Column
from advisorcrm.models import CallbackCampaign
from advisorcrm.rules.corrected_answers import changes_text_zh
from advisorcrm.services.callbacks.callback_campaigns import CampaignSummary
from advisorcrm.services.callbacks.callback_coverage import Coverage
from advisorcrm.services.callbacks.callback_reports import CallRecord, CallTotals
from advisorcrm.services.callbacks.callback_rows import CallbackRow
from advisorcrm.terms import CallbackGrade, CallbackOutcome, CallbackState, Term

_TICKED, _EMPTY = "■", "□"


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """客户回访计划表 above its list."""

    written_on: Annotated[date, Column("填表日期")]
    people: Annotated[str, Column("回访人员")]
    place: Annotated[str, Column("回访地点")]
    way: Annotated[str, Column("回访方式")]
    period: Annotated[str, Column("拟回访日期")]
    budget: Annotated[str, Column("费用预算")]
    audience: Annotated[str, Column("拟回访对象")]
    purpose: Annotated[str, Column("回访目的")]


@dataclass(frozen=True, slots=True)
class PlanClient:
    """One client of the plan's list."""

    name: Annotated[str, Column("客户姓名")]
    tier: Annotated[str, Column("客户类型")]
    account: Annotated[str, Column("资金账号")]
    phone: Annotated[str, Column("联系电话")]
    advisor: Annotated[str, Column("客服专员")]
    caller: Annotated[str, Column("回访人")]
    due_on: Annotated[date, Column("应回访日期")]


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """客户回访记录表 of one client."""

    client: Annotated[str, Column("被访客户姓名")]
    spoken_at: Annotated[datetime | None, Column("日期")]
    phone: Annotated[str, Column("联系电话")]
    caller: Annotated[str, Column("回访人")]
    way: Annotated[str, Column("回访方式")]
    outcome: Annotated[str, Column("总体评价")]
    service: Annotated[str, Column("服务满意度")]
    product: Annotated[str, Column("产品满意度")]
    scores: Annotated[str, Column("各项评分")]
    identity: Annotated[str, Column("客户身份核实")]
    changes: Annotated[str, Column("账户变动确认")]
    acted_for: Annotated[str, Column("是否违规代客操作")]
    disclosed: Annotated[str, Column("是否充分揭示风险")]
    mandate: Annotated[str, Column("是否全权委托")]
    follow_up: Annotated[str, Column("遗留问题")]


@dataclass(frozen=True, slots=True)
class VisitLine:
    """访问记录: one line of the record's table."""

    day: Annotated[str, Column("日期")]
    question: Annotated[str, Column("访问问题")]
    wishes: Annotated[str, Column("客户意见和要求")]
    measures: Annotated[str, Column("对策与建议")]
    points: Annotated[str, Column("回访要点")]


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """One call of 电话回访记录表."""

    client: Annotated[str, Column("客户姓名")]
    phone: Annotated[str, Column("联系电话")]
    spoken_at: Annotated[datetime | None, Column("回访时间")]
    purpose: Annotated[str, Column("回访目的")]
    content: Annotated[str, Column("回访内容")]
    result: Annotated[str, Column("回访结果")]
    caller: Annotated[str, Column("回访人")]


@dataclass(frozen=True, slots=True)
class SummaryFacts:
    """回访总结报告 of one round."""

    period: Annotated[str, Column("回访时间")]
    people: Annotated[str, Column("回访人员")]
    audience: Annotated[str, Column("回访对象")]
    way: Annotated[str, Column("回访形式")]
    purpose: Annotated[str, Column("回访目的")]
    result: Annotated[str, Column("回访结果")]
    scores: Annotated[str, Column("各项评分")]
    main_content: Annotated[str, Column("主要内容")]
    product_view: Annotated[str, Column("客户对产品评价/期望")]
    service_view: Annotated[str, Column("客户对服务评价/期望")]
    measures: Annotated[str, Column("改善对策")]
    problems: Annotated[str, Column("遇到的问题")]
    note: Annotated[str, Column("备注")]


@dataclass(frozen=True, slots=True)
class PeriodFacts:
    """The figures of 回访周报 or 月报."""

    done: Annotated[str, Column("应回访/已完成")]
    coverage: Annotated[str, Column("回访率")]
    in_time: Annotated[str, Column("期限内完成")]
    unreachable: Annotated[str, Column("联系不上")]
    members: Annotated[str, Column("会员客户回访率")]
    follow_ups: Annotated[str, Column("待跟进/已跟进")]
    outcomes: Annotated[str, Column("总体评价")]
    satisfied: Annotated[str, Column("满意率")]


@dataclass(frozen=True, slots=True)
class ItemLine:
    """The average score of one item."""

    name: Annotated[str, Column("评分项目")]
    average: Annotated[str, Column("平均分")]
    count: Annotated[int, Column("评分人数")]


@dataclass(frozen=True, slots=True)
class CallerLine:
    """What one caller did."""

    name: Annotated[str, Column("回访人")]
    calls: Annotated[int, Column("应回访")]
    done: Annotated[int, Column("已完成")]


@dataclass(frozen=True, slots=True)
class MatterLine:
    """What is to be improved, and what came of it (整改、跟踪)."""

    day: Annotated[str, Column("回访日期")]
    client: Annotated[str, Column("客户")]
    wishes: Annotated[str, Column("需改善")]
    measures: Annotated[str, Column("整改对策")]
    result: Annotated[str, Column("跟进结果")]
    followed_on: Annotated[date | None, Column("跟进日期")]


def plan_facts(
    campaign: CallbackCampaign, people: Sequence[str], book: CodeBook, written_on: date
) -> PlanFacts:
    """The head of the plan."""
    budget = f"{campaign.budget_fen / 100:,.2f}" if campaign.budget_fen is not None else ""
    return PlanFacts(
        written_on, "、".join(people), campaign.place,
        book.label_zh(terms.CONTACT_WAY, campaign.way), planned_period(campaign), budget,
        campaign.audience, campaign.purpose,
    )  # fmt: skip


def planned_period(campaign: CallbackCampaign) -> str:
    """From the start to the last day of the plan."""
    ends_on = date.fromordinal(campaign.starts_on.toordinal() + campaign.days)
    return f"{campaign.starts_on} 至 {ends_on}"


def plan_client(row: CallbackRow, phone: str, advisor: str, book: CodeBook) -> PlanClient:
    """One line of the plan's list."""
    return PlanClient(
        row.client_name, book.label_zh(terms.TIER, row.tier), row.account, phone, advisor,
        row.caller_name, row.due_on,
    )  # fmt: skip


def record_facts(call: CallRecord, phone: str, way: str, book: CodeBook) -> RecordFacts:
    """The boxes of one record, as they were ticked first."""
    answers, asked = call.recorded, call.recorded.questions
    return RecordFacts(
        client=call.client_name, spoken_at=call.spoken_at, phone=phone, caller=call.caller_name,
        way=way, outcome=boxes(CallbackOutcome, call.outcome),
        service=boxes(CallbackGrade, call.service_grade),
        product=boxes(CallbackGrade, call.product_grade),
        scores="客户不愿评分" if answers.declined_scores else scores_text(answers.scores, book),
        identity=yes_no(asked.get("is_identity_verified")),
        changes=yes_no(asked.get("are_changes_confirmed")),
        acted_for=yes_no(asked.get("was_acted_for")),
        disclosed=yes_no(asked.get("was_risk_disclosed")),
        mandate=yes_no(asked.get("has_full_mandate")), follow_up=call.follow_up or "无",
    )  # fmt: skip


def visit_line(call: CallRecord, book: CodeBook) -> VisitLine:
    """What was asked and said."""
    return VisitLine(
        day_of(call.spoken_at),
        call.purpose,
        call.wishes,
        call.measures,
        said_text(call, book),
    )


def said_text(call: CallRecord, book: CodeBook) -> str:
    """What was said, with every correction below it as 沟通记录表 prints them (R223)."""
    parts = [call.content]
    for number, line in enumerate(call.corrections, start=1):
        at = line.corrected_at.astimezone(BRANCH_TIME).strftime("%Y-%m-%d %H:%M")
        said = [changes_text_zh(line.changes, book), line.content]
        told = "。".join(part for part in said if part)
        parts.append(f"更正 {number}（{line.author_name} {at}）：{told}")
    return "\n".join(part for part in parts if part)


def phone_line(call: CallRecord, phone: str, book: CodeBook) -> PhoneLine:
    """One call: what it was for and how it ended."""
    result = call.outcome.label_zh if call.outcome else call.state.label_zh
    if call.state is CallbackState.INCOMPLETE:
        result = call.state.label_zh
    if call.follow_up:
        result = f"{result}\n{call.follow_up}"
    return PhoneLine(
        call.client_name, phone, call.spoken_at, call.purpose, said_text(call, book), result,
        call.caller_name,
    )  # fmt: skip


def summary_facts(
    campaign: CallbackCampaign, totals: CallTotals, texts: CampaignSummary, book: CodeBook
) -> SummaryFacts:
    """Figures from the records, texts from people."""
    return SummaryFacts(
        planned_period(campaign), "、".join(name for name in totals.by_caller if name),
        f"{campaign.audience} {totals.calls} 户".strip(),
        book.label_zh(terms.CONTACT_WAY, campaign.way), campaign.purpose, result_text(totals),
        averages_text(totals, book), texts.main_content, texts.product_view, texts.service_view,
        texts.measures, texts.problems, texts.note,
    )  # fmt: skip


def period_facts(totals: CallTotals, members: Coverage) -> PeriodFacts:
    """The figures of a period, with the formula of the share of satisfied clients."""
    asked = sum(totals.outcomes.values())
    satisfied = totals.outcomes.get(CallbackOutcome.SATISFIED, 0)
    rate = "" if totals.satisfied is None else f"{totals.satisfied}%（满意 {satisfied} ÷ {asked}）"
    closed = totals.follow_ups - totals.open_follow_ups
    return PeriodFacts(
        f"{totals.calls} / {totals.done}", f"{totals.coverage}%", f"{totals.in_time} 户",
        f"{totals.unreachable} 户",
        f"{members.percent}%（{members.called} / {members.members}）",
        f"{totals.open_follow_ups} / {closed}", _outcomes_with_corrections(totals), rate,
    )  # fmt: skip


def item_lines(totals: CallTotals, book: CodeBook) -> list[ItemLine]:
    """The averages in the order of the branch's list."""
    order = [*book.lists.get(terms.CALLBACK_ITEM, {})]
    found = sorted(totals.averages, key=lambda item: order.index(item) if item in order else 99)
    return [
        ItemLine(
            book.label_zh(terms.CALLBACK_ITEM, item), f"{totals.averages[item] / 100:.2f}",
            totals.scored[item],
        )
        for item in found
    ]  # fmt: skip


def caller_lines(totals: CallTotals) -> list[CallerLine]:
    """Who was to call how many, and did."""
    return [
        CallerLine(name or "未分派", calls, done)
        for name, (calls, done) in totals.by_caller.items()
    ]


def matter_line(call: CallRecord) -> MatterLine:
    """One matter with what came of it."""
    wishes = "\n".join(text for text in (call.follow_up, call.wishes) if text)
    return MatterLine(
        day_of(call.spoken_at), call.client_name, wishes, call.measures, call.follow_up_note,
        call.followed_up_on,
    )  # fmt: skip


def result_text(totals: CallTotals) -> str:
    """How far a round came and what clients said."""
    parts = [
        f"应回访 {totals.calls} 户，已完成 {totals.done} 户，回访率 {totals.coverage}%",
        f"期限内完成 {totals.in_time} 户，联系不上 {totals.unreachable} 户",
        outcomes_text(totals),
        *(
            [f"其中 {totals.corrected} 户的记录有更正，已按更正统计，见回访记录表"]
            if totals.corrected
            else []
        ),
        f"需跟进 {totals.follow_ups} 件，尚未办结 {totals.open_follow_ups} 件",
    ]
    return "\n".join(parts)


def outcomes_text(totals: CallTotals) -> str:
    """``满意 5　一般 1　不满意 0``."""
    return "　".join(f"{own.label_zh} {totals.outcomes.get(own, 0)}" for own in CallbackOutcome)


def _outcomes_with_corrections(totals: CallTotals) -> str:
    """The outcomes that count, and of how many records something was put right."""
    note = f"（{totals.corrected} 户有更正）" if totals.corrected else ""
    return f"{outcomes_text(totals)}{note}"


def averages_text(totals: CallTotals, book: CodeBook) -> str:
    """``服务态度 4.50（8 人）`` and so on."""
    return "　".join(
        f"{line.name} {line.average}（{line.count} 人）" for line in item_lines(totals, book)
    )


def scores_text(scores: Mapping[str, int], book: CodeBook) -> str:
    """``服务态度 5　业务解答 4``."""
    labels = {item: book.label_zh(terms.CALLBACK_ITEM, item) for item in scores}
    return "　".join(f"{labels[item]} {score}" for item, score in scores.items())


def boxes(choices: type[Term], chosen: Term | None) -> str:
    """``□好 ■较好 □一般``: every choice with its box."""
    return "　".join(f"{_TICKED if own is chosen else _EMPTY}{own.label_zh}" for own in choices)


def yes_no(answer: bool | None) -> str:
    """``■是 □否``; both empty where nobody asked."""
    return f"{_TICKED if answer is True else _EMPTY}是　{_TICKED if answer is False else _EMPTY}否"


def day_of(at: datetime | None) -> str:
    """The branch's day."""
    return f"{at.astimezone(BRANCH_TIME):%Y-%m-%d}" if at else ""
