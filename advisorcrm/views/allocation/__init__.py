"""Sharing clients out among the advisors."""
