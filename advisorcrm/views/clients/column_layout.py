"""Puts the columns of a table into the order a person has chosen."""

from __future__ import annotations

from collections.abc import Sequence

from advisorcrm.views.table_view import RecordTable


def apply_columns(table: RecordTable, names: Sequence[str]) -> None:
    """Show these columns in this order; names that are gone are passed over, none means all."""
    model, header = table.records(), table.horizontalHeader()
    known = [name for name in names if model.section_of(name) >= 0]
    if not known:
        return
    for bound in model.columns:
        table.show_column(bound.name, shown=bound.name in known)
    lead = 1 if model.is_checkable else 0
    for place, name in enumerate(known):
        header.moveSection(header.visualIndex(model.section_of(name)), place + lead)
