"""When a client likes to be called (R221)."""

from __future__ import annotations

from datetime import datetime

import pytest

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.rules.convenient_times import suits

FRIDAY = datetime(2026, 11, 20, tzinfo=BRANCH_TIME)
SATURDAY = datetime(2026, 11, 21, tzinfo=BRANCH_TIME)
WORKED_SATURDAY = datetime(2026, 2, 14, 16, tzinfo=BRANCH_TIME)
FREE_FRIDAY = datetime(2026, 10, 2, 16, tzinfo=BRANCH_TIME)


@pytest.mark.req("R221")
@pytest.mark.parametrize(
    ("said", "fits", "does_not"),
    [
        ("工作日 15:00 后", FRIDAY.replace(hour=15), FRIDAY.replace(hour=14, minute=59)),
        ("工作日 15:00 后", FRIDAY.replace(hour=16), SATURDAY.replace(hour=16)),
        ("工作日 10:00–11:00", FRIDAY.replace(hour=10), FRIDAY.replace(hour=11)),
        ("工作日 15:00 后", WORKED_SATURDAY, FREE_FRIDAY),
        ("周末下午", FREE_FRIDAY, WORKED_SATURDAY),
        ("周末上午", SATURDAY.replace(hour=9), FRIDAY.replace(hour=9)),
        ("周末上午", SATURDAY.replace(hour=11), SATURDAY.replace(hour=13)),
        ("下午3点半以后", FRIDAY.replace(hour=15, minute=30), FRIDAY.replace(hour=15)),
        ("收盘后", FRIDAY.replace(hour=15), FRIDAY.replace(hour=10)),
        ("9:30之前", FRIDAY.replace(hour=9), FRIDAY.replace(hour=10)),
    ],
)
def test_the_clock_is_compared_with_what_the_file_says(
    said: str, fits: datetime, does_not: datetime
) -> None:
    assert suits(said, fits) is True
    assert suits(said, does_not) is False


def test_what_is_not_understood_is_not_judged() -> None:
    assert suits("", FRIDAY) is None
    assert suits("随时", FRIDAY) is None
    assert suits("先发微信", FRIDAY) is None
