"""Care by key and click: a birthday greeted, a batch with its exclusions, presents, the tab."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.services.care.care_records import list_care_records
from advisorcrm.services.care.gifts import list_gifts
from advisorcrm.terms import CareKind, CareWay, GiftState, Sex
from advisorcrm.views.branch_window import BranchWindow
from advisorcrm.views.care.batch_dialog import BatchDialog
from advisorcrm.views.care.care_dialog import CareDialog
from advisorcrm.views.care.care_page import CarePage, CareScope
from advisorcrm.views.care.care_tab import CareTab
from advisorcrm.views.care.gift_dialog import GiftDialog
from advisorcrm.views.care.words_dialog import WordsDialog
from advisorcrm.views.clients.client_page import ClientPage
from advisorcrm.views.page_names import CARE
from advisorcrm.views.surroundings import clock_now
from tests.factories import People, make_client
from tests.views.windows import branch_window, nameless

CTRL_ENTER = (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def soon() -> datetime:
    return clock_now().astimezone(BRANCH_TIME) + timedelta(days=3)


@pytest.fixture
def client_id(file_database: Database, file_people: People) -> int:
    def fill(session, _actor):  # type: ignore[no-untyped-def]
        born = {"birthday_month_day": f"{soon():%m-%d}"}
        who = file_people.advisor
        key = make_client(session, who, name="欧阳文静", sex=Sex.FEMALE, **born)
        make_client(session, who, name="孙三", service_need="do_not_disturb", **born)
        return key

    return file_database.write(fill)


@pytest.fixture
def windows() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def window(
    file_database: Database, file_people: People, client_id: int, windows: ExitStack, qtbot: QtBot
) -> BranchWindow:
    return opened(windows, file_database, file_people.advisor, qtbot)


def opened(stack: ExitStack, database: Database, who: Actor, qtbot: QtBot) -> BranchWindow:
    window = stack.enter_context(branch_window(database, who))
    window.main_window.activateWindow()
    qtbot.waitUntil(window.main_window.isActiveWindow)
    return window


def care_page(window: BranchWindow, qtbot: QtBot) -> CarePage:
    window.main_window.go(CARE)
    page = window.main_window.page(CARE)
    assert isinstance(page, CarePage)
    qtbot.waitUntil(page.isVisible)
    return page


def press(page: CarePage, qtbot: QtBot, key: Qt.Key) -> QDialog | None:
    """Press a key in the shown list; answers the dialog it has opened."""
    qtbot.keyClick(page.tables[page.scope], key)
    return page._work.dialog


@pytest.mark.req("R74", "R113", "R244")
def test_a_coming_birthday_is_greeted_from_the_list_with_a_draft(
    window: BranchWindow, qtbot: QtBot, file_database: Database, file_people: People, client_id: int
) -> None:
    page = care_page(window, qtbot)
    assert [(row.client_name, row.way) for row in page.rows] == [  # type: ignore[union-attr]
        ("欧阳文静", "电话"), ("孙三", "免打扰，跳过"),
    ]  # fmt: skip
    dialog = press(page, qtbot, Qt.Key.Key_G)
    assert isinstance(dialog, CareDialog)
    assert dialog.words.value().startswith("欧阳女士，您好！")
    assert nameless(dialog) == []
    dialog.way.editor.set_code(CareWay.SMS.value)  # type: ignore[attr-defined]
    assert dialog.way.message() == "还没有征得以短信接收关怀的同意。"
    dialog.way.editor.set_code(CareWay.IN_PERSON.value)  # type: ignore[attr-defined]
    qtbot.keyClick(dialog, *CTRL_ENTER)
    assert dialog.result() == QDialog.DialogCode.Accepted
    mine = file_database.acting_as(file_people.advisor)
    [record] = mine.read(partial(list_care_records, client_id=client_id))
    assert (record.kind, record.way, record.occasion) == (
        CareKind.BIRTHDAY, CareWay.IN_PERSON, "生日",
    )  # fmt: skip
    greeted = {row.client_name: row.greeted_on for row in page.rows}  # type: ignore[union-attr]
    assert greeted["欧阳文静"] is not None
    assert greeted["孙三"] is None
    page.tables[page.scope].go_to(1)
    assert press(page, qtbot, Qt.Key.Key_G) is None  # who wants quiet is skipped


@pytest.mark.req("R113", "R245")
def test_a_festival_is_greeted_in_a_batch_that_says_before_who_is_left_out(
    window: BranchWindow, qtbot: QtBot, file_database: Database, file_people: People, client_id: int
) -> None:
    page = care_page(window, qtbot)
    page.chips[CareScope.FESTIVALS].click()
    names = [row.name for row in page.rows]  # type: ignore[union-attr]
    assert {"春节", "中秋", "国庆"} <= set(names)
    dialog = press(page, qtbot, Qt.Key.Key_Q)
    assert isinstance(dialog, BatchDialog)
    dialog.way.editor.set_code(CareWay.LETTER.value)  # type: ignore[attr-defined]
    assert dialog.plan is not None
    assert [one.client_id for one in dialog.plan.recipients] == [client_id]
    assert "不问候 1 户：客户不愿打扰 1" in dialog.bar.text()
    assert nameless(dialog) == []
    dialog.button.click()
    assert dialog.result() == QDialog.DialogCode.Accepted
    mine = file_database.acting_as(file_people.advisor)
    [record] = mine.read(partial(list_care_records, client_id=client_id))
    assert (record.kind, record.occasion) == (CareKind.FESTIVAL, names[0])


def give_on_tab(window: BranchWindow, qtbot: QtBot, client_id: int) -> CareTab:
    """Register a present of 320 yuan on the client's page, which is beyond the limit."""
    window.pages.show_client(client_id)
    [page] = window.main_window.findChildren(ClientPage)
    tab = page.hanging.care
    page.tabs.show_widget(tab)
    qtbot.waitUntil(tab.isVisible)
    tab.gift_button.click()
    dialog = tab.work.dialog
    assert isinstance(dialog, GiftDialog)
    dialog.item.set_value("茶叶")
    dialog.value.editor.setText("320")  # type: ignore[attr-defined]
    assert "单件" in dialog.bar.text()
    dialog.submit()
    assert dialog.reason.message()
    dialog.reason.set_value("八十寿辰")
    assert nameless(dialog) == []
    qtbot.keyClick(dialog, *CTRL_ENTER)
    assert dialog.result() == QDialog.DialogCode.Accepted
    return tab


