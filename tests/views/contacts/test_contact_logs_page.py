"""The page of all conversations."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.terms import AccessKind
from advisorcrm.views.contacts.contact_forms import ContactForms
from advisorcrm.views.contacts.contact_logs_page import ContactLogsPage
from advisorcrm.views.contacts.log_filters import LogFilters, Period
from advisorcrm.views.contacts.log_lines import LogLine
from advisorcrm.views.surroundings import Surroundings
from tests.conftest import NOW, TODAY
from tests.factories import make_client, make_log


@pytest.fixture
def logged(advisor_database: Database, client_id: int) -> dict[str, int]:
    """Today two clients, yesterday one, one of them corrected; and one a month ago."""

    def fill(session: Any, actor: Any) -> dict[str, int]:
        other = make_client(session, actor, name="陈国梁")
        ids = {
            "today": make_log(session, actor, client_id, content="远航电气占三成偏高"),
            "meeting": make_log(session, actor, other, way="meeting", content="年底配置"),
            "yesterday": make_log(
                session,
                actor,
                other,
                content="想留三成现金",
                contacted_at=NOW - timedelta(days=1),
            ),
            "old": make_log(
                session, actor, other, content="中秋问候", contacted_at=NOW - timedelta(days=40)
            ),
        }
        make_log(
            session,
            actor,
            other,
            content="想留两成现金",
            contacted_at=NOW - timedelta(days=1),
            topics=(),
            corrects_id=ids["yesterday"],
            correction_reason="当时听错",
        )
        return ids

    return advisor_database.write(fill)


def opened(qtbot: QtBot, desk: Surroundings) -> ContactLogsPage:
    page = ContactLogsPage(desk)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    page.activateWindow()
    settle(qtbot, desk)
    return page


def settle(qtbot: QtBot, desk: Surroundings) -> None:
    qtbot.waitUntil(desk.jobs.is_idle)


def lines(page: ContactLogsPage) -> list[LogLine]:
    found = (page.model.row_at(row) for row in range(page.model.rowCount()))
    return [line for line in found if line is not None]


def headings(page: ContactLogsPage) -> list[str]:
    count = page.model.rowCount()
    return [
        str(page.model.data(page.model.index(row, 0)))
        for row in range(count)
        if page.model.is_heading(row)
    ]


@pytest.mark.req("R82")
def test_the_week_is_listed_by_days_with_their_clients(
    qtbot: QtBot, desk: Surroundings, logged: dict[str, int]
) -> None:
    page = opened(qtbot, desk)
    assert headings(page) == [
        "11-20 周五 · 2 次 · 2 位客户，还差 1 位",
        "11-19 周四 · 1 次 · 1 位客户，还差 2 位",
    ]
    assert page.today.text() == "今日 2 / 3 位不同客户"
    assert page.bar.periods[Period.ALL].text() == "全部 4"
    assert page.bar.ways["meeting"].text() == "面谈 1"
    assert page.status_text() == "3 / 3 条 · 2 位客户"


@pytest.mark.req("R83")
def test_what_is_listed_is_what_is_exported(
    qtbot: QtBot, desk: Surroundings, logged: dict[str, int]
) -> None:
    page = opened(qtbot, desk)
    page.bar.choose(LogFilters(way="phone", text="三成"))
    settle(qtbot, desk)
    with qtbot.waitSignal(page.export_wanted) as asked:
        QTest.keyClick(page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert asked.args is not None
    (request,) = asked.args
    listed = page.listing.filters.query(desk.today())
    assert request.filter() == replace(listed, without_restricted=True), "it leaves the house"
    assert (request.ways, request.text) == (("phone",), "三成")


@pytest.mark.req("R35")
def test_a_correction_stands_under_its_original(
    qtbot: QtBot, desk: Surroundings, logged: dict[str, int]
) -> None:
    page = opened(qtbot, desk)
    original, correction = lines(page)[-2:]
    assert (original.content, original.second) == ("想留三成现金", "更正 1 次")
    assert (correction.content, correction.topics) == ("想留两成现金", "↳ 更正 1")
    assert correction.second.startswith("原因：当时听错 · 林若溪 ")


def test_e_corrects_the_conversation_under_the_cursor(
    qtbot: QtBot, desk: Surroundings, logged: dict[str, int]
) -> None:
    page = opened(qtbot, desk)
    forms = ContactForms(desk, page)
    page.correction_wanted.connect(forms.correct)
    page.table.setFocus()
    page.table.go_to_id(logged["today"])
    QTest.keyClick(page.table, Qt.Key.Key_E)
    (dialog,) = forms._alive()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.content.set_value("远航电气占两成")
    dialog.reason.set_value("核对持仓后更正")
    dialog.submit()
    settle(qtbot, desk)
    assert "远航电气占两成" in [line.content for line in lines(page)]
    assert "远航电气占三成偏高" in [line.content for line in lines(page)]


@pytest.mark.req("R83", "R246")
def test_logs_are_found_by_way_client_date_and_words(
    qtbot: QtBot, desk: Surroundings, logged: dict[str, int], client_id: int
) -> None:
    page = opened(qtbot, desk)
    page.bar.ways["meeting"].click()
    settle(qtbot, desk)
    assert [line.content for line in lines(page)] == ["年底配置"]
    page.bar.choose(LogFilters(Period.ALL, client_id=client_id, client_name="欧阳文静"))
    settle(qtbot, desk)
    assert [line.client for line in lines(page)] == ["欧阳文静"]
    page.bar.choose(LogFilters(Period.DAYS, to_on=TODAY - timedelta(days=30)))
    settle(qtbot, desk)
    assert [line.content for line in lines(page)] == ["中秋问候"]
    page.bar.choose(LogFilters(Period.ALL))
    page.bar.search.setText("现金")
    settle(qtbot, desk)
    assert next(line.id for line in lines(page)) == logged["yesterday"]
    assert page.model.highlight == "现金"
    assert page.bar.found.text() == "4 条中 1 条 · Esc 清除"
    assert page.rest.text() == "其余 3 条不含“现金”"


def test_an_empty_search_says_what_it_hides(
    qtbot: QtBot, desk: Surroundings, logged: dict[str, int]
) -> None:
    page = opened(qtbot, desk)
    page.bar.search.setText("没有这个词")
    settle(qtbot, desk)
    assert page.empty.isVisible()
    assert page.empty.title() == "没有记录含“没有这个词”"
    QTest.keyClick(page.bar.search, Qt.Key.Key_Escape)
    settle(qtbot, desk)
    assert len(lines(page)) == 4


def test_a_day_without_contacts_asks_for_the_first(
    qtbot: QtBot, desk: Surroundings, client_id: int
) -> None:
    page = opened(qtbot, desk)
    page.bar.periods[Period.TODAY].click()
    settle(qtbot, desk)
    assert page.empty.title() == "今天还没有沟通。按 N 记第一条"


@pytest.mark.req("R82")
def test_the_day_sheet_follows_the_day_and_is_printed(
    qtbot: QtBot, desk: Surroundings, logged: dict[str, int]
) -> None:
    page = opened(qtbot, desk)
    assert page.sheet.sheet is not None
    assert page.sheet.gap.text() == "还差 1 位客户"
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_BracketLeft)
    settle(qtbot, desk)
    assert page.sheet.day == TODAY - timedelta(days=1)
    assert page.sheet.title.text() == "日报 11-19"
    with qtbot.waitSignal(page.print_wanted) as wanted:
        QTest.keyClick(page.table, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    (request,) = wanted.args
    assert (request.from_on, request.kind) == (TODAY - timedelta(days=1), AccessKind.PRINT)
    QTest.keyClick(page.table, Qt.Key.Key_F4)
    assert page.sheet.isHidden()


@pytest.mark.req("R83")
def test_the_manager_sees_the_logs_of_the_branch_and_of_one_person(
    qtbot: QtBot, manager_desk: Surroundings, logged: dict[str, int], file_people: Any
) -> None:
    page = opened(qtbot, manager_desk)
    assert {line.author for line in lines(page) if not line.correction} == {"林若溪"}
    assert headings(page)[0] == "11-20 周五 · 2 次 · 2 位客户"
    assert page.today.isHidden()
    page.bar.choose(LogFilters(author_id=file_people.colleague.user_id))
    settle(qtbot, manager_desk)
    assert lines(page) == []


def test_a_new_conversation_appears_by_itself(
    qtbot: QtBot, desk: Surroundings, logged: dict[str, int], client_id: int
) -> None:
    page = opened(qtbot, desk)
    desk.jobs.write(lambda session, actor: make_log(session, actor, client_id, content="刚才来电"))
    settle(qtbot, desk)
    assert "刚才来电" in [line.content for line in lines(page)]


def test_the_list_goes_on_where_it_ended(
    qtbot: QtBot,
    desk: Surroundings,
    advisor_database: Database,
    client_id: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("advisorcrm.views.contacts.log_listing.PAGE", 3)
    for minutes in range(1, 6):
        advisor_database.write(
            lambda session, actor, minutes=minutes: make_log(
                session, actor, client_id, contacted_at=NOW - timedelta(minutes=minutes)
            )
        )
    page = opened(qtbot, desk)
    assert len(lines(page)) == 3
    page.listing.read_more()
    settle(qtbot, desk)
    assert len(lines(page)) == 5
    assert not page.listing.has_more


def test_the_model_keeps_qt_s_promises(
    qtbot: QtBot, desk: Surroundings, logged: dict[str, int], qtmodeltester: ModelTester
) -> None:
    page = opened(qtbot, desk)
    qtmodeltester.check(page.model)


@pytest.mark.req("R148")
def test_numbers_in_texts_are_masked_in_cells_tooltips_and_on_the_clipboard(
    qtbot: QtBot, desk: Surroundings, advisor_database: Database, client_id: int
) -> None:
    said = {"content": "新号 13900000458", "next_on": TODAY, "next_note": "打 13900000458"}
    advisor_database.write(lambda s, a: make_log(s, a, client_id, **said))
    page = opened(qtbot, desk)
    page.bar.search.setText("13900000458")
    qtbot.waitUntil(lambda: page.listing.filters.text == "13900000458")
    settle(qtbot, desk)
    [line] = lines(page)
    index = page.model.index(page.table.current_row(), page.model.section_of("content"))
    tip = page.model.data(index, Qt.ItemDataRole.ToolTipRole)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    told = f"{line}{tip}{QGuiApplication.clipboard().text()}{page.sheet.sheet}"

    assert "13900000458" not in told
    assert "新号 139****0458" in QGuiApplication.clipboard().text()
    assert page.model.highlight == "139****0458", "the mask is what can be marked"
