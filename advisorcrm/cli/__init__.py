"""The command line: one module per noun, the same services as the windows."""
