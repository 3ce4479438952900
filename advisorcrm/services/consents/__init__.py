"""What a client agreed to, and whether something may be sent."""
