"""The end of the day: what is left, work log, plan, matters for the leader."""
