"""What may be offered to whom: risk tests, products, sales, dates that end."""
