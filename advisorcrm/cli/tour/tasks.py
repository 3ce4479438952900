"""The part of the tour about tasks: the list of the manager, the form, the question on the way."""

from __future__ import annotations

import uuid
from datetime import datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from advisorcrm.columns import branch_date
from advisorcrm.services.tasks.task_offers import accept_task
from advisorcrm.services.tasks.tasks import NewTask, TaskData, add_task, move_task
from advisorcrm.terms import TaskKind, TaskRepeat
from advisorcrm.views.page_names import TASKS
from advisorcrm.views.tasks.tasks_page import TasksPage

if TYPE_CHECKING:
    from advisorcrm.cli.tour.guide import TourGuide
    from advisorcrm.services.workplace.workplace import Workplace
    from advisorcrm.views.branch_window import BranchWindow


# chinese: data (a day's work of an invented branch)
_ANALYSIS, _EVENING, _ROOM, _FRIDAY, _TEST, _HELP = (
    "审核十月客户组运行分析", "准备夕会材料", "整理大户室巡查记录", "周五客户档案检查",
    "约张先生重做风险测评", "请一起与客户面谈，挽留转户",
)  # fmt: skip


def make_tasks(advisor: Workplace, manager: Workplace, now: datetime) -> None:
    """A day's work of the two, given to and fro."""
    me, other = manager.actor.user_id, advisor.actor.user_id
    today, day = branch_date(now), timedelta(days=1)
    _add = partial(_give, now)
    _add(manager, TaskData(_ANALYSIS, today, time(16), is_urgent=True, is_important=True))
    _add(manager, TaskData(_EVENING, today, time(15, 30), is_urgent=True))
    _add(manager, TaskData(_FRIDAY, today, is_important=True, repeats=TaskRepeat.WEEKLY))
    moved = _add(manager, TaskData(_ROOM, today + day))
    later = partial(move_task, task_id=moved, due_on=today + 3 * day, today=today)
    manager.database.write(later)
    key = _add(manager, TaskData(_TEST, today + 2 * day), receiver_id=other)
    advisor.database.write(partial(accept_task, task_id=key, now=now))
    asked = TaskData(_HELP, today, is_urgent=True, is_important=True)
    _add(advisor, asked, receiver_id=me, kind=TaskKind.ASSIST)


def visit_tasks(guide: TourGuide, window: BranchWindow) -> None:
    """The own list, what waits to be accepted, and the form."""
    main, jobs = window.main_window, window.jobs
    main.go(TASKS)
    jobs.wait()
    guide.picture("25-tasks", main)
    page: Any = main.page(TASKS)
    if isinstance(page, TasksPage):
        dialog = page.new()
        jobs.wait()
        guide.picture("25-new-task", dialog)
        dialog.reject()


def _give(now: datetime, who: Workplace, data: TaskData, **about: Any) -> int:
    new = NewTask(str(uuid.uuid4()), data, **about)
    return who.database.write(partial(add_task, new=new, now=now))
