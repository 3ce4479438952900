"""The desk's lists in their windows: the counter, first contacts, sales, prospects, allocation."""

from __future__ import annotations

import uuid
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.exports.record_list import (
    export_record_list,
    record_list_sheet,
    register_record_list,
)
from advisorcrm.exports.record_lists import first_contacts
from advisorcrm.models import Client
from advisorcrm.services.allocations.handovers import NewHandover, hand_over
from advisorcrm.terms import AccessKind, ClientStage
from advisorcrm.views.allocation.allocation_dialog import AllocationDialog
from advisorcrm.views.lists.counter_dialog import CounterDialog
from advisorcrm.views.lists.desk_lists import DeskLists
from advisorcrm.views.lists.first_contacts_dialog import FirstContactsDialog
from advisorcrm.views.lists.periods_dialog import PeriodsDialog
from advisorcrm.views.lists.prospect_dialog import ProspectDialog
from advisorcrm.views.lists.sales_dialog import SalesDialog
from tests.factories import NOW, People, make_client
from tests.views.clients.conftest import press, type_text
from tests.views.windows import words_of


def made(database: Database, owner: Any, **values: Any) -> int:
    return database.write(lambda s, a: make_client(s, owner, **values))


def file_name(database: Database, key: int) -> str:
    return database.read(lambda s, a: s.get_one(Client, key).name)


def hand(database: Database, people: People, key: int, to: Any, days: int) -> None:
    new = NewHandover(str(uuid.uuid4()), ((key, to.user_id),), "均衡")
    now = NOW - timedelta(days=days)
    database.acting_as(people.manager).write(partial(hand_over, new=new, now=now))


@pytest.mark.req("R5")
def test_the_counters_list_is_marked_by_clicks_and_taken_back(
    qtbot: QtBot, file_database: Database, file_people: People, desk_of: Any
) -> None:
    key = made(file_database, file_people.advisor, name="欧阳文静")
    desk = desk_of("advisor")
    dialog = CounterDialog(desk, key)
    qtbot.addWidget(dialog)
    assert dialog.of_whom.text() == "欧阳文静"
    dialog.matter.setText("身份证到期")
    dialog.note_button.click()
    assert [(row.client_name, row.matter) for row in dialog.rows] == [("欧阳文静", "身份证到期")]
    dialog.told_button.click()
    assert dialog.rows[0].notified_way == "phone"
    desk.undo.undo(desk.jobs)
    assert dialog.rows[0].notified_on is None
    dialog.renewed_button.click()
    assert dialog.rows == []
    assert dialog.empty.isVisibleTo(dialog)
    dialog.all.click()
    assert [row.renewed_on for row in dialog.rows] == [desk.today()]


@pytest.mark.req("R218")
def test_first_contacts_are_listed_late_ones_apart_and_lead_to_the_client(
    qtbot: QtBot, file_database: Database, file_people: People, desk_of: Any
) -> None:
    fresh, late = (made(file_database, file_people.colleague) for _turn in range(2))
    hand(file_database, file_people, fresh, file_people.advisor, 1)
    hand(file_database, file_people, late, file_people.advisor, 9)
    dialog = FirstContactsDialog(desk_of("advisor"))
    qtbot.addWidget(dialog)
    assert [row.client_id for row in dialog.rows] == [late, fresh]
    dialog.late.click()
    assert [(row.client_id, row.days_late) for row in dialog.rows] == [(late, 2)]
    with qtbot.waitSignal(dialog.client_wanted) as wanted:
        dialog.table.opened.emit(0)
    assert wanted.args == [late]


@pytest.mark.req("R218")
def test_the_report_of_first_contacts_leaves_as_sheet_and_paper(
    file_database: Database, file_people: People, tmp_path: Path
) -> None:
    key = made(file_database, file_people.colleague, name="解建国")
    hand(file_database, file_people, key, file_people.advisor, 9)
    listed, manager = first_contacts(only_late=True), file_database.acting_as(file_people.manager)
    imprint = manager.write(
        partial(register_record_list, listed=listed, now=NOW, kind=AccessKind.PRINT)
    )
    path = tmp_path / "list.xlsx"
    export = partial(export_record_list, listed=listed, imprint=imprint, path=path)
    assert manager.read(export) == 1
    sheet = openpyxl.load_workbook(path).worksheets[0]
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert values[2][:5] == ["客户", "资金账号", "类型", "客服专员", "原客服专员"]
    assert (values[3][0], values[3][3], values[3][4], values[3][7]) == (
        "解建国", "林若溪", "周岚", 2,
    )  # fmt: skip
    paper = manager.read(partial(record_list_sheet, listed=listed, imprint=imprint))
    assert sum(paper.grid) == pytest.approx(paper.page.inner_width)
    assert paper.blocks[0].rows[0].cells[0].text == "解建国"


