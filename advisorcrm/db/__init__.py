"""The one door to the database, its keys, copies and upgrades."""
