"""Rejected rows as a file: the same layout, the reason, and nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import UserError
from advisorcrm.imports.import_plan import ImportPlan
from advisorcrm.imports.planning import plan_import
from advisorcrm.imports.rejects import write_rejects
from advisorcrm.imports.sheet_kinds import SheetKind
from advisorcrm.terms import ImportResult, ImportRule
from tests.factories import People
from tests.imports.cards import card
from tests.imports.cards import saved as saved_cards
from tests.imports.sheets import REAL, clients_of, recognised, workbook

FORMULAS = ["=1+1", "-5.2%", "+8613900000001", "@样", "'=1+1", "＝1+1", "\r=1+1", "\t=1", "普通"]


def planned(database: Database, people: People, sheet: Any) -> ImportPlan:
    actor = database.acting_as(people.advisor)
    return actor.read(partial(plan_import, sheet=sheet, rule=ImportRule.FILL_BLANKS))


def saved(path: Path) -> list[list[str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def mended(path: Path) -> None:
    """What a person does to the file: puts the right telephone in."""
    data = path.read_bytes().replace(b",139,", b",13900000001,")
    path.write_bytes(data)


def test_failed_and_undecided_rows_are_saved_with_their_reasons(
    file_database: Database, file_people: People, tmp_path: Path
) -> None:
    sheet = recognised(
        ["序号", "客户姓名", "资金账号", "手机", "学历"],
        [1.0, "样甲", "000123", "139", "本科"], [2.0, "样乙", 990002.0, "", ""],
        [3.0, "样丙", "990002", "", ""],
    )  # fmt: skip
    target = tmp_path / "失败行.csv"
    assert write_rejects(planned(file_database, file_people, sheet), target) == 2
    head, first, second = saved(target)
    assert head == ["序号", "客户姓名", "资金账号", "手机", "学历", "失败原因"]
    assert first[:5] == ["1", "样甲", "000123", "139", "本科"]
    assert "3 位" in first[5]
    assert "第 3 行" in second[5]


def test_no_cell_starts_a_formula_and_every_text_comes_back(
    file_database: Database, file_people: People, tmp_path: Path
) -> None:
    rows = [[f"样{at}", f"9900{at}", "139", text] for at, text in enumerate(FORMULAS)]
    sheet = recognised(["客户姓名", "资金账号", "手机", "备注"], *rows, ["好", "990099", "", ""])
    target = tmp_path / "失败行.csv"
    write_rejects(planned(file_database, file_people, sheet), target)
    starts = {cell[:1] for row in saved(target) for cell in row}
    assert not starts & set("=+-@＝＋－＠\t\r\n")
    mended(target)
    again = clients_of(target)
    assert [row.values["remark"] for row in again.rows] == FORMULAS
    assert not any(row.faults for row in again.rows)


def test_a_second_round_of_rejects_comes_back_as_well(
    file_database: Database, file_people: People, tmp_path: Path
) -> None:
    rows = [[f"样{at}", f"9900{at}", "139", text] for at, text in enumerate(FORMULAS)]
    sheet = recognised(["客户姓名", "资金账号", "手机", "备注"], *rows, ["好", "990099", "", ""])
    for number in range(2):
        target = tmp_path / f"{number}.csv"
        write_rejects(planned(file_database, file_people, sheet), target)
        assert saved(target)[0].count("失败原因") == 1
        with target.open("ab") as file:
            file.write("好,990099,,,\r\n".encode())
        sheet = clients_of(target)
    assert [row.values["remark"] for row in sheet.rows[:-1]] == FORMULAS


def test_groups_and_units_above_the_head_go_along(
    file_database: Database, file_people: People, tmp_path: Path
) -> None:
    sheet = recognised(
        ["单位：万元", "", "", "", ""],
        ["客户姓名", "资金账号", "总资产", "理财需求", "手机"],
        ["", "", "", "内容", ""],
        ["样甲", "990001", "12.5", "研究报告", "139"], ["样乙", "990002", "1", "", ""],
    )  # fmt: skip
    target = tmp_path / "失败行.csv"
    write_rejects(planned(file_database, file_people, sheet), target)
    mended(target)
    (row,) = clients_of(target).rows
    assert row.values["assets_fen"] == 12_500_000
    assert row.values["wealth_content"] == ("research",)


def test_lists_of_several_sheets_share_one_file(
    file_database: Database, file_people: People, tmp_path: Path
) -> None:
    book = workbook(
        tmp_path / "a.xlsx",
        [["客户姓名", "资金账号"], ["样甲", "990001"], ["", "990009"]],
        [["姓名", "资金账号", "手机"], ["样乙", "990002", "139"]],
    )
    target = tmp_path / "失败行.csv"
    assert write_rejects(planned(file_database, file_people, clients_of(book)), target) == 2
    assert saved(target)[0] == ["客户姓名", "资金账号", "姓名", "手机", "失败原因"]


def test_failed_cards_come_back_as_contacts(
    file_database: Database, file_people: People, tmp_path: Path
) -> None:
    nameless = card("TEL:13900000701", "TEL;FAX:02163210008", "CATEGORIES:VIP", "ORG:;研发部")
    sheet = clients_of(saved_cards(tmp_path, nameless, card("FN:好", "TEL:13900000702")))
    target = tmp_path / "失败行.csv"
    assert write_rejects(planned(file_database, file_people, sheet), target) == 1
    data = target.read_bytes().decode("utf-8-sig").replace("\r\n,", "\r\n样甲,")
    target.write_text(data, encoding="utf-8-sig", newline="")
    again = clients_of(target)
    assert again.kind is SheetKind.CONTACTS
    (row,) = again.rows
    assert (row.values["name"], row.values["remark"]) == ("样甲", "分组：VIP")
    assert row.values["point_notes"] == {"021-63210008": "传真"}


def test_naughty_strings_survive_the_file(
    file_database: Database, file_people: People, tmp_path: Path
) -> None:
    strings = json.loads((REAL / "bad" / "blns.json").read_text(encoding="utf-8"))
    texts = [text for text in strings if text.strip() and text.isprintable()]
    rows = [[f"样{at}", f"99{at:05}", "139", text] for at, text in enumerate(texts)]
    sheet = recognised(["客户姓名", "资金账号", "手机", "备注"], *rows, ["好", "9999999", "", ""])
    target = tmp_path / "失败行.csv"
    write_rejects(planned(file_database, file_people, sheet), target)
    assert [row.values["remark"] for row in clients_of(target).rows] == texts


def test_a_file_that_cannot_be_written_is_said(
    file_database: Database, file_people: People, tmp_path: Path
) -> None:
    plan = planned(
        file_database, file_people, recognised(["客户姓名", "资金账号"], ["样甲", "990001"])
    )
    assert plan.counts[ImportResult.NEW] == 1
    with pytest.raises(UserError):
        write_rejects(plan, tmp_path / "没有" / "失败行.csv")
