"""Taking an import back, deciding what it left, and keeping its mapping, by clicks."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.terms import DoubtDecision, ImportResult, ImportRule
from advisorcrm.views.imports.import_page import ImportPage
from tests.conftest import rows
from tests.factories import People, make_client
from tests.views.imports.test_import_page import page, write_list

__all__ = ["page"]  # the fixture
LEFT = Qt.MouseButton.LeftButton
LINE = ["欧阳文静", "010000007715", "13900000458", "白金卡", "4557000", "老客户"]


@pytest.fixture
def known(file_database: Database, file_people: People) -> int:
    return file_database.write(
        lambda s, a: make_client(
            s, file_people.advisor, name="欧阳文婧", account="010000007715", mobile="13900000458",
            tier="gold",
        )
    )  # fmt: skip


@pytest.mark.req("R246")
def test_one_click_takes_the_whole_import_back(
    page: ImportPage, file_database: Database, tmp_path: Path, qtbot: QtBot
) -> None:
    page.open_file(write_list(tmp_path / "客户.csv", LINE))
    qtbot.mouseClick(page.apply_button, LEFT)
    assert page.undo_button.isVisible()

    qtbot.mouseClick(page.undo_button, LEFT)

    assert "已撤销" in page.said.text()
    assert not page.undo_button.isVisible()
    assert rows(file_database, "SELECT count(*) FROM client WHERE archived_at IS NULL") == [(0,)]


def test_an_earlier_import_is_taken_back_from_the_list(
    page: ImportPage, file_database: Database, tmp_path: Path, qtbot: QtBot
) -> None:
    page.open_file(write_list(tmp_path / "客户.csv", LINE))
    qtbot.mouseClick(page.apply_button, LEFT)
    qtbot.keyClick(page, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    batches = page.records.batches
    assert batches.isVisible()
    assert batches.undo.isEnabled()

    qtbot.mouseClick(batches.undo, LEFT)

    assert not batches.undo.isEnabled()
    assert rows(file_database, "SELECT count(*) FROM client WHERE archived_at IS NULL") == [(0,)]


def test_an_undecided_row_waits_and_is_decided_by_a_click(
    page: ImportPage, file_database: Database, known: int, tmp_path: Path, qtbot: QtBot
) -> None:
    other = ["解建国", "010000000051", "13900000460", "金卡", "1", ""]
    page.open_file(write_list(tmp_path / "客户.csv", LINE, other))
    assert page.tiles[ImportResult.UNDECIDED].figure.text() == "1 户"
    qtbot.mouseClick(page.apply_button, LEFT)
    qtbot.mouseClick(page.records_button, LEFT)
    doubts = page.records.doubts
    assert doubts.model.rowCount() == 1

    qtbot.mouseClick(doubts.buttons[DoubtDecision.TAKE], LEFT)

    assert doubts.model.rowCount() == 0
    query = f"SELECT name, tier, remark FROM client WHERE id = {known}"
    assert rows(file_database, query) == [("欧阳文静", "platinum", "老客户")]


def test_a_refused_decision_says_why_and_the_row_goes_on_waiting(
    page: ImportPage, known: int, tmp_path: Path, qtbot: QtBot
) -> None:
    other = ["解建国", "010000000051", "13900000460", "金卡", "1", ""]
    page.open_file(write_list(tmp_path / "客户.csv", LINE, other))
    qtbot.mouseClick(page.apply_button, LEFT)
    qtbot.mouseClick(page.records_button, LEFT)

    qtbot.mouseClick(page.records.doubts.buttons[DoubtDecision.SEPARATE], LEFT)

    assert "已属于另一位客户" in page.said.text()
    assert page.records.doubts.model.rowCount() == 1


def test_a_column_with_its_own_rule_is_left_alone_while_the_others_go_in(
    page: ImportPage, file_database: Database, known: int, tmp_path: Path, qtbot: QtBot
) -> None:
    page.file.rule.set_code(ImportRule.OVERWRITE)
    page.open_file(write_list(tmp_path / "客户.csv", ["欧阳文婧", *LINE[1:]]))
    [tier] = [row for row in range(6) if page.mapping.model.row_at(row).field == "tier"]
    page.mapping.table.go_to(tier)
    page.mapping.rule.set_code(ImportRule.SKIP)
    qtbot.mouseClick(page.apply_button, LEFT)

    assert rows(file_database, "SELECT tier, remark FROM client") == [("gold", "老客户")]


def test_a_saved_mapping_is_used_again_for_a_file_of_the_same_layout(
    page: ImportPage, file_database: Database, tmp_path: Path, qtbot: QtBot
) -> None:
    page.open_file(write_list(tmp_path / "一.csv", LINE))
    [remark] = [row for row in range(6) if page.mapping.model.row_at(row).field == "remark"]
    page.mapping.table.go_to(remark)
    page.mapping.field.set_code("hobbies")
    page.ask_name = lambda suggested: suggested + "日终"
    qtbot.mouseClick(page.mapping.save, LEFT)
    assert "一日终" in page.head.sub.text()

    page.open_file(
        write_list(tmp_path / "二.csv", ["解建国", "010000000051", "", "金卡", "1", "钓鱼"])
    )
    assert "一日终" in page.head.sub.text()
    qtbot.mouseClick(page.apply_button, LEFT)

    assert rows(file_database, "SELECT hobbies, remark FROM client") == [("钓鱼", "")]
