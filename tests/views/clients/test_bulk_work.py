"""The bulk bar: hand over, tag, envelopes; one act each, told with the way back."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.models import Client
from advisorcrm.views.clients.clients_page import ClientsPage
from advisorcrm.views.clients.hand_over_dialog import HandOverDialog
from advisorcrm.views.clients.tag_dialog import TagDialog
from advisorcrm.views.surroundings import Surroundings
from tests.factories import People
from tests.views.clients.conftest import MakeDesk, names_of, opened_list, press, settle, type_text


def ticked(qtbot: QtBot, desk: Surroundings, count: int = 2) -> ClientsPage:
    page = opened_list(qtbot, desk)
    page.table.setFocus()
    for _turn in range(count):
        press(page, "Space Down")
    settle(qtbot, desk)
    return page


def field_of(database: Database, key: int, name: str) -> Any:
    return database.read(lambda s, a: getattr(s.get_one(Client, key), name))


def buttons(page: ClientsPage) -> list[str]:
    return [button.accessibleName() for button in page.bulk.work._buttons]


@pytest.mark.req("R217")
def test_the_manager_hands_the_ticked_over_and_takes_them_back(
    qtbot: QtBot, file_database: Database, people: People, desk_of: MakeDesk,
    clients: dict[str, int],
) -> None:  # fmt: skip
    desk = desk_of("manager")
    page = ticked(qtbot, desk)
    next(b for b in page.bulk.work._buttons if b.accessibleName() == "移交").click()
    dialog = page.bulk_work.dialog
    assert isinstance(dialog, HandOverDialog)
    settle(qtbot, desk)
    dialog.submit()
    assert dialog.isVisible()
    dialog.advisor.set_value(str(people.colleague.user_id))
    dialog.reason.set_value("休产假")
    with qtbot.waitSignal(desk.undo.added) as told:
        press(dialog, "Ctrl+Return")
    assert told.args == ["已移交 2 户给 周岚"]
    assert not dialog.isVisible()
    keys = [clients["陈国梁"], clients["欧阳文静"]]
    assert [field_of(file_database, key, "advisor_id") for key in keys] == [
        people.colleague.user_id
    ] * 2
    desk.undo.undo(desk.jobs)
    settle(qtbot, desk)
    assert [field_of(file_database, key, "advisor_id") for key in keys] == [
        people.advisor.user_id
    ] * 2


def test_tags_are_put_on_by_clicks_and_taken_back(
    qtbot: QtBot, file_database: Database, desk: Surroundings, clients: dict[str, int]
) -> None:
    page = ticked(qtbot, desk)
    page.bulk.tag_wanted.emit()
    dialog = page.bulk_work.dialog
    assert isinstance(dialog, TagDialog)
    press(dialog, "Return")
    assert dialog.bar.text() == "请选标签。"
    press(dialog, "Space")  # the cursor stands on the first tag
    assert dialog.add["focus"].isChecked()
    assert not dialog.remove["focus"].isEnabled()
    with qtbot.waitSignal(desk.undo.added) as told:
        press(dialog, "Return")
    assert told.args == ["已给 2 户改标签"]
    settle(qtbot, desk)
    page.add_condition("tags", ("focus",))
    settle(qtbot, desk)
    assert names_of(page) == ["陈国梁", "欧阳文静"]
    desk.undo.undo(desk.jobs)
    settle(qtbot, desk)
    assert names_of(page) == []


def test_who_has_no_address_is_announced_before_anything_is_printed(
    qtbot: QtBot, file_database: Database, desk: Surroundings, clients: dict[str, int]
) -> None:
    def move_in(session: Any, _actor: Any) -> None:
        session.get_one(Client, clients["陈国梁"]).address = "济南市历下区文化东路 1 号"

    file_database.write(move_in)
    page = ticked(qtbot, desk)
    assert page.bulk.left_out.text() == "信封仅 1 户（1 户没有地址）"
    with qtbot.waitSignal(page.bulk_work.report_wanted) as wanted:
        page.bulk_work.sizes.actions()[1].trigger()
    assert wanted.args[0].sheets.keywords["form"] == "envelope_c5"
    press(page, "Escape")
    assert page.bulk.isHidden()


@pytest.mark.req("R217")
@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("advisor", ["建任务", "打标签", "打印客户卡", "打印信封", "导出客户卡"]),
        ("manager", ["建任务", "移交", "打标签", "打印客户卡", "打印信封", "导出客户卡"]),
        ("leader", ["建任务", "打印客户卡", "导出客户卡"]),
        ("office", []),
    ],
)
def test_each_role_finds_what_it_may_do(
    qtbot: QtBot, desk_of: MakeDesk, clients: dict[str, int], role: str, expected: list[str]
) -> None:
    assert buttons(opened_list(qtbot, desk_of(role))) == expected


def test_typed_conditions_are_completed_by_tab_and_enter(
    qtbot: QtBot, desk: Surroundings, clients: dict[str, int]
) -> None:
    page = opened_list(qtbot, desk)
    page.table.setFocus()
    press(page, "Slash")
    type_text(page, "风险等")
    assert page.bar.line.offers.labels() == ["风险"]
    press(page, "Tab")
    assert page.bar.line.text() == "风险等级 "
    assert page.bar.line.offers.labels()[0] == "C1 保守型"
    press(page, "Down Down Return")
    settle(qtbot, desk)
    assert page.bar.line.text() == ""
    assert [chip.text().strip() for chip in page.bar.chips.values()] == ["风险：C2"]
