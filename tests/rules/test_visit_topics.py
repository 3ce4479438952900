"""What a visit may begin with."""

from __future__ import annotations

import pytest

from advisorcrm.rules.visit_topics import ClientFacts, visit_topics


@pytest.mark.req("R119")
def test_an_empty_file_says_what_to_ask() -> None:
    assert [topic for topic, _hint in visit_topics(ClientFacts())] == [
        "日常生活", "盘面看法", "投资理念", "客户意见",
    ]  # fmt: skip
    assert all("请问问" in hint for _topic, hint in visit_topics(ClientFacts()))
    over = dict(visit_topics(ClientFacts(habit="波段", test_is_over=True)))
    assert over["投资理念"] == "交易习惯：波段；风险测评已过期，请约时间续做"


@pytest.mark.req("R118")
def test_a_long_fact_is_begun_here_and_stands_whole_above_so_that_the_page_stays_one() -> None:
    told = dict(visit_topics(ClientFacts(hobbies="太极拳、养花\n" * 9, preference="国债")))
    assert told["日常生活"] == "爱好：太极拳、养花 太极拳、养花 太极拳、养…"
    assert told["盘面看法"] == "偏好：国债"
