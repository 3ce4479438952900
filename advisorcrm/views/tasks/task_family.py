"""What tasks bring to the window: their page, the form on ``T``."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from advisorcrm.i18n import _, pgettext
from advisorcrm.services.access import Right
from advisorcrm.views.page_family import PageFamily
from advisorcrm.views.page_names import MEETINGS, TASKS
from advisorcrm.views.shell.parts import Action, Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from advisorcrm.views.tasks.task_work import TaskWork


class TaskFamily(PageFamily):
    """Tasks for all who keep some; the form is already about the client at hand."""

    _work: TaskWork | None = None

    @property
    def work(self) -> TaskWork:
        """What is done with tasks, from whatever page."""
        if self._work is None:
            from advisorcrm.views.tasks.task_work import TaskWork

            self._work = TaskWork(self.around, lambda: self.ways.window)
            self._work.told.connect(self.ways.window.toast)
        return self._work

    def pages(self) -> list[Page]:
        """The list."""
        if not self.around.may(Right.KEEP_TASKS):
            return []
        return [Page(TASKS, pgettext("page", "任务"), "list-checks", self._make_page)]

    def actions(self) -> list[Action]:
        """A new task."""
        if not self.around.may(Right.KEEP_TASKS):
            return []
        return [
            Action("new_task", _("新任务"), self.new_task, icon="list-checks",
                   shortcut="Ctrl+Shift+T", letter="T", words="xrw")
        ]  # fmt: skip

    def new_task(self) -> None:
        """Open the form, already about the client that is shown or selected."""
        client_id = self.ways.client_at_hand()
        self.work.ask_new([client_id] if client_id is not None else [])

    def new_tasks(self, client_ids: Sequence[int]) -> None:
        """Open the form for one task about each of these clients."""
        self.work.ask_new(client_ids)

    def ask_of(self, user_id: int, words: str) -> None:
        """Open the form with words for a colleague, in whose notification centre it comes up."""
        self.work.ask_new().suggest(words, user_id)

    def _make_page(self) -> QWidget:
        from advisorcrm.views.tasks.tasks_page import TasksPage

        page = TasksPage(self.around, self.work)
        page.meetings_wanted.connect(partial(self.ways.window.go, MEETINGS))
        page.client_wanted.connect(self.ways.show_client)
        page.print_wanted.connect(partial(self.ways.print_report))
        page.export_wanted.connect(partial(self.ways.export_report))
        return page
