"""The one table model: pages, ticks, order, accessibility."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import Annotated, Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from advisorcrm.columns import CodeBook, Column, Form
from advisorcrm.views import theme
from advisorcrm.views.table_cells import Heading, Look, badge_look, bar_look
from advisorcrm.views.table_pages import PAGE, PageRequest
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import SORT_ROLE, RecordTableModel
from advisorcrm.views.widgets.badge import BadgeText

BOOK = CodeBook({"tier": {"gold": ("金卡", "Gold"), "silver": ("银卡", "Silver")}})


@dataclass(frozen=True, slots=True)
class Row:
    id: int
    name: Annotated[str, Column("客户")]
    tier: Annotated[str | None, Column("类型", codes="tier")]
    assets_fen: Annotated[int | None, Column("总资产", form=Form.MONEY, align="right")]
    completeness: Annotated[int, Column("完备率", form=Form.PERCENT)]
    remark: Annotated[str, Column("备注", shown=False)] = ""


ROWS = [
    Row(1, "陈国梁", "gold", 900_000_000, 96),
    Row(2, "王秀兰", "silver", None, 71),
    Row(3, "解建国", None, 1_000_000_000, 88),
]
LOOKS = {
    "tier": badge_look("tier", BOOK, "tier"),
    "completeness": bar_look("completeness"),
    "name": Look(second=lambda row: f"编号 {row.id}"),
}


@pytest.fixture
def model() -> RecordTableModel:
    made = RecordTableModel(Row, book=BOOK, looks=LOOKS, checkable=True)
    made.show_rows(ROWS)
    return made


def texts(model: RecordTableModel, column: int) -> list[str]:
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_rows_show_the_declared_columns(model: RecordTableModel) -> None:
    shown = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    assert shown == [None, "客户", "类型", "总资产", "完备率", "备注"]
    assert texts(model, 2) == ["金卡", "银卡", ""]
    assert texts(model, 3) == ["900.0 万", "", "1,000.0 万"]


def test_a_screen_reader_hears_column_and_value(model: RecordTableModel) -> None:
    index = model.index(1, 4)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "完备率 71%"
    assert model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole) == "陈国梁 编号 1"


def test_held_rows_sort_by_value_with_blanks_last(model: RecordTableModel) -> None:
    model.sort(3, Qt.SortOrder.DescendingOrder)
    assert texts(model, 1) == ["解建国", "陈国梁", "王秀兰"]
    assert model.index(0, 3).data(SORT_ROLE) == 1_000_000_000
    assert model.headerData(3, Qt.Orientation.Horizontal) == "总资产 ↓"


def test_ticks_survive_a_reload_and_a_new_order(model: RecordTableModel) -> None:
    model.set_checked(0, 0, checked=True)
    model.sort(3, Qt.SortOrder.DescendingOrder)
    model.show_rows(ROWS[:2])
    assert model.checked_ids() == [1]
    model.show_rows(ROWS[1:])
    assert model.checked_count() == 0


def test_the_model_keeps_qts_rules(
    model: RecordTableModel, qtmodeltester: ModelTester, qtbot: QtBot
) -> None:
    qtmodeltester.check(model)
    model.show_rows([Heading("11-20 周五", "2 次"), *ROWS])
    model.set_checked(1, 2, checked=True)
    model.show_ids(array("q", range(1, 1001)), lambda request: answer(model, request))
    qtbot.waitUntil(lambda: touch(model, 0) is not None)
    model.sort(1)


def touch(model: RecordTableModel, row: int) -> Any:
    """Look at a line, as painting does."""
    model.cells(row)
    return model.row_at(row)


def answer(model: RecordTableModel, request: PageRequest) -> None:
    model.put_page(request, [Row(i, f"客户{i}", "gold", i, 90) for i in request.ids])


def test_a_long_list_reads_only_the_pages_that_are_looked_at(qtbot: QtBot) -> None:
    asked: list[PageRequest] = []
    model = RecordTableModel(Row, book=BOOK, looks=LOOKS)
    model.show_ids(array("q", range(1, 100_001)), asked.append)
    assert model.index(0, 0).data() == "…"
    for row in range(0, 20 * PAGE, PAGE):
        model.cells(row)
    qtbot.waitUntil(lambda: len(asked) == 2)
    assert [request.number for request in asked] == [19, 18]
    answer(model, asked[0])
    assert model.index(19 * PAGE, 0).data() == f"客户{19 * PAGE + 1}"


def test_of_a_long_list_only_what_was_looked_at_last_is_held(qtbot: QtBot) -> None:
    asked: list[int] = []
    model = RecordTableModel(Row, book=BOOK, looks=LOOKS)

    def fetch(request: PageRequest) -> None:
        asked.append(request.number)
        answer(model, request)

    def look_at(page: int) -> None:
        qtbot.waitUntil(lambda: touch(model, page * PAGE + len(asked) % PAGE) is not None)

    model.show_ids(array("q", range(1, 100_001)), fetch)
    for page in range(4):
        look_at(page)
    look_at(0)
    look_at(4)
    assert asked == list(range(5))
    assert model.row_at(0) is not None, "it was looked at again"
    assert model.row_at(PAGE) is None
    look_at(1)
    assert asked[-1] == 1


def test_a_line_that_was_formatted_long_ago_is_formatted_again() -> None:
    model = RecordTableModel(Row, book=BOOK, looks=LOOKS)
    model.show_rows(Row(i, f"客户{i}", "gold", i, 90) for i in range(300))
    first = model.cells(0)
    assert model.cells(0) is first
    for row in range(1, 256):
        model.cells(row)
    assert model.cells(0) is first
    model.cells(256)
    assert model.cells(255) is model.cells(255)
    assert model.cells(0) is not first
    assert texts(model, 0)[0] == "客户0"


def test_cells_of_hidden_columns_are_not_formatted() -> None:
    read: list[int] = []

    def note(row: Row) -> str:
        read.append(row.id)
        return row.remark

    model = RecordTableModel(Row, book=BOOK, looks={"remark": Look(text=note)})
    model.show_rows(ROWS)
    assert texts(model, model.section_of("name")) == ["陈国梁", "王秀兰", "解建国"]
    assert read == []
    assert texts(model, model.section_of("remark")) == ["", "", ""]
    assert read == [1, 2, 3]
    texts(model, model.section_of("remark"))
    assert read == [1, 2, 3], "each once"


def test_the_top_of_a_long_list_is_there_for_the_first_paint() -> None:
    asked: list[PageRequest] = []
    model = RecordTableModel(Row, book=BOOK, looks=LOOKS)
    model.show_ids(array("q", [1, 2, 3]), asked.append, ROWS)
    assert texts(model, 0) == ["陈国梁", "王秀兰", "解建国"]
    model.refresh_rows(ROWS[:2])
    assert texts(model, 0) == ["…", "…", "…"]


def test_a_page_of_an_older_list_is_dropped(qtbot: QtBot) -> None:
    asked: list[PageRequest] = []
    model = RecordTableModel(Row, book=BOOK)
    model.show_ids(array("q", [1, 2]), asked.append)
    model.cells(0)
    qtbot.waitUntil(lambda: len(asked) == 1)
    model.show_ids(array("q", [3]), asked.append)
    answer(model, asked[0])
    assert model.row_at(0) is None


def test_a_client_that_is_gone_leaves_its_line_empty(qtbot: QtBot) -> None:
    model = RecordTableModel(Row, book=BOOK)
    model.show_ids(
        array("q", [1, 2, 3]), lambda request: model.put_page(request, [ROWS[0], ROWS[2]])
    )
    model.cells(0)
    qtbot.waitUntil(lambda: model.row_at(0) is not None)
    assert model.index(1, 0).data() == "…"
    assert model.index(2, 0).data() == "解建国"


def test_a_long_list_is_sorted_by_who_feeds_it(qtbot: QtBot) -> None:
    model = RecordTableModel(Row, book=BOOK)
    model.show_ids(array("q", [1, 2]), lambda request: None)
    with qtbot.waitSignal(model.order_wanted) as told:
        model.sort(2, Qt.SortOrder.DescendingOrder)
    assert told.args == ["assets_fen", True]


@pytest.fixture
def table(model: RecordTableModel, qtbot: QtBot) -> RecordTable:
    made = RecordTable(model, "客户")
    qtbot.addWidget(made)
    made.resize(800, 300)
    made.show()
    return made


def test_lists_are_walked_and_ticked_by_keys_alone(table: RecordTable, qtbot: QtBot) -> None:
    records = table.records()
    table.go_to(0)
    qtbot.keyClick(table, Qt.Key.Key_J)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert records.checked_ids() == [2]
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert records.checked_ids() == [2, 3]
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert records.checked_count() == 3
    qtbot.keyClick(table, Qt.Key.Key_Escape)
    assert records.checked_count() == 0
    with qtbot.waitSignal(table.opened) as told:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert told.args == [2]


def test_a_click_on_the_box_ticks_and_one_on_the_name_does_not(
    table: RecordTable, qtbot: QtBot
) -> None:
    middle = table.rowHeight(0) // 2
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(14, middle))
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(90, middle * 3))
    assert table.records().checked_ids() == [1]
    assert table.current_id() == 2


def test_the_same_client_stays_current_when_the_list_is_read_again(table: RecordTable) -> None:
    table.go_to_id(3)
    table.records().show_rows(list(reversed(ROWS)))
    assert table.current_id() == 3
    assert table.current_row() == 0


def test_headings_are_passed_over(table: RecordTable, qtbot: QtBot) -> None:
    table.records().show_rows([ROWS[0], Heading("11-19 周四"), ROWS[1]])
    table.go_to(0)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.current_id() == 2
    assert not table.grab().isNull()


def test_a_heading_is_slimmer_than_the_lines_it_heads(table: RecordTable, qtbot: QtBot) -> None:
    table.set_density("two_line")
    table.records().show_rows([Heading("11-20 周五"), ROWS[0], Heading("11-19 周四"), ROWS[1]])
    assert [table.rowHeight(row) for row in range(4)] == [26, 44, 26, 44]
    at = QPoint(90, 26 + 44 + 26 + 4)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert table.current_id() == 2
    table.records().show_rows([*ROWS[:3], Heading("11-19 周四")])
    assert [table.rowHeight(row) for row in range(4)] == [44, 44, 44, 26]


def test_copying_gives_what_is_shown(table: RecordTable) -> None:
    table.go_to(0)
    table.copy_rows()
    assert QGuiApplication.clipboard().text() == "陈国梁 编号 1\t金卡\t900.0 万\t96%"


def test_badges_and_bars_are_drawn_in_both_themes(table: RecordTable) -> None:
    records = table.records()
    records.set_looks({"tier": Look(badges=lambda row: (BadgeText("免打扰", "warn"),))})
    records.set_highlight("国")
    assert not table.grab().isNull()


def test_spare_room_goes_to_a_text_that_would_be_cut(table: RecordTable, qtbot: QtBot) -> None:
    header, name = table.horizontalHeader(), 1
    declared = header.sectionSize(name)
    long_row = Row(4, "样例纸业股份有限公司历下分公司", "gold", 1, 5)
    table.resize(900, 300)
    table.records().show_rows([*ROWS, long_row])
    whole = QFontMetrics(theme.font("body")).horizontalAdvance(long_row.name)
    assert declared < whole
    qtbot.waitUntil(lambda: header.sectionSize(name) > whole)
    assert table.horizontalScrollBar().maximum() == 0
    table.resize(declared * 4, 300)
    assert header.sectionSize(name) > whole, "emptier columns can do without"
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() == 0)
    table.resize(declared * 2, 300)
    assert header.sectionSize(name) < whole
    table.resize(900, 300)
    assert header.sectionSize(name) > whole
    edge = QPoint(header.sectionViewportPosition(name) + header.sectionSize(name) - 1, 5)
    qtbot.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    qtbot.mouseMove(header.viewport(), edge - QPoint(60, 0))
    qtbot.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=edge - QPoint(60, 0))
    dragged = header.sectionSize(name)
    table.records().show_rows([*ROWS, long_row])
    qtbot.waitUntil(lambda: not table._columns.room._soon.isActive())
    assert header.sectionSize(name) == dragged < whole + 60


def test_an_emptied_list_forgets_how_wide_its_texts_were(table: RecordTable, qtbot: QtBot) -> None:
    header, name = table.horizontalHeader(), 1
    table.resize(900, 300)
    before = header.sectionSize(name)
    table.records().show_rows([Row(4, "样例纸业股份有限公司历下分公司", "gold", 1, 5)])
    qtbot.waitUntil(lambda: header.sectionSize(name) > before)
    table.records().show_rows(())
    table.records().show_rows(ROWS)
    qtbot.waitUntil(lambda: header.sectionSize(name) == before)
