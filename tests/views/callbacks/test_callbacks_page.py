"""Return calls in the window: list, script, record, one client after the other by keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.services.callbacks.callback_recording import record_callback
from advisorcrm.terms import AccessKind, CallbackOutcome, CallbackState, RevealReason, ScriptPart
from advisorcrm.views import theme
from advisorcrm.views.callbacks.callback_lists import (
    FollowUpsDialog,
    NewClientsDialog,
    UncalledDialog,
)
from advisorcrm.views.callbacks.callbacks_page import CallbacksPage
from advisorcrm.views.callbacks.campaign_dialog import CampaignDialog
from advisorcrm.views.callbacks.papers_dialog import PapersDialog
from advisorcrm.views.callbacks.scripts_dialog import ScriptsDialog
from tests.conftest import TODAY, rows
from tests.factories import NOW, People, make_client
from tests.services.callbacks.callback_samples import BAD, GOOD, calls_of, make_campaign, record
from tests.views.windows import branch_window, nameless, words_of


@pytest.fixture
def campaign(file_database: Database, file_people: People) -> int:
    """A round with two clients of the advisor's, 贺敏 before 温若水."""

    def work(session: Session, _actor: Actor) -> int:
        for name in ("贺敏", "温若水"):
            make_client(session, file_people.advisor, name=name, tier="gold",
                        mobile="13900000458")  # fmt: skip
        session.flush()
        return make_campaign(session, file_people.manager, kind="complaint",
                             caller_ids=(file_people.manager.user_id,))  # fmt: skip

    return file_database.write(work)


@pytest.fixture
def page(qtbot: QtBot, campaign: int, desk_of: Any) -> CallbacksPage:
    page = CallbacksPage(desk_of("manager"))
    qtbot.addWidget(page)
    page.show()
    return page


def fill(page: CallbacksPage) -> None:
    form = page.panel.form
    form.outcomes[CallbackOutcome.SATISFIED].click()
    form.content.set_value("已解决，谢谢。")
    form.service_grade.set_code("good")
    for box in form.scores.values():
        box.set_code("5")


def test_large_letters_cut_no_button_beside_the_number(qtbot: QtBot, page: CallbacksPage) -> None:
    theme.use("light", 150)
    page.resize(1280, 690)
    head = page.panel.head
    for button in (head.no_answer, head.give_up, head.appoint):
        qtbot.waitUntil(lambda button=button: button.width() >= button.sizeHint().width())
    assert head.when.width() > 2 * head.appoint.height()


@pytest.mark.req("R223", "R242")
def test_one_client_after_the_other_is_called_by_keys(qtbot: QtBot, page: CallbacksPage) -> None:
    told: list[str] = []
    page.told.connect(told.append)
    assert [row.client_name for row in page.rows] == ["贺敏", "温若水"]
    assert page.panel.head.name.text() == "贺敏"
    assert "还缺：回访内容、总体评价、服务满意度、逐项评分" in page.panel.form.missing.text()
    fill(page)
    assert page.panel.form.missing.text() == "记录已完整"
    qtbot.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told == ["贺敏的回访已完成"]
    assert [row.client_name for row in page.rows] == ["温若水"]
    assert page.panel.head.name.text() == "温若水"
    assert page.panel.form.content.value() == ""
    assert "50%" in page.progress.text()
    qtbot.keyClick(page.table, Qt.Key.Key_U)
    assert told[-1] == "已记第 1 次未接通"


def test_a_half_filled_record_survives_a_crash_until_it_is_saved(
    qtbot: QtBot, page: CallbacksPage, desk_of: Any, file_database: Database
) -> None:
    fill(page)
    page.panel.drafts.keep()  # what the clock does two seconds after the first key
    again = CallbacksPage(desk_of("manager"))  # the program was killed and started anew
    qtbot.addWidget(again)
    again.show()
    assert again.panel.form.answers() == page.panel.form.answers()
    assert "没有保存的记录" in again.panel.bar.text()
    again.panel.save()
    assert again.panel.head.name.text() == "温若水"
    assert again.panel.form.content.value() == ""
    assert rows(file_database, "SELECT form FROM draft") == []


