"""The building blocks of every page: one widget per file."""
