"""The screens about clients: the list, the page of one client, and their dialogs."""
