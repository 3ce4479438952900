"""``tour``: a walk through the real windows; one module a part of the way."""
