"""The day of a person on duty: its parts, its end, shifts."""
