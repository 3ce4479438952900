"""Weights and ways of visits in the settings: what they do to 今日三访 (R33, R34)."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.services.visits.visit_suggestions import open_visit_board
from advisorcrm.services.workplace.workplace import Workplace
from advisorcrm.views.jobs import AtOnce, Jobs
from advisorcrm.views.settings.visits_panel import VisitsPanel
from tests.conftest import TODAY
from tests.factories import People, make_client, make_log
from tests.views.windows import nameless


def opened(qtbot: QtBot, database: Database) -> Any:
    panel = VisitsPanel(Jobs(database, worker=AtOnce()), Workplace("branch.db", database))
    qtbot.addWidget(panel)
    panel.resize(900, 600)
    panel.show()
    panel.reload()
    qtbot.waitUntil(panel._jobs.is_idle)
    return panel


@pytest.mark.req("R33", "R34")
def test_the_manager_weighs_contribution_and_chooses_what_is_a_visit(
    qtbot: QtBot, file_database: Database, file_people: People
) -> None:
    mine = file_database.acting_as(file_people.advisor)

    def fill(session: Any, actor: Any) -> None:
        make_client(session, actor, name="资产大", assets_fen=900_00, commission_year_fen=100)
        make_client(session, actor, name="佣金大", assets_fen=500_00, commission_year_fen=200)
        key = make_client(session, actor, name="微信聊过")
        make_log(session, actor, key, way="wechat")

    def first() -> str:
        board = mine.read(partial(open_visit_board, today=TODAY))
        return next(line.name for line in board.lines if line.rank == 1)

    def counted() -> int:
        return mine.read(partial(open_visit_board, today=TODAY)).visited

    mine.write(fill)
    panel = opened(qtbot, file_database.acting_as(file_people.manager))
    told: list[Any] = []
    panel.told.connect(lambda said, undo: told.append((said, undo)))
    assert [panel.commission.value(), panel.assets.value(), panel.visits.value()] == [
        "50", "50", "3",
    ]  # fmt: skip
    assert first() == "佣金大"
    panel.commission.set_value("130")
    panel._weigh()
    assert panel.commission.message()
    assert told == []
    panel.commission.set_value("0")
    qtbot.keyClick(panel.commission.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(panel._jobs.is_idle)
    assert panel.assets.value() == "100"
    assert first() == "资产大"
    told[-1][1]()
    qtbot.waitUntil(panel._jobs.is_idle)
    assert (panel.commission.value(), first()) == ("50", "佣金大")

    assert counted() == 1
    assert not panel.boxes["sms"].isChecked()
    panel.boxes["wechat"].click()
    qtbot.waitUntil(panel._jobs.is_idle)
    assert counted() == 0
    assert nameless(panel) == []
    panel._jobs.close()


def test_the_leader_only_reads_the_weights(
    qtbot: QtBot, file_database: Database, file_people: People
) -> None:
    panel = opened(qtbot, file_database.acting_as(file_people.leader))
    assert panel.commission.editor.isReadOnly()
    assert not any(box.isEnabled() for box in panel.boxes.values())
    panel._jobs.close()
