"""Names of a shift's document, the two days of notice, and what says that nothing is left."""

from __future__ import annotations

from datetime import date

import pytest

from advisorcrm.rules.shift_names import document_name, is_in_time, says_nothing


@pytest.mark.req("R232")
def test_a_document_is_named_by_day_shift_and_person() -> None:
    assert document_name(date(2026, 11, 20), "早班", "林若溪") == "2026-11-20早班林若溪"
    assert document_name(date(2026, 11, 20), "早/晚:班", ' 林"若溪.') == "2026-11-20早晚班 林若溪"


@pytest.mark.req("R237")
@pytest.mark.parametrize(("day", "is_early"), [(21, False), (22, True), (23, True), (20, False)])
def test_two_days_ahead_is_in_time(day: int, is_early: bool) -> None:
    assert is_in_time(date(2026, 11, day), date(2026, 11, 20)) is is_early


@pytest.mark.req("R235")
def test_only_the_word_itself_says_that_nothing_is_left() -> None:
    assert [says_nothing(text) for text in ("无", " 无 ", "无。", "无法登录", "")] == [
        True, True, True, False, False,
    ]  # fmt: skip
