"""The page of one client: complete the file by keys, judge numbers, drafts, conflicts, roles."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from advisorcrm import i18n
from advisorcrm.db.database import Database
from advisorcrm.services.access_logs import list_client_accesses
from advisorcrm.services.contacts.timelines import StreamKind
from advisorcrm.services.drafts import list_drafts, save_draft
from advisorcrm.services.files.client_edits import DRAFT_FORM
from advisorcrm.services.files.client_files import ClientFile, open_client_file, update_client
from advisorcrm.services.files.client_points import (
    add_point,
    change_point,
    judge_point,
    list_points,
)
from advisorcrm.services.files.conflicts import Change
from advisorcrm.services.histories.histories import list_history
from advisorcrm.terms import AccessKind, BirthdayKept, InvestorKind, PointKind, Validity
from advisorcrm.views.clients.client_page import FILE, TIMELINE, ClientPage
from advisorcrm.views.clients.conflict_dialog import ConflictDialog
from advisorcrm.views.clients.consent_dialog import ConsentDialog
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.level import Level
from tests.conftest import NOW, TODAY
from tests.factories import People, make_client, make_log
from tests.views.clients.conftest import MakeDesk, opened_client, press, settle, show, type_text
from tests.views.windows import words_of


@pytest.fixture
def advisor(file_database: Database, people: People) -> Database:
    return file_database.acting_as(people.advisor)


@pytest.fixture
def page(qtbot: QtBot, desk: Surroundings, clients: dict[str, int]) -> ClientPage:
    """The page of 王秀兰, third of the advisor's list."""
    desk.walk.follow(list(clients.values())[:4])
    return opened_client(qtbot, desk, clients["王秀兰"])


def stored(database: Database, client_id: int) -> ClientFile:
    return database.read(
        lambda session, actor: open_client_file(session, actor, client_id, today=TODAY)
    )


def editor(page: ClientPage, name: str) -> QLineEdit:
    found = page.form.fields[name].field.editor
    assert isinstance(found, QLineEdit)
    return found


def write(page: ClientPage, name: str, text: str) -> None:
    """Replace what a field holds by keys."""
    page.form.go_to(name)
    target = editor(page, name)
    target.selectAll()
    type_text(target, text)


def choose(page: ClientPage, name: str, code: str) -> None:
    box = page.form.fields[name].field.editor
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(code))


def everything_said(page: ClientPage) -> str:
    texts = [label.text() for label in page.findChildren(QLabel)]
    texts += [line.text() for line in page.findChildren(QLineEdit)]
    texts += [one.toolTip() + one.accessibleName() for one in page.findChildren(QAbstractButton)]
    return "\n".join(texts)


# --- the head and the file


def test_the_head_says_who_it_is(page: ClientPage) -> None:
    assert page.header.name.text() == "王秀兰"
    assert page.header.assets.text() == "218.9 万"
    assert page.header.since.text() == "距上次沟通 16 天"
    assert page.status_text() == "王秀兰 · 第 3 / 4 户 · Alt+↑ Alt+↓"


@pytest.mark.req("R15", "R71", "R75", "R76", "R77", "R112")
def test_a_file_is_completed_by_keys_and_saved(
    qtbot: QtBot, page: ClientPage, desk: Surroundings, clients: dict[str, int], advisor: Database
) -> None:
    before = stored(advisor, clients["王秀兰"]).completeness
    write(page, "investment_preference", "稳健型：蓝筹、债券基金")
    choose(page, "trading_habit", "hold")
    choose(page, "service_need", "accepts")
    for name, codes in (("wealth_content", "research,basic_news"), ("wealth_way", "phone"),
                        ("trading_way", "phone_order")):  # fmt: skip
        page.form.fields[name].field.editor.set_codes(tuple(codes.split(",")))  # type: ignore[attr-defined]
    write(page, "commission_ppm", "万8")
    write(page, "contact_every_days", "14")
    write(page, "birthday", "19681204")
    write(page, "lunar_month", "10-15")
    choose(page, "birthday_kept", "lunar")
    write(page, "occupation", "退休教师")
    write(page, "employer", "历下区实验小学")
    choose(page, "investor_kind", "ordinary")
    write(page, "hobbies", "广场舞")
    write(page, "personality", "谨慎")
    assert page.form.needs.badge.text() == "6 / 6"
    press(page, "Ctrl+S")
    settle(qtbot, desk)
    file = stored(advisor, clients["王秀兰"])
    assert file.investment_preference == "稳健型：蓝筹、债券基金"
    assert (file.trading_habit, file.service_need) == ("hold", "accepts")
    assert set(file.wealth_content) == {"research", "basic_news"}
    assert (file.wealth_way, file.trading_way) == (("phone",), ("phone_order",))
    assert (file.commission_ppm, file.contact_every_days) == (800, 14)
    assert file.birthday == date(1968, 12, 4)
    assert (file.lunar_month, file.lunar_day, file.lunar_is_leap) == (10, 15, False)
    assert file.birthday_kept is BirthdayKept.LUNAR
    assert (file.occupation, file.hobbies, file.personality) == ("退休教师", "广场舞", "谨慎")
    assert (file.employer, file.investor_kind) == ("历下区实验小学", InvestorKind.ORDINARY)
    assert file.completeness == before + 6 * 5 + 3 + 6 + 4 + 3 + 2
    assert not page.form.is_dirty()
    assert editor(page, "commission_ppm").text() == "0.80"


