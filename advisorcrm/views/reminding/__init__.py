"""Reminders in the window: bell, notification centre, tray, and what goes on while it is locked."""
