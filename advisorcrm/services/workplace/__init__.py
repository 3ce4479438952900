"""The program at one place: its database opened, its first run, what a window begins with."""