def test_enter_goes_on_to_the_next_field_as_in_a_table(page: ClientPage) -> None:
    write(page, "hobbies", "太极拳")
    press(page, "Tab")
    following = page.form.focusWidget()
    page.form.go_to("hobbies")
    press(page, "Return")
    assert page.form.focusWidget() is following
    assert following is not editor(page, "hobbies")
    assert page.form.is_dirty()


def test_a_lunar_birthday_says_when_it_is_kept_this_year(page: ClientPage) -> None:
    write(page, "lunar_month", "十月十五")
    press(page, "Tab")
    assert page.form.fields["lunar_month"].field.message() == "今年公历 2026-11-23 周一"
    write(page, "lunar_month", "闰二月初三")
    press(page, "Tab")
    field = page.form.fields["lunar_month"].field
    assert field.message().startswith("今年没有这一天，过二月初三：2026-")
    picker = editor(page, "lunar_month").open_picker()  # type: ignore[attr-defined]
    picker.month.set_code("8")
    picker.leap.setChecked(False)
    assert editor(page, "lunar_month").text() == "八月初三"
    picker.close()


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("birthday", "2027-01-01", "生日不能晚于今天。"),
        ("birthday", "十月十五", "这是农历日期，请填在“农历生日”里。"),
        ("lunar_month", "13-40", "看不懂农历“13-40”。可以写 十月十五、闰二月初三、10-15。"),
        ("commission_ppm", "百分之五", "佣金应在 0 到 30‰ 之间，请核对单位。"),
        ("contact_every_days", "900", "约定联系频率应在 1 到 366 天之间。"),
        ("name", "", "请填写客户姓名。"),
        ("risk_tested_on", "2026-12-01", "日期不能晚于今天。"),
    ],
)
def test_a_field_is_judged_when_it_is_left(
    page: ClientPage, name: str, text: str, message: str
) -> None:
    page.form.go_to(name)
    target = editor(page, name)
    target.selectAll()
    if text:
        type_text(target, text)
    else:
        press(page, "Delete")
    press(page, "Tab")
    assert page.form.fields[name].field.message() == message
    assert page.form.fields[name].field.level() is Level.ERROR


def test_what_is_wrong_is_not_saved(
    qtbot: QtBot, page: ClientPage, desk: Surroundings, clients: dict[str, int], advisor: Database
) -> None:
    write(page, "hobbies", "太极")
    write(page, "commission_ppm", "8%8")
    press(page, "Ctrl+S")
    settle(qtbot, desk)
    assert page.bar.text() == "1 处需要改正后才能保存。"
    assert stored(advisor, clients["王秀兰"]).hobbies == ""
    write(page, "commission_ppm", "0.8")
    assert page.bar.isHidden()
    press(page, "Ctrl+S")
    settle(qtbot, desk)
    assert stored(advisor, clients["王秀兰"]).hobbies == "太极"


def test_an_account_of_another_client_is_refused_at_its_field(
    qtbot: QtBot, desk: Surroundings, clients: dict[str, int], advisor: Database
) -> None:
    nobody = advisor.write(
        lambda session, actor: make_client(session, actor, name="贺敏", account=None)
    )
    page = opened_client(qtbot, desk, nobody)
    write(page, "account", "600100003320")
    press(page, "Ctrl+S")
    settle(qtbot, desk)
    message = page.form.fields["account"].field.message()
    assert message == "这个资金账号已属于另一位客户，请核对。"
    assert page.bar.text() == f"未保存：{message}"
    assert page.form.is_dirty()


@pytest.mark.req("R74")
def test_do_not_disturb_is_said_in_head_and_field(
    qtbot: QtBot, desk: Surroundings, clients: dict[str, int]
) -> None:
    page = opened_client(qtbot, desk, clients["曾繁荣"])
    assert "免打扰" in [badge.text() for badge in page.header.findChildren(Badge)]
    field = page.form.fields["service_need"].field
    assert (field.level(), field.message()) == (Level.WARN, "免打扰：不主动致电，不列入群发")


def test_expiry_dates_say_what_is_due(page: ClientPage) -> None:
    assert page.form.fields["risk_expires_on"].field.message() == "还有 30 天到期"
    page.form.go_to("id_expires_on")
    type_text(page, "长期")
    press(page, "Tab")
    assert page.form.fields["id_expires_on"].values() == {
        "id_expires_on": None,
        "id_is_permanent": True,
    }


# --- missing fields


