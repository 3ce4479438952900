"""Compliance parameters on the settings page: proposed by one, confirmed by another."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.services.branch.compliance_parameters import load_compliance
from advisorcrm.views.settings.compliance_panel import CompliancePanel
from advisorcrm.views.settings.settings_page import SettingsPage
from advisorcrm.views.widgets.label import Label
from tests.views.settings.conftest import OpenPage, go_to
from tests.views.windows import nameless

NAME = "risk_test_months"


def panel_of(page: SettingsPage) -> CompliancePanel:
    titles = [page.subjects.item(row).text() for row in range(page.subjects.count())]
    go_to(page, next(title for title in titles if title.startswith("合规参数")))
    panel = page.panel()
    assert isinstance(panel, CompliancePanel)
    return panel


def months(database: Database) -> int:
    return database.read(lambda s, a: load_compliance(s)).risk_test_months


def said(panel: CompliancePanel) -> str:
    return "\n".join(label.text() for label in panel.cards[NAME].findChildren(Label))


def propose(panel: CompliancePanel, qtbot: QtBot, value: str, reason: str) -> None:
    qtbot.mouseClick(panel.buttons[NAME, "propose"], Qt.MouseButton.LeftButton)
    dialog = panel.dialog
    assert dialog is not None
    assert nameless(dialog) == []
    assert dialog.fields["value"].value() == "24"
    dialog.fields["value"].set_value(value)
    dialog.fields["reason"].set_value(reason)
    qtbot.keyClick(dialog.fields["reason"].editor, Qt.Key.Key_Return)


def test_one_proposes_another_confirms(
    open_page: OpenPage, qtbot: QtBot, file_database: Database
) -> None:
    first = panel_of(open_page("manager"))
    assert nameless(first) == []
    assert "依据：投资者适当性后续评估" in said(first)
    assert "默认 24 个月" in said(first)
    propose(first, qtbot, "12", "总部 8 号文")
    assert "方静 提议 12 个月：总部 8 号文" in said(first)
    assert (NAME, "accept") not in first.buttons  # not one's own
    assert (NAME, "propose") not in first.buttons
    assert months(file_database) == 24
    qtbot.mouseClick(first.buttons[NAME, "withdraw"], Qt.MouseButton.LeftButton)
    assert "方静 提议" not in said(first)  # thought better of it, and again
    propose(first, qtbot, "12", "总部 8 号文")

    second = panel_of(open_page("leader"))
    told: list[str] = []
    second.told.connect(lambda text, _undo: told.append(text))
    assert (NAME, "withdraw") not in second.buttons
    qtbot.mouseClick(second.buttons[NAME, "accept"], Qt.MouseButton.LeftButton)
    assert months(file_database) == 12
    assert told == ["已确认，现在生效"]
    assert "方静 提议，高远 确认" in said(second)
    assert (NAME, "propose") in second.buttons


def test_a_refused_proposal_leaves_the_value(
    open_page: OpenPage, qtbot: QtBot, file_database: Database
) -> None:
    propose(panel_of(open_page("leader")), qtbot, "18", "建议收紧")
    other = panel_of(open_page("manager"))
    qtbot.mouseClick(other.buttons[NAME, "refuse"], Qt.MouseButton.LeftButton)
    assert months(file_database) == 24
    assert (NAME, "propose") in other.buttons


def test_what_is_out_of_bounds_is_said_at_its_field_and_the_form_stays(
    open_page: OpenPage, qtbot: QtBot
) -> None:
    panel = panel_of(open_page("manager"))
    propose(panel, qtbot, "99", "x")
    assert panel.dialog is not None
    assert panel.dialog.isVisible()
    assert "1 到 24" in panel.dialog.fields["value"].message()
    panel.dialog.reject()


def test_nobody_else_sees_them(open_page: OpenPage) -> None:
    for role in ("advisor", "desk", "office", "administrator"):
        page = open_page(role)
        titles = [page.subjects.item(row).text() for row in range(page.subjects.count())]
        assert not any(title.startswith("合规参数") for title in titles), role
