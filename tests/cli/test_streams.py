"""What scripts do to the command line: closed and full outputs, and words that are no text."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from advisorcrm import __main__ as program
from advisorcrm.cli import main
from advisorcrm.cli.main import run
from advisorcrm.imports.text_encoding import readable_name


def shell(redirection: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command through the shell, one of its streams sent elsewhere."""
    command = [sys.executable, "-m", "advisorcrm", *arguments]
    return subprocess.run(
        ["sh", "-c", f'"$@" {redirection}', "sh", *command],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_an_answer_that_cannot_be_written_is_said_and_is_no_success() -> None:
    ended = shell("> /dev/full", "pinyin", "欧阳文静", "--json")
    assert ended.returncode == 1
    assert ended.stderr.startswith("命令已执行完，但结果写不出去")
    assert len(ended.stderr.splitlines()) == 1, "no traceback, at the end of the program either"


def test_a_stream_that_was_closed_before_the_start_is_no_accident() -> None:
    unheard = shell(">&-", "pinyin", "欧阳文静", "--json")
    assert (unheard.returncode, unheard.stdout, unheard.stderr) == (0, "", "")
    untold = shell("2>&-", "pinyin", "--json")
    assert untold.returncode == 2
    assert list(json.loads(untold.stdout)) == ["error"], "nothing but the answer"
    unasked = shell("<&-", "find", "欧阳", "--user", "LSL0042", "--database", "x.db", "--json")
    assert unasked.returncode == 1
    assert "ADVISORCRM_PASSWORD" in unasked.stderr


def test_what_is_no_text_is_refused_and_leaves_no_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADVISORCRM_NEW_PASSWORD", "correct-horse")
    place = str(tmp_path / "branch.db")
    named = ("--branch", b"\xbf\xcd".decode(errors="surrogateescape"), "--name", "秦越")
    assert run(["init", *named, "--user", "LSL0001", "--database", place, "--json"]) == 1
    assert "UTF-8" in json.loads(capsys.readouterr().out)["error"]
    assert list(tmp_path.iterdir()) == []


def test_the_name_of_a_file_from_an_old_archive_can_be_read() -> None:
    named = Path("客户名单.csv".encode("gb18030").decode(errors="surrogateescape"))
    assert readable_name(named) == "客户名单.csv"
    assert readable_name(Path("名单 2026.xlsx")) == "名单 2026.xlsx"


def test_a_command_stopped_before_it_began_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped:
        """Ctrl+C while the program is being loaded."""

        @staticmethod
        def find_spec(name: str, *_more: object) -> None:
            if name == "advisorcrm.cli.main":
                raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, "advisorcrm.cli.main")
    monkeypatch.setattr(sys, "meta_path", [Stopped, *sys.meta_path])
    monkeypatch.setattr(sys, "argv", ["advisorcrm", "pinyin", "欧阳", "--json"])
    assert program.main() == 1
    out, err = capsys.readouterr()
    assert json.loads(out) == {"error": "已取消，没有写入任何数据。"}
    assert err == "已取消，没有写入任何数据。\n"


def test_who_stops_reading_a_finished_command_sees_no_traceback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stopped(*_answer: object, as_json: bool) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(main, "_tell", stopped)
    assert run(["pinyin", "欧阳", "--json"]) == 1
