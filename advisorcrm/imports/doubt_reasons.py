"""Why a row of an import is left undecided: one of few sentences, each with its values.

On the list of what waits a reason is kept in Chinese, the language of the records, and shown in
that of the window, whoever imported the file in whichever language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from advisorcrm.i18n import N_, _

SAME_KEY = N_("与第 {row} 行的账号或客户号相同，姓名或电话不同，请核对。")
TWO_OWNERS = N_("资金账号和客户号属于两位不同的客户，请核对。")
OTHER_ACCOUNT = N_("客户号相同，资金账号不同，请核对。")
OTHER_NAME = N_("文件姓名为 {new}，系统里是 {old}，请核对。")
OTHER_PHONE = N_("姓名一致，电话与系统里的不同，请核对。")
NAMESAKE = N_("没有资金账号，已有同名客户，分不清是不是同一位，请核对。")
OWNERS_PHONE = N_("电话与客户 {name} 的相同，姓名不同，请核对。")
_REASONS = (
    SAME_KEY, TWO_OWNERS, OTHER_ACCOUNT, OTHER_NAME, OTHER_PHONE, NAMESAKE, OWNERS_PHONE,
)  # fmt: skip
_VALUE = re.compile(r"\\\{(\w+)\\\}")


class DoubtReason(NamedTuple):
    """One of the sentences, and what stands in its places."""

    text: str
    values: Mapping[str, str] = {}

    @property
    def said(self) -> str:
        """In the language of the window."""
        return _(self.text).format(**self.values)

    @property
    def stored(self) -> str:
        """As the list of what waits keeps it."""
        return self.text.format(**self.values)


def said_now(stored: str) -> str:
    """A kept reason in the language of the window; one in other words stays as it was kept."""
    for text in _REASONS:
        found = _form(text).fullmatch(stored)
        if found is not None:
            return DoubtReason(text, found.groupdict()).said
    return stored


@cache
def _form(text: str) -> re.Pattern[str]:
    """The sentence as it is kept, with anything in its places."""
    return re.compile(_VALUE.sub(r"(?P<\1>.*)", re.escape(text)), re.DOTALL)
