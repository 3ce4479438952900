"""Alembic steps of the schema."""