@pytest.mark.req("R217")
def test_the_manager_shares_clients_out_adjusts_and_takes_back(
    qtbot: QtBot, file_database: Database, file_people: People, desk_of: Any
) -> None:
    ids = [made(file_database, file_people.advisor, assets_fen=100) for _turn in range(4)]
    desk = desk_of("manager")
    dialog = AllocationDialog(desk)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "7 天内完成首次沟通" in words_of(dialog)
    dialog.source.focus()
    press(dialog, "Down")  # the advisor after those who belong to nobody
    assert sorted(dialog.assigned) == ids
    assert set(dialog.assigned.values()) == {file_people.colleague.user_id}
    qtbot.waitUntil(dialog.targets.boxes[file_people.manager.user_id].isVisible)
    press(dialog, "Tab Tab")  # past the measure: who serves nobody takes part if asked
    assert QApplication.focusWidget() is dialog.targets.boxes[file_people.manager.user_id]
    press(dialog, "Space")
    shared = set(dialog.assigned.values())
    assert shared == {file_people.colleague.user_id, file_people.manager.user_id}
    press(dialog, "Space")
    dialog.clients.set_checked(0, 0, checked=True)
    dialog.other.set_code(str(file_people.manager.user_id))
    dialog.move_button.click()
    shown = [dialog.lines.row_at(line) for line in range(dialog.lines.rowCount())]
    after = {line.name: (line.count_before, line.count_after) for line in shown if line}
    assert after == {"方静": (0, 1), "林若溪": (4, 0), "周岚": (0, 3)}
    press(dialog, "Ctrl+Return")
    assert dialog.reason.message()
    type_text(dialog, "林若溪调岗")
    press(dialog, "Return")  # alone it does nothing
    assert dialog.isVisible()
    with qtbot.waitSignal(desk.undo.added) as told:
        press(dialog, "Ctrl+Return")
    assert told.args[0].startswith("已移交 4 户给 ")
    assert not dialog.isVisible()
    desk.undo.undo(desk.jobs)
    owners = file_database.read(lambda s, a: {s.get_one(Client, key).advisor_id for key in ids})
    assert owners == {file_people.advisor.user_id}


@pytest.mark.req("R217")
def test_who_had_a_client_is_shown_with_the_reason(
    qtbot: QtBot, file_database: Database, file_people: People, desk_of: Any
) -> None:
    key = made(file_database, file_people.advisor)
    hand(file_database, file_people, key, file_people.colleague, 1)
    dialog = PeriodsDialog(desk_of("manager"), key)
    qtbot.addWidget(dialog)
    assert [(row.advisor_name, row.reason) for row in dialog.rows] == [
        ("周岚", "均衡"),
        ("林若溪", ""),
    ]
    dialog.whose.set_code(str(file_people.advisor.user_id))
    assert [(row.client_id, row.until_on is None) for row in dialog.rows] == [(key, False)]


@pytest.mark.req("R11")
def test_a_product_is_entered_and_sold_and_added_up(
    qtbot: QtBot, file_database: Database, file_people: People, desk_of: Any
) -> None:
    key = made(file_database, file_people.advisor)
    desk = desk_of("manager")
    other = made(file_database, file_people.advisor, name="单玉梅")
    dialog = SalesDialog(desk, key)
    qtbot.addWidget(dialog)
    assert dialog.of_whom.text() == file_name(file_database, key)
    products = dialog.manage_products()
    products.save()
    assert products.code.message()
    for field, value in (
        (products.code, "000001"),
        (products.name, "稳健一号"),
        (products.kind, "fund"),
    ):
        field.set_value(value)
    press(products, "Ctrl+S")
    qtbot.waitUntil(lambda: dialog.product.count() > 1)
    products.accept()
    dialog.product.set_code(dialog.product.itemData(1))
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.amount.setFocus()
    type_text(dialog, "50000")
    press(dialog, "Return")
    assert [(row.product_name, row.amount_fen) for row in dialog.rows] == [("稳健一号", 5_000_000)]
    of_another = SalesDialog(desk, other)
    qtbot.addWidget(of_another)
    assert of_another.rows == []
    of_another.only.click()  # everybody's
    assert [row.amount_fen for row in of_another.rows] == [5_000_000]
    dialog.kind.set_code("product")
    assert [(row.label, row.count, row.amount_fen) for row in dialog.rows] == [
        ("稳健一号", 1, 5_000_000)
    ]
    desk.undo.undo(desk.jobs)
    assert dialog.rows == []


@pytest.mark.req("R11")
def test_a_prospect_needs_only_an_account_and_then_leads_to_the_first_gap(
    qtbot: QtBot, file_database: Database, file_people: People, desk_of: Any
) -> None:
    prospect = {"name": "高敏", "stage": ClientStage.PROSPECT, "account": None}
    key = made(file_database, file_people.advisor, **prospect)
    dialog = ProspectDialog(desk_of("advisor"), key)
    qtbot.addWidget(dialog)
    assert dialog.who.text() == "高敏"
    dialog.go.click()
    assert dialog.account.message()
    dialog.account.set_value("600100017715")
    with qtbot.waitSignal(dialog.converted) as done:
        dialog.go.click()
    assert done.args[0] == key
    assert done.args[1]
    client = file_database.read(lambda s, a: s.get_one(Client, key))
    assert (client.stage, client.account) == (ClientStage.ACTIVE, "600100017715")


LISTS = ["first_contacts", "counter", "periods", "sales", "on_site", "seat_plan", "transitions"]


@pytest.mark.req("R217")
@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("manager", ["allocate", *LISTS, "convert"]),
        ("advisor", [*LISTS, "convert"]),
        ("leader", LISTS),
        ("administrator", []),
    ],
)
def test_each_role_finds_its_lists(
    qtbot: QtBot, desk_of: Any, role: str, expected: list[str]
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    lists = DeskLists(desk_of(role), lambda: window, lambda: None)
    assert [action.key for action in lists.actions()] == expected
    for action in lists.actions():
        action.run()
        if lists.dialog is not None:
            assert lists.dialog.windowTitle()
            lists.dialog.close()
