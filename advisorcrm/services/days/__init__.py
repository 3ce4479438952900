"""The day of a person: its parts, its end, shifts."""
