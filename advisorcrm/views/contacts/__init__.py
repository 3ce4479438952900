"""Contact logs in the window: the form that records a conversation, and the page of all of them."""
