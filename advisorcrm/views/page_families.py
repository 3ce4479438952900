"""The matters of the window, in the order of the rail."""

from __future__ import annotations

from advisorcrm.views.calendar.calendar_family import CalendarFamily
from advisorcrm.views.callbacks.callback_family import CallbackFamily
from advisorcrm.views.care.care_family import CareFamily
from advisorcrm.views.clients.client_family import ClientFamily
from advisorcrm.views.contacts.contact_log_family import ContactLogFamily
from advisorcrm.views.day_end.day_end_family import DayEndFamily
from advisorcrm.views.duplicates.duplicate_family import DuplicateFamily
from advisorcrm.views.events.event_family import EventFamily
from advisorcrm.views.imports.import_family import ImportFamily
from advisorcrm.views.meetings.meeting_family import MeetingFamily
from advisorcrm.views.page_family import PageFamily
from advisorcrm.views.reminding.family import ReminderFamily
from advisorcrm.views.settings.settings_family import SettingsFamily
from advisorcrm.views.shifts.shift_family import ShiftFamily
from advisorcrm.views.tasks.task_family import TaskFamily
from advisorcrm.views.today.today_family import TodayFamily

FAMILIES: tuple[type[PageFamily], ...] = (
    ClientFamily,
    ContactLogFamily,
    ImportFamily,
    DuplicateFamily,
    TodayFamily,
    ReminderFamily,
    CalendarFamily,
    TaskFamily,
    MeetingFamily,
    CareFamily,
    DayEndFamily,
    EventFamily,
    ShiftFamily,
    CallbackFamily,
    SettingsFamily,
)
