"""Own fields in the client list by keys: a column chosen, a condition typed, a header clicked."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from advisorcrm.columns import CodeBook, OwnFieldRow
from advisorcrm.db.database import Database
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.clients.clients import ClientFilter
from advisorcrm.services.clients.own_columns import OwnCondition, OwnSign
from advisorcrm.services.files.client_edits import ClientEdit, save_client_edit
from advisorcrm.services.files.conflicts import Change
from advisorcrm.services.files.own_fields import NewOwnField, add_own_field, retire_own_field
from advisorcrm.terms import OwnFieldKind
from advisorcrm.views.clients.clients_page import ClientsPage
from advisorcrm.views.clients.condition_offers import offers_for
from advisorcrm.views.clients.conditions import ConditionReader, with_condition, without_condition
from advisorcrm.views.surroundings import Surroundings
from tests.factories import NOW, People
from tests.views.clients.conftest import MakeDesk, names_of, opened_list, press, settle, type_text

TEXT, NUMBER, DAY = OwnFieldKind.TEXT, OwnFieldKind.NUMBER, OwnFieldKind.DATE
CHOICE, YES_NO = OwnFieldKind.CHOICE, OwnFieldKind.YES_NO
BOOK = CodeBook(
    {"own_f4": {"own_1": ("轿车", "Saloon"), "own_2": ("越野车", "Jeep")}},
    fields=tuple(
        OwnFieldRow(at, f"f{at}", label, english, kind, "", is_retired=False)
        for at, (label, english, kind) in enumerate(
            (("宠物", "Pet", TEXT), ("车龄", "Car age", NUMBER), ("购车日", "", DAY),
             ("车型", "", CHOICE), ("有车", "", YES_NO)), 1,
        )
    ),
)  # fmt: skip
READER = ConditionReader(BOOK, 7)


@pytest.mark.req("R246")
@pytest.mark.parametrize(
    ("typed", "kind", "sign", "values", "said"),
    [("宠物 大 狗", TEXT, OwnSign.HAS, ("大 狗",), "宠物：含“大 狗”"),
     ("pet 猫", TEXT, OwnSign.HAS, ("猫",), "宠物：含“猫”"),
     ("宠物 未填", TEXT, OwnSign.EMPTY, (), "宠物：未填"),
     ("车龄 >3", NUMBER, OwnSign.OVER, ("3",), "车龄 > 3"),
     ("车龄≤1,200.50", NUMBER, OwnSign.UP_TO, ("1200.5",), "车龄 ≤ 1200.5"),
     ("车龄 3", NUMBER, OwnSign.IS, ("3",), "车龄：3"),
     ("购车日 2020", DAY, OwnSign.HAS, ("2020",), "购车日：2020"),
     ("购车日 >2020-12", DAY, OwnSign.FROM, ("2021-01",), "购车日 ≥ 2021-01"),
     ("购车日 不超过2020", DAY, OwnSign.BELOW, ("2021",), "购车日 < 2021"),
     ("购车日 ≥2020-05-01", DAY, OwnSign.FROM, ("2020-05-01",), "购车日 ≥ 2020-05-01"),
     ("车型 jeep、轿车", CHOICE, OwnSign.IS, ("own_2", "own_1"), "车型：越野车、轿车"),
     ("有车 是", YES_NO, OwnSign.IS, ("yes",), "有车：是")],
)  # fmt: skip
def test_a_condition_on_an_own_field_is_understood_as_it_is_typed(
    typed: str, kind: OwnFieldKind, sign: OwnSign, values: tuple[str, ...], said: str
) -> None:
    reading = READER.read(typed)
    assert reading is not None
    [condition] = reading.value
    assert (condition.kind, condition.sign, condition.values) == (kind, sign, values)
    query = with_condition(ClientFilter(), reading.kind.field, reading.value)
    assert READER.say(query) == [(reading.kind.field, said)]
    assert without_condition(query, reading.kind.field).is_empty


@pytest.mark.parametrize("typed", ["车龄 三", "购车日 昨天", "车型 卡车", "有车 也许", "宠物"])
def test_what_is_no_value_of_the_field_is_told_with_an_example(typed: str) -> None:
    reading = READER.read(typed)
    assert reading is not None
    assert not reading.is_whole
    assert reading.problem.startswith("例如 ")


def test_two_bounds_of_a_field_stand_together_and_a_new_one_replaces_its_like() -> None:
    query = ClientFilter()
    for typed in ("车龄 已填", "车龄 >1", "车龄 <9", "车龄 >3"):
        reading = READER.read(typed)
        assert reading is not None
        query = with_condition(query, reading.kind.field, reading.value)
    assert READER.say(query) == [("own.f2", "车龄：< 9，> 3")]


def test_the_line_offers_the_field_and_then_its_choices() -> None:
    assert [offer.text for offer in offers_for(READER, "车")] == ["车龄 ", "车型 "]
    assert [offer.label for offer in offers_for(READER, "车型 ")] == [
        "轿车", "越野车", "已填", "未填",
    ]  # fmt: skip


@pytest.fixture
def boss(file_database: Database, people: People, clients: dict[str, int]) -> Database:
    """The manager's door; the branch asks for a pet and the age of the car."""
    door = file_database.acting_as(people.manager)
    for label, kind in (("宠物", TEXT), ("车龄", NUMBER)):
        door.write(partial(add_own_field, new=NewOwnField(label, kind)))
    for name, pet, age in (("王秀兰", "大狗", "10"), ("陈国梁", "猫", "9.5")):
        changes = {"own.f1": Change("", pet), "own.f2": Change("", age)}
        edit = ClientEdit(changes)
        door.write(partial(save_client_edit, client_id=clients[name], edit=edit, now=NOW))
    return door