@pytest.mark.req("R15", "R71", "R112")
def test_missing_fields_are_listed_worst_first_and_f8_goes_there(page: ClientPage) -> None:
    assert page.side.missing.names()[:3] == ["mobile", "risk_level", "birthday"]
    for name in ("mobile", "risk_level", "birthday", "email"):
        press(page, "F8")
        focused = QApplication.focusWidget()
        if name in page.form.fields:
            assert focused is page.form.fields[name].field.editor
        else:
            tile = page.form.contact.tile_to_fill(name)
            assert tile is not None
            assert focused is tile.line
    press(page, "Shift+F8")
    assert QApplication.focusWidget() is editor(page, "birthday")


@pytest.mark.req("R20")
def test_the_parts_of_the_file_are_ticked_when_they_are_there(
    qtbot: QtBot, page: ClientPage, desk: Surroundings, clients: dict[str, int], advisor: Database
) -> None:
    parts = page.side.missing
    assert (parts.file_part.text(), parts.contacts_part.text()) == ("明细", "沟通 —")
    advisor.write(lambda s, a: make_log(s, a, clients["王秀兰"]))
    page.reload()
    settle(qtbot, desk)
    assert parts.contacts_part.text() == "沟通 ✓"


@pytest.mark.req("R3", "R117")
def test_a_gap_in_consent_opens_the_ledger(
    qtbot: QtBot, page: ClientPage, desk: Surroundings
) -> None:
    page.side.missing.jump("consent")
    settle(qtbot, desk)
    assert isinstance(page.proofs.dialog, ConsentDialog)
    page.proofs.dialog.reject()


@pytest.mark.req("R73")
def test_the_trading_habit_is_chosen_from_the_branchs_list(page: ClientPage) -> None:
    box = page.form.fields["trading_habit"].field.editor
    offered = [box.itemText(at) for at in range(box.count())]  # type: ignore[attr-defined]
    assert offered[1:3] == ["短线波段为主", "持仓为主"]


@pytest.mark.req("R15")
def test_what_is_typed_leaves_the_list_at_once(page: ClientPage) -> None:
    shown = page.side.missing.title.text()
    write(page, "hobbies", "广场舞")
    assert "hobbies" not in page.side.missing.names()
    assert page.side.missing.title.text() != shown


def test_a_gap_chosen_in_the_list_is_focused_when_the_file_is_there(
    qtbot: QtBot, desk: Surroundings, clients: dict[str, int]
) -> None:
    page = ClientPage(desk)
    show(qtbot, page, 1280, 760)
    page.open_record(clients["陈国梁"])
    page.jump_to("occupation")
    settle(qtbot, desk)
    assert QApplication.focusWidget() is editor(page, "occupation")


# --- numbers


@pytest.mark.req("R4")
def test_a_number_is_judged_with_the_day(
    qtbot: QtBot, page: ClientPage, desk: Surroundings, clients: dict[str, int], advisor: Database
) -> None:
    tile = page.form.contact.preferred()
    assert tile is not None
    assert tile.field.message() == "待核"
    tile.judge_point(Validity.VALID)
    settle(qtbot, desk)
    assert tile.field.message() == "2026-11-20 核实 · 有效"
    tile.judge_point(Validity.INVALID)
    settle(qtbot, desk)
    assert tile.field.message() == "2026-11-20 核实 · 无效"
    assert tile.field.level() is Level.WARN
    points = advisor.read(lambda session, actor: list_points(session, actor, clients["王秀兰"]))
    assert [(one.validity, one.verified_on) for one in points] == [(Validity.INVALID, TODAY)]


@pytest.mark.req("R4")
def test_numbers_are_added_and_changed_with_the_file(
    qtbot: QtBot, page: ClientPage, desk: Surroundings, clients: dict[str, int], advisor: Database
) -> None:
    page.form.go_to("email")
    type_text(page, "wangxl_58@126")
    press(page, "Tab")
    tile = page.form.contact.tile_to_fill("email")
    assert tile is not None
    assert tile.field.message() == "缺少域名后缀，例如 .com"
    tile.field.focus()
    press(page, "End")
    type_text(page, ".com")
    assert tile.field.level() is None
    mobile = page.form.contact.preferred()
    assert mobile is not None
    mobile.change()
    QApplication.clipboard().setText("137 0000 9999（微信同号）")
    press(page, "Ctrl+V")
    page.form.contact.add_tile(PointKind.WECHAT)
    type_text(page, "wangxl1968")
    press(page, "Ctrl+S")
    settle(qtbot, desk)
    points = advisor.read(lambda session, actor: list_points(session, actor, clients["王秀兰"]))
    assert {(one.kind, one.masked, one.validity) for one in points} == {
        (PointKind.MOBILE, "137****9999", Validity.UNVERIFIED),
        (PointKind.EMAIL, "w***8@126.com", Validity.UNVERIFIED),
        (PointKind.WECHAT, "******1968", Validity.UNVERIFIED),
    }
    shown = [one.line.text() for one in page.form.contact.tiles if one.point]
    assert shown[:1] == ["137****9999"]
    assert page.form.contact.tiles[0].field.message() == "待核 · 备注：微信同号"
    assert not page.form.is_dirty()


