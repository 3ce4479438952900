"""Times arranged with clients, and the calendar that shows them."""
