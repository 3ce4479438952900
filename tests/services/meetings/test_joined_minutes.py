"""Minutes of two writers at once: each change is followed, both texts stay."""

from __future__ import annotations

from datetime import time

from advisorcrm.services.meetings.joined_minutes import join_minutes
from advisorcrm.services.meetings.meetings import MinutesData
from advisorcrm.terms import MeetingItemKind

NEWS, VIEWS, OTHER = MeetingItemKind.NEWS, MeetingItemKind.VIEWS, MeetingItemKind.OTHER


def test_each_change_is_followed_and_where_both_wrote_both_stay() -> None:
    base = MinutesData(time(8, 30), time(9), "", 1, {NEWS: "甲", VIEWS: "", OTHER: ""},
                       frozenset({1, 2, 3}))  # fmt: skip
    theirs = MinutesData(time(8, 40), time(9), "二楼", 1, {NEWS: "甲乙", VIEWS: "", OTHER: "问"},
                         frozenset({1, 3, 4}))  # fmt: skip
    mine = MinutesData(time(8, 30), time(9, 10), "", 2, {NEWS: "甲", VIEWS: "看好\n", OTHER: "答"},
                       frozenset({2, 3, 5}))  # fmt: skip
    assert join_minutes(base, theirs, mine) == MinutesData(
        time(8, 40), time(9, 10), "二楼", 2, {NEWS: "甲乙", VIEWS: "看好", OTHER: "问\n答"},
        frozenset({3, 4, 5}),
    )  # fmt: skip
    assert join_minutes(base, base, mine).items[OTHER] == "答"
    assert join_minutes(base, mine, mine).items[OTHER] == "答"
