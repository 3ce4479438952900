"""Shifts (值班): the log of a shift, the rota, its matters, swaps."""
