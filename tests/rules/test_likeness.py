"""Which files are about one person, and which only look so."""

from __future__ import annotations

from datetime import date

import pytest

from advisorcrm.rules.likeness import LISTED, LikeFact, Traits, keys_of, likeness

ID = "11010519491231002X"


def traits(name: str = "孙晓彤", pinyin: str = "sunxiaotong", **more: object) -> Traits:
    phones = frozenset(more.pop("phones", ()))  # type: ignore[arg-type]
    return Traits(name, pinyin, phones=phones, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "second", "facts", "is_very_like"),
    [
        (traits(id_number=ID, phones=["13900000093"]),
         traits("孙小彤", id_number=ID, phones=["13900000093"]),
         (LikeFact.ID_NUMBER, LikeFact.PHONE, LikeFact.SOUND), True),
        (traits(phones=["13900000093"]), traits(phones=["13900000093"]),
         (LikeFact.PHONE, LikeFact.NAME), True),
        (traits("汪慧敏", "wanghuimin", phones=["13900000093"]),
         traits("李建国", "lijianguo", phones=["13900000093"]), (LikeFact.PHONE,), False),
        (traits(phones=["13900000093"]), traits("孙小彤", phones=["13800000093"]),
         (LikeFact.SOUND, LikeFact.PHONE_TAIL), False),
        (traits(birthday=date(1968, 12, 4)), traits(birthday=date(1968, 12, 4)),
         (LikeFact.NAME, LikeFact.BIRTHDAY), False),
        (traits("赵立新", "zhaolixin", phones=["1"]), traits("赵立欣", "zhaolixinn", phones=["1"]),
         (LikeFact.PHONE, LikeFact.CLOSE_NAME), False),
    ],
)  # fmt: skip
def test_the_facts_that_two_files_share_are_told_and_weighed(
    first: Traits, second: Traits, facts: tuple[LikeFact, ...], is_very_like: bool
) -> None:
    found = likeness(first, second)
    assert (found.facts, found.is_very_like) == (facts, is_very_like)
    assert found.score >= LISTED
    assert likeness(second, first) == found


def test_different_identity_numbers_are_different_people_whatever_else_fits() -> None:
    one = traits(id_number=ID, phones=["13900000093"], birthday=date(1968, 12, 4))
    other = traits(
        id_number="110105194912310011", phones=["13900000093"], birthday=date(1968, 12, 4)
    )
    assert likeness(one, other).score == 0


def test_the_same_name_alone_is_not_worth_a_look() -> None:
    assert likeness(traits(), traits()).score >= LISTED
    assert not set(keys_of(traits())) & set(keys_of(traits()))
