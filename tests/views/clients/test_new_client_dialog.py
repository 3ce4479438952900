"""Entering a new client."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.services.files.client_files import open_client_file
from advisorcrm.terms import ClientStage, PointKind
from advisorcrm.views.clients.new_client_dialog import NewClientDialog
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.level import Level
from tests.conftest import TODAY
from tests.factories import People
from tests.views.clients.conftest import MakeDesk, press, settle, type_text


def opened(qtbot: QtBot, desk: Surroundings) -> NewClientDialog:
    dialog = NewClientDialog(desk)
    qtbot.addWidget(dialog)
    dialog.open()
    settle(qtbot, desk)
    return dialog


def test_a_client_is_entered_by_keys(
    qtbot: QtBot, desk: Surroundings, file_database: Database, people: People
) -> None:
    dialog = opened(qtbot, desk)
    press(dialog, "Home")
    type_text(dialog, "贺敏")
    press(dialog, "Tab Tab")
    type_text(dialog, "600100055527")
    press(dialog, "Tab")
    type_text(dialog, "188 0000 4400")
    with qtbot.waitSignal(dialog.registered) as registered:
        press(dialog, "Ctrl+Return")
    client_id = registered.args[0]
    file = file_database.acting_as(people.advisor).read(
        lambda session, actor: open_client_file(session, actor, client_id, today=TODAY)
    )
    assert (file.name, file.initials, file.account, file.advisor_name) == (
        "贺敏", "hm", "****5527", "林若溪",
    )  # fmt: skip
    assert [(one.kind, one.masked) for one in file.points] == [(PointKind.MOBILE, "188****4400")]
    assert not dialog.isVisible()


def test_what_was_copied_from_a_cell_or_a_chat_is_taken_as_it_is_meant(
    qtbot: QtBot, desk: Surroundings, file_database: Database, people: People
) -> None:
    dialog = opened(qtbot, desk)
    for copied in (
        "\t张三\r\n丰 \n",
        "６００１-0005 5527\t",
        "手机：+86 188‑0000‑4400（微信同号）\n",
    ):
        QApplication.clipboard().setText(copied)
        press(dialog, "Ctrl+V Tab")
        if "张" in copied:
            press(dialog, "Tab")
    assert (dialog.mobile.level(), dialog.mobile.message()) == (Level.OK, "备注：微信同号")
    with qtbot.waitSignal(dialog.registered) as registered:
        press(dialog, "Ctrl+Return")
    file = file_database.acting_as(people.advisor).read(
        lambda session, actor: open_client_file(session, actor, registered.args[0], today=TODAY)
    )
    assert (file.name, file.account) == ("张三 丰", "****5527")
    assert [(one.masked, one.note) for one in file.points] == [("188****4400", "微信同号")]


@pytest.mark.req("R11")
def test_a_prospect_is_entered_without_an_account(
    qtbot: QtBot, desk: Surroundings, file_database: Database, people: People
) -> None:
    dialog = opened(qtbot, desk)
    dialog.name.set_value("高敏")
    dialog.prospect.click()
    with qtbot.waitSignal(dialog.registered) as registered:
        press(dialog, "Ctrl+Return")
    file = file_database.acting_as(people.advisor).read(
        lambda session, actor: open_client_file(session, actor, registered.args[0], today=TODAY)
    )
    assert (file.stage, file.account) == (ClientStage.PROSPECT, "")


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("name", "王秀兰", "可能已有这位客户：王*（林若溪）"),
        ("account", "600100035586", "可能已有这位客户：王*（林若溪）"),
        ("mobile", "13700002290（微信同号）", "可能已有这位客户：王*（林若溪）"),
        ("name", "许志刚", "可能已有这位客户：许*（周岚）"),
        ("account", "600100099999", "可能已有这位客户：许*（周岚）"),
    ],
)
def test_a_possible_double_is_named_by_surname_and_owner_only(
    qtbot: QtBot, desk: Surroundings, clients: dict[str, int], field: str, text: str, said: str
) -> None:
    dialog = opened(qtbot, desk)
    asked = getattr(dialog, field)
    asked.focus()
    type_text(dialog, text)
    press(dialog, "Tab")
    settle(qtbot, desk)
    assert dialog.bar.text() == said


def test_a_similar_name_is_no_double(
    qtbot: QtBot, desk: Surroundings, clients: dict[str, int]
) -> None:
    dialog = opened(qtbot, desk)
    type_text(dialog, "王秀")
    press(dialog, "Tab")
    settle(qtbot, desk)
    assert dialog.bar.isHidden()


def test_what_is_refused_is_said_at_its_field_and_the_dialog_stays(
    qtbot: QtBot, desk: Surroundings, clients: dict[str, int]
) -> None:
    dialog = opened(qtbot, desk)
    press(dialog, "Ctrl+Return")
    assert dialog.name.message() == "请填写客户姓名。"
    dialog.name.set_value("贺敏")
    dialog.mobile.set_value("138000")
    dialog.submit()
    assert dialog.mobile.message() != ""
    dialog.mobile.set_value("")
    dialog.account.set_value("600100035586")
    dialog.submit()
    settle(qtbot, desk)
    assert dialog.account.message() == "这个资金账号已属于另一位客户，请核对。"
    assert dialog.isVisible()


def test_the_manager_says_whose_client_it_is(
    qtbot: QtBot, desk_of: MakeDesk, file_database: Database, people: People
) -> None:
    desk = desk_of("manager")
    dialog = opened(qtbot, desk)
    assert dialog.advisor.isVisible()
    dialog.name.set_value("贺敏")
    dialog.advisor.set_value(str(people.colleague.user_id))
    with qtbot.waitSignal(dialog.registered) as registered:
        dialog.submit()
    client_id = registered.args[0]
    file = file_database.acting_as(people.manager).read(
        lambda session, actor: open_client_file(session, actor, client_id, today=TODAY)
    )
    assert file.advisor_name == "周岚"
