"""The branch's window: what each role finds in it, and what holds for every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from advisorcrm import i18n, terms
from advisorcrm.db.copies import LastCopy
from advisorcrm.db.database import Database
from advisorcrm.errors import DiskFullError
from advisorcrm.rules.workdays import DayKind, day_kind
from advisorcrm.services.branch.code_lists import add_code, retire_code
from advisorcrm.services.branch.working_days import NewWorkingDay, confirm_year, set_day
from advisorcrm.services.clients.clients import ClientFilter
from advisorcrm.services.drafts import list_drafts
from advisorcrm.terms import ClientStage
from advisorcrm.views.branch_window import BranchWindow
from advisorcrm.views.clients.client_page import ClientPage
from advisorcrm.views.clients.code_editors import CodeBox
from advisorcrm.views.lists.prospect_dialog import ProspectDialog
from advisorcrm.views.page_names import (
    CALLBACKS,
    CARE,
    CLIENT,
    CLIENT_LIST,
    CONTACT_LOGS,
    SETTINGS,
    TASKS,
    TODAY,
)
from advisorcrm.views.shell.rail import RailItem
from advisorcrm.views.widgets.badge_button import BadgeButton
from advisorcrm.views.widgets.buttons import Button
from tests.conftest import NOW
from tests.factories import People, make_client
from tests.views.windows import (
    ACCOUNT,
    MOBILE,
    NAME,
    branch_window,
    every_page,
    make_wenjing,
    name_of,
    nameless,
    words_of,
)

Open = Callable[[str], BranchWindow]


@pytest.fixture
def client_id(file_database: Database, file_people: People) -> int:
    """The advisor's client, with a conversation."""
    return make_wenjing(file_database, file_people)


@pytest.fixture
def open_for(
    file_database: Database, file_people: People, client_id: int, qtbot: QtBot
) -> Iterator[Open]:
    """Opens the window of a role."""
    with ExitStack() as windows:

        def open_window(role: str) -> BranchWindow:
            actor = getattr(file_people, role)
            window = windows.enter_context(branch_window(file_database, actor))
            window.main_window.activateWindow()
            qtbot.waitUntil(window.main_window.isActiveWindow)
            return window

        yield open_window


def on_the_rail(window: BranchWindow) -> list[str]:
    items = window.main_window.rail.findChildren(RailItem)
    return [item.objectName() for item in items if item.objectName()]


def offered(window: BranchWindow) -> list[str]:
    """Quick actions and pages that this role is offered anywhere."""
    return [action.key for action in window.pages.actions()]


def buttons(page: QWidget) -> set[str]:
    return {
        name_of(button)
        for button in page.findChildren(Button)
        if button.isVisibleTo(page) and button.property("unwanted") is not True
    }


PAGES = [CLIENT_LIST, CONTACT_LOGS, SETTINGS]
WITH_TASKS = [TODAY, CLIENT_LIST, CONTACT_LOGS, TASKS, SETTINGS]
WITH_CALLS = [TODAY, CLIENT_LIST, CONTACT_LOGS, TASKS, CARE, CALLBACKS, SETTINGS]
CALL_LISTS = ["callback_matters", "uncalled", "new_client_calls", "callback_papers"]
WORK = ["log", "new_client", "update_file", "import"]
DAYS = ["calendar", "brief"]
LISTS = ["first_contacts", "counter", "periods", "sales", "on_site", "seat_plan", "transitions"]
BELL, ROUNDS, MINUTES = "notifications", ["rounds", "duties"], ["meetings", "views"]
DAY_END, SHIFTS = ["work_logs", "matters"], ["rota", "shift_questions", "swaps"]
PLAN = [*ROUNDS, BELL, *DAYS, "appointment", "new_task", *MINUTES, *DAY_END, "shift", *SHIFTS]
CALLS = [*CALL_LISTS, "callback_scripts"]
ROLES = {
    "advisor": (WITH_CALLS, [*WORK, *PLAN, "callback_scripts", *LISTS, "convert"]),
    "manager": (
        WITH_CALLS,
        [*WORK, "duplicates", *PLAN, "new_callbacks", *CALLS, "allocate", *LISTS, "convert"],
    ),
    "leader": (
        WITH_CALLS,
        [*ROUNDS, BELL, *DAYS, "new_task", *MINUTES, *DAY_END, *SHIFTS, *CALL_LISTS, *LISTS],
    ),
    "desk": (WITH_TASKS, [BELL, "new_task", "shift", *SHIFTS, *LISTS]),
    "office": (PAGES, [BELL, *LISTS]),
    "administrator": ([SETTINGS], [BELL]),
}


