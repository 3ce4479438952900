"""Sample cells for the mapping page: enough to recognise a column, masked like everything else."""

from __future__ import annotations

import re
from contextlib import suppress

from advisorcrm.errors import InvalidFieldError
from advisorcrm.imports.cell_values import text_of
from advisorcrm.imports.client_fields import POINT_FIELDS
from advisorcrm.imports.raw_table import Cell
from advisorcrm.rules.masking import mask_email, mask_id_number, mask_phone, mask_words
from advisorcrm.rules.phones import read_phones

_LONGEST = 24
_LABEL = re.compile(r"\s*（[^）]*）$")
_SEVERAL = re.compile(r"\n|:::")


def sample_of(field: str, cell: Cell) -> str:
    """A masked sample of a column; names keep their first and last character."""
    whole = text_of(cell)
    first = _SEVERAL.split(whole.strip())[0] if field in POINT_FIELDS else whole
    text = " ".join(first.split())[:_LONGEST]
    if field in ("name", "name_given"):
        return f"{text[:1]}*{text[2:] if len(text) > 2 else ''}" if text else ""
    if field in ("account", "client_no"):
        return f"{text[:4]}****{text[-4:]}" if len(text) > 8 else f"****{text[-4:]}" * bool(text)
    if field == "email":
        return mask_email(text) if text else ""
    if field in POINT_FIELDS:
        return mask_phone(_dialled(text))
    if field == "id_number":
        return mask_id_number(text)
    return mask_words(text)


def _dialled(text: str) -> str:
    """A number without its label and country, so that the mask leaves something to recognise."""
    number = _LABEL.sub("", text)
    with suppress(InvalidFieldError):
        return next((phone.value for phone in read_phones(number)), number)
    return number
