"""What comes in: one module per accepted sheet; check all, then store the good rows at once."""
