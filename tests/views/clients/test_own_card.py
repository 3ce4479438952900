"""Own fields on the client's page: typed by keys, judged, saved with the file, conflict asked."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.files.client_edits import ClientEdit, save_client_edit
from advisorcrm.services.files.client_files import open_client_file
from advisorcrm.services.files.conflicts import Change
from advisorcrm.services.files.own_fields import NewOwnField, add_own_field, retire_own_field
from advisorcrm.terms import OwnFieldKind
from advisorcrm.views.clients.client_page import ClientPage
from advisorcrm.views.clients.conflict_dialog import ConflictDialog
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.level import Level
from tests.conftest import NOW, TODAY
from tests.factories import People
from tests.views.clients.conftest import opened_client, press, settle, type_text
from tests.views.windows import nameless


@pytest.fixture
def boss(file_database: Database, people: People) -> Database:
    return file_database.acting_as(people.manager)


@pytest.fixture
def fields(boss: Database) -> list[int]:
    return [
        boss.write(partial(add_own_field, new=new))
        for new in (
            NewOwnField("车牌", explain="停车登记用"),
            NewOwnField("车龄", OwnFieldKind.NUMBER),
            NewOwnField("购车日", OwnFieldKind.DATE),
            NewOwnField("车型", OwnFieldKind.CHOICE, choices=("轿车", "越野车")),
            NewOwnField("有车", OwnFieldKind.YES_NO),
        )
    ]


@pytest.fixture
def page(
    qtbot: QtBot, desk: Surroundings, clients: dict[str, int], fields: list[int]
) -> ClientPage:
    desk.book.take(desk.jobs._database.read(load_code_book))  # as at the sign-in
    return opened_client(qtbot, desk, clients["王秀兰"])


def stored(boss: Database, client: int) -> dict[str, Any]:
    file = boss.read(partial(open_client_file, client_id=client, today=TODAY))
    return dict(file.own_values)


def write(page: ClientPage, name: str, text: str) -> None:
    page.form.go_to(name)
    editor: Any = page.form.fields[name].field.editor
    editor.selectAll()
    type_text(editor, text)


@pytest.mark.req("R19")
def test_own_fields_are_filled_by_keys_and_saved_with_the_file(
    qtbot: QtBot, page: ClientPage, desk: Surroundings, clients: dict[str, int], boss: Database
) -> None:
    assert nameless(page.form.own) == []
    write(page, "own.f1", "鲁A12345")
    write(page, "own.f2", "3.5")
    write(page, "own.f3", "20200501")
    for name, code in (("own.f4", "own_2"), ("own.f5", "yes")):
        box = page.form.fields[name].field.editor
        assert isinstance(box, QComboBox)
        box.setCurrentIndex(box.findData(code))
    write(page, "occupation", "教师")
    press(page, "Ctrl+S")
    settle(qtbot, desk)
    assert stored(boss, clients["王秀兰"]) == {
        "own.f1": "鲁A12345", "own.f2": "3.5", "own.f3": "2020-05-01", "own.f4": "own_2",
        "own.f5": "yes",
    }  # fmt: skip
    assert not page.form.is_dirty()


def test_a_wrong_number_is_said_when_it_is_left_and_blocks_the_save(
    qtbot: QtBot, page: ClientPage, desk: Surroundings, clients: dict[str, int], boss: Database
) -> None:
    write(page, "own.f2", "abc")
    press(page, "Tab")
    field = page.form.fields["own.f2"].field
    assert field.level() is Level.ERROR
    assert "请填数字" in field.message()
    press(page, "Ctrl+S")
    settle(qtbot, desk)
    assert stored(boss, clients["王秀兰"]) == {}


def test_what_both_typed_in_one_own_field_is_asked(
    qtbot: QtBot, page: ClientPage, desk: Surroundings, clients: dict[str, int], boss: Database
) -> None:
    write(page, "own.f1", "鲁A11111")
    edit = ClientEdit({"own.f1": Change("", "鲁A22222")})
    boss.write(partial(save_client_edit, client_id=clients["王秀兰"], edit=edit, now=NOW))
    press(page, "Ctrl+S")
    settle(qtbot, desk)
    dialog = page.saving.dialog
    assert isinstance(dialog, ConflictDialog)
    [clash] = dialog._clashes
    assert (clash.label, clash.mine, clash.theirs) == ("车牌", "鲁A11111", "鲁A22222")
    dialog.reject()


def test_a_field_that_is_retired_leaves_the_page_and_none_leaves_no_card(
    qtbot: QtBot, page: ClientPage, desk: Surroundings, fields: list[int], boss: Database
) -> None:
    assert page.form.own.isVisible()
    for key in fields:
        boss.write(partial(retire_own_field, field_id=key, is_retired=True))
    page.reload()
    settle(qtbot, desk)
    assert page.form.own.isHidden()
    assert not any(name.startswith("own.") for name in page.form.fields)
    page.form.go_section(1)
