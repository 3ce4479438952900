"""Standard phrases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorcrm.rules.phrases import PHRASES, Expansion, expand_phrase


@pytest.mark.req("R35")
def test_a_code_becomes_its_sentence_with_its_last_letter() -> None:
    assert expand_phrase(";q") is None
    assert expand_phrase(";qx") == Expansion(3, "客户情绪平稳，对目前持仓没有异议。")
    found = expand_phrase("已致电。；QX")
    assert found is not None
    assert found.length == 3


def test_other_letters_stay_as_they_are() -> None:
    for text in ("", "qx", ";zz", "; qx", ";qx。"):
        assert expand_phrase(text) is None


def test_no_code_begins_another_and_none_is_there_twice() -> None:
    codes = [phrase.code for phrase in PHRASES]
    assert len(set(codes)) == len(codes)
    assert all(
        len(code) == 2 and phrase.sentences for code, phrase in zip(codes, PHRASES, strict=True)
    )


@given(st.text(max_size=20), st.sampled_from(PHRASES))
def test_only_the_code_itself_is_replaced(before: str, phrase) -> None:
    assert expand_phrase(f"{before};{phrase.code}") == Expansion(3, phrase.sentences[0])
