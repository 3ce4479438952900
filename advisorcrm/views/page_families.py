"""The matters beyond clients and contacts, in the order of the rail."""

from __future__ import annotations

from advisorcrm.views.calendar.calendar_family import CalendarFamily
from advisorcrm.views.page_family import PageFamily
from advisorcrm.views.reminding.family import ReminderFamily
from advisorcrm.views.tasks.task_family import TaskFamily

FAMILIES: tuple[type[PageFamily], ...] = (ReminderFamily, CalendarFamily, TaskFamily)
