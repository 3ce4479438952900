"""Telephone numbers with words beside them: whose they are, or how they are to be reached."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field as made_anew
from typing import NamedTuple

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.rules.phones import DASHES, SEVERAL, Phone, read_phones
from advisorcrm.rules.written_text import is_nothing, plain

_NUMBER = re.compile(
    r"(?:\(\+?\d{2,5}\)\s*)?\+?\d[\d\-.\s]{4,}\d(?:\s*(?:转|分机|ext\.?|x|#)\s*\d{1,6})?",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[(\[【「][^()\[\]【】「」]*[)\]】」]?")
_TELLING = re.compile(r"[A-Za-z]{1,8}\s*[:.]")
_FOREIGN = re.compile(r"[A-Za-z*@]|\d{3}")
_BETWEEN = re.compile(r"[\s()\[\]【】「」:,;.。—~\"'“”-]+")
_SAYS_NOTHING = frozenset({"手机", "电话", "联系电话", "移动电话", "固话", "座机", "tel", "mobile"})
_LONGEST = 40


class NotedPhone(NamedTuple):
    """One number and what stood beside it (儿子, 微信同号, 转 8001)."""

    phone: Phone
    note: str = ""


def read_noted_phones(text: str, *, field: str = "phone") -> tuple[NotedPhone, ...]:
    """Every number a cell holds with the words beside it.

    Raises InvalidFieldError for what is no number, with or without words.
    """
    try:
        return tuple(_noted(phone) for phone in read_phones(text, field=field))
    except InvalidFieldError:
        reading = _Reading(field)
        parts = SEVERAL.split(plain(text).translate(DASHES))
        if not all(map(reading.takes, parts)) or not reading.found:
            raise
    return tuple(NotedPhone(phone, note) for phone, note in reading.found.items())


def read_noted_phone(text: str, *, field: str = "phone") -> NotedPhone:
    """The one number a field holds, with the words beside it.

    Raises InvalidFieldError for none, several or a wrong one.
    """
    found = read_noted_phones(text, field=field)
    if len(found) != 1:
        raise InvalidFieldError(field, _("请填一个电话号码。"))
    return found[0]


def _noted(phone: Phone, note: str = "") -> NotedPhone:
    """A mobile has no place for an extension: it goes into the note."""
    told = (note, f"转 {phone.extension}" if phone.extension else "")
    return NotedPhone(phone, " ".join(filter(None, told)))


@dataclass
class _Reading:
    """Goes through the parts of a cell; words without a number belong to the one before."""

    field: str
    found: dict[Phone, str] = made_anew(default_factory=dict)
    _ahead: str = ""

    def takes(self, part: str) -> bool:
        """Take one part in; False for what cannot be understood."""
        numbers = list(_NUMBER.finditer(part))
        if not numbers:
            return self._takes_words(part)
        ends = [0, *(number.end() for number in numbers)]
        words = [part[end : number.start()] for end, number in zip(ends, numbers, strict=False)]
        words.append(part[ends[-1] :])
        if not all(map(_are_words, words)):
            return False
        return all(
            self._takes_number(number[0], note)
            for number, note in zip(numbers, _shared_out(words), strict=True)
        )

    def _takes_words(self, part: str) -> bool:
        if is_nothing(part):
            return True
        if not (_are_words(part) and any(map(str.isalpha, part))):
            return False
        if self.found:
            last = next(reversed(self.found))
            self.found[last] = _tidy(f"{self.found[last]} {part}")
        else:
            self._ahead = part
        return True

    def _takes_number(self, number: str, words: str) -> bool:
        try:
            phones = read_phones(number, field=self.field)
        except InvalidFieldError:
            return False
        note, self._ahead = _tidy(f"{self._ahead} {words}"), ""
        self.found.update(_noted(phone, note) for phone in phones)
        return True


def _are_words(text: str) -> bool:
    """Whether these are words in Chinese, in brackets or before a colon, and no numbers."""
    if re.search(r"\d{3}", text):
        return False
    return _FOREIGN.search(_TELLING.sub("", _BRACKETED.sub("", text))) is None


def _shared_out(words: list[str]) -> list[str]:
    """What stands before, between and behind numbers, each with the number it is about."""
    notes = [""] * (len(words) - 1)
    leads = any(map(str.isalpha, words[0]))
    for at, text in enumerate(words):
        is_behind = text.lstrip().startswith(("(", "[", "【")) and text.rstrip()[-1:] in ")]】"
        to_next = at < len(notes) and (at == 0 or (leads and not is_behind))
        place = at if to_next else at - 1
        notes[place] = _tidy(f"{notes[place]} {text}")
    return notes


def _tidy(text: str) -> str:
    words = dict.fromkeys(_BETWEEN.sub(" ", text).split())
    return " ".join(word for word in words if word.lower() not in _SAYS_NOTHING)[:_LONGEST]
