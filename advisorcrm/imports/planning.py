"""The dry run of a client list: compare every row with the database, write nothing.

Whom a row means says ``matching``; what is left undecided is for a person to look at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.collector import collector_paused
from advisorcrm.columns import CodeBook
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.imports import doubt_reasons
from advisorcrm.imports.client_sheet import CellFault, ClientSheet, ClientSheetRow
from advisorcrm.imports.comparison import changed_fields, phones_differ, shown_changes
from advisorcrm.imports.doubt_reasons import DoubtReason
from advisorcrm.imports.import_plan import (
    ImportPlan,
    ImportRules,
    NothingUsableError,
    PlannedRow,
    figures_of,
)
from advisorcrm.imports.known_clients import KnownClients, find_known
from advisorcrm.imports.matching import Matching
from advisorcrm.imports.repeated_cards import lacks_only_its_name
from advisorcrm.imports.risk_terms import EXPIRES, said_wrong_term
from advisorcrm.imports.sheet_kinds import SheetKind
from advisorcrm.imports.staffing import Staffing, load_staffing
from advisorcrm.imports.stored_already import new_faults
from advisorcrm.rules.masking import mask_account
from advisorcrm.services.access import Actor, Right, demand
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.branch.compliance_parameters import load_compliance
from advisorcrm.terms import ClientStage, ImportResult, ImportRule

_NOT_STORED = ("advisor", "advisor_no", "client_group")
_SIGNS_OF_A_CLIENT = ("account", "client_no", "tier", "assets_fen", "commission_ppm", "opened_on")


def plan_import(
    session: Session,
    actor: Actor,
    sheet: ClientSheet,
    rule: ImportRule | ImportRules = ImportRule.FILL_BLANKS,
    *,
    default_advisor_no: str | None = None,
) -> ImportPlan:
    """What importing the sheet would do; a read.

    Raises NotAllowedError for who may not import, InvalidFieldError for an unknown advisor,
    NothingUsableError if not a single row is usable.
    """
    demand(actor, Right.IMPORT)
    rules = rule if isinstance(rule, ImportRules) else ImportRules(rule)
    with collector_paused():
        staffing = load_staffing(session, actor, default_advisor_no)
        usable = [row.values for row in sheet.rows if _may_be_usable(row, sheet.kind)]
        known = find_known(session, actor, usable)
        book, headings = load_code_book(session, actor), _headings(sheet)
        months = load_compliance(session).risk_test_months
        matching = Matching(known, headings, staffing.actor)
        planner = _Planner(rules, staffing, matching, book, headings, months)
        told = map(matching.named, sheet.rows) if sheet.kind.is_contacts else sheet.rows
        rows = [planner.plan(row, place) for place, row in enumerate(told)]
    plan = ImportPlan(sheet, rules, rows, tuple(staffing.new_groups))
    if plan.counts[ImportResult.FAILED] == len(rows):
        raise _nothing_usable(plan)
    return plan


def _may_be_usable(row: ClientSheetRow, kind: SheetKind) -> bool:
    """Whether what is stored already can mend what is wrong with a row."""
    is_mended = all(one.field for one in row.faults)
    return is_mended or (kind.is_contacts and lacks_only_its_name(row))


def _joined(reasons: Sequence[str]) -> str:
    """Several reasons as one sentence."""
    return _("；").join(reason.rstrip("。.") for reason in reasons) + _("。")


def _with_column(fault: CellFault) -> str:
    """The reason so that it says which cell it is about."""
    if not fault.column or fault.column in fault.reason:
        return fault.reason
    return _("{column}：{reason}").format(column=fault.column, reason=fault.reason)


def _headings(sheet: ClientSheet) -> dict[str, str]:
    headings: dict[str, str] = {}
    for column in sheet.columns:
        if column.field:
            headings.setdefault(column.field, column.heading)
    parts = (headings[name] for name in ("name_family", "name_given") if name in headings)
    headings.setdefault("name", next(parts, ""))
    return headings


def _nothing_usable(plan: ImportPlan) -> NothingUsableError:
    first = figures_of(plan).failures[0]
    where = f"“{first.column}”" if first.column else ""
    return NothingUsableError(
        _(
            "{count} 行没有一行可以导入，没有写入任何内容。第一处：第 {row} 行{column}{reason}"
        ).format(count=len(plan.rows), row=first.row, column=where, reason=first.reason),
        plan,
    )


def _keys(row: ClientSheetRow) -> list[tuple[str, Any]]:
    """What must not come twice in a file: account, number, or name and telephones."""
    values = row.values
    keys: list[tuple[str, Any]] = [
        (name, values[name]) for name in ("account", "client_no") if values.get(name)
    ]
    points: Any = values.get("points") or ()
    return keys or [("person", (values.get("name"), tuple(points)))]


def _known_by(values: Mapping[str, Any]) -> str:
    """The field that tells who a row means."""
    return next((name for name in ("account", "client_no") if values.get(name)), "name")


@dataclass
class _Planner:
    """Goes through the rows in order and remembers which keys the file has used already."""

    rules: ImportRules
    staffing: Staffing
    matching: Matching
    book: CodeBook
    headings: Mapping[str, str]
    risk_test_months: int
    _used: dict[tuple[str, Any], ClientSheetRow] = field(default_factory=dict)

    @property
    def known(self) -> KnownClients:
        """Those of our clients whom a row may mean."""
        return self.matching.known

    def plan(self, row: ClientSheetRow, place: int) -> PlannedRow:
        """The answer for one row."""
        if row.faults:
            row = self._without_old_faults(row)
        if row.faults:
            return self._failed(row, place, row.faults)
        if row.same_as:
            reason = _("与第 {row} 行是同一个人，已合并到那一行。").format(row=row.same_as)
            return self._row(row, place, ImportResult.UNCHANGED, reason=reason)
        keys = _keys(row)
        repeated = next((key for key in keys if key in self._used), None)
        if repeated is not None:
            return self._repeated(row, place, repeated)
        planned = self._first_of_its_kind(row, place)
        if planned.result is not ImportResult.FAILED:
            self._used.update(dict.fromkeys(keys, row))
        return planned

    def _without_old_faults(self, row: ClientSheetRow) -> ClientSheetRow:
        """The row without faults about what its client's file holds already."""
        client_id, doubt, _field = self.matching.match(row)
        if client_id is None or doubt or not self.matching.is_mine(self.known.by_id[client_id]):
            return row
        old, points = self.known.by_id[client_id], self.known.points.get(client_id, ())
        return row._replace(faults=new_faults(row.faults, old, points))

    def _first_of_its_kind(self, row: ClientSheetRow, place: int) -> PlannedRow:
        try:
            advisor_id = self.staffing.advisor_of(row.values)
        except InvalidFieldError as error:
            return self._failed(row, place, [self._fault(row, error.field, error.reason)])
        if place in self.rules.decided:
            return self._as_decided(row, place, advisor_id)
        client_id, doubt, collides = self.matching.match(row)
        if doubt:
            return self._undecided(row, place, doubt, collides)._replace(client_id=client_id)
        if client_id is None:
            return self._new(row, place, advisor_id)
        return self._known(row, place, client_id, advisor_id)

    def _as_decided(self, row: ClientSheetRow, place: int, advisor_id: int | None) -> PlannedRow:
        """A row about which a person has said whom it means."""
        client_id = self.rules.decided[place]
        if client_id is not None and client_id in self.known.by_id:
            return self._known(row, place, client_id, advisor_id)
        if client_id is not None:
            return self._failed(
                row,
                place,
                [self._fault(row, "name", _("系统里找不到那位客户了，请重新导入这一行。"))],
            )
        taken = self._taken(row)
        if taken:
            return self._failed(row, place, [self._fault(row, *taken)])
        return self._new(row, place, advisor_id)

    def _taken(self, row: ClientSheetRow) -> tuple[str, str] | None:
        """Which key of the row belongs to somebody else, and what to do about it."""
        for name, owners in (
            ("account", self.known.by_account),
            ("client_no", self.known.by_number),
        ):
            if row.values.get(name) in owners:
                return name, _("这个账号或客户号已属于另一位客户，不能另建。请先核对号码。")
        return None

    # --- rows that fail --------------------------------------------------------------------

    def _row(
        self, row: ClientSheetRow, place: int, result: ImportResult, **more: Any
    ) -> PlannedRow:
        values = row.values
        return PlannedRow(
            row.row,
            result,
            values.get("name") or "",
            mask_account(values.get("account")),
            column=self.headings.get(_known_by(values), ""),
            sheet=row.sheet,
            place=place,
            notes=row.notes,
            **more,
        )

    def _fault(self, row: ClientSheetRow, name: str, reason: str) -> CellFault:
        return CellFault(row.row, self.headings.get(name, ""), reason, row.sheet)

    def _failed(self, row: ClientSheetRow, place: int, faults: Sequence[CellFault]) -> PlannedRow:
        reasons = [_with_column(fault) for fault in faults]
        reason = reasons[0] if len(reasons) == 1 else _joined(reasons)
        return self._row(row, place, ImportResult.FAILED, reason=reason, faults=tuple(faults))

    def _undecided(
        self, row: ClientSheetRow, place: int, doubt: DoubtReason, collides: str
    ) -> PlannedRow:
        planned = self._row(row, place, ImportResult.UNDECIDED, reason=doubt.said, doubt=doubt)
        return planned._replace(column=self.headings.get(collides, ""))

    def _repeated(self, row: ClientSheetRow, place: int, repeated: tuple[str, Any]) -> PlannedRow:
        twin = self._used[repeated]
        is_other = row.values.get("name") != twin.values.get("name") or phones_differ(
            twin.values.get("points") or (),
            row.values.get("points") or (),
        )
        where = f"{twin.sheet}!{twin.row}" if twin.sheet != row.sheet else str(twin.row)
        if is_other:
            return self._undecided(
                row, place, DoubtReason(doubt_reasons.SAME_KEY, {"row": where}), repeated[0]
            )
        reason = _("与第 {row} 行重复，已按那一行导入。").format(row=where)
        field_name = "account" if row.values.get("account") else "name"
        return self._failed(row, place, [self._fault(row, field_name, reason)])

    # --- rows that go in -------------------------------------------------------------------

    def _new(self, row: ClientSheetRow, place: int, advisor_id: int | None) -> PlannedRow:
        values = row.values
        if not values.get("name"):
            reason = _("系统里没有这位客户，文件里又没有姓名。")
            return self._failed(row, place, [self._fault(row, "name", reason)])
        if advisor_id in self.staffing.inactive:
            reason = _("这位客服专员已停用，请改为在岗的人或留空。")
            return self._failed(row, place, [self._fault(row, "advisor", reason)])
        record = {name: value for name, value in values.items() if value is not None}
        for name in _NOT_STORED:
            record.pop(name, None)
        record["advisor_id"] = advisor_id or self.staffing.default_id
        group = values.get("client_group")
        if group:
            record["client_group_id"] = self.staffing.group_of(str(group)) or group
        if "stage" not in record and not any(name in record for name in _SIGNS_OF_A_CLIENT):
            record["stage"] = ClientStage.PROSPECT
        said = said_wrong_term(record, {}, self.risk_test_months)
        if said:
            return self._failed(row, place, [self._fault(row, EXPIRES, said)])
        return self._row(row, place, ImportResult.NEW, record=record)

    def _known(
        self, row: ClientSheetRow, place: int, client_id: int, advisor_id: int | None
    ) -> PlannedRow:
        old = self.known.by_id[client_id]
        if not self.matching.is_mine(old):
            name = "account" if row.values.get("account") else "client_no"
            reason = _("这个账号或客户号不能由您导入，请与客服经理核对。")
            return self._failed(row, place, [self._fault(row, name, reason)])
        if old["is_restricted"]:
            reason = _("客户要求限制处理，档案不得修改。")
            return self._failed(row, place, [self._fault(row, "name", reason)])
        new = dict(row.values)
        if new.get("account") in self.known.by_further_account:
            new.pop("account")  # the main account stays
        if advisor_id is not None:
            new["advisor_id"] = advisor_id
        group = new.get("client_group")
        if group:
            new["client_group_id"] = self.staffing.group_of(str(group)) or group
        points = self.known.points.get(client_id, ())
        changes = changed_fields(old, points, new, self.rules)
        said = said_wrong_term(changes, old, self.risk_test_months)
        if said:
            return self._failed(row, place, [self._fault(row, EXPIRES, said)])
        result = ImportResult.UPDATED if changes else ImportResult.UNCHANGED
        shown = shown_changes(old, changes, self.book, self.staffing.names) if changes else ()
        return self._row(
            row, place, result,
            client_id=client_id, version=old["version"], record=changes, changes=shown,
        )  # fmt: skip
