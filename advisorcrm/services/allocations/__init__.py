"""Whose client is whose: handed over, allocated, first spoken with, and who had whom when."""
