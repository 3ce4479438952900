from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.branch.settings import Settings
from advisorcrm.services.files.own_fields import NewOwnField, add_own_field
from advisorcrm.terms import ImportResult, OwnFieldKind
from advisorcrm.views.imports.import_page import ImportPage
from advisorcrm.views.jobs import AtOnce, Jobs
from advisorcrm.views.surroundings import Surroundings
from tests.conftest import NOW, rows
from tests.factories import People, make_client
from tests.imports.cards import card, saved
from tests.imports.sheets import workbook

HEADINGS = ["客户姓名", "资金账号", "手机", "客户类型", "总资产", "备注"]


@pytest.fixture
def page(file_database: Database, file_people: People, qtbot: QtBot) -> Iterator[ImportPage]:
    door = file_database.acting_as(file_people.advisor)
    jobs = Jobs(door, worker=AtOnce())
    book = door.read(load_code_book)
    page = ImportPage(Surroundings(jobs, book, Settings(), file_people.advisor, lambda: NOW))
    qtbot.addWidget(page)
    page.reload()
    page.show()
    yield page
    jobs.close()


def write_list(path: Path, *lines: list[str]) -> str:
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *lines])
    return str(path)


def test_a_dry_run_tells_everything_and_writes_nothing(
    page: ImportPage, file_database: Database, tmp_path: Path
) -> None:
    page.open_file(
        write_list(
            tmp_path / "客户.csv",
            ["欧阳文静", "010000007715", "13900000458", "金卡", "4557000", ""],
            ["赵立新", "0100000044", "13900000", "金卡", "1096000", ""],
        )
    )

    assert page.tiles[ImportResult.NEW].figure.text() == "1 户"
    assert page.tiles[ImportResult.FAILED].figure.text() == "1 行"
    assert page.results.model.rowCount() == 2
    assert rows(file_database, "SELECT count(*) FROM client") == [(0,)]


@pytest.mark.req("R15", "R146")
def test_the_good_rows_go_in_and_the_new_clients_are_the_advisors_own(
    page: ImportPage, file_database: Database, file_people: People, tmp_path: Path, qtbot: QtBot
) -> None:
    page.open_file(
        write_list(
            tmp_path / "客户.csv",
            ["欧阳文静", "010000007715", "13900000458", "白金卡", "4557000", "=1+1"],
            ["解建国", "", "13300008876", "不存在的卡", "1762000", ""],
        )
    )
    qtbot.mouseClick(page.apply_button, Qt.MouseButton.LeftButton)

    found = rows(
        file_database, "SELECT name, account, tier, assets_fen, advisor_id, remark FROM client"
    )
    assert found == [
        ("欧阳文静", "010000007715", "platinum", 455_700_000, file_people.advisor.user_id, "=1+1")
    ]
    assert "新增 1" in page.said.text()


def test_a_client_already_there_only_gets_its_blanks_filled(
    page: ImportPage, file_database: Database, file_people: People, tmp_path: Path, qtbot: QtBot
) -> None:
    file_database.write(
        lambda s, a: make_client(
            s, file_people.advisor, name="欧阳文静", account="010000007715", mobile="13900000458",
            tier="gold",
        )
    )  # fmt: skip
    page.open_file(
        write_list(
            tmp_path / "客户.csv",
            ["欧阳文静", "010000007715", "13900000458", "白金卡", "4557000", "重要"],
        )
    )
    assert page.tiles[ImportResult.UPDATED].figure.text() == "1 户"
    qtbot.mouseClick(page.apply_button, Qt.MouseButton.LeftButton)

    assert rows(file_database, "SELECT tier, assets_fen, remark FROM client") == [
        ("gold", 455_700_000, "重要")
    ]


