"""Lists of the desk in windows of their own: first contacts, the counter, sales, who had whom."""
