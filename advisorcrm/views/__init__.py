"""Windows, pages and dialogs: no rule of the business, no table of the database."""

from advisorcrm.views.binding import spare_sources

spare_sources()
