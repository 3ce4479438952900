"""Windows of client rooms and on-site clients."""
