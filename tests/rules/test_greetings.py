"""How a client is addressed, and the words of a greeting."""

from __future__ import annotations

import pytest

from advisorcrm.rules.greetings import address_of, fill_greeting, unknown_places
from advisorcrm.terms import ClientKind, Sex

PERSON = ClientKind.PERSON


@pytest.mark.parametrize(
    ("name", "sex", "alias", "address"),
    [
        ("陈建国", Sex.MALE, "", "陈先生"),
        ("欧阳文静", Sex.FEMALE, "", "欧阳女士"),
        ("陈建国", None, "", "陈建国"),
        ("陈建国", Sex.MALE, "陈老师", "陈老师"),
    ],
)
@pytest.mark.req("R244")
def test_a_client_is_addressed_by_the_files_own_word_or_by_surname_and_title(
    name: str, sex: Sex | None, alias: str, address: str
) -> None:
    assert address_of(name, sex, PERSON, alias) == address


def test_an_institution_is_addressed_by_its_name() -> None:
    assert address_of("历山贸易有限公司", None, ClientKind.INSTITUTION) == "历山贸易有限公司"


def test_places_are_filled_and_slips_of_the_pen_are_found() -> None:
    assert fill_greeting("{称呼}，{节日}快乐！{客服}", {"称呼": "陈先生", "节日": "中秋"}) == (
        "陈先生，中秋快乐！"
    )
    assert unknown_places("{称呼}，{节目}快乐") == ["节目"]
