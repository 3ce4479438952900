"""Conversations with clients, and the timeline they make."""
