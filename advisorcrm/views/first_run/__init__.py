"""The first run: five steps from an empty computer to a branch's database."""
