"""By which column a person wants the client list: kept on this computer, as the columns are."""

from __future__ import annotations

from advisorcrm.services.clients.clients import ClientOrder, is_sortable
from advisorcrm.views.remembered import recall, remember

_DOWN, _UP = "descending", "ascending"


def recall_order(employee_no: str) -> ClientOrder:
    """The order this person last chose by a header; by assets where nothing was chosen."""
    column, _space, way = recall(_key(employee_no)).partition(" ")
    if not is_sortable(column) or way not in (_DOWN, _UP):
        return ClientOrder()
    return ClientOrder(column, way == _DOWN)


def remember_order(order: ClientOrder, employee_no: str) -> None:
    """Keep the order for the next start; nothing for nobody (the rehearsal)."""
    if employee_no:
        remember(_key(employee_no), f"{order.column} {_DOWN if order.descending else _UP}")


def _key(employee_no: str) -> str:
    return f"clients/{employee_no}/order"
