"""Saved views on the page: the star, live counts, names, order, sharing, and the way back."""

from __future__ import annotations

import uuid
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from advisorcrm.db.database import Database
from advisorcrm.models import Client
from advisorcrm.services.clients.clients import ClientFilter, ClientOrder
from advisorcrm.services.clients.counter_notices import note_for_counter
from advisorcrm.services.clients.saved_views import NewView, list_saved_views, save_view
from advisorcrm.views.clients.clients_page import ClientsPage
from advisorcrm.views.surroundings import Surroundings
from tests.conftest import NOW
from tests.factories import People, make_client
from tests.views.clients.conftest import MakeDesk, names_of, opened_list, press, settle, type_text


def share(database: Database, people: People, name: str, query: ClientFilter) -> int:
    new = NewView(str(uuid.uuid4()), name, query, ClientOrder("name", descending=False),
                  ("name", "mobile"), is_shared=True)  # fmt: skip
    return database.acting_as(people.manager).write(partial(save_view, new=new))


def texts(page: ClientsPage) -> list[str]:
    return [chip.text() for chip in page.views.chips.values()][6:]


def act(menu: QMenu, label: str) -> None:
    next(action for action in menu.actions() if action.text() == label).trigger()


def saved(page: ClientsPage, name: str) -> Any:
    return next(view for view in page.keeper.saved if view.label == name)


def test_the_star_keeps_filter_columns_and_order_by_keys_alone(
    qtbot: QtBot, desk: Surroundings, clients: dict[str, int]
) -> None:
    page = opened_list(qtbot, desk)
    page.add_condition("tiers", ("gold",))
    settle(qtbot, desk)
    page.views.star.setFocus()
    press(page, "Space")
    dialog = page.keeper.dialog
    assert dialog is not None
    assert not dialog.shared.isVisible()
    press(dialog, "")  # waits until it is the active window
    type_text(dialog, "金卡")
    press(dialog, "Return")
    settle(qtbot, desk)
    assert texts(page) == ["金卡 1"]
    [row] = desk.jobs._database.read(list_saved_views)
    assert row.content.query == ClientFilter(tiers=("gold",))
    assert row.content.columns == tuple(page.table.columns_shown())


def test_a_name_that_is_taken_keeps_the_dialog_open(
    qtbot: QtBot, desk: Surroundings, clients: dict[str, int]
) -> None:
    page = opened_list(qtbot, desk)
    for _attempt in range(2):
        page.keeper.ask_name()
        page.keeper.dialog.name.set_value("甲")
        page.keeper.dialog.submit()
        settle(qtbot, desk)
    assert page.keeper.dialog.name.message() == "已有同名的视图，请换一个名字。"
    assert texts(page) == ["甲 4"]


def test_a_shared_view_brings_its_columns_and_order_and_others_their_own_back(
    qtbot: QtBot, file_database: Database, people: People, desk: Surroundings,
    clients: dict[str, int],
) -> None:  # fmt: skip
    share(file_database, people, "通讯录", ClientFilter())
    page = opened_list(qtbot, desk)
    before = page.table.columns_shown()
    assert page.views.shared.text() == "视图共享：方静"
    page.views.chips[saved(page, "通讯录").key].click()
    settle(qtbot, desk)
    assert page.table.columns_shown() == ["name", "mobile"]
    assert page.listing.order == ClientOrder("name", descending=False)
    assert names_of(page) == ["陈国梁", "欧阳文静", "王秀兰", "曾繁荣"]
    page.views.chips["all"].click()
    settle(qtbot, desk)
    assert page.table.columns_shown() == before
    [only] = page.keeper.menu_of(saved(page, "通讯录")).actions()
    assert not only.isEnabled()


def test_own_views_are_renamed_moved_removed_and_brought_back(
    qtbot: QtBot, desk: Surroundings, clients: dict[str, int]
) -> None:
    page = opened_list(qtbot, desk)
    for name in ("一", "二"):
        page.keeper.ask_name()
        page.keeper.dialog.name.set_value(name)
        page.keeper.dialog.submit()
        settle(qtbot, desk)
    act(page.keeper.menu_of(saved(page, "二")), "前移")
    settle(qtbot, desk)
    assert texts(page) == ["二 4", "一 4"]
    act(page.keeper.menu_of(saved(page, "一")), "改名")
    page.keeper.dialog.name.set_value("甲")
    page.keeper.dialog.submit()
    settle(qtbot, desk)
    assert texts(page) == ["二 4", "甲 4"]
    act(page.keeper.menu_of(saved(page, "二")), "去掉")
    settle(qtbot, desk)
    assert texts(page) == ["甲 4"]
    desk.undo.undo(desk.jobs)
    settle(qtbot, desk)
    assert texts(page) == ["二 4", "甲 4"]