@pytest.mark.req("R16")
@pytest.mark.parametrize("role", ROLES)
def test_a_role_finds_its_pages_and_actions_and_no_others(open_for: Open, role: str) -> None:
    window = open_for(role)
    pages, actions = ROLES[role]
    assert on_the_rail(window) == pages
    assert offered(window) == actions
    assert window.main_window.current_key() == pages[0]
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog)]


@pytest.mark.parametrize("role", ["advisor", "manager", "leader", "desk", "office"])
def test_the_head_of_the_clients_leads_to_the_lists_of_the_desk(open_for: Open, role: str) -> None:
    window = open_for(role)
    page: Any = window.main_window.page(CLIENT_LIST)
    offered_here = page.head.lists_menu.actions()
    texts = [action.text for action in window.pages.lists.actions()]
    assert [action.text() for action in offered_here] == texts
    assert page.head.lists_button.isVisibleTo(page)
    offered_here[texts.index("柜台更新清单")].trigger()
    dialog = window.pages.lists.dialog
    assert dialog is not None
    assert dialog.windowTitle() == "柜台更新清单"


@pytest.mark.req("R79")
def test_the_file_is_completed_by_the_function_of_that_name(
    open_for: Open, qtbot: QtBot, client_id: int
) -> None:
    window = open_for("advisor")
    [action] = [one for one in window.pages.actions() if one.text == "更新客户扩展资料"]
    window.pages.show_client(client_id)
    window.jobs.wait()
    action.run()
    window.jobs.wait()
    page = window.main_window.page(CLIENT)
    worst = page.side.missing.names()[0]  # type: ignore[union-attr]
    tile = page.form.contact.tile_to_fill(worst)  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: tile.isAncestorOf(QApplication.focusWidget()))


@pytest.mark.req("R16")
def test_the_administrator_comes_to_no_client(open_for: Open, qtbot: QtBot, client_id: int) -> None:
    main = open_for("administrator").main_window
    for typed in (NAME, "oywj", MOBILE, ACCOUNT, "电气"):
        main.omnibox.open_with(typed)
        assert main.omnibox.titles() == []
    main.omnibox.close_sheet()
    for key in (Qt.Key.Key_1, Qt.Key.Key_2):
        qtbot.keyClick(main, key, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(main, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert main.current_key() == SETTINGS
    assert NAME not in words_of(main)
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog)]


WRITING = {"保存", "新客户", "记沟通"}
TAKING_OUT = {"导出", "打印"}


@pytest.mark.req("R16")
@pytest.mark.parametrize(
    ("role", "writes", "takes_out"),
    [
        ("advisor", True, True),
        ("manager", True, True),
        ("leader", False, True),
        ("desk", False, True),
        ("office", False, False),
    ],
)
def test_buttons_are_there_for_those_who_may(
    open_for: Open, client_id: int, role: str, writes: bool, takes_out: bool
) -> None:
    main = open_for(role).main_window
    main.go(CLIENT, client_id)
    found = set()
    for key in (CLIENT_LIST, CLIENT, CONTACT_LOGS):
        found |= buttons(main.page(key))
    assert any(name.startswith(tuple(WRITING)) for name in found) is writes
    assert any(name.startswith(tuple(TAKING_OUT)) for name in found) is takes_out


