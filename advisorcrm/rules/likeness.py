"""How likely two files are about one person, and by which facts (design: duplicates)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from advisorcrm.i18n import N_
from advisorcrm.terms import Term

LISTED = 40
"""Pairs below are not shown."""
VERY_LIKE = 80
_TAIL = 4
_CLOSE_NAME = 50.0


class LikeFact(Term):
    """One thing that two files have in common."""

    ID_NUMBER = "id_number", N_("证件号相同")
    PHONE = "phone", N_("电话相同")
    EMAIL = "email", N_("邮箱相同")
    NAME = "name", N_("姓名相同")
    SOUND = "sound", N_("姓名同音")
    CLOSE_NAME = "close_name", N_("姓名差一字")
    PHONE_TAIL = "phone_tail", N_("电话尾号相同")
    BIRTHDAY = "birthday", N_("生日相同")
    ADDRESS = "address", N_("地址相同")


_WEIGHTS = {
    LikeFact.ID_NUMBER: 70,
    LikeFact.PHONE: 40,
    LikeFact.EMAIL: 35,
    LikeFact.NAME: 40,
    LikeFact.SOUND: 30,
    LikeFact.CLOSE_NAME: 20,
    LikeFact.PHONE_TAIL: 15,
    LikeFact.BIRTHDAY: 20,
    LikeFact.ADDRESS: 15,
}


@dataclass(frozen=True, slots=True)
class Traits:
    """What of a file is compared; empty values prove nothing."""

    name: str
    pinyin: str = ""
    id_number: str = ""
    birthday: date | None = None
    address: str = ""
    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Likeness:
    """The facts, the most telling first, and their sum up to 100."""

    score: int
    facts: tuple[LikeFact, ...]

    @property
    def is_very_like(self) -> bool:
        """Whether it is hardly anybody else."""
        return self.score >= VERY_LIKE


def likeness(first: Traits, second: Traits) -> Likeness:
    """Compare two files. Different identity numbers are different people, whatever else fits."""
    if first.id_number and second.id_number and first.id_number != second.id_number:
        return Likeness(0, ())
    facts = sorted(_facts(first, second), key=lambda fact: -_WEIGHTS[fact])
    return Likeness(min(100, sum(_WEIGHTS[fact] for fact in facts)), tuple(facts))


def keys_of(traits: Traits) -> Iterator[tuple[object, ...]]:
    """Under which keys a file meets the files it may be like; others are not worth comparing."""
    if traits.id_number:
        yield "id", traits.id_number
    for phone in traits.phones:
        yield "phone", phone
        yield "tail", traits.pinyin, phone[-_TAIL:]
    for address in traits.emails:
        yield "email", address
    if traits.birthday is not None:
        yield "birthday", traits.pinyin, traits.birthday
    if traits.address:
        yield "address", traits.pinyin, traits.address


def _facts(first: Traits, second: Traits) -> Iterator[LikeFact]:
    if first.id_number and first.id_number == second.id_number:
        yield LikeFact.ID_NUMBER
    if first.phones & second.phones:
        yield LikeFact.PHONE
    elif _tails(first) & _tails(second):
        yield LikeFact.PHONE_TAIL
    if first.emails & second.emails:
        yield LikeFact.EMAIL
    yield from _name_facts(first, second)
    if first.birthday is not None and first.birthday == second.birthday:
        yield LikeFact.BIRTHDAY
    if first.address and first.address == second.address:
        yield LikeFact.ADDRESS


def _name_facts(first: Traits, second: Traits) -> Iterator[LikeFact]:
    if first.name == second.name:
        yield LikeFact.NAME
    elif first.pinyin and first.pinyin == second.pinyin:
        yield LikeFact.SOUND
    elif first.name[:1] == second.name[:1] and _is_close(first.name, second.name):
        yield LikeFact.CLOSE_NAME


def _is_close(first: str, second: str) -> bool:
    """Of two names of like length at least half of the characters in their places."""
    return abs(len(first) - len(second)) <= 1 and fuzz.ratio(first, second) >= _CLOSE_NAME


def _tails(traits: Traits) -> set[str]:
    return {phone[-_TAIL:] for phone in traits.phones}
