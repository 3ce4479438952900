"""``import clients``: by advisor and manager, tried out first, faulty rows told."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from tests.cli.test_commands import ADMINISTRATOR, ADVISOR, MANAGER, Shell, shell
from tests.imports.sheets import workbook

__all__ = ["shell"]  # the fixture
LIST = Path(__file__).parents[1] / "data" / "realdata" / "excel" / "高端客户明细表_a.xlsx"
HEADINGS = ("客户姓名", "资金账号", "手机", "客户类型", "总资产", "客服专员")
FIGURES = ("read", "new", "updated", "unchanged", "undecided", "failed")


def write(path: Path, *lines: tuple[str, ...], encoding: str = "utf-8") -> str:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([HEADINGS, *lines])
    return str(path)


def figures(answer: dict[str, object]) -> dict[str, object]:
    return {name: answer[name] for name in FIGURES if answer[name]}


@pytest.mark.req("R15", "R146")
def test_the_branchs_own_workbook_goes_in_and_the_second_time_changes_nothing(
    shell: Shell,
) -> None:
    status, answer, err = shell("import", "clients", str(LIST), user=ADVISOR)
    assert (status, err) == (0, "")
    assert figures(answer) == {"read": 24, "new": 24}
    _status, found, _err = shell("find", "miaoyangding", user=ADVISOR)
    assert found["clients"] == [
        {
            "name": "缪样丁", "initials": "myd", "account": "****0063", "phone": "139****6009",
            "tier": "gold", "advisor": ADVISOR,
        }
    ]  # fmt: skip
    _status, again, _err = shell("import", "clients", str(LIST), user=ADVISOR)
    assert figures(again) == {"read": 24, "unchanged": 24}


def test_a_dry_run_tells_the_same_and_writes_nothing(shell: Shell) -> None:
    status, answer, _err = shell("import", "clients", str(LIST), "--dry-run", user=ADVISOR)
    assert (status, figures(answer)) == (0, {"read": 24, "new": 24})
    assert shell("find", "样", user=ADVISOR)[1]["total"] == 0


@pytest.mark.req("R146")
def test_faulty_rows_are_told_by_row_and_column_and_the_others_go_in(
    shell: Shell, tmp_path: Path
) -> None:
    path = write(
        tmp_path / "客户.csv",
        ("欧阳文静", "010000007715", "13900000458", "金卡", "4557000", ""),
        ("赵立新", "010000000044", "1390", "金卡", "1096000", ""),
        ("解建国", "010000000051", "13900000460", "钻石卡", "1096000", ""),
        encoding="gb18030",
    )
    status, answer, err = shell("import", "clients", path, user=ADVISOR)
    assert (status, err) == (0, "")
    assert figures(answer) == {"read": 3, "new": 1, "failed": 2}
    assert [(one["row"], one["column"]) for one in answer["failures"]] == [
        (3, "手机"), (4, "客户类型"),
    ]  # fmt: skip
    assert all(one["reason"].endswith("。") for one in answer["failures"])


@pytest.mark.req("R16")
def test_a_faulty_row_of_several_sheets_is_told_with_its_sheet(
    shell: Shell, tmp_path: Path
) -> None:
    head = ["客户姓名", "资金账号", "手机"]
    path = workbook(
        tmp_path / "客户.xlsx",
        [head, ["样甲", "010000000051", "1390"]],
        [head, ["样乙", "010000000052", "13900000460"], ["", "010000000053", "13900000461"]],
        [["月份", "人数"], ["1 月", "3"]],
    )
    _status, answer, _err = shell("import", "clients", str(path), user=ADVISOR)
    assert [(one["sheet"], one["row"], one["column"]) for one in answer["failures"]] == [
        ("表1", 2, "手机"), ("表2", 3, "客户姓名"),
    ]  # fmt: skip
    assert answer["sheets_left_out"] == ["表3"]
    again = ("import", "clients", str(path), "--dry-run", "--sheet")
    _status, answer, _err = shell(*again, "表2", user=ADVISOR)
    assert (answer["read"], answer["sheets_left_out"]) == (2, ["表1", "表3"])
    status, answer, _err = shell(*again, "2026", "--sheet", "表2", user=ADVISOR)
    assert status == 1
    assert "没有工作表“2026”" in answer["error"]


def test_the_manager_imports_for_the_branch_and_the_files_advisor_wins(
    shell: Shell, tmp_path: Path
) -> None:
    path = write(
        tmp_path / "客户.csv",
        ("欧阳文静", "010000007715", "13900000458", "金卡", "1", "林若溪"),
        ("解建国", "010000000051", "13900000460", "金卡", "1", ""),
    )
    shell("import", "clients", path, "--advisor", MANAGER)
    owners = {
        client["name"]: client["advisor"]
        for name in ("欧阳文静", "解建国")
        for client in shell("find", name)[1]["clients"]
    }
    assert owners == {"欧阳文静": ADVISOR, "解建国": MANAGER}


@pytest.mark.parametrize(
    ("rule", "tier"), [("fill-blanks", "gold"), ("skip", "gold"), ("overwrite", "platinum")]
)
def test_the_rule_decides_about_what_is_there_already(
    shell: Shell, tmp_path: Path, rule: str, tier: str
) -> None:
    person = ("欧阳文静", "010000007715", "13900000458")
    shell("import", "clients", write(tmp_path / "1.csv", (*person, "金卡", "1", "")), user=ADVISOR)
    path = write(tmp_path / "2.csv", (*person, "白金卡", "1", ""))
    shell("import", "clients", path, "--rule", rule, user=ADVISOR)
    assert shell("find", "欧阳文静", user=ADVISOR)[1]["clients"][0]["tier"] == tier


def test_another_name_under_the_same_account_is_left_undecided(
    shell: Shell, tmp_path: Path
) -> None:
    first = ("欧阳文静", "010000007715", "13900000458", "金卡", "1", "")
    shell("import", "clients", write(tmp_path / "1.csv", first), user=ADVISOR)
    path = write(tmp_path / "2.csv", ("孟小楼", "010000007715", "13900000777", "金卡", "1", ""))
    status, answer, _err = shell("import", "clients", path, user=ADVISOR)
    assert (status, figures(answer)) == (0, {"read": 1, "undecided": 1})
    assert shell("find", "孟小楼", user=ADVISOR)[1]["total"] == 0


@pytest.mark.req("R16")
def test_who_may_not_import_is_refused(shell: Shell) -> None:
    status, answer, err = shell("import", "clients", str(LIST), user=ADMINISTRATOR)
    assert status == 1
    assert "没有这项权限" in answer["error"]
    assert answer["error"] in err


@pytest.mark.parametrize("name", ["empty_sheet.xlsx", "word_doc_as.xls", "zipbomb_rows_120MB.xlsx"])
def test_a_file_with_no_client_is_refused_in_a_sentence(
    shell: Shell, tmp_path: Path, name: str
) -> None:
    path = shutil.copyfile(LIST.parents[1] / "bad" / name, tmp_path / name)
    status, answer, err = shell("import", "clients", str(path), user=ADVISOR)
    assert status == 1
    assert answer["error"].endswith("。")
    assert "Traceback" not in err


def test_a_file_that_is_not_there_is_said(shell: Shell, tmp_path: Path) -> None:
    status, answer, _err = shell("import", "clients", str(tmp_path / "no.xlsx"), user=ADVISOR)
    assert status == 1
    assert answer["error"].endswith("。")


@pytest.mark.req("R246")
def test_a_batch_is_taken_back_by_its_number_and_what_was_left_is_told(
    shell: Shell, tmp_path: Path
) -> None:
    first = ("欧阳文静", "010000007715", "13900000458", "金卡", "1", "")
    _status, one, _err = shell("import", "clients", write(tmp_path / "1.csv", first), user=ADVISOR)
    later = ("欧阳文静", "010000007715", "13900000458", "白金卡", "1", "")
    path = write(tmp_path / "2.csv", later)
    _status, two, _err = shell("import", "clients", path, "--rule", "overwrite", user=ADVISOR)

    status, answer, err = shell("undo-import", str(one["batch"]), user=ADVISOR)
    assert (status, err, answer["removed"]) == (0, "", 0)
    assert [(left["row"], left["name"]) for left in answer["left"]] == [(2, "欧阳文静")]

    _status, answer, _err = shell("undo-import", str(two["batch"]), user=ADVISOR)
    assert answer == {"batch": two["batch"], "removed": 0, "restored": 1, "left": []}
    assert shell("find", "欧阳文静", user=ADVISOR)[1]["clients"][0]["tier"] == "gold"

    status, answer, err = shell("undo-import", str(two["batch"]), user=ADVISOR)
    assert (status, "撤销过" in answer["error"]) == (1, True)
