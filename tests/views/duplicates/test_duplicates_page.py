"""Pairs judged, merged and parted by clicks and keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.branch.settings import Settings
from advisorcrm.views.duplicates.duplicates_page import DuplicatesPage
from advisorcrm.views.jobs import AtOnce, Jobs
from advisorcrm.views.surroundings import Surroundings
from tests.conftest import NOW, rows
from tests.factories import People, make_client

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(file_database: Database, file_people: People, qtbot: QtBot) -> Iterator[DuplicatesPage]:
    def twins(session, actor):  # type: ignore[no-untyped-def]
        make_client(
            session, file_people.advisor, name="孙晓彤", account="990093", mobile="13900000093",
            hobbies="摄影", tier="gold",
        )  # fmt: skip
        make_client(
            session, file_people.colleague, name="孙小彤", account="996641", mobile="13900000093",
            hobbies="旅游",
        )  # fmt: skip

    file_database.write(twins)
    door = file_database.acting_as(file_people.manager)
    jobs = Jobs(door, worker=AtOnce())
    book = door.read(load_code_book)
    page = DuplicatesPage(Surroundings(jobs, book, Settings(), file_people.manager, lambda: NOW))
    qtbot.addWidget(page)
    page.resize(1200, 760)
    page.show()
    page.reload()
    yield page
    jobs.close()


def clients(database: Database) -> list[tuple[object, ...]]:
    return rows(database, "SELECT name, hobbies FROM client WHERE archived_at IS NULL ORDER BY id")


@pytest.mark.req("R146")
def test_a_pair_is_merged_by_keys_with_the_chosen_value_and_parted_by_a_click(
    page: DuplicatesPage, file_database: Database, qtbot: QtBot
) -> None:
    before = clients(file_database)
    [hobbies] = [row for row in page.grid.rows if row.field.name == "hobbies"]
    qtbot.mouseClick(hobbies.merged, LEFT)
    assert hobbies.outcome.label.text() == "旅游"

    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert clients(file_database) == before  # the reason is missing, and said to be
    page.reasons.reason.editor.setText("同一证件号")
    qtbot.keyClick(
        page.reasons.reason.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    assert clients(file_database) == [("孙晓彤", "旅游")]
    assert page.pending.model.rowCount() == 0
    assert not page.merge.isEnabled()
    assert not page.reasons.isVisible()  # nothing is left to be filled in
    assert page.empty.isVisible()
    assert page.empty.title() == "没有疑似重复"
    assert page.said.text() == "已合并，30 天内可撤销。"

    assert page.pending.table.hasFocus()  # what had the cursor is gone
    page._around.undo.undo(page._around.jobs)  # Ctrl+Z
    assert clients(file_database) == before
    page.submit()
    page.reasons.reason.editor.setText("又看了一遍")
    qtbot.mouseClick(page.merge, LEFT)
    assert page.pending.model.rowCount() == 0
    page.merges.table.go_to(0)
    qtbot.mouseClick(page.merges.undo, LEFT)
    assert clients(file_database) == before
    assert page.pending.model.rowCount() == 1
    assert page.reasons.isVisible()
    assert not page.empty.isVisible()


def test_the_other_file_may_stay(
    page: DuplicatesPage, file_database: Database, qtbot: QtBot
) -> None:
    qtbot.mouseClick(page.files[1].radio, LEFT)
    assert page.files[0].name.text() == "孙小彤"
    page.reasons.reason.editor.setText("重复")
    qtbot.mouseClick(page.merge, LEFT)
    assert [name for name, _hobbies in clients(file_database)] == ["孙小彤"]


@pytest.mark.parametrize(("key", "left"), [(Qt.Key.Key_X, 0), (Qt.Key.Key_S, 1)])
def test_one_letter_remembers_that_they_differ_or_that_it_is_decided_later(
    page: DuplicatesPage, file_database: Database, qtbot: QtBot, key: Qt.Key, left: int
) -> None:
    page.pending.table.setFocus()
    qtbot.keyClick(page.pending.table, key)
    assert page.pending.model.rowCount() == left
    assert len(rows(file_database, "SELECT id FROM duplicate_decision")) == 1
    assert len(clients(file_database)) == 2


def test_arrows_choose_a_side_and_f8_goes_to_the_next_field(
    page: DuplicatesPage, qtbot: QtBot
) -> None:
    qtbot.keyClick(page, Qt.Key.Key_F8)
    first = page.grid.rows[0]
    qtbot.waitUntil(first.kept.hasFocus)
    qtbot.keyClick(first.kept, Qt.Key.Key_Right)
    assert first.merged.isChecked()
    qtbot.keyClick(first.merged, Qt.Key.Key_F8)
    assert page.grid.rows[1].kept.hasFocus()
