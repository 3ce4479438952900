"""People around a table: minutes, what the company thinks of a stock, events with guests."""
