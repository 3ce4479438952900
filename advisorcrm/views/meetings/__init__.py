"""Meetings of the branch: minutes, what they decide, what they give to do."""
