"""The names under which the window keeps its pages: whoever leads to a page goes by its name."""

from __future__ import annotations

TODAY = "today"
CLIENT_LIST, CLIENT = "clients", "client"
CONTACT_LOGS = "contact_logs"
IMPORT = "import"
DUPLICATES = "duplicates"
CALENDAR = "calendar"
TASKS = "tasks"
MEETINGS = "meetings"
CARE = "care"
DAY_END = "day_end"
EVENTS = "events"
CALLBACKS = "callbacks"
SETTINGS = "settings"
