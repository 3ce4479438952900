"""Events: the list, one event, its guests."""