def test_a_number_no_longer_used_is_put_away(
    qtbot: QtBot, page: ClientPage, desk: Surroundings, clients: dict[str, int], advisor: Database
) -> None:
    tile = page.form.contact.preferred()
    assert tile is not None
    menu = tile.open_menu()
    next(one for one in menu.actions() if one.text() == "停用这个号码").trigger()
    menu.close()
    settle(qtbot, desk)
    assert advisor.read(lambda s, a: list_points(s, a, clients["王秀兰"])) == []
    assert page.form.contact.preferred() is None


def test_esc_gives_up_a_number_that_was_to_be_changed(page: ClientPage) -> None:
    tile = page.form.contact.preferred()
    assert tile is not None
    tile.change()
    type_text(page, "1350000")
    press(page, "Escape")
    assert tile.line.text() == "137****2290"
    assert not page.form.is_dirty()


# --- masks and reveals


@pytest.mark.req("R16", "R148")
def test_everything_sensitive_is_masked(page: ClientPage) -> None:
    said = everything_said(page)
    assert "137****2290" in said
    assert "****5586" in said
    assert "13700002290" not in said
    assert "600100035586" not in said


@pytest.mark.req("R16", "R148")
def test_v_and_one_key_show_the_number_for_thirty_seconds(
    qtbot: QtBot, page: ClientPage, desk: Surroundings, clients: dict[str, int], advisor: Database
) -> None:
    page.tabs.setFocus()
    press(page, "V")
    tile = page.form.contact.preferred()
    assert tile is not None
    assert tile.reveal.dialog is not None
    press(tile.reveal.dialog, "1")
    settle(qtbot, desk)
    assert tile.line.text() == "13700002290"
    assert tile.reveal.ring.isVisible()
    revealed = tile.reveal.revealed
    for _second in range(29 * 4):
        revealed.tick()
    assert tile.line.text() == "13700002290"
    for _second in range(4):
        revealed.tick()
    assert tile.line.text() == "137****2290"
    log = advisor.read(lambda s, a: list_client_accesses(s, a, clients["王秀兰"]))
    assert (log[0].subject, log[0].purpose) == ("手机", "拨打电话")


@pytest.mark.req("R148")
def test_what_was_copied_is_cleared_from_the_clipboard(
    qtbot: QtBot, page: ClientPage, desk: Surroundings
) -> None:
    tile = page.form.contact.preferred()
    assert tile is not None
    tile.reveal.press()
    press(tile.reveal.dialog, "1")  # type: ignore[arg-type]
    settle(qtbot, desk)
    tile.reveal.press()
    clipboard = QGuiApplication.clipboard()
    assert clipboard.text() == "13700002290"
    assert tile.reveal.revealed.clearing.isActive()
    tile.reveal.hide_again()
    tile.reveal.revealed.clearing.timeout.emit()
    assert clipboard.text() == ""
    tile.reveal.revealed.start("13700002290")
    tile.reveal.revealed.copy()
    assert clipboard.text() == "13700002290"
    QApplication.instance().aboutToQuit.emit()  # type: ignore[union-attr]
    assert clipboard.text() == "", "the program ends before the time is over"


@pytest.mark.req("R16")
def test_another_reason_wants_words(qtbot: QtBot, page: ClientPage, desk: Surroundings) -> None:
    tile = page.form.contact.preferred()
    assert tile is not None
    tile.reveal.press()
    dialog = tile.reveal.dialog
    assert dialog is not None
    press(dialog, "4")
    dialog.submit()
    assert dialog.note.message() == "请填写原因说明。"
    assert dialog.isVisible()
    dialog.note.set_value("柜台核对")
    dialog.submit()
    settle(qtbot, desk)
    assert tile.line.text() == "13700002290"


def test_a_masked_field_changes_only_when_it_is_shown(
    qtbot: QtBot, page: ClientPage, desk: Surroundings, clients: dict[str, int], advisor: Database
) -> None:
    line = editor(page, "account")
    assert line.isReadOnly()
    account = page.form.basics.account
    account.reveal.press()
    press(account.reveal.dialog, "2")
    settle(qtbot, desk)
    assert line.text() == "600100035586"
    assert not page.form.is_dirty()
    line.selectAll()
    type_text(line, "600100035599")
    press(page, "Tab")
    account.reveal.hide_again()
    assert line.text() == "****5599"
    assert page.form.is_dirty()
    press(page, "Ctrl+S")
    settle(qtbot, desk)
    assert not page.form.is_dirty()
    value = advisor.read(lambda s, a: _account(s, a, clients["王秀兰"]))
    assert value == "****5599"


def _account(session: Any, actor: Any, client_id: int) -> str:
    return open_client_file(session, actor, client_id, today=TODAY).account


