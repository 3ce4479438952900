"""Table ``client_search``: what can be typed to find a client, one text per client.

Its index of grams differs by engine (``db/search_index.py``): an FTS5 table on SQLite, a GIN
index on PostgreSQL. Both are derived and can be rebuilt from the clients at any time.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base


class ClientSearch(Base):
    """What was folded for typing: names with initials, full pinyin, and all numbers."""

    __tablename__ = "client_search"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), primary_key=True)
    names: Mapped[str]
    pinyin: Mapped[str]
    numbers: Mapped[str]
