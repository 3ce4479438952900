"""The benchmark: what the program does against the least that would do, in one run."""
