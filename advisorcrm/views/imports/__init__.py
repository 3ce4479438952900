"""The import of a client list: file, fields, dry run, result."""