@pytest.mark.req("R148")
def test_leaving_the_page_masks_everything(
    qtbot: QtBot, page: ClientPage, desk: Surroundings
) -> None:
    tile = page.form.contact.preferred()
    assert tile is not None
    tile.reveal.press()
    press(tile.reveal.dialog, "1")  # type: ignore[arg-type]
    settle(qtbot, desk)
    page.hide()
    assert tile.line.text() == "137****2290"


# --- drafts, another client, another person


def test_typing_survives_as_a_draft_and_comes_back(
    qtbot: QtBot, page: ClientPage, desk: Surroundings, clients: dict[str, int], advisor: Database
) -> None:
    write(page, "hobbies", "太极拳")
    page.form.go_to("email")
    type_text(page, "half@")
    qtbot.waitUntil(lambda: page.draft.text() == "草稿已自动保存 14:20")
    page.open_record(clients["陈国梁"])
    settle(qtbot, desk)
    assert editor(page, "hobbies").text() == ""
    assert page.draft.text() == ""
    page.open_record(clients["王秀兰"])
    settle(qtbot, desk)
    assert editor(page, "hobbies").text() == "太极拳"
    tile = page.form.contact.tile_to_fill("email")
    assert tile is not None
    assert tile.line.text() == "half@"
    assert page.draft.text() == "恢复了 14:20 的草稿"
    tile.give_up()
    press(page, "Ctrl+S")
    settle(qtbot, desk)
    assert stored(advisor, clients["王秀兰"]).hobbies == "太极拳"
    assert advisor.read(list_drafts) == []


def test_leaving_keeps_the_draft_at_once(
    qtbot: QtBot, page: ClientPage, desk: Surroundings, clients: dict[str, int], advisor: Database
) -> None:
    write(page, "hobbies", "太极拳")
    page.hide()
    settle(qtbot, desk)
    (draft,) = advisor.read(list_drafts)
    assert (draft.form, draft.subject, draft.title) == (
        DRAFT_FORM, str(clients["王秀兰"]), "王秀兰",
    )  # fmt: skip


def test_giving_up_asks_and_forgets_the_draft(
    qtbot: QtBot, page: ClientPage, desk: Surroundings, advisor: Database
) -> None:
    write(page, "hobbies", "太极拳")
    page.saving.flush()
    settle(qtbot, desk)
    page.give_up.click()
    page.saving.dialog.accept()  # type: ignore[union-attr]
    settle(qtbot, desk)
    assert editor(page, "hobbies").text() == ""
    assert not page.give_up.isVisible()
    assert advisor.read(list_drafts) == []


def change_meanwhile(database: Database, client_id: int, **values: tuple[Any, Any]) -> None:
    changes = {name: Change(*pair) for name, pair in values.items()}
    database.write(
        lambda session, actor: update_client(session, actor, client_id, changes, now=NOW)
    )


def test_what_both_changed_is_asked_and_the_rest_merges(
    qtbot: QtBot, page: ClientPage, desk: Surroundings, clients: dict[str, int],
    file_database: Database, people: People, advisor: Database,
) -> None:  # fmt: skip
    write(page, "convenient_time", "晚上")
    write(page, "hobbies", "太极")
    write(page, "occupation", "教师")
    change_meanwhile(
        file_database.acting_as(people.manager), clients["王秀兰"],
        convenient_time=("", "上午"), hobbies=("", "书法"), personality=("", "开朗"),
    )  # fmt: skip
    press(page, "Ctrl+S")
    settle(qtbot, desk)
    dialog = page.saving.dialog
    assert isinstance(dialog, ConflictDialog)
    assert dialog.windowTitle() == "王秀兰 的档案在您编辑时被改过"
    assert stored(advisor, clients["王秀兰"]).occupation == ""
    said = words_of(dialog)
    assert "保存了 3 处。两人都改的 2 处请选一个。其余 2 处已自动合并。" in said
    assert dialog.differences.area.isHidden()
    dialog.differences.button.click()
    assert dialog.differences.area.isVisible()
    shown = [label.text() for label in dialog.differences.area.findChildren(QLabel)]
    lines = {tuple(shown[at : at + 4]) for at in range(0, len(shown), 4)}
    assert lines >= {
        ("爱好", "空", "太极", "书法"), ("职业", "空", "教师", "没有改"),
        ("性格", "空", "没有改", "开朗"),
    }  # fmt: skip
    press(dialog, "Down Right")
    assert dialog.losers() == {"hobbies"}
    press(dialog, "Ctrl+Return")
    settle(qtbot, desk)
    file = stored(advisor, clients["王秀兰"])
    assert (file.convenient_time, file.hobbies) == ("晚上", "书法")
    assert (file.occupation, file.personality) == ("教师", "开朗")
    assert editor(page, "hobbies").text() == "书法"
    assert not page.form.is_dirty()
    history = advisor.read(lambda s, a: list_history(s, a, clients["王秀兰"])).entries
    lost = [(one.old, one.new) for one in history if one.label == "爱好"]
    assert lost == [("太极", "书法"), ("书法", "太极"), ("", "书法")]


