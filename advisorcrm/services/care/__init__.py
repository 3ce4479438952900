"""Care: birthdays, holidays, greetings, presents and the record of each."""
