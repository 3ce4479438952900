"""``duplicates``: pairs for the manager, nothing for others."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisorcrm.cli.main import run
from tests.cli.test_commands import ADVISOR, MANAGER, Shell, shell
from tests.cli.test_imports import write

__all__ = ["shell"]  # the fixture


def test_the_manager_is_told_which_files_may_be_one_persons(
    shell: Shell, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(
        tmp_path / "客户.csv",
        ("孙晓彤", "010000000093", "13900000093", "金卡", "1", ""),
        ("孙小彤", "010000006641", "13900000093", "银卡", "1", ""),
        ("解建国", "010000000051", "13900000460", "金卡", "1", ""),
    )
    shell("import", "clients", path, user=MANAGER)

    status, answer, err = shell("duplicates", user=MANAGER)

    assert (status, err, answer["total"]) == (0, "", 1)
    [pair] = answer["pairs"]
    assert {pair["first"]["name"], pair["second"]["name"]} == {"孙晓彤", "孙小彤"}
    assert (pair["facts"], pair["verdict"]) == (["phone", "sound"], None)
    assert "13900000093" not in str(answer)

    run(["duplicates", "--database", str(shell.database), "--user", MANAGER])
    said = capsys.readouterr().out
    assert ("孙晓彤" in said, "phone、sound" in said, "{" in said) == (True, True, False)


def test_others_are_refused(shell: Shell) -> None:
    status, answer, _err = shell("duplicates", user=ADVISOR)
    assert (status, "没有这项权限" in answer["error"]) == (1, True)
