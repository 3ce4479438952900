"""Shifts on duty: the log of a shift, the rota, its matters, swaps."""
