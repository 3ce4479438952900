"""``completeness`` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_commands import ADVISOR, Shell, shell

__all__ = ["shell"]

SHEET = "客户姓名,资金账号,手机,客户类型,职业\n何样康,010000006037,13900010037,金卡,教师\n陆样满,010000006045,13900010045,银卡,\n"


@pytest.mark.req("R3", "R20")
def test_the_branch_by_advisor_and_group_and_one_client_with_what_is_missing(
    shell: Shell, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text(SHEET, "utf-8")
    shell("import", "clients", str(tmp_path / "a.csv"), "--advisor", ADVISOR)
    status, answer, _err = shell("completeness")
    assert (status, answer["clients"], answer["percent"], answer["below_90"]) == (0, 2, 7.0, 2)
    assert answer["advisors"] == [{"name": "林若溪", "clients": 2, "percent": 7.0, "below_90": 2}]
    assert [group["clients"] for group in answer["groups"]] == [2]

    status, answer, _err = shell("completeness", "--client", "010000006037", user=ADVISOR)
    assert (status, answer["percent"]) == (0, 9)
    assert answer["missing"][0] == {
        "field": "mobile", "label": "手机", "reason": "待核", "weight": 10, "is_doubt": True,
    }  # fmt: skip
    assert answer["percent"] + sum(gap["weight"] for gap in answer["missing"]) == 100


def test_an_unknown_client_is_refused_with_a_sentence(shell: Shell) -> None:
    for account in ("7", ""):
        status, _answer, err = shell("completeness", "--client", account)
        assert (status, "找不到这位客户" in err) == (1, True)
