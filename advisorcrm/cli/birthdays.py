"""``birthdays``: whose birthday falls on which day, and by which way to congratulate (R244)."""

from __future__ import annotations

import argparse
from functools import partial
from typing import Any

from advisorcrm.cli.session import now, signed_in
from advisorcrm.columns import branch_date


def birthdays(options: argparse.Namespace) -> dict[str, Any]:
    """The birthdays from one day to another; by default the days of the setting.

    With a first day alone there are as many days as the setting has.
    """
    from advisorcrm.rules.workdays import demand_known_day
    from advisorcrm.services.care.birthdays import birthday_window, list_birthdays

    today = branch_date(now())
    with signed_in(options) as database:
        start, end = database.read(partial(birthday_window, today=today))
        length = end - start
        start = demand_known_day(options.from_on or start, "from")
        end = demand_known_day(options.to_on or start + length, "to")
        rows = database.read(partial(list_birthdays, start=start, end=end))
    return {
        "from": start.isoformat(),
        "to": end.isoformat(),
        "birthdays": [
            {
                "on": row.on.isoformat(),
                "weekday": row.weekday,
                "client": row.client_name,
                "client_no": row.client_no,
                "calendar": row.calendar.value,
                "birthday": row.written,
                "age": row.age,
                "ways": [way.value for way in row.ways.ways],
                "way": row.way,
                "skip": row.ways.is_skipped,
                "advisor": row.advisor_name,
            }
            for row in rows
        ],
    }
