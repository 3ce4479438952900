"""Return calls: rounds, call lists, scripts, records and reports."""
