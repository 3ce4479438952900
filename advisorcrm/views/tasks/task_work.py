"""What is done with tasks: one transaction each, told with the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from advisorcrm.i18n import _, ngettext
from advisorcrm.rules.plain_dates import PlainMoment
from advisorcrm.services.tasks.task_lists import TaskRow
from advisorcrm.services.tasks.task_offers import (
    accept_task,
    accept_tasks,
    hand_over_task,
    return_task,
    withdraw_task,
)
from advisorcrm.services.tasks.tasks import (
    NewTask,
    TaskData,
    TaskDay,
    add_client_tasks,
    add_task,
    cancel_task,
    cancel_tasks,
    change_task,
    finish_task,
    move_back_task,
    move_task,
    reopen_task,
)
from advisorcrm.terms import TaskSource
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.tasks.task_dialog import TaskDialog
from advisorcrm.views.tasks.task_questions import (
    GiveTaskDialog,
    MoveTaskDialog,
    TaskQuestion,
    TaskWordsDialog,
)

_Dialog = TypeVar("_Dialog", TaskDialog, TaskQuestion)
Source = tuple[TaskSource, int | None]
BY_HAND: Source = (TaskSource.BY_HAND, None)


class TaskWork(QObject):
    """``told`` where there is no way back; the undo stack tells the rest."""

    told = Signal(str)

    def __init__(self, around: Surroundings, window: Callable[[], QWidget]) -> None:
        super().__init__()
        self._around = around
        self._window = window
        self.dialog: TaskDialog | TaskQuestion | None = None

    def ask_new(self, client_ids: Sequence[int] = (), source: Source = BY_HAND) -> TaskDialog:
        """The form of a new task, about these clients."""
        dialog = TaskDialog(self._around, client_ids, None, source, self._window())
        dialog.submitted.connect(partial(self._add, dialog))
        return self._open(dialog)

    def ask_change(self, row: TaskRow) -> TaskDialog:
        """The form of a task that is there."""
        dialog = TaskDialog(self._around, (), row, parent=self._window())
        dialog.submitted.connect(partial(self._change, dialog, row))
        return self._open(dialog)

    def finish(self, row: TaskRow, result: str = "") -> None:
        """It is done."""
        work = partial(finish_task, task_id=row.id, result=result, now=self._around.now())
        self._around.jobs.write(work, then=partial(self._finished, row))

    def ask_result(self, row: TaskRow) -> TaskQuestion:
        """It is done, and what came of it."""
        dialog = TaskWordsDialog(
            _("办结"), "circle-check", row, _("结果"), required=False, parent=self._window()
        )
        work = partial(finish_task, task_id=row.id, now=self._around.now())
        return self._question(dialog, partial(_with, work, "result"), self._finished, row)

    def ask_day(self, row: TaskRow) -> TaskQuestion:
        """On which day instead."""
        dialog = MoveTaskDialog(self._around, row, self._window())
        work = partial(move_task, task_id=row.id, today=self._around.today())
        return self._question(dialog, partial(_on_day, work), self._moved, row)

    def ask_receiver(self, row: TaskRow) -> TaskQuestion:
        """To whom it goes."""
        dialog = GiveTaskDialog(self._around, row, self._window())
        work = partial(hand_over_task, task_id=row.id, now=self._around.now())
        return self._question(dialog, partial(_with, work, "receiver_id"), self._given, row)

    def ask_return(self, row: TaskRow) -> TaskQuestion:
        """Why it is not taken."""
        dialog = TaskWordsDialog(
            _("退回"), "undo-2", row, _("退回原因"), required=True, parent=self._window()
        )
        work = partial(return_task, task_id=row.id)
        return self._question(dialog, partial(_with, work, "reason"), self._returned, row)

    def ask_cancel(self, row: TaskRow) -> TaskQuestion:
        """Why it is not to be done any more."""
        dialog = TaskWordsDialog(
            _("取消任务"), "x", row, _("原因"), required=False, parent=self._window()
        )
        work = partial(cancel_task, task_id=row.id, now=self._around.now())
        return self._question(dialog, partial(_with, work, "reason"), self._cancelled, row)

    def accept(self, row: TaskRow) -> None:
        """Take it."""
        work = partial(accept_task, task_id=row.id, now=self._around.now())
        told = _("已接收任务：{title}").format(title=row.title)
        self._around.jobs.write(work, then=partial(self._tell, told))

    def accept_all(self, rows: Sequence[TaskRow]) -> None:
        """Take everything that waits."""
        work = partial(accept_tasks, task_ids=[row.id for row in rows], now=self._around.now())
        count = len(rows)
        told = ngettext("已接收 {count} 项任务", "已接收 {count} 项任务", count).format(count=count)
        self._around.jobs.write(work, then=partial(self._tell, told))

    def withdraw(self, row: TaskRow) -> None:
        """Take the question back before it is answered."""
        work = partial(withdraw_task, task_id=row.id)
        told = _("已收回任务：{title}").format(title=row.title)
        self._around.jobs.write(work, then=partial(self._tell, told))

    def reopen(self, row: TaskRow) -> None:
        """It is to be done after all."""
        work = partial(reopen_task, task_id=row.id, now=self._around.now())
        told = _("任务又列入待办：{title}").format(title=row.title)
        self._around.jobs.write(work, then=partial(self._tell, told))

    def _open(self, dialog: _Dialog) -> _Dialog:
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _question(
        self, dialog: TaskQuestion, work_of: Callable[[Any], Any], then: Any, row: TaskRow
    ) -> TaskQuestion:
        dialog.answered.connect(partial(self._answer, dialog, work_of, partial(then, row)))
        return self._open(dialog)

    def _answer(
        self, dialog: TaskQuestion, work_of: Callable[[Any], Any], then: Any, value: object
    ) -> None:
        def stored(answer: object) -> None:
            dialog.accept_answer(answer)
            then(answer)

        self._around.jobs.write(work_of(value), then=stored, failed=dialog.show_problem)

    def _add(self, dialog: TaskDialog, new: NewTask) -> None:
        now, ids = self._around.now(), dialog.client_ids
        work: Any = (
            partial(add_client_tasks, new=new, client_ids=ids, now=now)
            if len(ids) > 1
            else partial(add_task, new=new, now=now)
        )
        self._around.jobs.write(
            work, then=partial(self._added, dialog, new), failed=dialog.show_problem
        )

    def _added(self, dialog: TaskDialog, new: NewTask, answer: int | list[int]) -> None:
        dialog.accept_answer(answer)
        keys = answer if isinstance(answer, list) else [answer]
        said = ngettext(
            "已建任务：{title}", "已建 {count} 项任务：{title}", len(keys)
        ).format(title=new.data.title, count=f"{len(keys):,}")  # fmt: skip
        self._around.undo.done(said, partial(cancel_tasks, task_ids=keys, now=self._around.now()))

    def _change(self, dialog: TaskDialog, row: TaskRow, data: TaskData) -> None:
        work = partial(
            change_task, task_id=row.id, data=data, version=row.version, today=self._around.today()
        )
        told = _("已改任务：{title}").format(title=data.title)
        self._around.jobs.write(
            work, then=partial(self._changed, dialog, told), failed=dialog.show_problem
        )

    def _changed(self, dialog: TaskDialog, told: str, answer: object) -> None:
        dialog.accept_answer(answer)
        self.told.emit(told)

    def _finished(self, row: TaskRow, following: int | None) -> None:
        told = _("已办结：{title}").format(title=row.title)
        if following is not None:
            told = _("已办结：{title}，下一期已列入").format(title=row.title)
        self._offer_back(told, partial(reopen_task, task_id=row.id))

    def _cancelled(self, row: TaskRow, _answer: object) -> None:
        told = _("已取消任务：{title}").format(title=row.title)
        self._offer_back(told, partial(reopen_task, task_id=row.id))

    def _moved(self, row: TaskRow, before: TaskDay) -> None:
        told = _("已改期：{title}").format(title=row.title)
        self._around.undo.done(told, partial(move_back_task, task_id=row.id, before=before))

    def _given(self, row: TaskRow, _answer: object) -> None:
        told = _("已交办，等对方接收：{title}").format(title=row.title)
        self._around.undo.done(told, partial(withdraw_task, task_id=row.id))

    def _returned(self, row: TaskRow, _answer: object) -> None:
        self.told.emit(_("已退回任务：{title}").format(title=row.title))

    def _offer_back(self, told: str, inverse: Any) -> None:
        self._around.undo.done(told, partial(inverse, now=self._around.now()))

    def _tell(self, told: str, _answer: object) -> None:
        self.told.emit(told)


def _with(work: Any, name: str, value: object) -> Any:
    return partial(work, **{name: value})


def _on_day(work: Any, moment: PlainMoment) -> Any:
    return partial(work, due_on=moment.on, due_at=moment.at)
