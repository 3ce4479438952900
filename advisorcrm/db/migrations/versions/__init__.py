"""One numbered step per change; never edited after release."""
