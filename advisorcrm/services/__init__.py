"""The use cases: one module per noun, one function per thing a person can do."""
