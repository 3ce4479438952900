"""Windows of the files kept with a client's file."""