def column(page: ClientsPage, name: str) -> list[str]:
    at = page.model.section_of(name)
    return [page.model.index(row, at).data() for row in range(page.model.rowCount())]


@pytest.mark.req("R19", "R246")
def test_a_field_becomes_a_column_a_condition_and_an_order_by_keys_and_clicks(
    qtbot: QtBot, boss: Database, desk_of: MakeDesk, qtmodeltester: ModelTester
) -> None:
    desk: Surroundings = desk_of("advisor")
    page = opened_list(qtbot, desk)
    assert "own.f1" not in page.table.columns_shown()
    chooser = page.arrangement.open_chooser()
    for row in range(chooser.list.count()):
        item = chooser.list.item(row)
        if item.text() in ("宠物", "车龄"):
            item.setCheckState(Qt.CheckState.Checked)
    chooser.close()
    settle(qtbot, desk)
    names_of(page)
    settle(qtbot, desk)
    shown = dict(zip(names_of(page), column(page, "own.f1"), strict=True))
    assert shown == {"陈国梁": "猫", "欧阳文静": "", "王秀兰": "大狗", "曾繁荣": ""}
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.table.setFocus()
    press(page, "Slash")
    type_text(page, "车龄 ")
    type_text(page, ">9.5")
    assert page.bar.hint.text() == "⏎ 添加 车龄 > 9.5"
    press(page, "Return")
    settle(qtbot, desk)
    assert (names_of(page), list(page.bar.chips)) == (["王秀兰"], ["own.f2"])
    page.remove_condition("own.f2")
    page.table.horizontalHeader().sectionClicked.emit(page.model.section_of("own.f2"))
    settle(qtbot, desk)
    assert names_of(page)[-2:] == ["陈国梁", "王秀兰"]
    qtmodeltester.check(page.model, force_py=True)


def test_a_field_added_or_retired_meanwhile_comes_and_goes_with_the_rest_as_it_was(
    qtbot: QtBot, boss: Database, desk: Surroundings
) -> None:
    page = opened_list(qtbot, desk)
    page.arrangement.show_columns(("name", "own.f2", "tier"))
    boss.write(partial(add_own_field, new=NewOwnField("车牌")))
    boss.write(partial(retire_own_field, field_id=1, is_retired=True))
    desk.book.take(boss.read(load_code_book))
    page.reload()
    settle(qtbot, desk)
    assert page.table.columns_shown() == ["name", "own.f2", "tier"]
    assert page.model.own_columns() == ["own.f2", "own.f3"]
    assert sorted(column(page, "own.f2")) == ["", "", "10", "9.5"]


def test_a_condition_of_the_menu_is_an_own_field_too(
    qtbot: QtBot, boss: Database, desk: Surroundings
) -> None:
    page = opened_list(qtbot, desk)
    menus = {action.text(): action.menu() for action in page.bar.line.make_menu().actions()}
    menus["宠物"].actions()[0].trigger()
    settle(qtbot, desk)
    assert sorted(names_of(page)) == ["王秀兰", "陈国梁"]
    kept = OwnCondition("f1", TEXT, OwnSign.FILLED)
    assert page.listing.query == ClientFilter(own=(kept,))
