"""What a person can type to find a client, cut into grams for the search index.

Every client has a haystack of folded words: names with initials, full pinyin, and numbers
(account, client number, telephones). A typed token matches if its part of the haystack contains
it; the grams only narrow down where to look, and the containing test decides.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from string import ascii_lowercase

INITIALS_MARK = "0"
PINYIN_MARK = "1"
"""Marks keep letters of initials and of full pinyin apart from letters of a name."""

_NO_INITIALS = frozenset("iuv")


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Lower case, full width made narrow, everything but letters and digits dropped."""
    if text.isascii() and text.isalnum():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold()
    return folded if folded.isalnum() else "".join(char for char in folded if char.isalnum())


@dataclass(frozen=True, slots=True)
class Haystack:
    """The searchable text of one client: folded words, parted by blanks."""

    names: str
    initials: str
    pinyin: str
    numbers: str

    @property
    def names_and_initials(self) -> str:
        """What letters and Han characters are looked up in."""
        return f"{self.names} {self.initials}"


def haystack(
    names: Iterable[str], initials: Iterable[str], pinyin: Iterable[str], numbers: Iterable[str]
) -> Haystack:
    """Fold what can be typed for one client."""
    return Haystack(*(_folded(words) for words in (names, initials, pinyin, numbers)))


def _folded(words: Iterable[str]) -> str:
    return " ".join(filter(None, map(fold, words)))


def grams_of(hay: Haystack) -> set[str]:
    """Every gram a query token may ask for."""
    grams: set[str] = set()
    for word in hay.names.split():
        grams.update(word)
        grams.update(word[at : at + 2] for at in range(len(word) - 1))
    for word in hay.initials.split():
        for size in (1, 2, 3):
            grams.update(INITIALS_MARK + word[at : at + size] for at in range(len(word) - size + 1))
    for word in hay.pinyin.split():
        grams.update(PINYIN_MARK + word[at : at + 3] for at in range(max(len(word) - 2, 1)))
    for word in hay.numbers.split():
        grams.update(word[at : at + 3] for at in range(len(word) - 2))
    return grams


class Look(StrEnum):
    """In which part of the haystack a token may be found."""

    NAMES = "names"
    PINYIN = "pinyin"
    SYLLABLE = "syllable"
    """Where the full pinyin begins: the surname."""
    NUMBERS = "numbers"


def places(token: str) -> tuple[Look, ...]:
    """Where a token is looked for: the test that decides after the grams."""
    if any(char.isdigit() for char in token):
        return (Look.NUMBERS, Look.NAMES)
    if token.isascii() and len(token) >= 3:
        return (Look.NAMES, Look.PINYIN)
    if is_syllable(token):
        return (Look.NAMES, Look.SYLLABLE)
    return (Look.NAMES,)


def is_syllable(token: str) -> bool:
    """Whether two letters are the beginning of a sound (``li``, ``wu``) and no initials.

    No syllable of Chinese begins with i, u or v.
    """
    return (
        len(token) == 2
        and token.isascii()
        and token.isalpha()
        and not _NO_INITIALS.isdisjoint(token)
    )


def query_tokens(text: str) -> tuple[str, ...]:
    """The typed words, folded; all of them must match (``zyh 5586``)."""
    return tuple(token for token in (fold(word) for word in text.split()) if token)


def joined_letters(text: str) -> str:
    """The typed words with neighbours in letters as one: ``li ming`` is how ``liming`` is said."""
    words: list[str] = []
    for token in query_tokens(text):
        is_letters = token.isascii() and token.isalpha()
        if words and is_letters and words[-1].isascii() and words[-1].isalpha():
            words[-1] += token
        else:
            words.append(token)
    return " ".join(words)


def alternatives(token: str) -> tuple[tuple[str, ...], ...]:
    """Gram sets for one token: it may match if all grams of any one set are present.

    Empty when the token is too short to narrow anything down: one or two digits.
    """
    as_name = _pieces(token, 2)
    if any(char.isdigit() for char in token):
        return (_pieces(token, 3), as_name) if len(token) >= 3 else ()
    if not token.isascii():
        return (as_name,)
    as_initials = tuple(INITIALS_MARK + piece for piece in _pieces(token, 3))
    if is_syllable(token):
        begun = tuple((PINYIN_MARK + token + letter,) for letter in ("", *ascii_lowercase))
        return (as_initials, as_name, *begun)
    if len(token) < 3:
        return (as_initials, as_name)
    as_pinyin = tuple(PINYIN_MARK + piece for piece in _pieces(token, 3))
    return (as_initials, as_pinyin, as_name)


def _pieces(token: str, size: int) -> tuple[str, ...]:
    if len(token) <= size:
        return (token,)
    return tuple(token[at : at + size] for at in range(len(token) - size + 1))