@pytest.mark.req("R225")
def test_the_clients_answer_opens_its_branch_of_the_script(page: CallbacksPage) -> None:
    script, form = page.panel.script, page.panel.form
    assert script.part is ScriptPart.OPENING
    assert "贺敏，您好！" in script.text()
    assert "{" not in script.text()
    form.outcomes[CallbackOutcome.SATISFIED].click()
    assert "谢谢您的肯定" in script.text()
    for outcome in (CallbackOutcome.FAIR, CallbackOutcome.DISSATISFIED):
        form.outcomes[outcome].click()
        assert script.part is ScriptPart.NOT_SATISFIED
        assert "先听完" in script.text()
    form.outcomes[CallbackOutcome.DISSATISFIED].click()
    assert script.part is ScriptPart.OPENING


@pytest.mark.req("R224")
def test_a_line_of_what_is_due_opens_its_call(
    qtbot: QtBot, file_database: Database, file_people: People, campaign: int
) -> None:
    with branch_window(file_database, file_people.manager) as window:
        object.__setattr__(window.around, "clock", lambda: NOW + timedelta(days=3))
        second = file_database.read(lambda s, _a: max(c.id for c in calls_of(s, campaign).values()))
        day = window.main_window.page("today")
        day.reload()
        rows = [day.dues.model.row_at(line).row for line in range(day.dues.model.rowCount())]
        line = next(at for at, row in enumerate(rows) if row.subject_id == second)
        assert day.dues.model.row_at(line).action == "回访"
        day.dues.table.go_to(line)
        qtbot.keyClick(day.dues.table, Qt.Key.Key_Return)
        page: Any = window.main_window.page("callbacks")
        assert window.main_window.current_key() == "callbacks"
        assert page.panel.current().id == second


@pytest.mark.req("R223")
def test_a_finished_record_is_corrected_in_the_line_below_it(
    qtbot: QtBot, page: CallbacksPage
) -> None:
    part = page.panel.corrections
    assert not part.isVisible()
    fill(page)
    page.panel.save()
    page.unfinished.click()
    page.table.go_to(next(at for at, row in enumerate(page.rows) if row.state.is_closed))
    assert part.isVisible()
    part.save.click()
    assert "请写明" in part.field.message()
    part.line.setText("满意的是另一件事")
    qtbot.keyClick(part.line, Qt.Key.Key_Return)
    assert part.told.text().endswith("方静：满意的是另一件事")
    assert part.line.text() == ""
    assert page.panel.form.content.value() == "已解决，谢谢。"


@pytest.mark.req("R223", "R242")
def test_the_answers_of_a_finished_record_are_put_right_and_the_record_stays(
    qtbot: QtBot, page: CallbacksPage
) -> None:
    part, form = page.panel.corrections, page.panel.form
    fill(page)
    page.panel.save()
    page.unfinished.click()
    page.table.go_to(next(at for at, row in enumerate(page.rows) if row.state.is_closed))
    assert not form.service_grade.isEnabled()
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_E)
    assert part.line.hasFocus()
    part.answers.setFocus()
    qtbot.keyClick(part.answers, Qt.Key.Key_Space)
    assert form.service_grade.isEnabled()
    assert not form.content.editor.isEnabled()
    form.service_grade.set_code("")
    part.line.setText("听错了")
    part.save.click()
    assert "换成另一个答案" in part.field.message()
    form.service_grade.set_code("poor")
    form.scores["attitude"].set_code("2")
    page.panel.reload()  # somebody else saved something meanwhile
    assert form.service_grade.code() == "poor"
    qtbot.keyClick(part.line, Qt.Key.Key_Return)
    assert part.told.text().endswith("方静：服务满意度 好→差，服务态度 5→2；听错了")
    assert not part.answers.isChecked()
    assert (form.service_grade.code(), form.service_grade.isEnabled()) == ("good", False)
    part.answers.click()
    assert form.service_grade.code() == "poor"  # the next correction starts from what counts
    qtbot.keyClick(page.table, Qt.Key.Key_Up)
    assert not part.answers.isChecked()
    assert form.content.editor.isEnabled()


def test_a_round_in_which_nobody_was_called_is_put_away_after_a_question(
    qtbot: QtBot, page: CallbacksPage, campaign: int
) -> None:
    assert not page.archive_button.isEnabled()
    page.choose_campaign(campaign)
    page.archive_button.click()
    assert page.dialog is not None
    page.dialog.keep.click()
    assert len(page.rows) == 2
    page.archive_button.click()
    page.dialog.discard.click()
    assert page.rows == []
    assert page.campaigns == []


