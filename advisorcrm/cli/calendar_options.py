"""What the command ``calendar`` takes."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from advisorcrm.cli.usage import number, whole
from advisorcrm.i18n import _


def add_calendar(
    commands: Any, everywhere: argparse.ArgumentParser, day: Callable[[str], Any]
) -> None:
    """The command with its actions; ``day`` reads a date."""
    calendar = commands.add_parser("calendar", parents=[everywhere], help=_("工作日与农历"))
    actions = calendar.add_subparsers(required=True, metavar=_("动作"))

    def action(name: str, function: str, what: str) -> argparse.ArgumentParser:
        parser: argparse.ArgumentParser = actions.add_parser(name, parents=[everywhere], help=what)
        parser.set_defaults(command=f"calendar:{function}")
        return parser

    nth = action("nth-workday", "nth_workday", _("某月第几个工作日"))
    nth.add_argument("month", metavar="YYYY-MM")
    nth.add_argument("number", metavar="N", type=whole)
    plus = action("add-workdays", "add_workdays", _("几个工作日之后"))
    plus.add_argument("date", metavar="DATE", type=day)
    plus.add_argument("number", metavar="N", type=whole)
    due = action("due", "due", _("从某时起算的期限"))
    due.add_argument("at", metavar="INSTANT")
    length = due.add_mutually_exclusive_group(required=True)
    length.add_argument("--hours", metavar="N", type=number)
    length.add_argument("--workdays", metavar="N", type=whole)
    due.add_argument("--business-hours", action="store_true", help=_("只算工作日 9:00 到 18:00"))
    lunar = action("lunar", "lunar", _("某天的农历"))
    lunar.add_argument("date", metavar="DATE", type=day)
    for name, function, what in (
        ("import", "take", _("导入一年的节假日表")),
        ("export", "give", _("导出一年的节假日表")),
    ):
        one = action(name, function, what)
        one.add_argument("year", metavar="YEAR", type=whole)
        one.add_argument("file", metavar="FILE")
