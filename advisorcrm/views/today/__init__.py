"""The first page of the day: what is due, whom to visit and why; for those who lead, the branch."""
