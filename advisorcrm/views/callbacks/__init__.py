"""Windows of return calls: rounds, the call list with its script, the record."""
