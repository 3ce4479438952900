"""Clients, many at once: found, listed, narrowed, stored."""
