from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from advisorcrm.cli.main import build_parser, run
from advisorcrm.services.workplace import desk
from tests.conftest import CHEAP

ADMINISTRATOR, MANAGER, ADVISOR = "LSL0001", "LSL0010", "LSL0042"


class Shell:
    """A person at the command line: runs commands and reads what they print."""

    def __init__(self, database: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.database = database
        self._capsys = capsys

    def __call__(self, *arguments: str, user: str = MANAGER) -> tuple[int, dict[str, Any], str]:
        status = run([*arguments, "--database", str(self.database), "--user", user, "--json"])
        out, err = self._capsys.readouterr()
        return status, json.loads(out), err


@pytest.fixture
def shell(
    branch_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Shell:
    """A new branch with administrator, manager and advisor."""
    for name in ("sign_in", "set_up", "enter_user"):
        monkeypatch.setitem(getattr(desk, name).__kwdefaults__, "cost", CHEAP)
    monkeypatch.setenv("ADVISORCRM_PASSWORD", "correct-horse")
    monkeypatch.setenv("ADVISORCRM_NEW_PASSWORD", "correct-horse")
    if not any(branch_folder.iterdir()):
        made = tmp_path / "made"
        _make_branch(Shell(made / "branch.db", capsys))
        shutil.copytree(made, branch_folder, dirs_exist_ok=True)
        shutil.rmtree(made)
    shutil.copytree(branch_folder, tmp_path, dirs_exist_ok=True)
    return Shell(tmp_path / "branch.db", capsys)


def _make_branch(shell: Shell) -> None:
    status, answer, _err = shell("init", "--branch", "历山路", "--name", "秦越", user=ADMINISTRATOR)
    assert status == 0
    assert len(answer["recovery_key"].split("-")) == 8
    for number, name, role in ((MANAGER, "方静", "manager"), (ADVISOR, "林若溪", "advisor")):
        status, _answer, err = shell(
            "users", "add", number, "--name", name, "--role", role, "--group", "第二客户组",
            user=ADMINISTRATOR,
        )  # fmt: skip
        assert (status, err) == (0, "")


def test_a_new_branch_has_its_people(shell: Shell) -> None:
    _status, answer, _err = shell("users", "list", user=ADMINISTRATOR)
    assert [user["employee_no"] for user in answer["users"]] == [ADMINISTRATOR, MANAGER, ADVISOR]


def test_a_new_person_is_told_as_kept(shell: Shell) -> None:
    status, answer, _err = shell(
        "users", "add", " lsl 0099", "--name", "张\n 三", "--role", "advisor", user=ADMINISTRATOR
    )
    assert (status, answer["user"]) == (0, "LSL0099")
    _status, listed, _err = shell("users", "list", user=ADMINISTRATOR)
    assert (listed["users"][-1]["employee_no"], listed["users"][-1]["name"]) == (
        answer["user"], "张 三",
    )  # fmt: skip


def test_a_folder_is_no_database(shell: Shell) -> None:
    folder = shell.database.parent / "folder"
    folder.mkdir()
    shell.database = folder
    status, answer, _err = shell("find", "王")
    assert (status, "是文件夹" in answer["error"]) == (1, True)
    assert list(folder.iterdir()) == []


def test_an_existing_database_is_never_overwritten(shell: Shell) -> None:
    before = shell.database.read_bytes()
    status, answer, err = shell("init", "--branch", "别处", "--name", "某人", user="X1")
    assert status == 1
    assert "已经存在" in answer["error"]
    assert answer["error"] in err
    assert shell.database.read_bytes() == before


def test_a_wrong_password_is_refused_with_the_remedy(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADVISORCRM_PASSWORD", "wrong-horse")
    status, answer, _err = shell("find", "oy")
    assert status == 1
    assert answer == {"error": "工号或密码不对。还可试 4 次。忘记密码请找系统管理员 秦越。"}


@pytest.mark.req("R16")
def test_the_administrator_finds_no_client(shell: Shell) -> None:
    assert shell("find", "王", user=ADMINISTRATOR)[1] == {"total": 0, "clients": []}


def test_an_advisor_enters_no_user(shell: Shell) -> None:
    status, answer, _err = shell(
        "users", "add", "X9", "--name", "某", "--role", "manager", user=ADVISOR
    )
    assert status == 1
    assert "权限" in answer["error"]


def test_a_copy_is_put_back_by_who_may_and_over_a_broken_database_by_anybody(
    shell: Shell,
) -> None:
    _status, made, _err = shell("backup", user=ADMINISTRATOR)
    shell("users", "add", "X9", "--name", "某", "--role", "advisor", user=ADMINISTRATOR)
    status, answer, err = shell("restore", user=ADVISOR)
    assert (status, "没有这项权限" in answer["error"], answer["error"] in err) == (1, True, True)
    status, answer, _err = shell("restore", "--from", made["backup"], user=ADMINISTRATOR)
    assert (status, answer["restored"]) == (0, made["backup"])
    assert (Path(answer["put_aside"]) / "branch.db").is_file()
    _status, answer, _err = shell("users", "list", user=ADMINISTRATOR)
    assert "X9" not in [user["employee_no"] for user in answer["users"]]

    shell.database.write_bytes(b"broken" * 4000)
    assert shell("restore", user=ADVISOR)[0] == 0
    assert shell("verify")[1]["healthy"]


def test_verify_and_backup_answer_in_words_and_figures(shell: Shell, tmp_path: Path) -> None:
    status, answer, _err = shell("verify")
    assert (status, answer["healthy"], answer["findings"]) == (0, True, [])
    assert answer["access_log"]["intact"]
    status, answer, _err = shell("backup", "--to", str(tmp_path / "copies"), user=ADMINISTRATOR)
    assert status == 0
    copy = Path(answer["backup"])
    assert copy.is_file()
    assert copy.with_suffix(".vault").is_file()


def test_a_lost_database_is_said_and_none_is_made(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.database.unlink()
    status, answer, _err = shell("find", "王")
    assert status == 1
    assert "找不到数据库文件" in answer["error"]
    assert not shell.database.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["export", "nonsense"],
        ["export", "client-list"],
        ["find", "王"],  # by whom?
        ["find", "王", "--limit", "0"],
        ["undo-import", "99999999999999999999999"],
        ["changed", "--on", "2026-13-01"],
    ],
)
def test_wrong_usage_ends_with_status_two_and_a_reason_in_the_answer_too(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*arguments, "--json"]) == 2
    out, err = capsys.readouterr()
    assert json.loads(out)["error"] in err
    assert "Traceback" not in err
    assert run(arguments) == 2
    assert capsys.readouterr().out == ""


def test_every_command_stands_in_the_readme() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    told = re.findall(r"`([a-z][a-z-]*)(?: [^`]*)?`", readme.partition("## 命令行")[2])
    (commands,) = (one for one in build_parser()._actions if one.dest == "==SUPPRESS==")
    assert set(commands.choices or ()) <= set(told)


def test_a_password_that_nobody_can_have_chosen_is_no_damage(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADVISORCRM_PASSWORD", "\udcff12345678")  # no UTF-8
    status, answer, _err = shell("find", "王")
    assert status == 1
    assert "UTF-8" in answer["error"]


def test_doctor_answers_without_a_password(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ADVISORCRM_PASSWORD")
    status, answer, _err = shell("doctor")
    assert status == 0
    assert answer["libraries"]["PySide6_Essentials"].startswith("6.11")
    assert answer["vault"] is True
    shell.database = shell.database.with_name("nowhere.db")
    assert shell("doctor")[1]["database_health"] == "这里没有数据库文件"


def test_doctor_is_read_by_people(capsys: pytest.CaptureFixture[str]) -> None:
    run(["doctor"])
    told = capsys.readouterr().out
    assert "  PySide6_Essentials: 6.11" in told
    assert "{" not in told


def test_the_history_of_a_file_and_the_files_of_a_day_are_told(
    shell: Shell, tmp_path: Path
) -> None:
    sheet = tmp_path / "clients.csv"
    for hobby in ("广场舞", "书法"):
        sheet.write_text(
            f"客户姓名,资金账号,手机,爱好\n王秀兰,600100003320,13700002290,{hobby}\n", "utf-8"
        )
        rule = ("--rule", "overwrite", "--advisor", ADVISOR)
        assert shell("import", "clients", str(sheet), *rule)[0] == 0
    status, answer, _err = shell("history", "600100003320")
    assert (status, answer["versions"]) == (0, 2)
    newest = answer["entries"][0]
    assert (newest["field"], newest["old"], newest["new"]) == ("爱好", "广场舞", "书法")
    assert newest["who"] == "方静"
    assert "13700002290" not in repr(answer)
    _status, day, _err = shell("changed", user=ADVISOR)
    for unknown in ("0001-01-01", "9999-12-31"):
        status, refused, _err = shell("changed", "--on", unknown, user=ADVISOR)
        assert (status, refused["error"]) == (1, "日期须在 1901 年到 2199 年之间。")
    assert [(file["client"], file["advisor"]) for file in day["files"]] == [("王秀兰", "林若溪")]
    status, answer, _err = shell("history", "600100003320", user=ADMINISTRATOR)
    assert (status, "entries" in answer) == (1, False)
    looks = shell("verify")[1]["access_log"]["entries"]
    assert looks == 1, "who looked is logged, who was refused saw nothing"


@pytest.mark.req("R117")
def test_may_send_answers_with_its_reason(shell: Shell, tmp_path: Path) -> None:
    sheet = tmp_path / "a.csv"
    sheet.write_text("客户姓名,资金账号,手机\n王秀兰,010000005586,13700002290\n", "utf-8")
    shell("import", "clients", str(sheet), "--advisor", ADVISOR)
    question = ("may-send", "010000005586", "--at", "2026-11-20T14:20")

    status, answer, _err = shell(*question, "--channel", "sms", "--purpose", "news", user=ADVISOR)
    assert (status, answer) == (
        0, {"may": False, "reason": "还没有征得以短信接收资讯的同意。", "code": "not_asked"},
    )  # fmt: skip
    _status, answer, _err = shell(*question, "--channel", "phone", "--purpose", "care")
    assert (answer["may"], answer["code"]) == (True, "unasked_service")
    late = ("may-send", "010000005586", "--at", "2026-11-20T21:30:00+08:00")
    _status, answer, _err = shell(*late, "--channel", "phone", "--purpose", "care")
    assert (answer["may"], answer["code"]) == (False, "quiet_hours")

    for wrong in (("may-send", "4711"), ("may-send", "010000005586", "--at", "昨天")):
        status, answer, _err = shell(*wrong, "--channel", "sms", "--purpose", "care")
        assert status == 1
        assert "error" in answer


def test_options_of_everywhere_stand_before_or_behind_the_command() -> None:
    given = ["--json", "--database", "a.db", "--user", "A1"]
    parser = build_parser()
    for arguments in ([*given, "doctor"], ["doctor", *given]):
        options = parser.parse_args(arguments)
        assert (options.json, options.database, options.user) == (True, "a.db", "A1")
    plain = parser.parse_args(["doctor"])
    assert (plain.json, plain.database, plain.user) == (False, None, None)


def test_a_reader_who_has_seen_enough_ends_a_command_quietly() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "advisorcrm", "calendar", "lunar", "2026-11-20", "--json"],
            stdout=closed, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
