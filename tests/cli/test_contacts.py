"""``import contacts``: address books by the road of the client list."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_commands import ADVISOR, MANAGER, Shell, shell
from tests.cli.test_imports import figures
from tests.imports.cards import card, nokia, saved

__all__ = ["shell"]  # the fixture
CONTACTS = Path(__file__).parents[1] / "data" / "realdata" / "contacts"
COUNTS = {
    "zh_oppo_vcard21_qp_120.vcf": {"read": 120, "new": 120},
    "zh_mixed_versions.vcf": {"read": 4, "new": 3, "failed": 1},
    "John_Doe_ANDROID.vcf": {"read": 6, "new": 6},
    "gmail-single2.vcf": {"read": 1, "new": 1},
    "outlook_zh_gb2312.csv": {"read": 25, "new": 25},
    "google_contacts_new.csv": {"read": 22, "new": 22},
}


@pytest.mark.req("R15")
@pytest.mark.parametrize("name", COUNTS)
def test_an_address_book_goes_in_and_the_second_time_changes_nothing(
    shell: Shell, name: str
) -> None:
    path = str(CONTACTS / name)
    status, tried, _err = shell("import", "contacts", path, "--dry-run", user=ADVISOR)
    assert (status, figures(tried)) == (0, COUNTS[name])
    status, answer, err = shell("import", "contacts", path, user=ADVISOR)
    assert (status, err, figures(answer)) == (0, "", COUNTS[name])
    _status, again, _err = shell("import", "contacts", path, "--rule", "overwrite", user=ADVISOR)
    assert again["unchanged"] == COUNTS[name]["new"]


def test_the_answer_says_what_it_was_and_what_is_to_be_looked_at(shell: Shell) -> None:
    _status, answer, _err = shell(
        "import", "contacts", str(CONTACTS / "zh_mixed_versions.vcf"), user=ADVISOR
    )
    assert answer["kind"] == "vcard"
    assert [(one["row"], one["column"]) for one in answer["failures"]] == [(4, "姓名")]
    _status, answer, _err = shell(
        "import", "contacts", str(CONTACTS / "John_Doe_ANDROID.vcf"), user=ADVISOR
    )
    assert [one["row"] for one in answer["notes"]][:2] == [1, 2]


def test_a_contact_is_found_by_its_number(shell: Shell, tmp_path: Path) -> None:
    path = saved(tmp_path, nokia("样", "甲", "13900000401"))
    shell("import", "contacts", str(path), "--advisor", ADVISOR, user=MANAGER)
    _status, found, _err = shell("find", "0401", user=ADVISOR)
    assert [client["name"] for client in found["clients"]] == ["样甲"]


def test_one_person_on_two_cards_is_one_client(shell: Shell, tmp_path: Path) -> None:
    twice = card("FN:样乙", "TEL:13900000402")
    path = saved(tmp_path, twice, card("FN:样乙", "TEL:13900000402", "TEL:13900000403"))
    _status, answer, _err = shell("import", "contacts", str(path), user=ADVISOR)
    assert figures(answer) == {"read": 2, "new": 1, "unchanged": 1}
    assert shell("find", "0403", user=ADVISOR)[1]["total"] == 1


@pytest.mark.parametrize(
    "content",
    [b"BEGIN:VCARD\n", b"BEGIN:VCARD\nVERSION:3.0\n" + b"\0" * 5000, b"\x89PNG\r\n", b"",
     b"BEGIN:VCARD\nEND:VCARD\n", b"BEGIN:VCARD\nTEL:1", b"Name,Given Name\n\"open"],
)  # fmt: skip
def test_a_broken_address_book_is_refused_in_a_sentence(
    shell: Shell, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "坏.vcf"
    path.write_bytes(content)
    status, answer, err = shell("import", "contacts", str(path), user=ADVISOR)
    assert status == 1
    assert answer["error"].endswith("。")
    assert "Traceback" not in err