def test_a_draft_of_a_number_that_was_replaced_meanwhile_is_asked_too(
    qtbot: QtBot, desk: Surroundings, clients: dict[str, int], advisor: Database
) -> None:
    client = clients["王秀兰"]
    [mobile] = stored(advisor, client).points
    point = {"kind": "mobile", "text": "13600008888", "id": mobile.id}
    content = {"fields": {}, "points": [point]}
    keep = partial(save_draft, form=DRAFT_FORM, subject=str(client), title="", content=content)
    advisor.write(partial(keep, now=NOW))
    advisor.write(partial(change_point, point_id=mobile.id, value="13700009999", now=NOW))
    page = opened_client(qtbot, desk, client)
    press(page, "Ctrl+S")
    settle(qtbot, desk)
    dialog = page.saving.dialog
    assert isinstance(dialog, ConflictDialog)
    press(dialog, "Ctrl+Return")
    settle(qtbot, desk)
    assert [one.masked for one in stored(advisor, client).points] == ["136****8888"]


@pytest.mark.parametrize(("choice", "stands"), [("Left", "136****8888"), ("Right", "137****9999")])
def test_a_number_that_both_replaced_is_asked_too(
    qtbot: QtBot, page: ClientPage, desk: Surroundings, clients: dict[str, int],
    file_database: Database, people: People, advisor: Database, choice: str, stands: str,
) -> None:  # fmt: skip
    client = clients["王秀兰"]
    [mobile] = stored(advisor, client).points
    tile = page.form.contact.tiles[0]
    tile.change()
    QTest.keyClicks(tile.line, "13600008888")
    file_database.acting_as(people.manager).write(
        partial(change_point, point_id=mobile.id, value="13700009999", now=NOW)
    )
    desk.jobs.changed.emit()  # what somebody else stored comes in; what is typed stays
    settle(qtbot, desk)
    assert tile.line.text() == "13600008888"
    press(page, "Ctrl+S")
    settle(qtbot, desk)
    dialog = page.saving.dialog
    assert isinstance(dialog, ConflictDialog)
    [pair] = dialog.rows
    assert [side.toolTip() for side in pair] == ["13600008888", "137****9999"]
    press(dialog, f"{choice} Ctrl+Return")
    settle(qtbot, desk)
    assert [point.masked for point in stored(advisor, client).points] == [stands]
    shown = [one.line.text() for one in page.form.contact.tiles if one.kind is PointKind.MOBILE]
    assert shown == [stands]
    assert not page.form.is_dirty()


def test_esc_in_a_conflict_goes_back_to_editing(
    qtbot: QtBot, page: ClientPage, desk: Surroundings, clients: dict[str, int],
    file_database: Database, people: People,
) -> None:  # fmt: skip
    write(page, "hobbies", "太极")
    change_meanwhile(
        file_database.acting_as(people.manager), clients["王秀兰"], hobbies=("", "书法")
    )
    press(page, "Ctrl+S")
    settle(qtbot, desk)
    press(page.saving.dialog, "Escape")  # type: ignore[arg-type]
    assert editor(page, "hobbies").text() == "太极"
    assert page.form.is_dirty()


def test_what_somebody_else_saved_comes_in_without_touching_what_is_typed(
    qtbot: QtBot, page: ClientPage, desk: Surroundings, clients: dict[str, int]
) -> None:
    write(page, "hobbies", "太极")

    def change(session: Any, actor: Any) -> int:
        changes = {"personality": Change("", "开朗")}
        return update_client(session, actor, clients["王秀兰"], changes, now=NOW)

    desk.jobs.write(change)
    settle(qtbot, desk)
    assert editor(page, "personality").text() == "开朗"
    assert editor(page, "hobbies").text() == "太极"


# --- along the list, timeline, roles


def test_alt_arrows_go_along_the_list(
    qtbot: QtBot, page: ClientPage, clients: dict[str, int]
) -> None:
    page.tabs.setFocus()
    with qtbot.waitSignal(page.client_wanted) as wanted:
        press(page, "Alt+Down")
    assert wanted.args == [clients["曾繁荣"]]
    with qtbot.waitSignal(page.client_wanted) as wanted:
        press(page, "Alt+Up")
    assert wanted.args == [clients["欧阳文静"]]