@pytest.mark.req("R16", "R148")
def test_head_office_reads_no_name(open_for: Open, client_id: int) -> None:
    main = open_for("office").main_window
    main.go(CLIENT, client_id)
    main.go(CONTACT_LOGS)
    assert NAME not in words_of(main)
    assert "欧*" in words_of(main)


@pytest.mark.req("R11")
def test_a_prospect_is_found_by_a_number_and_made_a_client_from_the_file(
    open_for: Open, file_database: Database, file_people: People, qtbot: QtBot
) -> None:
    key = file_database.write(
        lambda s, _a: make_client(s, file_people.advisor, name="丁慧敏", mobile="13711112222",
                                  account=None, stage=ClientStage.PROSPECT)
    )  # fmt: skip
    window = open_for("advisor")
    main = window.main_window
    main.omnibox.open_with("2222")
    for _step in range(len(main.omnibox.titles()) - 1):
        qtbot.keyClick(main.omnibox.line, Qt.Key.Key_Down)
    qtbot.keyClick(main.omnibox.line, Qt.Key.Key_Return)
    qtbot.waitUntil(window.jobs.is_idle)
    listed: Any = main.page(CLIENT_LIST)
    assert main.current_key() == CLIENT_LIST
    assert listed.listing.query == ClientFilter("2222")

    main.go(CLIENT, key)
    page: Any = main.page(CLIENT)
    [badge] = [b for b in page.findChildren(BadgeButton) if b.text() == "潜在 · 转为正式客户"]
    badge.click()
    dialog = window.pages.lists.dialog
    assert isinstance(dialog, ProspectDialog)
    dialog.account.set_value("010000123456")
    dialog.submit()
    assert page.form.present()["stage"] is ClientStage.ACTIVE


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_pages_fit_the_smallest_window_and_every_control_has_a_name(
    open_for: Open, client_id: int, language: str
) -> None:
    i18n.use_language(language)
    window = open_for("manager")
    main = window.main_window
    main.resize(1280, 680)
    assert main.rail.is_narrow
    above, beside = main.top.height() + main.status.height(), main.rail.width()
    for page in every_page(window, client_id):
        least = page.minimumSizeHint()
        assert least.width() + beside <= 1280, page
        assert least.height() + above <= 680, page
    assert (main.width(), main.height()) == (1280, 680)
    assert nameless(main) == []


def test_the_day_is_told_by_the_branchs_own_calendar(
    open_for: Open, file_database: Database, file_people: People, qtbot: QtBot
) -> None:
    window = open_for("advisor")
    today = window.around.today()
    worked = DayKind.MADE_UP_WORKDAY if today.weekday() >= 5 else DayKind.WORKDAY
    told = worked if day_kind(today).kind is DayKind.REST else DayKind.REST
    file_database.acting_as(file_people.manager).write(
        lambda session, actor: set_day(session, actor, NewWorkingDay(today, told))
    )
    window.read_calendar()
    strip = window.main_window.status
    qtbot.waitUntil(lambda: told.label in words_of(strip))


def test_an_edited_holiday_counts_at_once_and_a_missing_notice_is_told_to_who_can_enter_it(
    open_for: Open, file_database: Database, file_people: People
) -> None:
    for role, is_told in (("advisor", False), ("manager", True)):
        window = open_for(role)
        object.__setattr__(window.around, "clock", lambda: NOW)
        window.reminding.attend()
        window.read_calendar()
        strip = window.main_window.status
        assert strip.estimate.isVisible() is is_told
    assert strip.estimate.label.text() == "缺 2027 节假日通知，暂估"
    window.jobs.write(
        lambda s, a: set_day(s, a, NewWorkingDay(window.around.today(), DayKind.REST))
    )
    assert day_kind(window.around.today()).kind is DayKind.REST
    assert "休市" in strip.day.label.text()
    window.jobs.write(lambda s, a: confirm_year(s, a, 2027, now=NOW))
    assert not strip.estimate.isVisible()


