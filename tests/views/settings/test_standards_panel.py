"""Tiers and weights on the settings page: changed by keys, weighed, undone, confirmed."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.services.branch.settings import load_settings
from advisorcrm.services.branch.tiers import list_tiers
from advisorcrm.services.completeness.completeness_snapshots import list_snapshots
from advisorcrm.services.completeness.completeness_weights import read_weight_book
from advisorcrm.services.files.own_fields import NewOwnField, add_own_field
from advisorcrm.views.settings.settings_page import SettingsPage
from advisorcrm.views.settings.standards_panel import StandardsPanel
from tests.factories import NOW, People, make_client
from tests.views.settings.conftest import OpenPage, go_to

TITLE = "客户分级与完备率"
WAN = 1_000_000


@pytest.fixture
def clients(file_database: Database, file_people: People) -> None:
    def fill(session: Any, _actor: Any) -> None:
        make_client(session, file_people.advisor, name="周桂芳", tier="gold", assets_fen=500 * WAN)
        make_client(session, file_people.advisor, name="单玉梅", tier="gold", assets_fen=30 * WAN,
                    occupation="教师")  # fmt: skip
        make_client(session, file_people.colleague, name="许志刚", tier="gold")

    file_database.write(fill)


def panel_of(page: SettingsPage) -> StandardsPanel:
    go_to(page, TITLE)
    panel = page.panel()
    assert isinstance(panel, StandardsPanel)
    return panel


def boss(file_database: Database, file_people: People) -> Database:
    return file_database.acting_as(file_people.manager)


def weights(file_database: Database, file_people: People) -> dict[str, int]:
    return boss(file_database, file_people).read(read_weight_book).named("")


def press(panel: StandardsPanel, item: str, key: Qt.Key) -> None:
    panel.weights.cells[item].setFocus()
    QTest.keyClick(panel.weights.cells[item], key)


@pytest.mark.req("R3", "R19")
def test_a_weight_is_in_force_once_the_total_is_one_hundred_again(
    open_page: OpenPage, file_database: Database, file_people: People, clients: None
) -> None:
    panel = panel_of(open_page("manager"))
    said: list[str] = []
    panel.told.connect(lambda text, _undo: said.append(text))
    assert panel.weights.badge.text() == "合计 100"

    press(panel, "occupation", Qt.Key.Key_Plus)
    assert panel.weights.badge.text() == "合计 101"
    assert weights(file_database, file_people)["occupation"] == 4  # the old ones stay in force

    press(panel, "personality", Qt.Key.Key_Minus)
    assert panel.weights.badge.text() == "合计 100"
    assert weights(file_database, file_people)["occupation"] == 5
    assert said == ["职业 权重 4 → 5，性格 权重 2 → 1"]
    assert "平均完备率 6.3% → 6.7%" in panel.effect.lines
    assert "林若溪 7.0% → 7.5%" in panel.effect.lines

    QTest.keyClick(panel, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert weights(file_database, file_people)["occupation"] == 4
    assert panel.weights.cells["occupation"].text() == "4"


@pytest.mark.req("R3")
def test_a_weight_is_typed_after_f2_and_what_is_no_weight_is_dropped(
    open_page: OpenPage, file_database: Database, file_people: People
) -> None:
    panel = panel_of(open_page("manager"))
    for item, text in (("mobile", "8"), ("email", "7"), ("tier", "11"), ("family", "x")):
        cell = panel.weights.cells[item]
        cell.setFocus()
        QTest.keyClick(cell, Qt.Key.Key_F2)
        cell.line.setText(text)
        QTest.keyClick(cell.line, Qt.Key.Key_Return)
    found = weights(file_database, file_people)
    assert (found["mobile"], found["email"], found["tier"], found["family"]) == (8, 7, 5, 3)


def test_esc_gives_up_what_was_typed_and_arrows_move(open_page: OpenPage) -> None:
    panel = panel_of(open_page("manager"))
    cell = panel.weights.cells["mobile"]
    cell.setFocus()
    cell.edit()
    cell.line.setText("3")
    QTest.keyClick(cell.line, Qt.Key.Key_Escape)
    assert (cell.text(), cell.line.isHidden()) == ("10", True)
    QTest.keyClick(cell, Qt.Key.Key_Down)
    assert panel.weights.cells["email"].hasFocus()


@pytest.mark.req("R3")
def test_a_type_gets_weights_of_its_own_and_goes_back_to_the_general_ones(
    open_page: OpenPage, file_database: Database, file_people: People
) -> None:
    panel = panel_of(open_page("manager"))
    panel.weights.tier.set_code("gold")
    press(panel, "occupation", Qt.Key.Key_Plus)
    press(panel, "hobbies", Qt.Key.Key_Minus)
    book = boss(file_database, file_people).read(read_weight_book)
    assert (book.named("gold")["occupation"], book.named("")["occupation"]) == (5, 4)
    panel.weights.reset.click()
    assert not boss(file_database, file_people).read(read_weight_book).has_own("gold")


@pytest.mark.req("R72")
def test_a_threshold_and_high_end_are_changed_in_the_table(
    open_page: OpenPage, file_database: Database, file_people: People, clients: None
) -> None:
    panel = panel_of(open_page("manager"))
    cell = panel.tiers.cells["gold", "assets_from_fen"]
    assert cell.text() == "80 万"
    cell.edit()
    cell.line.setText("25")
    QTest.keyClick(cell.line, Qt.Key.Key_Return)
    door = boss(file_database, file_people)
    gold = next(line for line in door.read(partial(list_tiers, now=NOW)) if line.tier == "gold")
    assert gold.assets_from_fen == 25 * WAN
    panel.tiers.boxes["silver"].click()
    assert door.read(load_settings).high_end_tiers == ("platinum", "gold", "silver")
    panel.undo()
    assert door.read(load_settings).high_end_tiers == ("platinum", "gold")


@pytest.mark.req("R72")
def test_proposals_are_confirmed_one_by_one_or_all(
    open_page: OpenPage, file_database: Database, clients: None
) -> None:
    panel = panel_of(open_page("manager"))
    assert panel.tiers.open_button.text().strip() == "看 2 户建议"
    panel.tiers.open_button.click()
    dialog = panel.dialog
    assert dialog is not None
    assert [dialog.model.row_at(row).name for row in range(2)] == ["周桂芳", "单玉梅"]  # type: ignore[union-attr]
    dialog.model.set_checked(1, 1, checked=True)
    dialog.reason.set_value("资金短期停留")
    dialog.refuse_button.click()
    assert dialog.model.rowCount() == 1
    dialog.accept_button.click()
    assert dialog.isHidden()
    found = file_database.read(
        lambda s, a: (
            s.connection().exec_driver_sql("SELECT name, tier FROM client ORDER BY name").all()
        )
    )
    assert dict(found) == {"单玉梅": "gold", "周桂芳": "platinum", "许志刚": "gold"}


@pytest.mark.req("R6")
def test_a_snapshot_is_taken_opened_and_exported(
    open_page: OpenPage, file_database: Database, file_people: People, clients: None,
    tmp_path: Path, qtbot: QtBot,
) -> None:  # fmt: skip
    panel = panel_of(open_page("manager"))
    panel.snapshots.take.click()
    [row] = boss(file_database, file_people).read(list_snapshots)
    panel.snapshots.opened.emit(row.id)
    dialog = panel.snapshot
    assert dialog is not None
    path = tmp_path / "s.xlsx"
    dialog.ask_path = lambda _name: str(path)
    with qtbot.waitSignal(dialog.told):
        dialog.export_button.click()
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["汇总", "明细"]
    lines = list(book["明细"].values)
    assert lines[2][:3] == ("客户号", "客户姓名", "资金账号")
    assert {line[1] for line in lines[3:]} == {"周桂芳", "单玉梅", "许志刚"}
    assert all(str(line[2]).startswith("****") for line in lines[3:])
    sums = [line[:5] for line in book["汇总"].values if line[0] == "客服专员"]
    assert sums == [("客服专员", "周岚", 1, 5, 1), ("客服专员", "林若溪", 2, 7, 2)]
    dialog.reject()


@pytest.mark.req("R16")
def test_the_leader_reads_and_cannot_change_and_others_do_not_see_the_page(
    open_page: OpenPage, file_database: Database, file_people: People
) -> None:
    page = open_page("leader")
    titles = [page.subjects.item(row).text() for row in range(page.subjects.count())]
    [title] = [one for one in titles if one.startswith(TITLE)]
    assert title.endswith("只读")
    page.subjects.setCurrentRow(titles.index(title))
    panel = page.panel()
    assert isinstance(panel, StandardsPanel)
    cell = panel.weights.cells["occupation"]
    cell.edit()
    assert cell.line.isHidden()
    assert panel.weights.reset.isHidden() or not panel.weights.reset.isVisible()
    assert not panel.tiers.boxes["gold"].isEnabled()
    for role in ("advisor", "desk", "office", "administrator"):
        other = open_page(role)
        texts = [other.subjects.item(row).text() for row in range(other.subjects.count())]
        assert not any(text.startswith(TITLE) for text in texts)


def test_a_setting_is_found_by_its_effect(open_page: OpenPage) -> None:
    page = open_page("manager")
    page.search.setText("平均完备率")
    shown = [
        page.subjects.item(row).text()
        for row in range(page.subjects.count())
        if not page.subjects.item(row).isHidden()
    ]
    assert shown == ["业务", TITLE]


@pytest.mark.req("R3", "R19")
def test_an_own_field_of_the_branch_is_weighed_by_keys(
    open_page: OpenPage, file_database: Database, file_people: People, clients: None
) -> None:
    door = boss(file_database, file_people)
    door.write(partial(add_own_field, new=NewOwnField("宠物")))
    panel = panel_of(open_page("manager"))
    assert list(panel.weights.cells)[-1] == "own.f1"
    press(panel, "own.f1", Qt.Key.Key_Plus)
    press(panel, "tier", Qt.Key.Key_Minus)
    assert weights(file_database, file_people)["own.f1"] == 1
    assert panel.weights.badge.text() == "合计 100"
