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
    assert masking.mask_address("济南市历下区") == "济南市历下区"
    assert masking.mask_address("济南市历下区泺源大街 1 号") == "济南市历下区******"
    assert masking.mask_address("济南市历下区8号") == "济南市历下区******"


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


@pytest.mark.parametrize(
    "text", ["追加 5000000元", "卖出 1200000 股", "申购 3000000份，到账 9999999.50 元"]
)
def test_money_and_pieces_in_a_text_stay_readable(text: str) -> None:
    assert masking.mask_words(text) == text


@pytest.mark.parametrize("text", ["打 13900000458元旦后", "账号 0100000034股东"])
def test_a_long_number_before_a_unit_is_still_a_number(text: str) -> None:
    shown = masking.mask_words(text)
    assert "*" in shown
    assert masking.holds_word_masks(shown)


@pytest.mark.parametrize(
    "number", ["13900000458", "139-0000-0458", "110101190001011234", "12345678", "1234567"]
)
def test_a_mask_left_standing_gets_its_number_back(number: str) -> None:
    text = f"新号 {number}，下午打"
    masked = masking.mask_words(text)
    assert masking.numbers_behind(masked[3:].split("，")[0], text) == {number}
    restored = masking.restore_words(
        masked.replace("下午", "上午"), lambda mask: masking.numbers_behind(mask, text).pop()
    )
    assert restored == text.replace("下午", "上午")


def test_stars_that_somebody_typed_stand_for_themselves() -> None:
    assert masking.numbers_behind("138****5678", "尾号写成 138****5678") == {"138****5678"}
    assert masking.numbers_behind("138****5678", "13900005678") == set()
    two = "13800005678 或 13811115678"
    assert masking.numbers_behind("138****5678", two) == {"13800005678", "13811115678"}