def test_a_code_that_another_seat_adds_or_retires_is_known_when_a_page_or_form_opens(
    open_for: Open, file_database: Database, file_people: People, client_id: int, qtbot: QtBot
) -> None:
    window = open_for("advisor")
    window.main_window.go(CLIENT, client_id)
    page = window.main_window.page(CLIENT)
    assert isinstance(page, ClientPage)
    box = page.form.fields["tier"].field.editor
    assert isinstance(box, CodeBox)

    def offered_tiers() -> list[str]:
        return [box.itemText(place) for place in range(box.count())]

    elsewhere = file_database.acting_as(file_people.manager)
    added = elsewhere.write(partial(add_code, list_name=terms.TIER, label="钻石卡"))
    assert "钻石卡" not in offered_tiers()
    window.main_window.go(CLIENT_LIST)
    window.main_window.go(CLIENT, client_id)
    assert "钻石卡" in offered_tiers()

    elsewhere.write(partial(retire_code, entry_id=added, is_retired=True))
    dialog = QDialog(window.main_window)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: "钻石卡" not in offered_tiers())
    dialog.close()


def test_saves_waits_and_copies_are_told_in_the_status_strip(open_for: Open) -> None:
    window = open_for("advisor")
    strip = window.main_window.status
    window.locking.warned.emit(12)
    assert strip.saved.label.text() == "12 秒后锁定，按任意键继续"
    window.locking.warned.emit(0)
    assert not strip.saved.isVisible()  # nothing was saved yet
    window.jobs.saved.emit()
    saved = strip.saved.label.text()
    assert saved.startswith("已保存 ")
    window.jobs.waiting.emit("导入")
    assert strip.saved.label.text() == "正在等待导入"
    window.jobs.waiting.emit("")  # and what waited was refused
    assert strip.saved.label.text() == saved
    window._tell_copy(DiskFullError("备份没有完成：剩余空间不足。"))
    assert strip.backup.label.text() == "备份没有完成：剩余空间不足。"
    window._tell_copy(Path("backup-20261122-000000.db"))
    assert strip.backup.label.text().startswith("备份 ")
    window._tell_backup(LastCopy(datetime.now(UTC) - timedelta(hours=30)))
    assert strip.backup.isVisible()
    window._checked(["page 7"])
    assert "1 处问题" in strip.database.label.text()


def test_what_is_typed_when_the_window_closes_is_a_draft(
    open_for: Open, client_id: int, file_database: Database, file_people: People
) -> None:
    window = open_for("advisor")
    form = window.pages.contacts.open(client_id)
    form.form.content.set_value("客户来电。")
    form.form.changed.emit()
    window.main_window.go(CLIENT, client_id)
    page: Any = window.main_window.page(CLIENT)
    page.form.fields["occupation"].field.editor.insert("医生")
    ended: list[bool] = []
    window.ended.connect(lambda: ended.append(True))
    window.main_window.close()
    assert ended == [True]
    window.pages.contacts.fold_all()
    kept = file_database.acting_as(file_people.advisor).read(list_drafts)
    assert sorted(draft.form for draft in kept) == ["client", "contact_log"]


def test_an_export_asked_for_on_the_list_reaches_the_file(
    open_for: Open, client_id: int, tmp_path: Path
) -> None:
    window = open_for("advisor")
    window.pages.reports.ask_path = lambda name: str(tmp_path / name)
    page: Any = window.main_window.page(CLIENT_LIST)
    page.export_list()
    page.export.dialog.submit()
    assert [path.suffix for path in tmp_path.glob("客户明细表-*")] == [".xlsx"]
    assert "已导出到" in window.main_window._toast.text()


def test_printing_opens_the_preview(open_for: Open, client_id: int) -> None:
    from advisorcrm.views.print_preview import PrintPreview

    window = open_for("advisor")
    window.main_window.go(CLIENT, client_id)
    client: Any = window.main_window.page(CLIENT)
    client.print_card()
    (preview,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, PrintPreview)]
    assert preview.pages.count == 1
    assert nameless(preview) == []
    preview.reject()
