"""Topics guessed from words."""

from __future__ import annotations

import pytest

from advisorcrm.rules.topics import MOST, guess_topics
from advisorcrm.services.branch.code_list_seeds import SEEDS
from advisorcrm.terms import TOPIC

OFFERED = tuple(code for code, _label, _english in SEEDS[TOPIC])


@pytest.mark.req("R31", "R119")
def test_the_words_of_a_conversation_name_its_topics() -> None:
    assert guess_topics("担心大盘回调，想减仓", OFFERED) == ("market", "holdings", "mood")
    assert guess_topics("习惯短线操作", OFFERED) == ("habits",)
    assert guess_topics("询问佣金", OFFERED) == ("commission",)
    assert guess_topics("好的", OFFERED) == ()


def test_only_topics_of_the_branch_are_guessed_and_few_of_them() -> None:
    assert guess_topics("担心大盘回调", ("daily_life",)) == ()
    assert len(guess_topics("大盘 持仓 佣金 情绪 生日 需求", OFFERED)) == MOST
