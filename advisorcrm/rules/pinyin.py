"""Names by sound: full pinyin and initials, with surname readings (姓名拼音).

A compound surname is tried before a single one. One reading per character is kept, so that
100,000 names cost a fraction of a second; pypinyin is loaded for the first unknown character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain, islice, product
from typing import NamedTuple

from advisorcrm.rules.surnames import GIVEN, MOST_OTHERS, SURNAMES, VARIANTS

_FIRST_HAN = "㐀"
_LONGEST_SURNAME = 4
_LONGEST_PERSON = 5
_DOT = "·"
"""Between the parts of a name that was spelt in Chinese by its sound: nothing is a surname."""
_ORGANISATION = re.compile(
    r"公司|集团|中心|合伙|基金|银行|学校|大学|医院|协会|学会|研究[所院]|委员会|工作室|合作社|事务所"
    r"|商行|商店|工厂|计划|信托|资管|产品|[厂局社]$"
)
_COMPOUNDS = frozenset(surname[:2] for surname in SURNAMES if len(surname) > 1)
_SEVERAL = frozenset(
    char for table in (SURNAMES, GIVEN) for char, found in table.items() if len(found) > 1
)


class Readings(NamedTuple):
    """How a name is read: ``ouyang wenjing`` and ``oywj``; ``others`` are further such pairs."""

    full: str
    initials: str
    others: tuple[tuple[str, str], ...] = ()


class _Syllables(dict[str, str]):
    """The first reading of each character, learnt as characters come up."""

    def __init__(self, table: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__()
        self._table = table

    def __missing__(self, char: str) -> str:
        reading = self._table[char][0] if char in self._table else _syllable(char)
        self[char] = reading
        return reading


_surnames = _Syllables(SURNAMES)
_given = _Syllables(GIVEN)


def preload() -> None:
    """Load the dictionary ahead of use, in a moment of waiting."""
    _given["一"]  # looking it up is what loads it


def name_readings(name: str) -> Readings:
    """The readings of one name; the empty name has empty ones."""
    if 2 <= len(name) <= 3 and min(name) >= _FIRST_HAN and _SEVERAL.isdisjoint(name):
        return _plain(name)
    return _careful(name)


def _plain(name: str) -> Readings:
    """Two or three Han characters of which none has a second reading: nearly every name."""
    surname, first, last = _surnames[name[0]], _given[name[1]], _given[name[-1]]
    if name[:2] in _COMPOUNDS or not (surname and first and last):
        return _careful(name)
    if len(name) == 2:
        return Readings(f"{surname} {first}", surname[0] + first[0])
    return Readings(f"{surname} {first}{last}", surname[0] + first[0] + last[0])


@lru_cache(maxsize=16_384)
def _careful(name: str) -> Readings:
    text = unicodedata.normalize("NFKC", name).strip().lower().translate(VARIANTS)
    if not any(char >= _FIRST_HAN for char in text):
        return _of_letters(text)
    if _is_organisation(text):
        return _of_organisation(text)
    choices = [_surname_choices(text), *_given_choices(text)]
    found = chain(_bare_surnames(text), map(_joined, product(*choices)))
    different = dict.fromkeys(islice(found, MOST_OTHERS + 1))
    best, *others = different
    return Readings(*best, tuple(others))


def _is_organisation(text: str) -> bool:
    return _ORGANISATION.search(text) is not None or (
        len(text) > _LONGEST_PERSON and _is_han(text) and text[:2] not in SURNAMES
    )


def _is_han(text: str) -> bool:
    return all(char >= _FIRST_HAN for char in text)


def _surname_of(text: str) -> str:
    """The surname a name begins with: a compound one if something follows it."""
    for length in range(min(_LONGEST_SURNAME, len(text) - 1), 1, -1):
        if text[:length] in SURNAMES:
            return text[:length]
    return text[:1]


def _bare_surnames(text: str) -> Iterator[tuple[str, str]]:
    """A compound surname alone (欧阳): of somebody whose given name nobody wrote down."""
    if len(text) > 1:
        yield from (_joined((reading.split(),)) for reading in SURNAMES.get(text, ()))


def _surname_choices(text: str) -> list[list[str]]:
    surname = _surname_of(text)
    readings = SURNAMES.get(surname) or (_surnames[surname],)
    if _DOT in text and len(surname) == 1:
        readings = tuple(dict.fromkeys((_given[surname], *readings)))
    return [reading.split() for reading in readings]


def _given_choices(text: str) -> list[list[list[str]]]:
    given = text[len(_surname_of(text)) :]
    return [[[reading] for reading in GIVEN.get(char) or (_given[char],)] for char in given]


def _joined(combination: tuple[list[str], ...]) -> tuple[str, str]:
    """Surname, blank, given name; and the first letters (whole words where they are Latin)."""
    surname, *given = combination
    full = f"{''.join(surname)} {''.join(part for parts in given for part in parts)}"
    initials = "".join(part[:1] for parts in combination for part in parts)
    return " ".join(full.split()), initials.replace(" ", "")


def _of_letters(text: str) -> Readings:
    """A name in letters: itself, and the first letters of its words."""
    words = ["".join(char for char in word if char.isalnum()) for word in text.split()]
    words = [word for word in words if word]
    initials = "".join(word[0] for word in words) if len(words) > 1 else "".join(words)
    return Readings(" ".join(words), initials)


def _of_organisation(text: str) -> Readings:
    """Whole words decide the reading (重庆, 长江, 银行), not surnames."""
    from pypinyin import lazy_pinyin

    syllables = [part.strip().lower() for part in lazy_pinyin(text) if part.strip()]
    initials = "".join(part if part.isascii() and part in text else part[:1] for part in syllables)
    return Readings("".join(syllables), initials)


def _syllable(char: str) -> str:
    """The reading of one character; letters and digits are themselves, signs are nothing."""
    if char < _FIRST_HAN:
        return char if char.isalnum() or char == " " else ""
    from pypinyin import lazy_pinyin

    (reading,) = lazy_pinyin(char.translate(VARIANTS))
    return reading if reading != char else ""
