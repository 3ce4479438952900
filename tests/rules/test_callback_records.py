"""What makes the record of a return call complete, and what in it is looked into."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorcrm.rules.callback_records import (
    QUESTIONS,
    CallbackAnswers,
    first_call_on,
    missing_parts,
    opened_by,
    pack_scores,
    unpack_scores,
    worries,
)
from advisorcrm.rules.callback_scripts import SEEDS, spoken
from advisorcrm.rules.greetings import unknown_places
from advisorcrm.terms import CallbackGrade, CallbackOutcome

ITEMS = ("attitude", "news")
GOOD = CallbackAnswers(
    content="用得顺手",
    outcome=CallbackOutcome.SATISFIED,
    service_grade=CallbackGrade.GOOD,
    scores={"attitude": 5, "news": 4},
    questions={question.field: not question.worry for question in QUESTIONS},
)


@pytest.mark.req("R243")
def test_a_passage_names_the_client_as_a_greeting_does_and_those_kept_from_before_are_spoken() -> (
    None
):
    told = {"salutation": "贺女士", "caller": "周岚", "branch": "历山路"}
    for words in ("{称呼}，我是{营业部}的{回访人}{？}", "{salutation}，我是{branch}的{caller}{？}"):
        assert spoken(words, **told) == "贺女士，我是历山路的周岚{？}"
    assert {place for _, _, _, words in SEEDS for place in unknown_places(words)} == {"回访人"}


@pytest.mark.req("R223")
def test_a_record_counts_only_when_nothing_is_missing() -> None:
    assert missing_parts(GOOD, "new_client", ITEMS) == ()
    assert missing_parts(CallbackAnswers(), "new_client", ITEMS) == (
        "回访内容", "总体评价", "服务满意度", "逐项评分", "客户身份核实", "账户变动确认",
        "是否违规代客操作", "是否充分揭示风险", "是否全权委托",
    )  # fmt: skip
    assert missing_parts(replace(GOOD, content=" "), "routine", ITEMS) == ("回访内容",)


@pytest.mark.req("R223")
def test_an_unhappy_clients_record_says_what_he_wants_and_what_is_done_about_it() -> None:
    for outcome in (CallbackOutcome.FAIR, CallbackOutcome.DISSATISFIED):
        unhappy = replace(GOOD, outcome=outcome)
        assert missing_parts(unhappy, "festival", ITEMS) == ("客户意见和要求", "对策与建议")
        told = replace(unhappy, wishes="短信太多", measures="改为每周一条")
        assert missing_parts(told, "festival", ITEMS) == ()


@pytest.mark.req("R242")
def test_every_item_is_scored_or_the_client_did_not_want_to() -> None:
    half = replace(GOOD, scores={"attitude": 5})
    assert missing_parts(half, "festival", ITEMS) == ("逐项评分",)
    assert missing_parts(replace(half, declined_scores=True), "festival", ITEMS) == ()
    assert unpack_scores(pack_scores(GOOD.scores)) == GOOD.scores


def test_the_regulators_questions_may_stay_open_where_they_are_not_asked_for() -> None:
    unasked = replace(GOOD, questions={})
    assert missing_parts(unasked, "promotion", ITEMS) == ()
    assert len(missing_parts(unasked, "compliance", ITEMS)) == 5


def test_each_worrying_answer_and_a_dissatisfied_client_are_looked_into() -> None:
    assert worries(GOOD) == ()
    acted = replace(GOOD, questions={**GOOD.questions, "was_acted_for": True})
    assert worries(acted) == ("是否违规代客操作：是",)
    unverified = replace(GOOD, questions={**GOOD.questions, "is_identity_verified": False})
    assert worries(unverified) == ("客户身份核实：否",)
    assert worries(replace(GOOD, outcome=CallbackOutcome.DISSATISFIED)) == ("客户不满意",)
    assert worries(replace(GOOD, questions={})) == ()


@pytest.mark.req("R204")
def test_the_first_call_is_due_a_month_after_the_opening() -> None:
    assert first_call_on(date(2026, 10, 20)) == date(2026, 11, 20)
    assert first_call_on(date(2026, 1, 31)) == date(2026, 2, 28)
    assert first_call_on(date(2026, 12, 15)) == date(2027, 1, 15)


@pytest.mark.req("R204")
@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_exactly_those_opened_by_the_day_are_due_on_it(today: date) -> None:
    last = opened_by(today)
    assert first_call_on(last) <= today < first_call_on(last + timedelta(days=1))
