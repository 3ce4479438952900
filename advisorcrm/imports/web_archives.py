"""Web archives (.mht) that are named .xls: pages with tables inside a message of several parts."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.message import Message

from advisorcrm.imports.html_tables import decode_html, read_html
from advisorcrm.imports.raw_table import RawTable, ReadingLimits
from advisorcrm.imports.text_encoding import DecodedText


def read_web_archive(data: bytes, limits: ReadingLimits) -> list[RawTable]:
    """The tables of all pages inside, in their order."""
    parts = message_from_bytes(data).walk()
    pages = [_page(part) for part in parts if part.get_content_type() == "text/html"]
    tables = [table for page in pages for table in read_html(page, limits)]
    return [replace(table, sheet_name=f"table{number}") for number, table in enumerate(tables, 1)]


def _page(part: Message) -> DecodedText:
    """A page by the encoding its part declares, else by its own."""
    content = part.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    declared = part.get_content_charset() or ""
    if declared in ("gb2312", "gbk"):
        declared = "gb18030"
    try:
        return DecodedText(data.decode(declared), declared) if declared else decode_html(data)
    except (UnicodeDecodeError, LookupError):
        return decode_html(data)
