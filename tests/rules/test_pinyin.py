"""Names by sound: surnames read as surnames."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorcrm.rules.pinyin import name_readings
from advisorcrm.rules.surnames import MOST_OTHERS, SURNAMES

CASES = Path(__file__).parents[1] / "data" / "realdata" / "names_ids" / "surname_pinyin.csv"


def surname_cases() -> list[tuple[str, list[str], list[str]]]:
    with CASES.open(encoding="utf-8-sig", newline="") as file:
        return [
            (
                row["name"],
                [toneless(reading) for reading in row["surname_reading"].split("|")],
                [initial.lower() for initial in row["initial"].split("|")],
            )
            for row in csv.DictReader(file)
        ]


def toneless(reading: str) -> str:
    decomposed = unicodedata.normalize("NFD", reading.replace(" ", ""))
    letters = decomposed.replace("u\u0308", "v")
    return "".join(sign for sign in letters if not unicodedata.combining(sign))


@pytest.mark.parametrize(("name", "readings", "initials"), surname_cases())
def test_a_surname_is_read_as_a_surname(
    name: str, readings: list[str], initials: list[str]
) -> None:
    found = name_readings(name)
    assert found.full.split()[0] in readings
    assert found.initials[0] in initials


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("欧阳文静", "ouyang wenjing", "oywj"),
        ("张伟", "zhang wei", "zw"),
        ("王焘", "wang tao", "wt"),
        ("李崴", "li wei", "lw"),
        ("吕布", "lv bu", "lb"),
        ("种师道", "chong shidao", "csd"),
        ("秘书长", "bi shuchang", "bsc"),
        ("祭遵", "zhai zun", "zz"),
        ("宰父黑", "zaifu hei", "zfh"),
        ("张三A", "zhang sana", "zsa"),
        ("Tom Lee", "tom lee", "tl"),
        ("ABC科技有限公司", "abckejiyouxiangongsi", "abckjyxgs"),
        ("重庆长江实业集团", "chongqingchangjiangshiyejituan", "cqcjsyjt"),
        ("阿卜杜拉·买买提", "a budulamaimaiti", "abdlmmt"),
        ("张　三", "zhang san", "zs"),
        ("單雄信", "shan xiongxin", "sxx"),
        ("陳樂兒", "chen leer", "cle"),
        ("萬俟卨", "moqi xie", "mqx"),
        ("尉迟", "yuchi", "yc"),
        ("儿宽", "ni kuan", "nk"),
        ("张𠮷", "zhang ji", "zj"),
        ("查理·芒格", "cha limangge", "clmg"),
        ("", "", ""),
    ],
)
def test_a_name_is_spelt_and_abbreviated(name: str, full: str, initials: str) -> None:
    found = name_readings(name)
    assert (found.full, found.initials) == (full, initials)


def test_a_surname_with_two_readings_is_found_by_both() -> None:
    found = name_readings("曾国藩")
    assert found[:2] == ("zeng guofan", "zgf")
    assert ("ceng guofan", "cgf") in found.others


def test_a_given_name_with_two_readings_is_found_by_both() -> None:
    assert ("li yue", "ly") in name_readings("李乐").others


def test_a_name_in_traditional_characters_or_by_its_sound_is_also_found_the_other_way() -> None:
    for name, other in (
        ("陳樂兒", "chen yueer"),
        ("單于", "shan yu"),
        ("查理·芒格", "zha limangge"),
    ):
        assert other in {full for full, _initials in name_readings(name).others}


def test_a_compound_surname_beats_a_single_one() -> None:
    assert name_readings("单于明").initials == "cym"
    assert name_readings("单明").initials == "sm"


def test_a_name_of_ambiguous_characters_does_not_explode() -> None:
    assert len(name_readings("曾乐行长重朝茜").others) <= MOST_OTHERS


def test_every_surname_of_the_table_has_a_syllable_per_character() -> None:
    for surname, readings in SURNAMES.items():
        for reading in readings:
            assert len(reading.split()) == len(surname), surname


@given(st.text(max_size=20))
def test_any_text_has_readings_in_plain_letters_or_its_own(name: str) -> None:
    found = name_readings(name)
    assert found.initials == found.initials.strip()
    assert "  " not in found.full
