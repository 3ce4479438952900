"""What argparse complains of, in sentences of the program's language.

The library words its complaints in English; those it does not word so stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from advisorcrm.i18n import _


def sentence_of(complaint: str) -> str:
    """The complaint as a sentence that says what to write."""
    for form, say in _SENTENCES:
        found = form.fullmatch(complaint)
        if found is not None:
            return say(found)
    return complaint


def _lacking(found: re.Match[str]) -> str:
    return _("还缺 {names}。").format(names=_listed(found["names"]))


def _not_among(found: re.Match[str]) -> str:
    return _("{name} 没有 {given} 这一种，可以写 {choices}。").format(
        name=found["name"], given=found["given"], choices=_listed(found["choices"])
    )


def _unknown(found: re.Match[str]) -> str:
    return _("不认识 {words}。").format(words=found["words"])


def _without_value(found: re.Match[str]) -> str:
    return _("{name} 后面要写内容。").format(name=found["name"])


def _one_of(found: re.Match[str]) -> str:
    return _("{names} 要写其中一个。").format(names=_listed(found["names"].replace(" ", ", ")))


def _not_together(found: re.Match[str]) -> str:
    return _("{name} 和 {other} 只能写一个。").format(name=found["name"], other=found["other"])


def _wrong_value(found: re.Match[str]) -> str:
    return _("{name}：{reason}。").format(name=found["name"], reason=found["reason"].rstrip("。"))


def _listed(names: str) -> str:
    return _("、").join(name.strip(" '") for name in names.split(","))


_SENTENCES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(form, re.DOTALL), say)
    for form, say in (
        (r"the following arguments are required: (?P<names>.+)", _lacking),
        (r"argument (?P<name>[^:]+): invalid choice: (?P<given>.+) "
         r"\(choose from (?P<choices>.+)\)", _not_among),
        (r"unrecognized arguments: (?P<words>.+)", _unknown),
        (r"argument (?P<name>[^:]+): expected (?:one|at least one) argument", _without_value),
        (r"one of the arguments (?P<names>.+) is required", _one_of),
        (r"argument (?P<name>[^:]+): not allowed with argument (?P<other>.+)", _not_together),
        (r"argument (?P<name>[^:]+): (?P<reason>.+)", _wrong_value),
    )
)  # fmt: skip
