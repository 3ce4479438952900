"""The list of clients: views, conditions, keys, masks, selection, empty states."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from advisorcrm import i18n
from advisorcrm.db.database import Database
from advisorcrm.exports.client_list import ClientListRequest
from advisorcrm.services.access_logs import list_client_accesses
from advisorcrm.services.branch.settings import load_settings
from advisorcrm.services.clients.clients import ClientFilter
from advisorcrm.terms import AccessKind
from advisorcrm.views.clients.clients_page import ClientsPage
from advisorcrm.views.surroundings import Surroundings
from tests.factories import People, make_client
from tests.views.clients.conftest import (
    MakeDesk,
    names_of,
    opened_list,
    press,
    settle,
    show,
    type_text,
)

NUMBERS = ("13800006612", "13900000458", "13700002290", "600100003320", "600100017715")


@pytest.fixture
def page(qtbot: QtBot, desk: Surroundings, clients: dict[str, int]) -> ClientsPage:
    made = opened_list(qtbot, desk)
    made.table.setFocus()
    return made


def texts_of(page: ClientsPage) -> str:
    """Everything the list says, in cells, tooltips and to a screen reader."""
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole,
             Qt.ItemDataRole.AccessibleTextRole)  # fmt: skip
    model = page.model
    return "\n".join(
        str(model.index(row, column).data(role))
        for row in range(model.rowCount())
        for column in range(model.columnCount())
        for role in roles
    )


def test_the_list_shows_own_clients_by_assets(page: ClientsPage) -> None:
    assert names_of(page) == ["陈国梁", "欧阳文静", "王秀兰", "曾繁荣"]
    assert page.status_text() == "4 户 / 共 4 户 · 总资产 1,403.0 万 · 平均完备率 7%"


def test_at_a_desk_in_public_view_the_list_shows_no_names(page: ClientsPage) -> None:
    page.set_private(is_private=True)
    assert names_of(page) == ["陈*", "欧*", "王*", "曾*"]
    page.set_private(is_private=False)
    assert names_of(page) == ["陈国梁", "欧阳文静", "王秀兰", "曾繁荣"]


def test_the_model_keeps_qts_rules(page: ClientsPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.model, force_py=True)


def test_the_manager_sees_the_branch(
    qtbot: QtBot, desk_of: MakeDesk, clients: dict[str, int]
) -> None:
    page = opened_list(qtbot, desk_of("manager"))
    assert "许志刚" in names_of(page)
    assert page.table.columns_shown()[:3] == ["name", "advisor_name", "tier"]
    section = page.model.section_of("advisor_name")
    advisors = {page.model.index(row, section).data() for row in range(page.model.rowCount())}
    assert {"林若溪", "周岚"} <= advisors
    assert page.bar.line.make_menu().actions()[-1].text() == "客户组"


@pytest.mark.req("R77")
def test_the_front_desk_has_no_column_of_what_clients_pay(
    qtbot: QtBot, desk_of: MakeDesk, clients: dict[str, int]
) -> None:
    offered = {}
    for role in ("desk", "leader"):
        page = opened_list(qtbot, desk_of(role))
        page.arrangement.show_columns(["name", "commission_ppm"])
        chooser = page.arrangement.open_chooser()
        offered[role] = (
            page.table.columns_shown(),
            bool(chooser.list.findItems("佣金‰", Qt.MatchFlag.MatchStartsWith)),
        )
        chooser.reset.click()
        assert ("commission_ppm" in page.table.columns_shown()) is (role == "leader")
        chooser.close()
    assert offered == {
        "desk": (["name"], False),
        "leader": (["name", "commission_ppm"], True),
    }


def test_views_carry_live_counts(qtbot: QtBot, page: ClientsPage, desk: Surroundings) -> None:
    shown = [chip.text() for chip in page.views.chips.values()]
    assert shown == ["全部 4", "我的高端客户 3", "14 天未联系 3", "测评 60 天内到期 1",
                     "无可用渠道 0", "现场客户 0"]  # fmt: skip
    page.views.chips["high_end"].click()
    settle(qtbot, desk)
    assert names_of(page) == ["陈国梁", "欧阳文静", "王秀兰"]
    assert list(page.bar.chips) == ["tiers"]


@pytest.mark.req("R246")
def test_a_condition_is_typed_by_keys_alone(
    qtbot: QtBot, page: ClientsPage, desk: Surroundings
) -> None:
    press(page, "Slash")
    type_text(page, "距上次 ")
    type_text(page, ">14")
    assert page.bar.hint.text() == "⏎ 添加 15 天未联系"
    press(page, "Return")
    settle(qtbot, desk)
    assert names_of(page) == ["欧阳文静", "王秀兰", "曾繁荣"]
    press(page.bar.line, "Slash")  # the cursor is there already
    assert page.bar.line.text() == ""
    press(page.bar.chips["not_contacted_days"], "Escape")
    page.bar.chips["not_contacted_days"].setFocus()
    press(page, "Delete")
    settle(qtbot, desk)
    assert len(names_of(page)) == 4


@pytest.mark.req("R246")
@pytest.mark.parametrize("typed", ["oywj", "ouyang", "7715", "0458", "欧阳"])
def test_a_client_is_found_while_the_name_is_typed(
    qtbot: QtBot, page: ClientsPage, desk: Surroundings, typed: str
) -> None:
    press(page, "Ctrl+F")
    type_text(page, typed)
    settle(qtbot, desk)
    assert names_of(page) == ["欧阳文静"]
    press(page, "Escape")
    settle(qtbot, desk)
    assert len(names_of(page)) == 4


def test_conditions_are_offered_to_the_mouse_too(
    qtbot: QtBot, page: ClientsPage, desk: Surroundings
) -> None:
    tiers = page.bar.line.make_menu().actions()[0].menu()
    assert [action.text() for action in tiers.actions()] == ["白金卡", "金卡", "银卡", "其他"]
    tiers.actions()[0].trigger()
    settle(qtbot, desk)
    assert names_of(page) == ["陈国梁", "欧阳文静"]


def test_keys_move_and_open_and_leave_the_way_back(
    qtbot: QtBot, page: ClientsPage, desk: Surroundings, clients: dict[str, int]
) -> None:
    press(page, "J J K")
    with qtbot.waitSignal(page.client_wanted) as wanted:
        press(page, "Return")
    assert wanted.args == [clients["欧阳文静"]]
    assert desk.walk.place(clients["欧阳文静"]) == (2, 4)
    assert desk.walk.neighbour(clients["欧阳文静"], 1) == clients["王秀兰"]


def test_n_logs_and_shift_n_begins_a_new_client(
    qtbot: QtBot, page: ClientsPage, clients: dict[str, int]
) -> None:
    with qtbot.waitSignal(page.log_wanted) as wanted:
        press(page, "N")
    assert wanted.args == [clients["陈国梁"]]
    with qtbot.waitSignal(page.new_client_wanted):
        press(page, "Shift+N")


def test_a_header_sorts(qtbot: QtBot, page: ClientsPage, desk: Surroundings) -> None:
    page.model.sort(page.model.section_of("name"))
    settle(qtbot, desk)
    assert names_of(page) == ["陈国梁", "欧阳文静", "王秀兰", "曾繁荣"]
    page.model.sort(page.model.section_of("tier"), Qt.SortOrder.DescendingOrder)
    settle(qtbot, desk)
    assert names_of(page)[0] == "曾繁荣"


def test_the_order_chosen_by_a_header_is_there_again_at_the_next_start(
    qtbot: QtBot, page: ClientsPage, desk: Surroundings
) -> None:
    header, section = page.table.horizontalHeader(), page.model.section_of("assets_fen")
    place = header.sectionViewportPosition(section) + 12
    qtbot.mouseClick(
        header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place, header.height() // 2)
    )
    settle(qtbot, desk)
    by_hand = ["曾繁荣", "王秀兰", "欧阳文静", "陈国梁"]
    assert names_of(page) == by_hand
    page.close()

    again = ClientsPage(desk)
    again.begin([])  # read at the sign-in, by assets from the top
    show(qtbot, again, 1280, 760)
    settle(qtbot, desk)
    assert again.model.order() == ("assets_fen", False)
    names_of(again)
    settle(qtbot, desk)
    assert names_of(again) == by_hand


def test_the_selection_says_what_it_holds_and_goes_by_esc(
    qtbot: QtBot, page: ClientsPage, desk: Surroundings, clients: dict[str, int]
) -> None:
    assert page.bulk.isHidden()
    press(page, "Space J Space")
    settle(qtbot, desk)
    assert page.bulk.count.text() == "已选 2 户"
    assert page.bulk.assets.text() == "总资产 1,084.1 万"
    assert page.status_text().endswith("已选 2")
    with qtbot.waitSignal(page.cards_wanted) as wanted:
        page.bulk.print_wanted.emit()
    assert wanted.args == [[clients["陈国梁"], clients["欧阳文静"]]]
    press(page, "Escape")
    assert page.bulk.isHidden()


@pytest.mark.req("R16", "R148")
def test_numbers_are_masked_everywhere_in_the_list(
    qtbot: QtBot, page: ClientsPage, desk: Surroundings
) -> None:
    everything = texts_of(page) + "\n".join(label.text() for label in page.findChildren(QLabel))
    assert "138****6612" in everything
    assert "****3320" in everything
    page.model.check_all()
    page.table.copy_rows()
    everything += QGuiApplication.clipboard().text()
    assert not [number for number in NUMBERS if number in everything]


@pytest.mark.req("R16", "R148")
def test_v_shows_the_number_after_a_reason_and_logs_it(
    qtbot: QtBot, page: ClientsPage, desk: Surroundings, clients: dict[str, int],
    file_database: Database, people: People,
) -> None:  # fmt: skip
    press(page, "V")
    settle(qtbot, desk)
    dialog = page.preview.phone.dialog
    assert dialog is not None
    press(dialog, "2")
    settle(qtbot, desk)
    assert page.preview.facts["mobile"].value.text() == "13800006612"
    log = file_database.acting_as(people.advisor).read(
        lambda session, actor: list_client_accesses(session, actor, clients["陈国梁"])
    )
    assert [(row.kind, row.purpose) for row in log] == [(AccessKind.REVEAL, "核对资料")]
    press(page.table, "J")
    page.table.go_to(1)
    settle(qtbot, desk)
    assert page.preview.facts["mobile"].value.text() == "139****0458"


def test_the_preview_tells_gaps_and_leads_to_them(
    qtbot: QtBot, page: ClientsPage, clients: dict[str, int]
) -> None:
    assert page.preview.name.text() == "陈国梁"
    assert page.preview.gaps_title.text() == "待补 19 项"
    button = next(
        one for one in page.preview.findChildren(QPushButton)
        if one.accessibleName() == "去补 电子邮箱"
    )  # fmt: skip
    with qtbot.waitSignal(page.gap_wanted) as wanted:
        button.click()
    assert wanted.args == [clients["陈国梁"], "email"]


def test_the_preview_follows_when_typing_pauses(
    qtbot: QtBot, page: ClientsPage, desk: Surroundings
) -> None:
    page.listing.rest.setInterval(3_600_000)
    press(page, "Ctrl+F")
    type_text(page, "oywj")
    assert names_of(page) == ["欧阳文静"]
    assert page.preview.name.text() == "陈国梁"
    page.listing.rest.start(0)
    settle(qtbot, desk)
    assert page.preview.name.text() == "欧阳文静"


def test_f4_hides_the_preview(page: ClientsPage) -> None:
    press(page, "F4")
    assert page.preview.isHidden()
    press(page, "F4")
    assert page.preview.isVisible()


def test_a_filter_that_finds_nobody_can_be_widened(
    qtbot: QtBot, page: ClientsPage, desk: Surroundings
) -> None:
    page.show_query(ClientFilter(tiers=("silver",), not_contacted_days=400, text="王"))
    settle(qtbot, desk)
    assert page.empty.isVisible()
    assert page.empty.state.title() == "没有符合条件的客户"
    chips = [page.empty.conditions.itemAt(at).widget() for at in range(3)]
    assert [chip.text().strip() for chip in chips] == ["类型：银卡", "400 天未联系", "包含“王”"]
    chips[2].closed.emit()
    settle(qtbot, desk)
    assert names_of(page) == ["曾繁荣"]
    page.show_query(ClientFilter(tiers=("other",)))
    settle(qtbot, desk)
    page.empty.widened.emit()
    settle(qtbot, desk)
    assert len(names_of(page)) == 4


def test_a_branch_without_clients_offers_the_first_steps(qtbot: QtBot, desk: Surroundings) -> None:
    page = opened_list(qtbot, desk)
    assert page.empty.state.title() == "还没有客户"
    buttons = [one.accessibleName() for one in page.empty.findChildren(QPushButton)]
    assert buttons == ["导入", "新客户"]


@pytest.mark.parametrize(
    ("role", "buttons"),
    [
        ("advisor", ["导入", "导出", "打印明细表", "新客户"]),
        ("leader", ["导出", "打印明细表"]),
        ("desk", ["导出", "打印明细表"]),
        ("office", []),
    ],
)
@pytest.mark.req("R16")
def test_what_a_role_may_not_do_is_absent(
    qtbot: QtBot, desk_of: MakeDesk, clients: dict[str, int], role: str, buttons: list[str]
) -> None:
    page = opened_list(qtbot, desk_of(role))
    shown = [one.accessibleName() for one in page.head.findChildren(QPushButton)]
    assert [name for name in shown if name != "更多"] == buttons
    assert page.preview.phone.isVisible() is (role == "advisor")


@pytest.mark.req("R16")
def test_head_office_reads_no_names(
    qtbot: QtBot, desk_of: MakeDesk, clients: dict[str, int]
) -> None:
    page = opened_list(qtbot, desk_of("office"))
    assert names_of(page)[0] == "陈*"
    assert page.preview.name.text() == "陈*"


def test_ctrl_p_asks_for_the_list_as_it_is_narrowed(
    qtbot: QtBot, page: ClientsPage, desk: Surroundings
) -> None:
    page.add_condition("tiers", ("gold",))
    settle(qtbot, desk)
    page.table.setFocus()
    with qtbot.waitSignal(page.print_wanted) as wanted:
        press(page, "Ctrl+P")
    request: ClientListRequest = wanted.args[0]
    assert request.query == ClientFilter(tiers=("gold",))
    assert (request.kind, request.unmasked) == (AccessKind.PRINT, False)


@pytest.mark.req("R148")
def test_ctrl_e_asks_for_a_purpose_and_masks_unless_told(qtbot: QtBot, page: ClientsPage) -> None:
    press(page, "Ctrl+E")
    dialog = page.export.dialog
    assert dialog is not None
    assert dialog.unmasked.isHidden()
    dialog.purpose.set_value("季度复核")
    with qtbot.waitSignal(page.export_wanted) as wanted:
        dialog.submit()
    request = wanted.args[0].register.keywords["request"]
    assert (request.unmasked, request.purpose) == (False, "季度复核")


@pytest.mark.req("R148")
def test_full_numbers_need_a_purpose(
    qtbot: QtBot, desk_of: MakeDesk, clients: dict[str, int]
) -> None:
    page = opened_list(qtbot, desk_of("manager"))
    page.export_list()
    dialog = page.export.dialog
    assert dialog is not None
    dialog.unmasked.setChecked(True)
    dialog.submit()
    assert dialog.purpose.message() == "输出完整号码须写明用途。"
    assert dialog.isVisible()


def test_columns_and_row_height_are_remembered(
    qtbot: QtBot, page: ClientsPage, desk: Surroundings, file_database: Database, people: People
) -> None:
    chooser = page.arrangement.open_chooser()
    chooser.show_columns(["name", "tier", "opened_on", "mobile"])
    chooser.list.setCurrentRow(2)
    chooser.move_column(-1)
    assert page.table.columns_shown() == ["name", "opened_on", "tier", "mobile"]
    chooser.close()
    page.arrangement.next_density()
    settle(qtbot, desk)
    kept = file_database.acting_as(people.advisor).read(load_settings)
    assert kept.list_columns == ("name", "opened_on", "tier", "mobile")
    assert kept.row_height == "two_line"


def test_the_column_chooser_searches_explains_and_resets(page: ClientsPage) -> None:
    chooser = page.arrangement.open_chooser()
    chooser.search.setText("千分比")
    shown = [row for row in range(chooser.list.count()) if not chooser.list.item(row).isHidden()]
    assert [chooser.list.item(row).text() for row in shown] == ["佣金‰"]
    chooser.list.setCurrentRow(shown[0])
    assert chooser.explain.text() == "佣金现状，千分比"
    chooser.reset.click()
    assert page.table.columns_shown() == [
        "name", "tier", "risk_level", "account", "mobile", "assets_fen", "commission_ppm",
        "days_since", "completeness", "flags",
    ]  # fmt: skip
    chooser.close()


def test_what_somebody_saved_comes_into_the_list(
    qtbot: QtBot, page: ClientsPage, desk: Surroundings
) -> None:
    def enter(session: Any, actor: Any) -> int:
        return make_client(session, actor, name="贺敏", assets_fen=1)

    desk.jobs.write(enter)
    settle(qtbot, desk)
    assert names_of(page) == ["陈国梁", "欧阳文静", "王秀兰", "曾繁荣", "贺敏"]
    assert page.table.current_row() == 0


def test_a_long_list_is_read_in_pages(
    qtbot: QtBot, desk: Surroundings, file_database: Database, people: People
) -> None:
    def enter(session: Any, _actor: Any) -> None:
        for number in range(300):
            make_client(session, people.advisor, name=f"样例{number:03d}", assets_fen=number)

    file_database.write(enter)
    page = opened_list(qtbot, desk)
    assert page.model.rowCount() == 300
    page.table.go_to(299)
    qtbot.waitUntil(lambda: page.model.row_at(299) is not None)
    assert page.model.row_at(299).name == "样例000"
    press(page.table, "Home")
    assert page.model.row_at(0).name == "样例299"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_page_fits_the_smallest_window(
    qtbot: QtBot, desk: Surroundings, clients: dict[str, int], language: str
) -> None:
    i18n.use_language(language)
    page = opened_list(qtbot, desk)
    page.model.check_all()
    settle(qtbot, desk)
    least = page.minimumSizeHint()
    assert least.width() <= 1280 - 52
    assert least.height() <= 680 - 48 - 26


def test_every_control_has_a_name(page: ClientsPage) -> None:
    nameless = [
        one
        for one in page.findChildren(QPushButton)
        if one.isVisible() and not one.accessibleName()
    ]
    assert nameless == []


def test_english_labels(qtbot: QtBot, desk: Surroundings, clients: dict[str, int]) -> None:
    i18n.use_language("en")
    page = opened_list(qtbot, desk)
    assert page.head.title.text() == "Clients"
    assert page.views.chips["high_end"].text() == "My high-end (3)"
    headings = [page.model.headerData(at, Qt.Orientation.Horizontal) for at in range(1, 5)]
    assert headings == ["Client", "Tier", "Risk", "Account"]
    section = page.model.section_of("assets_fen")
    assert page.model.index(0, section).data() == "¥6.28 m"


def test_no_part_flashes_as_a_window_of_its_own(
    windows: list[str], qtbot: QtBot, desk: Surroundings, clients: dict[str, int]
) -> None:
    page = opened_list(qtbot, desk)
    page.show_query(ClientFilter(tiers=("other",)))
    settle(qtbot, desk)
    page.show_query(ClientFilter(tiers=("gold",)))
    settle(qtbot, desk)
    page.model.check_all()
    assert windows == ["ClientsPage"]
