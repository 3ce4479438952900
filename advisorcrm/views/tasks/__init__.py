"""Tasks: the list, the form of one, and the small questions on the way."""