def test_what_was_typed_is_kept_when_another_client_is_looked_at(
    qtbot: QtBot, page: CallbacksPage
) -> None:
    page.panel.form.content.editor.setPlainText("说到一半")  # type: ignore[attr-defined]
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.panel.head.name.text() == "温若水"
    qtbot.keyClick(page.table, Qt.Key.Key_Up)
    card = page.panel.current()
    assert card is not None
    assert (card.client_name, card.state) == ("贺敏", CallbackState.INCOMPLETE)
    assert page.panel.form.content.value() == "说到一半"


@pytest.mark.req("R221", "R224")
def test_the_number_is_revealed_with_a_reason_and_another_time_is_agreed(
    qtbot: QtBot, page: CallbacksPage
) -> None:
    head = page.panel.head
    assert head.phone.currentText() == "139****0458"
    qtbot.keyClick(page.table, Qt.Key.Key_V)
    dialog = head.reveal.dialog
    assert dialog is not None
    dialog.choose(RevealReason.CALL)
    dialog.submit()
    assert head.number.text() == "13900000458"
    head.reveal.hide_again()
    assert head.number.text() == ""
    for typed, said in (("明天", "请连时间一起写"), ("今天 22:00", "休息时间")):
        head.when.setText(typed)
        head.appoint.click()
        assert said in page.panel.bar.text()
    head.when.setText("明天 15:30")
    head.appoint.click()
    assert {row.state for row in page.rows if row.client_name == "贺敏"} == {
        CallbackState.APPOINTED
    }


@pytest.mark.req("R204")
def test_the_manager_plans_the_new_clients_and_gives_them_to_somebody_independent(
    qtbot: QtBot, file_database: Database, file_people: People, desk_of: Any
) -> None:
    opened = TODAY - timedelta(days=35)
    for extra in ({}, {"service_need": "do_not_disturb"}):
        file_database.write(
            lambda s, a, extra=extra: make_client(s, file_people.advisor, opened_on=opened, **extra)
        )
    dialog = CampaignDialog(desk_of("manager"))
    qtbot.addWidget(dialog)
    started: list[tuple[int, int]] = []
    dialog.started.connect(lambda *said: started.append(said))
    assert dialog.fields["kind"].value() == "new_client"
    assert "回访 1 位客户" in dialog.preview.text()
    assert "不回访 1 位：客户不愿打扰。" in dialog.preview.text()
    assert "1 位还没有回访人" in dialog.preview.text()
    dialog.fields["kind"].set_value("routine")
    dialog.fields["query"].editor.set_code("yearly_sample")
    assert "抽满 10%" in dialog.preview.text()
    assert "不含有“休眠或中止交易”标签的 0 位" in dialog.preview.text()
    dialog.fields["query"].editor.set_code("all")
    dialog.fields["kind"].set_value("new_client")
    people = f"{file_people.advisor.user_id},{file_people.colleague.user_id}"
    dialog.fields["caller_ids"].set_value(people)
    dialog.start()
    [(key, count)] = started
    assert count == 1
    calls = file_database.read(lambda s, a: list(calls_of(s, key).values()))
    assert [call.caller_id for call in calls] == [file_people.colleague.user_id]


@pytest.mark.req("R243")
def test_a_caller_adds_a_script_and_the_manager_retires_it(qtbot: QtBot, desk_of: Any) -> None:
    mine = ScriptsDialog(desk_of("advisor"))
    qtbot.addWidget(mine)
    mine.fields["part"].set_value("closing")
    mine.fields["title"].set_value("约下次")
    mine.fields["words"].set_value("下周同一时间我再打给您。")
    mine.save_button.click()
    assert "约下次" in [row.title for row in mine.rows]
    lead = ScriptsDialog(desk_of("manager"))
    qtbot.addWidget(lead)
    [row] = [row for row in lead.rows if row.title == "约下次"]
    lead.table.go_to_id(row.id)
    lead.retire_button.click()
    assert row.id not in [row.id for row in lead.rows]
    lead.retired.click()
    assert row.id in [row.id for row in lead.rows]


