"""Windows, pages and dialogs: no rule of the business, no table of the database."""
