"""Settings: personal choices, the branch, its people, copies, and what this program is."""