@pytest.mark.req("R222", "R241")
def test_the_manager_sees_who_was_not_called_and_closes_what_came_up(
    qtbot: QtBot, file_database: Database, file_people: People, campaign: int, desk_of: Any
) -> None:
    def work(session: Session, _actor: Actor) -> None:
        call = next(iter(calls_of(session, campaign).values()))
        said = replace(BAD, scores=GOOD.scores)
        record_callback(session, file_people.manager, call.id, record(said), now=NOW)

    file_database.write(work)
    desk = desk_of("manager")
    uncalled = UncalledDialog(desk)
    matters, newcomers = FollowUpsDialog(desk), NewClientsDialog(desk)
    for dialog in (uncalled, matters, newcomers):
        qtbot.addWidget(dialog)
    assert len(uncalled.rows) == 1
    assert uncalled.coverage.text() == "会员回访率 50%（1 / 2），规定 100%"
    assert newcomers.rows == []
    assert [row.follow_up for row in matters.rows] == ["客户不满意"]
    matters.note.setText("已登门致歉")
    matters.close_button.click()
    assert matters.rows == []


def test_everything_on_the_page_and_in_its_windows_has_a_name(
    qtbot: QtBot, page: CallbacksPage, campaign: int, desk_of: Any
) -> None:
    assert nameless(page) == []
    desk = desk_of("manager")
    for dialog in (
        CampaignDialog(desk), PapersDialog(desk, campaign), ScriptsDialog(desk),
        FollowUpsDialog(desk), UncalledDialog(desk), NewClientsDialog(desk),
    ):  # fmt: skip
        qtbot.addWidget(dialog)
        assert nameless(dialog) == [], dialog


def test_at_a_desk_in_public_view_nobody_who_is_called_is_named(page: CallbacksPage) -> None:
    name = page.model.index(0, page.model.section_of("client_name"))
    whole = name.data()
    assert page.panel.head.name.text() == whole
    page.set_private(is_private=True)
    assert (name.data(), page.panel.head.name.text()) == (f"{whole[0]}*", f"{whole[0]}*")


@pytest.mark.req("R204")
def test_the_clients_own_advisor_finds_no_independent_call_on_the_page(
    qtbot: QtBot, campaign: int, desk_of: Any
) -> None:
    page = CallbacksPage(desk_of("advisor"))
    qtbot.addWidget(page)
    page.show()
    assert page.rows == []
    assert page.empty.title() == "没有请您做的回访"
    assert "贺敏" not in words_of(page)


def test_the_manager_gives_a_call_to_somebody_else(
    page: CallbacksPage, file_people: People
) -> None:
    caller = page.panel.head.caller
    card = page.panel.current()
    assert card is not None
    for who, told in ((file_people.advisor, "须由客户的客服专员以外"), (file_people.colleague, "")):
        caller.set_code(str(who.user_id))
        caller.activated.emit(caller.currentIndex())
        assert told in page.panel.bar.text()
    assert page.panel.bar.isHidden()
    changed = page.panel.current()
    assert changed is not None
    assert (changed.id, changed.caller_name) == (card.id, "周岚")


@pytest.mark.req("R219", "R241")
def test_papers_ask_for_a_round_or_a_period_and_keep_what_people_write(
    qtbot: QtBot, campaign: int, desk_of: Any
) -> None:
    desk = desk_of("manager")
    dialog = PapersDialog(desk, campaign)
    qtbot.addWidget(dialog)
    dialog.show()
    printed: list[Any] = []
    dialog.print_wanted.connect(printed.append)
    dialog.paper.set_code("callback_summary")
    dialog.texts["measures"].set_value("每周联系一次。")
    dialog.keep_button.click()
    again = PapersDialog(desk, campaign)
    qtbot.addWidget(again)
    again.paper.set_code("callback_summary")
    assert again.texts["measures"].value() == "每周联系一次。"
    dialog.print_button.click()
    assert [report.name for report in printed] == ["回访总结报告"]
    dialog.paper.set_code("callback_period")
    assert not dialog.campaign.isVisible()
    spans = {
        "week": (date(2026, 11, 16), TODAY), "last_week": (date(2026, 11, 9), date(2026, 11, 15)),
        "month": (date(2026, 11, 1), TODAY), "last_month": (date(2026, 10, 1), date(2026, 10, 31)),
    }  # fmt: skip
    for period, span in spans.items():
        dialog.period.set_code(period)
        request = dialog.request(AccessKind.PRINT)
        assert (request.from_on, request.to_on) == span
        assert request.campaign_id is None
