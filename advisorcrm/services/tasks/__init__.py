"""Tasks: made, listed, handed over, done."""