def test_a_file_that_is_no_client_list_is_refused_in_words(
    page: ImportPage, file_database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "空.csv"
    path.write_text("这里什么都没有", encoding="utf-8")
    page.open_file(str(path))

    assert page.said.isVisible()
    assert not page.apply_button.isEnabled()


def test_failed_rows_are_saved_with_their_reason(
    page: ImportPage, tmp_path: Path, qtbot: QtBot
) -> None:
    target = tmp_path / "失败.csv"
    page.choose_target = lambda _name: str(target)
    page.open_file(
        write_list(
            tmp_path / "客户.csv",
            ["欧阳文静", "010000007715", "13900000458", "金卡", "4557000", ""],
            ["赵立新", "0100000044", "13900000", "金卡", "1096000", ""],
        )
    )
    qtbot.mouseClick(page.results.save_failed, Qt.MouseButton.LeftButton)

    saved = list(csv.reader(target.read_text("utf-8-sig").splitlines()))
    assert saved[1][0] == "赵立新"
    assert "电话" in saved[1][-1] or "手机" in saved[1][-1]


@pytest.mark.req("R11")
def test_an_address_book_is_recognised_and_comes_in_as_prospects(
    page: ImportPage, file_database: Database, tmp_path: Path, qtbot: QtBot
) -> None:
    data = card("FN:样甲", "TEL;CELL:+86 139 0000 0601", "ORG:示例公司", "TEL:66123")
    data += card("NOTE:空")
    page.open_file(str(saved(tmp_path, data)))

    assert "手机通讯录 vCard · 2 行" in page.steps.file.label.text()
    model = page.mapping.model
    mapped = [model.row_at(line) for line in range(model.rowCount())]
    headings = {row.heading: (row.sample, row.label) for row in mapped if row is not None}
    assert headings["手机"] == ("139****0601", "手机")
    assert headings["单位"][1] == "工作单位"
    assert page.tiles[ImportResult.FAILED].figure.text() == "1 行"
    results = page.results.model
    told = [row.reason for line in range(2) if (row := results.row_at(line)) is not None]
    assert told == ["没有客户姓名。", "有 1 个号码的位数不对，已照原样保留，请核对。"]
    qtbot.mouseClick(page.apply_button, Qt.MouseButton.LeftButton)
    found = rows(file_database, "SELECT name, stage, employer FROM client")
    assert found == [("样甲", "prospect", "示例公司")]


def test_the_mapping_has_its_share_of_the_page(
    page: ImportPage, tmp_path: Path, qtbot: QtBot
) -> None:
    page.resize(1248, 800)
    page.open_file(write_list(tmp_path / "list.csv", ["何健康", "0001", "", "金卡", "1", ""]))
    qtbot.waitUntil(lambda: page.mapping.width() > 430)
    assert page.mapping.width() < page.results.width()
    assert page.mapping.table.horizontalScrollBar().maximum() == 0


@pytest.mark.req("R19")
def test_a_column_feeds_an_own_field_by_its_label_and_by_hand(
    page: ImportPage, file_database: Database, file_people: People, tmp_path: Path, qtbot: QtBot
) -> None:
    boss = file_database.acting_as(file_people.manager)
    for label, kind in (("宠物", OwnFieldKind.TEXT), ("车龄", OwnFieldKind.NUMBER)):
        boss.write(partial(add_own_field, new=NewOwnField(label, kind)))
    page._around.book.take(boss.read(load_code_book))
    path = tmp_path / "客户.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        head = ["客户姓名", "资金账号", "宠物", "几年"]
        csv.writer(file).writerows([head, ["欧阳文静", "010000007715", "猫", "3"]])
    page.open_file(str(path))
    labels = {page.mapping.model.row_at(row).heading: page.mapping.model.row_at(row).label
              for row in range(page.mapping.model.rowCount())}  # fmt: skip
    assert labels["宠物"] == "宠物"
    place = list(labels).index("几年")
    page.mapping.table.go_to(place)
    page.mapping.field.setCurrentIndex(page.mapping.field.findData("own.f2"))
    qtbot.waitUntil(page.apply_button.isEnabled)
    qtbot.mouseClick(page.apply_button, Qt.MouseButton.LeftButton)
    held = "SELECT own_field_id, value FROM own_value ORDER BY own_field_id"
    assert rows(file_database, held) == [(1, "猫"), (2, "3")]


def test_nothing_of_another_file_stays_when_a_file_is_refused(
    page: ImportPage, tmp_path: Path, qtbot: QtBot
) -> None:
    assert not page.records_button.isVisible()
    line = ["欧阳文静", "010000007715", "13900000458", "金卡", "1", ""]
    page.open_file(
        write_list(tmp_path / "一.csv", line, ["赵立新", "0100000044", "139", "", "", ""])
    )
    assert page.records_button.isVisible()
    wrong = tmp_path / "二.csv"
    wrong.write_bytes(b"%PDF-1.7")
    page.open_file(str(wrong))

    assert "PDF" in page.said.text()
    assert [tile.figure.text() for tile in page.tiles.values()] == ["—"] * 5
    assert (page.results.model.rowCount(), page.mapping.model.rowCount()) == (0, 0)
    assert not page.results.save_failed.isEnabled()
    assert not page.steps.file.isVisible()
    assert not page.records_button.isVisible()
    assert page.file.button.hasFocus()


def test_a_file_without_a_usable_row_shows_its_rows_and_gives_them_to_be_mended(
    page: ImportPage, tmp_path: Path, qtbot: QtBot
) -> None:
    page.open_file(write_list(tmp_path / "客户.csv", ["样甲", "账号!", "139", "金卡", "1", ""]))
    assert "没有一行可以导入" in page.said.text()
    row = page.results.model.row_at(0)
    assert row is not None
    assert row.reason.startswith("资金账号：只能有数字")
    assert "；电话有 3 位" in row.reason
    assert not page.apply_button.isEnabled()
    target = tmp_path / "失败.csv"
    page.choose_target = lambda _name: str(target)
    qtbot.mouseClick(page.results.save_failed, Qt.MouseButton.LeftButton)
    assert "资金账号：只能有数字" in target.read_text("utf-8-sig")


def test_lists_and_sheets_left_out_are_told_and_mapping_by_hand_keeps_the_cursor(
    page: ImportPage, tmp_path: Path, qtbot: QtBot
) -> None:
    head = ["客户姓名", "资金账号", "喜好"]
    sheets = (
        [head, ["样甲", "010000000051", "钓鱼"]],
        [head, ["样乙", "010000000052", ""]],
        [["月份", "人数"], ["1 月", "3"]],
    )
    page.open_file(str(workbook(tmp_path / "客户.xlsx", *sheets)))
    assert page.said.text() == "没有读这些工作表：表3。"
    assert "2 份名单 · 2 行" in page.steps.file.label.text()
    told = [row.reason for line in range(2) if (row := page.results.model.row_at(line)) is not None]
    assert told == ["【表1】", "【表2】"]

    first, second = page.sheets.chips.values()
    assert page.sheets.isVisible()
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert page.said.text() == "没有读这些工作表：表3。"
    assert page.tiles[ImportResult.NEW].figure.text() == "1 户"
    assert (first.isChecked(), second.isChecked()) == (False, True)
    qtbot.keyClick(second, Qt.Key.Key_Space)
    assert second.isChecked()  # of nothing there is nothing to import
    qtbot.keyClick(first, Qt.Key.Key_Space)
    assert page.tiles[ImportResult.NEW].figure.text() == "2 户"

    page.mapping.table.go_to(2)
    page.mapping.field.setFocus()
    page.mapping.field.set_code("hobbies")
    assert page.mapping.field.hasFocus()
    page.open_file(write_list(tmp_path / "一份.csv", ["样丙", "010000000053", "", "", "", ""]))
    assert not page.sheets.isVisible()
