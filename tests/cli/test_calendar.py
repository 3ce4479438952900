"""``calendar``: the rules at the command line, a year's holidays out and in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from advisorcrm.cli.main import run
from advisorcrm.exports.holidays import export_holidays
from advisorcrm.imports.holidays import read_holidays
from advisorcrm.rules.workdays import DayKind, HolidayTable, shipped_table
from advisorcrm.services.branch.working_days import WorkingYearPlan, _rows
from tests.cli.test_commands import ADVISOR, Shell, shell

__all__ = ["shell"]


@pytest.fixture
def asked(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.delenv("ADVISORCRM_USER", raising=False)

    def ask(*arguments: str) -> dict[str, Any]:
        run(["calendar", *arguments, "--json"])
        answer: dict[str, Any] = json.loads(capsys.readouterr().out)
        return answer

    return ask


def test_questions_about_days_need_no_database(asked: Any) -> None:
    assert asked("nth-workday", "2026-10", "5") == {
        "date": "2026-10-13", "kind": "workday", "is_trading": True, "is_estimated": False,
    }  # fmt: skip
    assert asked("add-workdays", "2026-12-31", "1")["date"] == "2027-01-04"
    assert asked("add-workdays", "2026-12-31", "1")["is_estimated"]
    assert not asked("add-workdays", "2026-10-09", "1")["is_trading"]  # worked, not traded
    assert asked("nth-workday", "2026-10", "40")["error"].endswith("。")
    assert asked("nth-workday", "2026-44", "4")["error"].endswith("。")


def test_a_clock_and_a_lunar_day(asked: Any) -> None:
    due = asked("due", "2026-11-27T17:30", "--hours", "1", "--business-hours")
    assert due["due"] == "2026-11-30T09:30:00+08:00"
    due = asked("due", "2026-11-27T09:30:00+00:00", "--workdays", "2")
    assert due["due"] == "2026-12-01T17:30:00+08:00"
    assert asked("lunar", "2025-07-29")["lunar"] == "闰六月 初五"
    assert asked("lunar", "2025-07-29")["is_leap"]


def test_a_clock_needs_one_length(capsys: pytest.CaptureFixture[str]) -> None:
    for wrong in ([], ["--hours", "1", "--workdays", "1"]):
        assert run(["calendar", "due", "2026-11-27T17:30", *wrong]) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("nth-workday", "2026-11", "五"), "请写整数"),
        (("add-workdays", "2026-11-20", "1.5"), "请写整数"),
        (("due", "2026-11-20T14:20", "--hours", "两"), "请写数字"),
        (("add-workdays", "2026-02-29", "1"), "日期写作 2026-11-20"),
    ],
)
def test_what_is_no_number_and_no_day_is_wrong_usage(
    capsys: pytest.CaptureFixture[str], wrong: tuple[str, ...], said: str
) -> None:
    assert run(["calendar", *wrong, "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"].endswith(f"：{said}。")


def test_a_year_goes_out_and_comes_in_and_counts_from_then_on(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "2027.csv"
    assert shell("calendar", "export", "2027", str(file))[1]["is_official"] is False
    text = file.read_text("utf-8-sig").replace("推算", "国务院通知")
    file.write_text(text + "2027-02-20,周六,调休上班,春节,国务院通知\n", "utf-8")
    status, answer, _err = shell("calendar", "import", "2027", str(file))
    assert (status, answer["is_official"]) == (0, True)
    assert shell("calendar", "add-workdays", "2027-02-19", "1")[1]["date"] == "2027-02-20"
    status, answer, _err = shell("calendar", "import", "2027", str(file), user=ADVISOR)
    assert status == 1
    assert "权限" in answer["error"]
    assert "2027" in shell("calendar", "import", "2028", str(file))[1]["error"]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_what_is_written_is_read_back_in_each_format(tmp_path: Path, ending: str) -> None:
    known = shipped_table()
    table = HolidayTable(known.years - {2024}, known.exceptions)
    for shown in (known, table):
        plan = WorkingYearPlan(2024, 2024 in shown.years, "", None, _rows(2024, shown, {}), shown)
        path = tmp_path / f"2024.{ending}"
        assert export_holidays(plan, path) == len(plan.days)
        sheet = read_holidays(path)
        assert sheet.is_official is plan.is_official
        assert [(day.on, day.kind) for day in sheet.days] == [
            (row.on, row.kind) for row in plan.days
        ]
    assert DayKind.WITHOUT_TRADING in {day.kind for day in sheet.days}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("日期,类型\n2027-01-01,未知\n", "第 2 行"),
        ("日期,类型\n第一天,休市\n", "第 2 行"),
        ("甲,乙\n1,2\n", "三列"),
    ],
)
def test_a_file_that_is_not_understood_is_refused_with_its_lines(
    tmp_path: Path, content: str, said: str
) -> None:
    from advisorcrm.errors import ImportRejectedError

    path = tmp_path / "x.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(ImportRejectedError, match=said):
        read_holidays(path)


@pytest.mark.req("R244")
def test_birthdays_of_a_window_with_age_and_way(shell: Shell, tmp_path: Path) -> None:
    sheet = tmp_path / "clients.csv"
    sheet.write_text(
        "客户姓名,资金账号,手机,生日\n王秀兰,600100003320,13700002290,1960-12-31\n", "utf-8"
    )
    assert shell("import", "clients", str(sheet), "--advisor", ADVISOR)[0] == 0
    asked = ("birthdays", "--from", "2026-12-30", "--to", "2027-01-02")
    status, answer, _err = shell(*asked, user=ADVISOR)
    assert status == 0
    [row] = answer["birthdays"]
    assert (row["on"], row["weekday"], row["client"], row["age"]) == (
        "2026-12-31", "周四", "王秀兰", 66,
    )  # fmt: skip
    assert (row["calendar"], row["skip"], row["ways"]) == ("solar", False, ["phone"])
    assert "13700002290" not in repr(answer)
    assert shell("birthdays", "--from", "2027-02-01", "--to", "2027-01-02")[0] == 1
    _status, alone, _err = shell("birthdays", "--from", "2026-12-30", user=ADVISOR)
    assert (alone["to"], len(alone["birthdays"])) == ("2027-01-04", 1)


@pytest.mark.parametrize(
    "question",
    [
        ("add-workdays", "9999-12-31", "1"),
        ("add-workdays", "9999-12-31", "0"),
        ("add-workdays", "0001-01-01", "-1"),
        ("due", "9999-12-31T23:00", "--hours", "5"),
        ("due", "0001-01-01T00:00+14:00", "--workdays", "1"),
    ],
)
def test_a_day_beyond_the_known_years_is_said_to_be_one(asked: Any, question: tuple[str]) -> None:
    assert asked(*question)["error"] == "日期须在 1901 年到 2199 年之间。"


def test_more_hours_than_anybody_means_are_told_their_bound(asked: Any) -> None:
    assert "120000" in asked("due", "2026-11-27T09:00", "--hours", "1e9")["error"]
