from __future__ import annotations

import pytest

from advisorcrm.rules import masking


@pytest.mark.req("R16", "R148")
@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("13800005678", "138****5678"),
        ("0531-86951100", "0531-8***1100"),
        ("95500", "***5500"),
        ("110", "****"),
        ("", ""),
    ],
)
def test_a_telephone_keeps_its_ends_only(number: str, shown: str) -> None:
    assert masking.mask_phone(number) == shown


def test_an_account_keeps_its_last_four() -> None:
    assert masking.mask_account("010000003456") == "****3456"
    assert masking.mask_account(None) == ""


def test_an_identity_number_keeps_three_and_four() -> None:
    assert masking.mask_id_number("110101190001011234") == "110***********1234"
    assert masking.mask_id_number("AB123") == "*****"


def test_an_address_nobody_gave_stays_empty() -> None:
    assert masking.mask_email("") == ""
    assert masking.mask_email("wangxl_58@126.com") == "w***8@126.com"
    assert masking.mask_email("w@126.com") == "***@126.com"


def test_numbers_inside_a_text_are_masked_and_words_stay() -> None:
    text = "客户留了新号 13900000458，女儿证件 110101190001011234，资产 45 万。"
    shown = masking.mask_words(text)
    assert "13900000458" not in shown
    assert "110101190001011234" not in shown
    assert shown.startswith("客户留了新号 139")
    assert "资产 45 万" in shown


@pytest.mark.parametrize("text", ["138****5678", "****3456", "张*", "w***8@126.com"])
def test_every_mask_is_known_again_on_import(text: str) -> None:
    assert masking.is_masked(text)


@pytest.mark.parametrize("text", ["欧阳文静", "*ST样本", "13800005678", "5*3", ""])
def test_honest_data_is_no_mask(text: str) -> None:
    assert not masking.is_masked(text)


@pytest.mark.parametrize("number", ["139 0000 0458", "139-0000-0458", "0531-8695-1100"])
def test_a_number_written_in_groups_is_masked_too(number: str) -> None:
    shown = masking.mask_words(f"打 {number} 找她")
    assert number[-4:] in shown
    assert "*" in shown
    assert number not in shown


def test_a_date_in_a_text_stays_readable() -> None:
    text = "约在 2026-11-24 14:30 面谈，2026.12.01 前回复"
    assert masking.mask_words(text) == text
