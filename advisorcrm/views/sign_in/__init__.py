"""The windows before and instead of the work: login, recovery, lock."""
