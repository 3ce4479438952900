"""Answers of a return call that were put right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from advisorcrm import terms
from advisorcrm.columns import CodeBook
from advisorcrm.errors import InvalidFieldError
from advisorcrm.rules.corrected_answers import (
    AnswerFixes,
    changes_of,
    changes_text,
    changes_text_zh,
    corrected,
    fixes_between,
)
from advisorcrm.terms import CallbackOutcome
from tests.services.callbacks.callback_samples import BAD, GOOD

BOOK = CodeBook({terms.CALLBACK_ITEM: {"attitude": ("服务态度", "Manner")}})


@pytest.mark.req("R223")
def test_a_correction_holds_what_it_changes_and_the_newest_counts() -> None:
    fixes = fixes_between(GOOD, BAD)
    assert (fixes.outcome, fixes.product_grade) == (CallbackOutcome.DISSATISFIED, None)
    said = replace(BAD, content=GOOD.content, wishes="", measures="")
    assert corrected(GOOD, [fixes]) == said
    again = AnswerFixes(scores={"attitude": 4})
    assert corrected(GOOD, [fixes, again]).scores == {**BAD.scores, "attitude": 4}
    declined = fixes_between(GOOD, replace(GOOD, declined_scores=True, scores={}))
    assert corrected(GOOD, [declined]).scores == {}
    assert fixes_between(GOOD, GOOD).is_empty


def test_an_answer_is_exchanged_and_never_taken_away() -> None:
    for less in (
        replace(GOOD, product_grade=None),
        replace(GOOD, questions={**GOOD.questions, "was_acted_for": None}),
    ):
        with pytest.raises(InvalidFieldError, match="换成另一个答案"):
            fixes_between(GOOD, less)


def test_a_change_is_told_with_what_stood_before() -> None:
    fixes = AnswerFixes(
        outcome=CallbackOutcome.FAIR, scores={"attitude": 2}, questions={"was_acted_for": True}
    )
    changes = changes_of(replace(GOOD, questions={}), fixes)
    told = "总体评价 满意→一般，服务态度 5→2，是否违规代客操作 未问→是"
    assert (changes_text(changes, BOOK), changes_text_zh(changes, BOOK)) == (told, told)
