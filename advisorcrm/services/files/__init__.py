"""The file of one client, and what hangs on it."""
