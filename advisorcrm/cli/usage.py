"""How the command line is used: a parser whose complaints are sentences, and what it reads."""

from __future__ import annotations

import argparse
from datetime import date
from typing import NoReturn

from advisorcrm.errors import UserError
from advisorcrm.i18n import _

_MOST = 2**31 - 1


class WrongUsageError(UserError):
    """A command was called without what it needs; ``usage`` says how it is called."""

    def __init__(self, reason: str, usage: str = "") -> None:
        super().__init__(reason)
        self.usage = usage


class Parser(argparse.ArgumentParser):
    """Raises WrongUsageError instead of leaving, so that the answer can be JSON as well."""

    def error(self, message: str) -> NoReturn:
        """What is wrong with the arguments."""
        raise WrongUsageError(f"{self.prog}: {message}", self.format_usage())


def day(text: str) -> date:
    """A date as ``2026-11-20``."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("日期写作 2026-11-20")) from error


def count(text: str) -> int:
    """A whole number from one."""
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:11]) <= _MOST:
        raise argparse.ArgumentTypeError(_("请写 1 以上的整数"))
    return int(text)