def test_the_timeline_hangs_corrections_under_their_original(
    qtbot: QtBot, desk: Surroundings, clients: dict[str, int], advisor: Database
) -> None:
    def fill(session: Any, actor: Any) -> None:
        client = clients["王秀兰"]
        first = make_log(session, actor, client, content="想留三成现金",
                         contacted_at=NOW - timedelta(days=9))  # fmt: skip
        make_log(session, actor, client, content="想留两成现金", corrects_id=first,
                 correction_reason="当时听错", topics=())  # fmt: skip
        make_log(session, actor, client, content="询问短债基金",
                 next_on=TODAY + timedelta(days=2), next_note="短债到期")  # fmt: skip

    advisor.write(fill)
    page = opened_client(qtbot, desk, clients["王秀兰"])
    assert page.tabs.tabText(TIMELINE) == "沟通时间线 2"
    press(page, "Ctrl+Tab")
    assert page.tabs.currentIndex() == TIMELINE
    page.timeline.choose(StreamKind.CONTACT)
    shown = [entry.log.content for entry in page.timeline.entries]
    assert shown == ["询问短债基金", "想留三成现金"]
    page.timeline.go_to(1)
    said = [label.text() for label in page.timeline.entries[1].findChildren(QLabel)]
    assert {"更正 1", "想留两成现金", "原因：当时听错"} <= set(said)
    with qtbot.waitSignal(page.correction_wanted) as wanted:
        press(page, "E")
    assert wanted.args[0].content == "想留三成现金"
    steps = "\n".join(label.text() for label in page.side.steps.findChildren(QLabel))
    assert "11-22 周日" in steps
    assert "短债到期" in steps


def test_esc_leaves_a_field_so_that_letters_are_keys_again(page: ClientPage) -> None:
    write(page, "occupation", "教师")
    press(page, "Escape V")
    tile = page.form.contact.preferred()
    assert tile is not None
    assert tile.reveal.dialog is not None
    assert editor(page, "occupation").text() == "教师"


def test_down_goes_from_the_tabs_to_what_they_show(
    qtbot: QtBot, desk: Surroundings, clients: dict[str, int], advisor: Database
) -> None:
    advisor.write(lambda session, actor: make_log(session, actor, clients["王秀兰"]))
    page = opened_client(qtbot, desk, clients["王秀兰"])
    page.tabs.setFocus()
    press(page, "Down")
    inside = QApplication.focusWidget()
    assert inside is not None
    assert page.form.isAncestorOf(inside)
    page.tabs.setFocus()
    press(page, "Ctrl+Tab")
    settle(qtbot, desk)
    press(page, "Down")
    assert page.timeline.entries[0].hasFocus(), QApplication.focusWidget()


def test_a_client_without_contacts_says_so(page: ClientPage, qtbot: QtBot) -> None:
    page.show_tab(TIMELINE)
    with qtbot.waitSignal(page.log_wanted):
        press(page.timeline, "N")


def test_the_front_desk_is_not_told_that_nobody_spoke_to_a_client(
    qtbot: QtBot, desk_of: MakeDesk, clients: dict[str, int], advisor: Database
) -> None:
    advisor.write(lambda s, a: make_log(s, a, clients["王秀兰"]))
    page = opened_client(qtbot, desk_of("desk"), clients["王秀兰"])
    assert page.side.missing.contacts_part.text() == "沟通 ✓"
    assert "这里只列出您自己登记的沟通。" in words_of(page.side.recent)
    page.show_tab(TIMELINE)
    settle(qtbot, page._around)
    assert "还没有沟通" not in words_of(page)
    leader = opened_client(qtbot, desk_of("leader"), clients["陈国梁"])
    assert "还没有沟通。" in words_of(leader.side.recent)  # without a key the leader does not have


@pytest.mark.req("R16")
def test_the_front_desk_has_the_card_and_no_tab_of_what_hangs_on_it(
    qtbot: QtBot, desk_of: MakeDesk, clients: dict[str, int]
) -> None:
    texts = {}
    for role in ("desk", "leader"):
        page = opened_client(qtbot, desk_of(role), clients["王秀兰"])
        page.show_tab(TIMELINE)
        settle(qtbot, page._around)
        texts[role] = [page.tabs.tabText(at).split(" ")[0] for at in range(page.tabs.count())]
    assert texts["desk"] == ["档案", "沟通时间线", "家庭与关系", "修改历史"]
    assert texts["leader"] == ["档案", "沟通时间线", "关怀", "附件", "家庭与关系", "修改历史"]


@pytest.mark.req("R77")
def test_what_is_kept_from_the_front_desk_is_not_called_missing(
    qtbot: QtBot, desk_of: MakeDesk, clients: dict[str, int], advisor: Database
) -> None:
    paid = {"commission_ppm": Change(None, 800)}
    advisor.write(lambda s, a: update_client(s, a, clients["王秀兰"], paid, now=NOW))
    told = {}
    for role in ("leader", "desk"):
        page = opened_client(qtbot, desk_of(role), clients["王秀兰"])
        assert "佣金现状" not in [gap.label for gap in page.form.missing()]
        fields = ("commission_ppm" in page.form.fields, "commission_attitude" in page.form.fields)
        told[role] = (page.form.completeness(), fields, page.form.needs.badge.text()[-1])
        assert "0.80" in everything_said(page) or role == "desk"
    assert told["desk"] == (told["leader"][0], (False, False), "5")
    assert told["leader"][1:] == ((True, True), "6")


