"""Everything with a date in one list, and the reminders that come of it."""
