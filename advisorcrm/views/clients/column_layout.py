"""The columns of the client list: their order as chosen, their width as the language needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtGui import QFontMetrics

from advisorcrm import terms
from advisorcrm.columns import CodeBook
from advisorcrm.i18n import _, language
from advisorcrm.services.files.own_values import is_own
from advisorcrm.terms import RiskLevel
from advisorcrm.views import theme
from advisorcrm.views.remembered import recall_bytes, remember
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.widgets.badge import badge_width

_MARGIN_PX = 18


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


def recall_layout(table: RecordTable, employee_no: str) -> None:
    """Bring back the widths and the order this person left on this computer."""
    state = recall_bytes(_key(table, employee_no))
    if not state.isEmpty():
        table.restore_layout(state)


def remember_layout(table: RecordTable, employee_no: str) -> None:
    """Keep widths and order for the next start; nothing for nobody (the rehearsal)."""
    if employee_no:
        remember(_key(table, employee_no), table.save_layout())


def _key(table: RecordTable, employee_no: str) -> str:
    """A layout fits the columns it was made of: each set of own fields has its own."""
    own = [bound.name for bound in table.records().columns if is_own(bound.name)]
    return "/".join((f"clients/{employee_no}/columns/{language()}", *own))


def widen_columns(table: RecordTable, book: CodeBook) -> None:
    """Room for the longest tier and risk of the language, which a badge may not be cut to."""
    metrics = QFontMetrics(theme.font("caption", 500))
    tiers = [book.label(terms.TIER, code) for code in book.codes(terms.TIER)]
    _widen(table, "tier", (badge_width(label, metrics) for label in tiers))
    body = QFontMetrics(theme.font("body"))
    expired = _("{level} 过期").format(level=RiskLevel.C3.value)
    _widen(table, "risk_level", [body.horizontalAdvance(expired)])


def _widen(table: RecordTable, name: str, widths: Iterable[int]) -> None:
    header = table.horizontalHeader()
    section = table.records().section_of(name)
    wanted = max(widths, default=0) + _MARGIN_PX
    if wanted > header.sectionSize(section):
        header.resizeSection(section, wanted)
