"""Files that may be about one person: pairs, their comparison, merging and parting."""
