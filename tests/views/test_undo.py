"""What was done last is taken back first."""

from __future__ import annotations

from typing import Any

from pytestqt.qtbot import QtBot
from sqlalchemy import text

from advisorcrm.db.database import Database
from advisorcrm.views.jobs import AtOnce, Jobs
from advisorcrm.views.undo import MOST, UndoStack


def test_the_last_action_is_taken_back_first_and_each_once(
    qtbot: QtBot, file_database: Database
) -> None:
    jobs, stack, called = Jobs(file_database, worker=AtOnce()), UndoStack(), []

    def inverse(name: str) -> Any:
        def run(session: Any, _actor: Any) -> None:
            session.execute(text("SELECT 1"))
            called.append(name)

        return run

    for name in ("一", "二"):
        with qtbot.waitSignal(stack.added) as added:
            stack.done(name, inverse(name))
        assert added.args == [name]
    with qtbot.waitSignal(stack.taken_back) as told:
        stack.undo(jobs)
    assert told.args == ["已撤销：二"]
    stack.undo(jobs)
    stack.undo(jobs)
    assert called == ["二", "一"]
    assert stack.is_empty()
    jobs.close()


def test_only_so_much_is_kept(file_database: Database) -> None:
    stack = UndoStack()
    jobs, called = Jobs(file_database, worker=AtOnce()), []
    for number in range(MOST + 5):
        stack.done(str(number), lambda _s, _a, number=number: called.append(number))
    while not stack.is_empty():
        stack.undo(jobs)
    assert called == list(range(MOST + 4, 4, -1))
    jobs.close()
