"""The first run: five steps, a draft without passwords, and a sheet nobody may skip."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from advisorcrm import i18n
from advisorcrm.terms import Role
from advisorcrm.views import theme
from advisorcrm.views.first_run.branch_preview import BranchPreview
from advisorcrm.views.first_run.database_step import judge_place
from advisorcrm.views.first_run.recovery_page import RecoveryPage
from advisorcrm.views.first_run.wizard import FirstRunWizard
from advisorcrm.views.widgets.level import Level

BRANCH = {"company": "示例证券", "code": "LSL", "name": "历山路证券营业部", "manager_name": "方静"}
PEOPLE = {
    "admin_no": "A1", "admin_name": "秦越", "admin_password": "geheim-123",
    "admin_again": "geheim-123", "first_no": "LSL0042", "first_password": "geheim-456",
    "first_again": "geheim-456", "first_group": "第二客户组",
}  # fmt: skip


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ADVISORCRM_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def wizard(home: Path, qtbot: QtBot) -> FirstRunWizard:
    made = FirstRunWizard(str(home / "branch.db"))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitActive(made)
    return made


def fill(wizard: FirstRunWizard, step: int, values: dict[str, str]) -> None:
    for name, value in values.items():
        wizard.steps[step].fields[name].set_value(value)


def go_to_people(wizard: FirstRunWizard) -> None:
    wizard.next_step()
    wizard.next_step()
    fill(wizard, 2, BRANCH)
    wizard.next_step()


def test_five_steps_bring_everything_the_database_needs(
    wizard: FirstRunWizard, qtbot: QtBot, home: Path
) -> None:
    go_to_people(wizard)
    fill(wizard, 3, PEOPLE)
    qtbot.keyClick(wizard, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(wizard.finished) as told:
        qtbot.keyClick(wizard, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    answers = told.args[0]
    assert answers.location == str(home / "branch.db")
    assert answers.branch.name == "历山路证券营业部"
    assert [(one.employee_no, one.name, one.role) for one in answers.people] == [
        ("A1", "秦越", Role.ADMINISTRATOR),
        ("LSL0042", "方静", Role.MANAGER),
    ]
    assert answers.people[1].groups == ("第二客户组",)
    assert answers.high_end_tiers == ("platinum", "gold")


def test_a_missing_field_is_named_and_gets_the_cursor(wizard: FirstRunWizard, qtbot: QtBot) -> None:
    wizard.next_step()
    wizard.next_step()
    fill(wizard, 2, {"company": "示例证券", "code": "L", "name": "历山路"})
    wizard.next_step()
    code = wizard.steps[2].fields["code"]
    assert code.level() is Level.ERROR
    assert code.editor.hasFocus()
    code.set_value("LSL")
    wizard.next_step()
    assert wizard.steps[3].isVisible()


def test_a_telephone_that_cannot_be_dialled_stops_the_step(wizard: FirstRunWizard) -> None:
    go_to_people(wizard)
    wizard.last_step()
    fill(wizard, 2, {"complaint_phone": "0531-869511"})
    wizard.next_step()
    assert wizard.steps[2].isVisible()
    assert wizard.steps[2].fields["complaint_phone"].level() is Level.ERROR


def test_the_draft_survives_leaving_and_holds_no_password(
    wizard: FirstRunWizard, qtbot: QtBot, home: Path
) -> None:
    go_to_people(wizard)
    fill(wizard, 3, PEOPLE)
    qtbot.keyClicks(wizard.steps[3].fields["admin_name"].editor, "x")
    wizard.close()
    kept = (home / "first_run.json").read_text("utf-8")
    assert json.loads(kept)["branch"]["name"] == "历山路证券营业部"
    assert "geheim" not in kept
    again = FirstRunWizard(str(home / "branch.db"))
    qtbot.addWidget(again)
    assert again.steps[2].fields["name"].value() == "历山路证券营业部"
    assert again.steps[3].fields["admin_password"].value() == ""


def test_passwords_must_be_long_and_the_same(wizard: FirstRunWizard) -> None:
    go_to_people(wizard)
    fill(wizard, 3, PEOPLE | {"admin_password": "kurz", "first_again": "anders-123"})
    wizard.next_step()
    fields = wizard.steps[3].fields
    assert fields["admin_password"].level() is Level.ERROR
    assert fields["first_again"].message() == "两次输入的密码不一样。"


def test_two_people_need_two_numbers(wizard: FirstRunWizard) -> None:
    go_to_people(wizard)
    fill(wizard, 3, PEOPLE | {"first_no": "a1"})
    wizard.next_step()
    assert wizard.steps[3].fields["first_no"].level() is Level.ERROR


def test_a_place_that_is_taken_is_refused_and_a_shared_folder_warned_of(tmp_path: Path) -> None:
    taken = tmp_path / "branch.db"
    taken.write_bytes(b"x")
    told = judge_place(str(taken))
    assert told is not None
    assert told.level is Level.ERROR
    shared = judge_place("/home/x/OneDrive/branch.db")
    assert shared is not None
    assert shared.level is Level.WARN


def test_the_language_changes_at_once_and_keeps_what_was_typed(
    wizard: FirstRunWizard, qtbot: QtBot
) -> None:
    fill(wizard, 2, BRANCH)
    try:
        wizard.steps[0].fields["language"].editor.set_code("en")  # type: ignore[attr-defined]
        qtbot.waitUntil(lambda: i18n.language() == "en")
        qtbot.waitUntil(lambda: wizard.steps[2].fields["name"].value() == "历山路证券营业部")
    finally:
        i18n.use_language("zh_CN")


def test_the_recovery_sheet_cannot_be_skipped(
    wizard: FirstRunWizard, qtbot: QtBot, tmp_path: Path
) -> None:
    fill(wizard, 2, BRANCH)
    wizard.show_recovery_key("ABCD-EFGH-JKLM-NPQR-STUV-WXYZ-2345-6789")
    assert not wizard.close()
    page = wizard.findChild(RecoveryPage)
    page.save_to(tmp_path / "sheet.pdf")
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    place = next(e for e in page.findChildren(QLineEdit) if not e.isReadOnly())
    place.setText("保险柜")
    with qtbot.waitSignal(wizard.left):
        wizard.next_step()


def test_a_failure_to_make_the_database_loses_nothing(wizard: FirstRunWizard) -> None:
    go_to_people(wizard)
    wizard.show_problem(OSError("disk"))
    assert wizard.steps[2].fields["name"].value() == "历山路证券营业部"


@pytest.mark.parametrize("scale", [100, 125, 150])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_form_of_the_branch_needs_no_sideways_scrolling_on_a_small_screen(
    home: Path, qtbot: QtBot, scale: int, language: str
) -> None:
    """1366 × 768 at 150 %: the sheets as they print go below the form."""
    theme.use("light", scale)
    i18n.use_language(language)
    wizard = FirstRunWizard(str(home / "branch.db"))
    qtbot.addWidget(wizard)
    wizard.resize(1366, 728)
    wizard.show()
    wizard.next_step()
    wizard.next_step()
    fill(wizard, 2, BRANCH)
    area = wizard.findChild(QScrollArea)
    assert area is not None
    qtbot.waitUntil(lambda: area.widget().height() > 0)
    assert area.horizontalScrollBar().maximum() == 0
    preview = wizard.findChild(BranchPreview)
    assert preview is not None
    assert preview.isVisible()
    assert area.isAncestorOf(preview) == (scale > 110)
