"""Windows of care: greetings, presents, birthdays, festivals."""
