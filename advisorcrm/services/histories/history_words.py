"""What the change history holds as JSON, in the words of the page: labels, amounts, days, masks.

The triggers of the two databases write the same value differently (``1`` and ``true``, instants
with and without zone); here both are read back by the type of their column.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Boolean, Date, select
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import CodeBook, Form, show_instant, show_money, show_number
from advisorcrm.db.actor import Actor
from advisorcrm.i18n import N_, _
from advisorcrm.models import Client, ClientGroup, Household, OwnField, Product, Seat, User
from advisorcrm.models.base import Base, CodeSet, TermText, UtcInstant
from advisorcrm.rules.masking import MASKED_FIELDS, hide_name, mask_name, mask_words
from advisorcrm.services.access import COMMISSION, Right, may, names_are_masked
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.files.client_checks import CODES
from advisorcrm.services.files.file_labels import LABELS, label_of
from advisorcrm.terms import OwnFieldKind, Term

OTHER_LABELS: Mapping[str, str] = {
    "client_no": N_("客户编号"),
    "assets_fen": N_("总资产"),
    "commission_year_fen": N_("年佣金"),
    "commission_attitude": N_("对佣金态度"),
    "is_lowest_risk": N_("最低风险承受能力"),
    "family": N_("家庭成员"),
    "education": N_("学历"),
    "invests_since": N_("入市年份"),
    "household_id": N_("家庭"),
    "is_household_head": N_("户主"),
    "tags": N_("标签"),
    "is_restricted": N_("限制处理"),
    "merged_into_id": N_("合并到"),
    "archived_at": N_("停用时间"),
}
"""Fields of the file that the page shows elsewhere than in an editor."""

LISTS: Mapping[str, str] = {
    **CODES,
    "commission_attitude": terms.COMMISSION_ATTITUDE,
    "tags": terms.TAG,
    "relation.kind": terms.RELATION,
    "attachment.kind": terms.ATTACHMENT_KIND,
    "counter_notice.notified_way": terms.CONTACT_WAY,
    "privacy_request.way": terms.CONTACT_WAY,
}
"""Columns that hold codes of a branch's list; of other tables than ``client`` with their table."""

_NAMED: Mapping[str, Any] = {
    "advisor_id": User.name,
    "client_group_id": ClientGroup.name,
    "household_id": Household.name,
    "merged_into_id": Client.client_no,
    "other_client_id": Client.name,
    "own_field_id": OwnField.label,
    "product_id": Product.name,
    "seat_id": Seat.label,
}


def field_label(name: str) -> str:
    """What a field of the file is called, as on its page."""
    if name not in LABELS and name in OTHER_LABELS:
        return _(OTHER_LABELS[name])
    return label_of(name)


def stored_value(table: str, column: str, raw: Any) -> Any:
    """A value of the history as the program stores it."""
    kind = Base.metadata.tables[table].c[column].type
    if raw is None or raw == "":
        return None
    if isinstance(kind, Boolean):
        return bool(raw)
    if isinstance(kind, Date):
        return date.fromisoformat(str(raw)[:10])
    if isinstance(kind, UtcInstant):
        at = datetime.fromisoformat(str(raw))
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    if isinstance(kind, CodeSet):
        return tuple(code for code in str(raw).split(",") if code)
    if isinstance(kind, TermText):
        return kind.term(raw)
    return raw


class Words:
    """Says values as one person may read them, about one client."""

    def __init__(self, session: Session, actor: Actor, client: Client) -> None:
        self._session = session
        self._is_anonymous = names_are_masked(actor)
        self._reads_files = may(actor, Right.READ_FILES)
        self._name = client.name
        self._book: CodeBook = load_code_book(session, actor)
        self._names: dict[tuple[str, int], str] = {}

    def field(self, column: str, value: Any) -> str:
        """A value of the file, masked where the page masks it."""
        if value is None:
            return ""
        if column in COMMISSION and not self._reads_files:
            return ""
        if column in MASKED_FIELDS:
            return MASKED_FIELDS[column](str(value))
        if self._is_anonymous and column in ("name", "alias", "pinyin", "initials"):
            return mask_name(str(value)) if column == "name" else ""
        return self.say("client", column, value)

    def say(self, table: str, column: str, value: Any) -> str:
        """A value that needs no mask of its own; free texts lose names for head office."""
        if value is None or value == ():
            return ""
        codes = LISTS.get(column if table == "client" else f"{table}.{column}")
        if codes:
            found = value if isinstance(value, tuple) else (value,)
            return "、".join(self._book.label(codes, str(code)) for code in found)
        if column in _NAMED:
            return self.name_of(column, int(value))
        return self.free(_plain_words(column, value))

    def free(self, text: str) -> str:
        """A text that people typed; for head office without names and numbers."""
        if not self._is_anonymous:
            return text
        return mask_words(hide_name(text, self._name))

    def file_name(self, name: str) -> str:
        """How an attachment is called; nothing for the front desk, which has the card."""
        return self.free(mask_words(name)) if self._reads_files else ""

    def own(self, field_id: int, value: str) -> str:
        """A value of an own field: choices by their labels, yes and no as words."""
        found = self._session.execute(
            select(OwnField.name, OwnField.kind).where(OwnField.id == field_id)
        ).one()
        if found.kind is OwnFieldKind.CHOICE:
            return self._book.label(terms.OWN_PREFIX + found.name, value)
        if found.kind is OwnFieldKind.YES_NO:
            return {"yes": _("是"), "no": _("否")}.get(value, value)
        return self.free(value)

    def name_of(self, column: str, key: int) -> str:
        """Who or what a row points at; another client only by the surname."""
        if (column, key) not in self._names:
            attribute = _NAMED[column]
            found = self._session.scalar(select(attribute).where(attribute.class_.id == key))
            name = str(found or "")
            is_hidden = column == "other_client_id" or (
                column == "household_id" and self._is_anonymous
            )
            self._names[column, key] = mask_name(name) if is_hidden else name
        return self._names[column, key]


def _plain_words(column: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, Term):
        return value.label
    if isinstance(value, datetime):
        return show_instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if column.endswith("_fen"):
        return show_money(int(value))
    if column.endswith("_ppm"):
        return f"{show_number(int(value), Form.PERMILLE)}‰"
    if column == "contact_every_days":
        return show_number(int(value), Form.DAYS)
    return "、".join(value) if isinstance(value, tuple) else str(value)