def test_the_chosen_view_is_brought_up_to_date(
    qtbot: QtBot, desk: Surroundings, clients: dict[str, int]
) -> None:
    page = opened_list(qtbot, desk)
    page.keeper.ask_name()
    page.keeper.dialog.name.set_value("重点")
    page.keeper.dialog.submit()
    settle(qtbot, desk)
    page.views.chips[saved(page, "重点").key].click()
    page.add_condition("tiers", ("platinum",))
    page.keeper.ask_name()
    page.keeper.dialog.replace.click()
    settle(qtbot, desk)
    assert texts(page) == ["重点 2"]


def test_the_special_lists_stand_in_a_menu_with_their_counts(
    qtbot: QtBot, file_database: Database, people: People, desk_of: MakeDesk,
    clients: dict[str, int],
) -> None:  # fmt: skip
    note = partial(note_for_counter, client_id=clients["王秀兰"], matter="换证", now=NOW)
    file_database.acting_as(people.advisor).write(note)
    desk = desk_of("manager")
    page = opened_list(qtbot, desk)
    page.keeper.fill_more(page.views.more_menu)
    settle(qtbot, desk)
    labels = [action.text() for action in page.views.more_menu.actions() if action.text()]
    assert labels == [
        "档案待补 5", "30 天未更新 0", "今日新增 5", "今日变更 0", "待通知更新 1", "已通知待更新 0",
        "免打扰 1", "测评 30 天内到期 1", "测评 7 天内到期 0", "测评已到期 0", "证件 90 天内到期 0",
        "证件 30 天内到期 0", "证件已到期 0", "潜在客户 0", "待首次沟通 0", "未分配 0",
    ]  # fmt: skip
    act(page.views.more_menu, "待通知更新 1")
    settle(qtbot, desk)
    assert names_of(page) == ["王秀兰"]
    assert list(page.bar.chips) == ["matters"]


@pytest.mark.req("R2", "R69", "R215", "R216")
@pytest.mark.parametrize(("role", "old"), [("advisor", "旧档"), ("manager", "旧档、许志刚")])
def test_files_in_need_of_somebody_are_one_click_away_and_leave_the_list_when_mended(
    qtbot: QtBot, file_database: Database, people: People, desk_of: MakeDesk,
    clients: dict[str, int], role: str, old: str,
) -> None:  # fmt: skip
    def neglect(session: Any, _actor: Any) -> None:
        make_client(session, people.advisor, name="无号", mobile="")
        stale = (make_client(session, people.advisor, name="旧档"), clients["许志刚"])
        at = NOW - timedelta(days=40)
        aged = update(Client).where(Client.id.in_(stale)).values(created_at=at, updated_at=at)
        session.execute(aged)

    file_database.write(neglect)
    desk = desk_of(role)
    page = opened_list(qtbot, desk)
    page.keeper.fill_more(page.views.more_menu)
    settle(qtbot, desk)
    unreached = next(chip for chip in page.views.chips.values() if "无可用渠道" in chip.text())
    assert unreached.text() == "无可用渠道 1"
    unreached.click()
    settle(qtbot, desk)
    assert names_of(page) == ["无号"]
    act(page.views.more_menu, f"30 天未更新 {len(old.split('、'))}")
    settle(qtbot, desk)
    assert "、".join(sorted(names_of(page))) == old
    act(page.views.more_menu, "今日新增 5")
    settle(qtbot, desk)
    assert "无号" in names_of(page)
    assert "旧档" not in names_of(page)
    mend = update(Client).where(Client.name == "旧档").values(updated_at=NOW)
    desk.jobs.write(lambda s, a: s.execute(mend) and None)
    settle(qtbot, desk)
    page.keeper.fill_more(page.views.more_menu)
    settle(qtbot, desk)
    act(page.views.more_menu, "今日变更 1")
    settle(qtbot, desk)
    assert names_of(page) == ["旧档"]
