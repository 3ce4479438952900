"""What stands behind the badges: consent, tests and requests, driven as a person would."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.services.consents.consents import list_consents
from advisorcrm.services.files.attachments import (
    NewAttachment,
    add_attachment,
    list_attachments,
)
from advisorcrm.services.files.client_files import ClientFile, open_client_file
from advisorcrm.services.files.privacy_requests import list_requests
from advisorcrm.services.suitability.risk_tests import list_risk_tests
from advisorcrm.terms import Channel, ConsentState, PrivacyRequestKind, Purpose, RiskLevel
from advisorcrm.views.clients.client_badges import CONSENTS, PRIVACY, TESTS
from advisorcrm.views.clients.client_page import ClientPage
from advisorcrm.views.clients.consent_dialog import ConsentDialog
from advisorcrm.views.clients.privacy_dialog import PrivacyDialog
from advisorcrm.views.clients.risk_test_dialog import RiskTestDialog
from advisorcrm.views.discard_dialog import DiscardDialog
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.badge_button import BadgeButton
from advisorcrm.views.widgets.level import Level
from tests.conftest import NOW, TODAY
from tests.factories import People
from tests.views.clients.conftest import MakeDesk, opened_client, opened_list, press, settle
from tests.views.windows import nameless


@pytest.fixture
def advisor(file_database: Database, people: People) -> Database:
    return file_database.acting_as(people.advisor)


@pytest.fixture
def page(qtbot: QtBot, desk: Surroundings, clients: dict[str, int]) -> ClientPage:
    return opened_client(qtbot, desk, clients["王秀兰"])


def stored(database: Database, client_id: int) -> ClientFile:
    return database.read(partial(open_client_file, client_id=client_id, today=TODAY))


def badges(page: ClientPage) -> list[str]:
    return [badge.text() for badge in page.header.findChildren(BadgeButton)]


def press_badge(qtbot: QtBot, desk: Surroundings, page: ClientPage, text: str) -> None:
    [badge] = [one for one in page.header.findChildren(BadgeButton) if one.text() == text]
    badge.setFocus()
    QTest.keyClick(badge, Qt.Key.Key_Return)
    settle(qtbot, desk)


def consent_dialog(page: ClientPage) -> ConsentDialog:
    assert isinstance(page.proofs.dialog, ConsentDialog)
    return page.proofs.dialog


@pytest.mark.req("R117")
def test_a_badge_opens_the_ledger_and_a_yes_is_entered_with_its_proof(
    qtbot: QtBot, desk: Surroundings, page: ClientPage, advisor: Database
) -> None:
    press_badge(qtbot, desk, page, "短信：未询问")
    dialog = consent_dialog(page)
    assert dialog.proof.text() == "还没有问过客户。"
    assert "以短信方式向本人发送资讯" in dialog.wording.value()

    dialog.give.click()  # how it was said is missing
    settle(qtbot, desk)
    assert dialog.how.level() is Level.ERROR
    assert advisor.read(partial(list_consents, client_id=page.client_id)) == []

    dialog.how.focus()
    dialog.how.set_value("柜台签字")
    dialog.give.click()
    settle(qtbot, desk)
    [line] = advisor.read(partial(list_consents, client_id=page.client_id))
    assert (line.channel, line.purpose, line.state, line.answered_at) == (
        Channel.SMS, Purpose.NEWS, ConsentState.GIVEN, NOW,
    )  # fmt: skip
    assert dialog.proof.text().startswith("同意 · 2026-11-20 · 柜台签字 · 林若溪登记")
    assert dialog.model.rowCount() == 1
    assert "短信：同意" in badges(page)


@pytest.mark.parametrize("door", [CONSENTS, TESTS, PRIVACY])
def test_what_was_typed_behind_a_badge_is_asked_about_before_esc_drops_it(
    qtbot: QtBot, desk: Surroundings, page: ClientPage, advisor: Database, door: str
) -> None:
    page.proofs.open(door, stored(advisor, page.client_id))
    settle(qtbot, desk)
    dialog = page.proofs.dialog
    assert dialog is not None
    lines = {CONSENTS: "how", TESTS: "questionnaire", PRIVACY: "note"}
    field = getattr(dialog, lines[door])
    field.focus()
    qtbot.keyClicks(field.editor, "rang shuo")
    qtbot.keyClick(field.editor, Qt.Key.Key_Escape)
    [question] = dialog.findChildren(DiscardDialog)
    qtbot.waitActive(question)
    qtbot.keyClick(question, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert field.value() == "rang shuo"

    if isinstance(dialog, ConsentDialog):
        dialog.give.click()
    elif isinstance(dialog, RiskTestDialog):
        dialog.level.set_value(RiskLevel.C3.value)
        dialog.save.click()
    else:
        dialog.file_button.click()
    settle(qtbot, desk)
    qtbot.waitUntil(lambda: not question.isVisible())
    qtbot.keyClick(field.editor, Qt.Key.Key_Escape)  # it stands in the ledger: nothing is lost
    assert not dialog.isVisible()


@pytest.mark.req("R117")
def test_consent_is_withdrawn_by_one_press(
    qtbot: QtBot, desk: Surroundings, page: ClientPage, advisor: Database
) -> None:
    press_badge(qtbot, desk, page, "短信：未询问")
    dialog = consent_dialog(page)
    for purpose in (Purpose.NEWS, Purpose.CARE):
        dialog.grid.cells[Channel.SMS, purpose].click()
        dialog.how.set_value("电话录音")
        dialog.give.click()
        settle(qtbot, desk)
    dialog.grid.withdraw[Channel.SMS].click()
    settle(qtbot, desk)
    file = stored(advisor, page.client_id)
    assert file.consents.channel(Channel.SMS) is ConsentState.WITHDRAWN
    assert dialog.model.rowCount() == 4
    assert dialog.grid.withdraw[Channel.SMS].isHidden()
    assert dialog.grid.cells[Channel.SMS, Purpose.NEWS].accessibleName() == "短信 资讯：撤回"
    press(dialog, "Escape")
    assert "短信：未同意" in badges(page)


def test_an_answer_of_an_earlier_day_is_dated_so(
    qtbot: QtBot, desk: Surroundings, page: ClientPage, advisor: Database
) -> None:
    press_badge(qtbot, desk, page, "短信：未询问")
    dialog = consent_dialog(page)
    dialog.grid.cells[Channel.MAIL, Purpose.NEWS].click()
    dialog.day.set_value("2026-11-02")
    dialog.refuse.click()
    settle(qtbot, desk)
    [line] = advisor.read(partial(list_consents, client_id=page.client_id))
    assert (line.channel, line.state) == (Channel.MAIL, ConsentState.REFUSED)
    assert line.answered_at.date() == date(2026, 11, 2)


def test_a_test_is_entered_behind_the_risk_badge_and_brings_the_file_up_to_date(
    qtbot: QtBot, desk: Surroundings, page: ClientPage, advisor: Database
) -> None:
    press_badge(qtbot, desk, page, "未测评")
    dialog = page.proofs.dialog
    assert isinstance(dialog, RiskTestDialog)
    dialog.save.click()  # no level yet
    assert dialog.level.level() is Level.ERROR

    dialog.level.set_value(RiskLevel.C3.value)
    dialog.score.set_value("52")
    dialog.expires.set_value("2029-05-20")
    dialog.expires.check()
    assert dialog.expires.message() == "测评有效期为 24 个月，到期日最晚 2028-11-20。"
    dialog.expires.set_value("")
    press(dialog, "Ctrl+Return")
    settle(qtbot, desk)
    [test] = advisor.read(partial(list_risk_tests, client_id=page.client_id))
    assert (test.level, test.score, test.tested_on, test.tester) == (
        RiskLevel.C3, 52, TODAY, "林若溪",
    )  # fmt: skip
    assert stored(advisor, page.client_id).risk_expires_on == date(2028, 11, 20)
    assert "风险等级 C3 · 至 2028-11-20" in badges(page)
    assert "普通投资者" in badges(page)

    assert (dialog.level.value(), dialog.score.value()) == ("", "")
    dialog.level.set_value(RiskLevel.C2.value)  # a second one, in the same window
    press(dialog, "Ctrl+Return")
    settle(qtbot, desk)
    assert dialog.model.rowCount() == 2
    assert "风险等级 C2 · 至 2028-11-20" in badges(page)


def test_a_file_that_proves_an_answer_is_added_where_it_is_needed(
    qtbot: QtBot, desk: Surroundings, page: ClientPage, advisor: Database, tmp_path: Path
) -> None:
    paper, tool = tmp_path / "同意书.pdf", tmp_path / "tool.exe"
    paper.write_bytes(b"%PDF signed")
    tool.write_bytes(b"MZ")
    page.show_proof("consents")
    settle(qtbot, desk)
    dialog = page.proofs.dialog
    assert isinstance(dialog, ConsentDialog)
    dialog.how.set_value("柜台签字")
    attachments = page.hanging.attachments
    attachments.choose_paths = lambda: [str(tool)]  # type: ignore[method-assign]
    dialog.evidence.add.click()
    settle(qtbot, desk)
    assert "程序" in dialog.bar.text()  # told where it was asked for

    attachments.choose_paths = lambda: [str(paper)]  # type: ignore[method-assign]
    dialog.evidence.add.click()
    settle(qtbot, desk)
    asked = attachments.dialog
    assert asked is not None
    asked.kind.set_value("consent")
    asked.submit()
    settle(qtbot, desk)
    [kept] = advisor.read(partial(list_attachments, client_id=page.client_id))
    assert dialog.evidence.attachment_id() == kept.id
    assert dialog.how.value() == "柜台签字"  # what was typed stays


def test_a_restriction_locks_the_page_and_a_release_opens_it_again(
    qtbot: QtBot, desk: Surroundings, page: ClientPage, advisor: Database
) -> None:
    page.show_proof("privacy")
    settle(qtbot, desk)
    dialog = page.proofs.dialog
    assert isinstance(dialog, PrivacyDialog)
    dialog.kind.set_value(PrivacyRequestKind.RESTRICTION.value)
    assert dialog.kind.editor.hasFocus()
    dialog.note.set_value("暂停使用我的资料")
    press(dialog, "Ctrl+Return")
    settle(qtbot, desk)
    assert stored(advisor, page.client_id).is_restricted
    assert "限制处理中" in badges(page)
    assert page.bar.isVisible()
    assert page.save.isHidden()
    assert page.form.fields["hobbies"].field.editor.isReadOnly()  # type: ignore[attr-defined]

    dialog.answer.set_value("已电话告知")
    dialog.answer.focus()
    press(dialog, "Return")
    settle(qtbot, desk)
    [row] = advisor.read(partial(list_requests, client_id=page.client_id))
    assert (row.answer, row.answered_by) == ("已电话告知", "林若溪")
    assert dialog.answer.isHidden()

    dialog.kind.set_value(PrivacyRequestKind.RELEASE.value)
    dialog.file_button.click()
    settle(qtbot, desk)
    assert not stored(advisor, page.client_id).is_restricted
    assert not page.save.isHidden()
    assert not page.form.fields["hobbies"].field.editor.isReadOnly()  # type: ignore[attr-defined]


def test_the_copy_of_all_data_asks_what_for(
    qtbot: QtBot, desk: Surroundings, page: ClientPage
) -> None:
    wanted: list[object] = []
    page.export_wanted.connect(wanted.append)
    page.show_proof("privacy")
    settle(qtbot, desk)
    assert isinstance(page.proofs.dialog, PrivacyDialog)
    page.proofs.dialog.copy.click()
    assert page.export.dialog is not None
    page.export.dialog.purpose.set_value("客户要求")
    page.export.dialog.go.click()
    assert [report.name for report in wanted] == ["个人信息副本"]  # type: ignore[attr-defined]


@pytest.mark.req("R16")
def test_the_front_desk_is_offered_no_copy_of_all_data(
    qtbot: QtBot, desk_of: MakeDesk, clients: dict[str, int]
) -> None:
    offered = {}
    for role in ("desk", "leader"):
        page = opened_client(qtbot, desk_of(role), clients["王秀兰"])
        page.show_proof("privacy")
        settle(qtbot, page._around)
        assert isinstance(page.proofs.dialog, PrivacyDialog)
        offered[role] = page.proofs.dialog.copy.isVisible()
    assert offered == {"desk": False, "leader": True}


def test_who_may_only_read_sees_the_proof_and_no_buttons(
    qtbot: QtBot, desk_of: MakeDesk, clients: dict[str, int]
) -> None:
    desk = desk_of("leader")
    page = opened_client(qtbot, desk, clients["王秀兰"])
    press_badge(qtbot, desk, page, "短信：未询问")
    dialog = consent_dialog(page)
    assert not dialog.give.isVisible()
    page.show_proof("tests")
    settle(qtbot, desk)
    assert isinstance(page.proofs.dialog, RiskTestDialog)
    assert not page.proofs.dialog.save.isVisible()


def test_everything_behind_the_badges_has_a_name(
    qtbot: QtBot, desk: Surroundings, page: ClientPage
) -> None:
    assert nameless(page.header) == []
    for door in ("consents", "tests", "privacy"):
        page.show_proof(door)
        settle(qtbot, desk)
        assert page.proofs.dialog is not None
        assert nameless(page.proofs.dialog) == []


@pytest.mark.req("R117", "R74")
def test_the_selection_says_who_would_get_no_message(
    qtbot: QtBot, desk: Surroundings, clients: dict[str, int], advisor: Database
) -> None:
    page = opened_list(qtbot, desk)
    page.model.set_checked(0, 3, checked=True)
    settle(qtbot, desk)
    assert page.bulk.excluded.text() == "短信仅发 0 户（3 户未同意、1 户免打扰）"


@pytest.mark.req("R117")
def test_an_attachment_proves_an_answer_and_a_test(
    qtbot: QtBot, desk: Surroundings, page: ClientPage, advisor: Database
) -> None:
    assert page.client_id is not None
    new = NewAttachment("e" * 36, page.client_id, "contract", "同意书.pdf", b"%PDF")
    file = advisor.write(partial(add_attachment, new=new, now=NOW))
    press_badge(qtbot, desk, page, "短信：未询问")
    dialog = consent_dialog(page)
    dialog.evidence.set_value(str(file))
    dialog.how.set_value("柜台签字")
    dialog.give.click()
    settle(qtbot, desk)
    [line] = advisor.read(partial(list_consents, client_id=page.client_id))
    assert line.attachment_id == file
    assert "同意书.pdf" in dialog.proof.text()
    assert dialog.evidence.attachment_id() is None
    press(dialog, "Escape")

    page.proofs.open(TESTS, stored(advisor, page.client_id))
    settle(qtbot, desk)
    test = page.proofs.dialog
    assert isinstance(test, RiskTestDialog)
    test.level.set_value("C3")
    test.evidence.set_value(str(file))
    test.submit()
    settle(qtbot, desk)
    [entered] = advisor.read(partial(list_risk_tests, client_id=page.client_id))
    assert entered.attachment_id == file
