"""The import page by keys, its mapping, and what it shows of numbers."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.branch.settings import Settings
from advisorcrm.terms import ImportResult, ImportRule
from advisorcrm.views import messages
from advisorcrm.views.imports.import_page import ImportPage
from advisorcrm.views.jobs import AtOnce, Jobs
from advisorcrm.views.omnibox import Omnibox
from advisorcrm.views.surroundings import Surroundings
from tests.conftest import NOW, rows
from tests.factories import People, make_client
from tests.views.windows import words_of

MOBILE, ACCOUNT = "13900000458", "010000007715"
HEADINGS = ["姓名", "客户资金账户编号", "手机", "喜好"]
CLIENT = ["欧阳文静", ACCOUNT, MOBILE, "钓鱼"]
FAULTY = ["赵立新", "010000000044", "1390", ""]


@pytest.fixture
def page(file_database: Database, file_people: People, qtbot: QtBot) -> Iterator[ImportPage]:
    door = file_database.acting_as(file_people.manager)
    jobs = Jobs(door, worker=AtOnce())
    book = door.read(load_code_book)
    page = ImportPage(Surroundings(jobs, book, Settings(), file_people.manager, lambda: NOW))
    qtbot.addWidget(page)
    page.reload()
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.primary_focus().setFocus()
    yield page
    jobs.close()


@pytest.fixture
def sheet(tmp_path: Path) -> str:
    path = tmp_path / "客户.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADINGS, CLIENT, FAULTY])
    return str(path)


def test_the_whole_import_goes_by_keys(
    page: ImportPage, sheet: str, qtbot: QtBot, file_database: Database
) -> None:
    page.file.choose_path = lambda: sheet
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert page.tiles[ImportResult.NEW].figure.text() == "1 户"
    assert not page.file.isVisible()
    for is_there in (True, False):
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
        assert page.file.isVisible() is is_there
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert rows(file_database, "SELECT name FROM client") == [("欧阳文静",)]
    with qtbot.waitSignal(page.left):
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Escape)


def test_keys_typed_into_the_omnibox_stay_there(
    page: ImportPage, sheet: str, qtbot: QtBot, file_database: Database
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(page)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.open_file(sheet)
    box = Omnibox(window)
    box.open_with("欧阳")
    assert box.line.hasFocus()
    with qtbot.assertNotEmitted(page.left):
        qtbot.keyClick(box.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClick(box.line, Qt.Key.Key_Escape)
    assert not box.isVisible()
    assert rows(file_database, "SELECT count(*) FROM client") == [(0,)]


@pytest.mark.req("R148")
def test_the_dry_run_shows_no_whole_number(
    page: ImportPage, sheet: str, file_database: Database, file_people: People
) -> None:
    file_database.write(
        lambda s, a: make_client(
            s, file_people.advisor, name="欧阳文静", account=ACCOUNT, mobile="13900000459"
        )
    )
    page.open_file(sheet)
    words = words_of(page)
    assert "欧阳文静" in words
    for number in (MOBILE, ACCOUNT, "13900000459"):
        assert number not in words


def test_a_column_that_was_not_recognised_is_mapped_by_hand(page: ImportPage, sheet: str) -> None:
    page.open_file(sheet)
    headings = [page.mapping.model.row_at(line).heading for line in range(4)]
    line = headings.index("喜好")
    page.mapping.table.go_to(line)
    assert page.mapping.field.isEnabled()
    page.mapping.field.set_code("hobbies")
    assert page.mapping.model.row_at(line).field == "hobbies"
    page.apply_button.click()
    assert "新增 1" in page.said.text()


def test_the_failed_rows_can_still_be_saved_when_the_import_is_done(
    page: ImportPage, sheet: str, tmp_path: Path
) -> None:
    page.open_file(sheet)
    page.apply_button.click()
    target = tmp_path / "失败.csv"
    page.choose_target = lambda _name: str(target)
    page.results.save_failed.click()
    assert "赵立新" in target.read_text("utf-8-sig")


def test_nothing_is_imported_twice_by_pressing_twice(
    page: ImportPage, sheet: str, file_database: Database
) -> None:
    page.open_file(sheet)
    page.apply_button.click()
    page.job.apply()
    assert not page.apply_button.isEnabled()
    assert rows(file_database, "SELECT count(*) FROM client") == [(1,)]


def test_a_bug_is_no_sentence_of_the_page(
    page: ImportPage, sheet: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[BaseException] = []
    monkeypatch.setattr(messages, "show_problem", lambda error, _parent=None: told.append(error))

    def fail(*_arguments: object, **_named: object) -> None:
        raise ZeroDivisionError("欧阳文静")

    monkeypatch.setattr("advisorcrm.imports.planning.plan_import", fail)
    page.open_file(sheet)
    assert [type(error) for error in told] == [ZeroDivisionError]
    assert not page.said.isVisible()


def test_a_change_of_the_rule_plans_anew(
    page: ImportPage, sheet: str, file_database: Database, file_people: People
) -> None:
    file_database.write(
        lambda s, a: make_client(
            s, file_people.advisor, name="欧阳文静", account=ACCOUNT, mobile=MOBILE, hobbies="摄影"
        )
    )
    page.open_file(sheet)
    page.mapping.table.go_to(3)
    page.mapping.field.set_code("hobbies")
    assert page.tiles[ImportResult.UNCHANGED].figure.text() == "1 户"
    page.file.rule.set_code(ImportRule.OVERWRITE)
    assert page.tiles[ImportResult.UPDATED].figure.text() == "1 户"
    page.apply_button.click()
    assert rows(file_database, "SELECT hobbies FROM client") == [("钓鱼",)]
