"""``pinyin``, ``check-id``, ``check-phone``: the branch's test tables, to the letter."""

from __future__ import annotations

import csv
import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from advisorcrm.cli.main import run

TABLES = Path(__file__).parents[1] / "data" / "realdata" / "names_ids"


def table(name: str) -> list[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any], str]:
    status = run([*arguments, "--json"])
    out, err = capsys.readouterr()
    return status, json.loads(out), err


def toneless(reading: str) -> str:
    letters = unicodedata.normalize("NFD", reading.replace(" ", "")).replace("u\u0308", "v")
    return "".join(sign for sign in letters if not unicodedata.combining(sign))


@pytest.mark.req("R146")
@pytest.mark.parametrize("case", table("id_numbers.csv"), ids=lambda case: case["input"])
def test_an_identity_number_holds_and_tells_of_the_person_or_is_refused(
    capsys: pytest.CaptureFixture[str], case: dict[str, str]
) -> None:
    status, answer, err = asked(capsys, "check-id", case["input"])
    assert (status, answer["valid"]) == ((1, False) if case["valid"] == "no" else (0, True))
    if case["valid"] == "no":
        assert answer["error"] in err
        assert answer["error"].endswith("。")
        return
    assert (answer["kind"] == "id_card") == (case["valid"] == "yes")
    assert answer["normalised"] == case["normalised"] or not case["normalised"]
    assert answer.get("birthday", "") == case["birthday"]
    assert answer.get("sex", "") == case["sex"]


@pytest.mark.req("R146")
@pytest.mark.parametrize("case", table("phones.csv"), ids=lambda case: case["input"])
def test_a_telephone_number_holds_in_one_form_or_is_refused(
    capsys: pytest.CaptureFixture[str], case: dict[str, str]
) -> None:
    status, answer, err = asked(capsys, "check-phone", case["input"])
    is_bad = case["kind"] == "bad"
    assert (status, answer["valid"]) == ((1, False) if is_bad else (0, True))
    assert (answer["kind"], answer["normalised"]) == (case["kind"], case["normalised"])
    assert ("error" in answer, bool(err)) == (is_bad, is_bad)


@pytest.mark.parametrize("case", table("surname_pinyin.csv"), ids=lambda case: case["name"])
def test_a_surname_is_read_in_every_way_it_is_read(
    capsys: pytest.CaptureFixture[str], case: dict[str, str]
) -> None:
    status, answer, _err = asked(capsys, "pinyin", case["name"])
    readings = [toneless(reading) for reading in case["surname_reading"].split("|")]
    assert status == 0
    assert any(answer["full"].startswith(reading) for reading in readings)
    assert answer["initials"][0].upper() in case["initial"].split("|")
    heard = [answer["full"], *answer["others"]]
    assert all(any(one.startswith(reading) for one in heard) for reading in readings)


def test_a_name_with_everything_there_is_to_say(capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(capsys, "pinyin", "单雄信")[1] == {
        "full": "shanxiongxin", "initials": "sxx", "others": ["danxiongxin"],
        "other_initials": ["dxx"],
    }  # fmt: skip
    assert "lyubu" in asked(capsys, "pinyin", "吕布")[1]["others"]


def test_an_identity_number_tells_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(capsys, "check-id", "32010219010315003X")[1]["region"] == "江苏省南京市玄武区"
    assert asked(capsys, "check-id", "820000191001010022")[1]["region"] == "澳门特别行政区"
    assert asked(capsys, "check-id", "511002190505050040")[1]["region"].startswith("四川省")


def test_two_numbers_are_told_one_by_one(capsys: pytest.CaptureFixture[str]) -> None:
    answer = asked(capsys, "check-phone", "13900000012、021-63210000")[1]
    assert (answer["kind"], answer["numbers"]) == (
        "two",
        [
            {"kind": "mobile", "normalised": "13900000012"},
            {"kind": "landline", "normalised": "021-63210000"},
        ],
    )


def test_nothing_is_no_identity_number(capsys: pytest.CaptureFixture[str]) -> None:
    status, answer, _err = asked(capsys, "check-id", "-")
    assert (status, answer["error"]) == (1, "没有证件号码。")
    for nameless in ("", "——"):
        status, answer, err = asked(capsys, "pinyin", nameless)
        assert (status, list(answer), err.strip()) == (1, ["error"], answer["error"])
