"""The log of the branch: the manager narrows it down and takes it out; others have no such panel."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.services.access_logs import record_access
from advisorcrm.terms import AccessKind
from advisorcrm.views.settings.log_panel import LogPanel
from tests.factories import NOW, People, make_client
from tests.views.settings.conftest import OpenPage, go_to


@pytest.fixture
def panel(open_page: OpenPage, file_database: Database, file_people: People) -> LogPanel:
    client = file_database.write(lambda s, a: make_client(s, file_people.advisor, name="王秀兰"))
    for actor, kind in (
        (file_people.advisor, AccessKind.VIEW),
        (file_people.manager, AccessKind.REVEAL),
    ):
        file_database.acting_as(actor).write(
            partial(record_access, kind=kind, subject="account", purpose="核对资料", now=NOW,
                    client_id=client)
        )  # fmt: skip
    page = open_page("manager")
    go_to(page, "日志")
    found = page.findChild(LogPanel)
    assert isinstance(found, LogPanel)
    found.host = page  # type: ignore[attr-defined]  # the page lives as long as the test
    return found


def shown(panel: LogPanel) -> list[tuple[str, AccessKind, str]]:
    rows = map(panel.model.row_at, range(panel.model.rowCount()))
    return [(row.user_name, row.kind, row.subject) for row in rows if row]


@pytest.mark.req("R16", "R148")
def test_the_manager_narrows_the_log_down(panel: LogPanel) -> None:
    look, reveal = ("林若溪", AccessKind.VIEW, "资金账号"), ("方静", AccessKind.REVEAL, "资金账号")
    assert shown(panel) == [reveal, look]
    panel.kind.set_code("view")
    assert shown(panel) == [look]
    panel.kind.set_code("")
    panel.person.setCurrentIndex(panel.person.findText("方静"))
    assert shown(panel) == [reveal]
    panel.person.set_code("")
    panel.client.setText("陈")
    assert shown(panel) == []
    panel.client.setText("秀兰")
    assert shown(panel) == [reveal, look]
    panel.span.set_code("1")  # of the real day; these are of another
    assert len(shown(panel)) in (0, 2)


@pytest.mark.req("R148")
def test_the_log_leaves_as_a_workbook_and_that_is_logged(
    panel: LogPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "log.xlsx"
    panel.ask_path = lambda: str(path)
    qtbot.mouseClick(panel.export_button, Qt.MouseButton.LeftButton)
    assert str(path) in panel.told.text()
    cells = [str(cell) for row in load_workbook(path).active.values for cell in row if cell]
    assert {"王秀兰", "林若溪", "方静", "核对资料", "资金账号"} <= set(cells)
    panel.reload()
    assert shown(panel)[0] == ("方静", AccessKind.EXPORT, "查看记录")


@pytest.mark.req("R16")
@pytest.mark.parametrize("role", ["advisor", "leader", "administrator"])
def test_nobody_else_finds_the_log_in_the_settings(open_page: OpenPage, role: str) -> None:
    assert open_page(role).findChild(LogPanel) is None
