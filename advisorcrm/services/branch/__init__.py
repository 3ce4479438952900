"""What the branch is and lays down: people, lists, figures, calendar, its own rules."""