@pytest.mark.req("R16")
@pytest.mark.parametrize("role", ["leader", "desk", "office"])
def test_who_only_reads_cannot_type_reveal_or_save(
    qtbot: QtBot, desk_of: MakeDesk, clients: dict[str, int], role: str
) -> None:
    page = opened_client(qtbot, desk_of(role), clients["王秀兰"])
    assert page.save.isHidden()
    assert editor(page, "hobbies").isReadOnly()
    assert not page.form.fields["tier"].field.editor.isEnabled()
    tile = next(one for one in page.form.contact.tiles if one.point)
    assert tile.line.text() == "137****2290"
    assert not tile.reveal.isVisible()
    assert not tile.more.isVisible()
    assert page.header.name.text() == ("王*" if role == "office" else "王秀兰")


@pytest.mark.req("R16")
def test_a_client_of_somebody_else_is_not_shown(
    qtbot: QtBot, desk: Surroundings, clients: dict[str, int]
) -> None:
    page = ClientPage(desk)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.gone) as gone:
        page.open_record(clients["许志刚"])
    assert gone.args == ["找不到这位客户，或不在您的权限内。"]


def test_the_manager_hands_a_client_to_another_advisor(
    qtbot: QtBot, desk_of: MakeDesk, clients: dict[str, int], people: People,
    file_database: Database,
) -> None:  # fmt: skip
    desk = desk_of("manager")
    page = opened_client(qtbot, desk, clients["王秀兰"])
    assert not page.form.is_dirty()
    choose(page, "advisor_id", str(people.colleague.user_id))
    press(page, "Ctrl+S")
    settle(qtbot, desk)
    file = stored(file_database.acting_as(people.manager), clients["王秀兰"])
    assert file.advisor_name == "周岚"


def test_an_advisor_cannot_hand_a_client_over(page: ClientPage) -> None:
    assert not page.form.fields["advisor_id"].field.editor.isEnabled()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_page_fits_the_smallest_window(
    qtbot: QtBot, desk: Surroundings, clients: dict[str, int], language: str
) -> None:
    i18n.use_language(language)
    page = opened_client(qtbot, desk, clients["王秀兰"])
    least = page.minimumSizeHint()
    assert least.width() <= 1280 - 52
    assert least.height() <= 680 - 48 - 26


def test_fields_stand_in_fewer_columns_where_it_is_narrow(qtbot: QtBot, page: ClientPage) -> None:
    grid = page.form.contact._grid
    assert grid.columns() == 3
    page.resize(900, 700)
    QApplication.processEvents()
    assert grid.columns() == 2


def test_every_control_has_a_name(page: ClientPage) -> None:
    nameless = [
        one for one in (*page.findChildren(QAbstractButton), *page.findChildren(QLineEdit))
        if one.isVisible() and not one.accessibleName() and one.objectName() == ""
        and one.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]  # fmt: skip
    assert nameless == []


def test_english_labels(qtbot: QtBot, desk: Surroundings, clients: dict[str, int]) -> None:
    i18n.use_language("en")
    page = opened_client(qtbot, desk, clients["曾繁荣"])
    assert page.tabs.tabText(FILE) == "File"
    assert page.form.fields["tier"].label == "Client tier"
    assert page.form.fields["service_need"].field.editor.currentText() == "Do not disturb"  # type: ignore[attr-defined]
    assert page.save.accessibleName() == "Save"


def test_no_part_flashes_as_a_window_of_its_own(
    windows: list[str], qtbot: QtBot, desk: Surroundings, clients: dict[str, int]
) -> None:
    page = opened_client(qtbot, desk, clients["王秀兰"])
    write(page, "hobbies", "太极")
    page.show_tab(TIMELINE)
    page.open_record(clients["陈国梁"])
    settle(qtbot, desk)
    assert windows == ["ClientPage"]


def test_two_numbers_of_a_kind_stand_side_by_side(
    qtbot: QtBot, desk: Surroundings, clients: dict[str, int], advisor: Database
) -> None:
    def fill(session: Any, actor: Any) -> None:
        second = add_point(session, actor, clients["王秀兰"], PointKind.MOBILE, "13600001204")
        judge_point(session, actor, second, Validity.VALID, today=TODAY)

    advisor.write(fill)
    page = opened_client(qtbot, desk, clients["王秀兰"])
    kinds = [tile.kind for tile in page.form.contact.tiles]
    assert kinds == [PointKind.MOBILE, PointKind.MOBILE, PointKind.LANDLINE, PointKind.EMAIL]
    assert "mobile" not in page.side.missing.names()


@pytest.mark.req("R16")
def test_opening_a_file_stands_in_the_access_log_and_reading_again_does_not(
    page: ClientPage, advisor: Database, clients: dict[str, int]
) -> None:
    page.reload()
    page.open_record(clients["陈国梁"])
    page.open_record(clients["王秀兰"])
    for name in ("王秀兰", "陈国梁"):
        key = clients[name]
        logged = advisor.read(lambda s, a, key=key: list_client_accesses(s, a, key))
        assert [(row.kind, row.user_name) for row in logged] == [(AccessKind.VIEW, "林若溪")]
