"""How the command line is used: a parser whose complaints are sentences, and what it reads."""

from __future__ import annotations

import argparse
import os
from datetime import date, datetime
from typing import NoReturn

from advisorcrm.cli.usage_sentences import sentence_of
from advisorcrm.columns import BRANCH_TIME
from advisorcrm.errors import InvalidFieldError, UserError
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
        raise WrongUsageError(f"{self.prog}: {sentence_of(message)}", self.format_usage())


def filled(text: str) -> str:
    """A word that must say something: an unset variable of a script is no choice of everything."""
    if not text.strip():
        raise argparse.ArgumentTypeError(_("不能是空的"))
    return text


def word(text: str) -> str:
    """A word of any terminal: UTF-8 also where the locale knows no such characters."""
    try:
        return text if text.isprintable() else os.fsencode(text).decode()
    except UnicodeError as error:
        raise argparse.ArgumentTypeError(_("有的文字无法识别，请用 UTF-8 的终端重试")) from error


def day(text: str) -> date:
    """A date as ``2026-11-20``."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("日期写作 2026-11-20")) from error


def instant_of(text: str) -> datetime:
    """An instant as it was typed; without a zone it is the branch's clock.

    Raises InvalidFieldError for anything else, and for a day beyond the known years.
    """
    from advisorcrm.rules.workdays import demand_known_day

    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidFieldError("at", _("时间写作 2026-11-20T14:20。")) from error
    demand_known_day(at.date(), "at")
    return at if at.tzinfo else at.replace(tzinfo=BRANCH_TIME)


def count(text: str) -> int:
    """A whole number from one."""
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:11]) <= _MOST:
        raise argparse.ArgumentTypeError(_("请写 1 以上的整数"))
    return int(text)


def whole(text: str) -> int:
    """A whole number, maybe below zero."""
    try:
        return int(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("请写整数")) from error


def number(text: str) -> float:
    """A number, maybe with decimals."""
    try:
        return float(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("请写数字")) from error