@pytest.mark.req("R113", "R120")
def test_a_present_is_registered_on_the_tab_and_decided_by_the_manager(
    window: BranchWindow, windows: ExitStack, qtbot: QtBot, file_database: Database,
    file_people: People, client_id: int,
) -> None:  # fmt: skip
    tab = give_on_tab(window, qtbot, client_id)
    assert "累计 320.00 元" in tab.total.text()
    assert nameless(tab) == []
    give_on_tab(window, qtbot, client_id)
    page = care_page(opened(windows, file_database, file_people.manager, qtbot), qtbot)
    page.chips[CareScope.GIFTS].click()
    assert press(page, qtbot, Qt.Key.Key_A) is None
    page.tables[page.scope].go_to(1)
    dialog = press(page, qtbot, Qt.Key.Key_R)
    assert isinstance(dialog, WordsDialog)
    dialog.submit()
    assert dialog.words.message()
    dialog.words.set_value("与制度不符")
    dialog.submit()
    gifts = file_database.acting_as(file_people.advisor).read(list_gifts)
    assert [(gift.state, gift.remark) for gift in gifts] == [
        (GiftState.APPROVED, "八十寿辰"), (GiftState.REFUSED, "八十寿辰；与制度不符"),
    ]  # fmt: skip
    assert nameless(page) == []


@pytest.mark.req("R113")
def test_a_kindness_is_noted_on_the_tab_taken_back_and_brought_again(
    window: BranchWindow, qtbot: QtBot, client_id: int
) -> None:
    window.pages.show_client(client_id)
    [page] = window.main_window.findChildren(ClientPage)
    tab = page.hanging.care
    page.tabs.show_widget(tab)
    qtbot.waitUntil(tab.isVisible)
    qtbot.keyClick(tab, Qt.Key.Key_Insert)
    dialog = tab.work.dialog
    assert isinstance(dialog, CareDialog)
    dialog.kind.editor.set_code(CareKind.HELP.value)  # type: ignore[attr-defined]
    dialog.submit()
    assert dialog.words.message()
    dialog.words.set_value("帮忙联系医院。")
    qtbot.keyClick(dialog, *CTRL_ENTER)
    assert tab.model.rowCount() == 1
    assert page.tabs.tabText(page.tabs.place_of(tab)) == "关怀 1"
    qtbot.keyClick(tab, Qt.Key.Key_Delete)
    assert tab.model.rowCount() == 0
    qtbot.keyClick(window.main_window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert tab.model.rowCount() == 1
