"""Client rooms: seats, who sits there with which pass."""
