"""Rows of the import page: columns of the file, and what becomes of each row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from advisorcrm.columns import Column
from advisorcrm.i18n import _
from advisorcrm.terms import ImportResult, ImportRule

if TYPE_CHECKING:
    from advisorcrm.imports.client_sheet import MappedColumn
    from advisorcrm.imports.import_plan import ImportPlan, PlannedRow


@dataclass(frozen=True, slots=True)
class MappingRow:
    """One column of the file and the field it feeds."""

    id: int
    heading: Annotated[str, Column("文件列", width=12)]
    sample: Annotated[str, Column("样例", width=12)]
    label: Annotated[str, Column("系统字段", width=12)]
    rule: Annotated[str, Column("规则", width=14)]
    field: str
    own_rule: str
    """Code of the column's own rule; empty where it follows the file's."""
    may_have_rule: bool


@dataclass(frozen=True, slots=True)
class DryRunRow:
    """One row of the file as the dry run sees it."""

    id: int
    row: Annotated[int, Column("行", align="right", width=6)]
    result: Annotated[ImportResult, Column("结果", width=9)]
    account: Annotated[str, Column("资金账号", width=11, sensitive=True)]
    name: Annotated[str, Column("客户", width=11)]
    reason: Annotated[str, Column("原因 / 变化", width=52)]


RESULT_TONES = {
    ImportResult.NEW: "info",
    ImportResult.UPDATED: "info",
    ImportResult.UNCHANGED: "mute",
    ImportResult.UNDECIDED: "warn",
    ImportResult.FAILED: "crit",
}


def mapping_rows(
    columns: list[MappedColumn], default: ImportRule, by_column: Mapping[str, ImportRule]
) -> list[MappingRow]:
    """The columns of the file as a list, each with the rule that holds for it."""
    return [_mapping_row(place, column, default, by_column) for place, column in enumerate(columns)]


def _mapping_row(
    place: int, column: MappedColumn, default: ImportRule, by_column: Mapping[str, ImportRule]
) -> MappingRow:
    from advisorcrm.imports.field_rules import KEYS

    own = by_column.get(column.field)
    rule = _("主键") if column.field in KEYS else (own or default).label
    return MappingRow(
        place,
        column.heading,
        column.sample,
        column.label or _("不导入"),
        rule if column.field else "—",
        column.field,
        own.value if own else "",
        may_have_rule=bool(column.field) and column.field not in KEYS,
    )


def dry_run_rows(plan: ImportPlan, results: frozenset[ImportResult]) -> list[DryRunRow]:
    """The rows of the chosen kinds, doubts and failures first."""
    order = (
        ImportResult.UNDECIDED,
        ImportResult.FAILED,
        ImportResult.NEW,
        ImportResult.UPDATED,
        ImportResult.UNCHANGED,
    )
    return [_row(row) for result in order if result in results for row in plan.of(result)]


def _row(row: PlannedRow) -> DryRunRow:
    return DryRunRow(
        id=row.place,
        row=row.row,
        result=row.result,
        account=row.account,
        name=row.name or "—",
        reason=_in_sheet(row, row.reason or _changes(row)),
    )


def _changes(row: PlannedRow) -> str:
    shown = [f"{change.label} {change.old or '—'} → {change.new or '—'}" for change in row.changes]
    told = _("；").join([*shown, *(note.reason.rstrip("。.") for note in row.notes)])
    return told + _("。") if row.notes else told


def _in_sheet(row: PlannedRow, reason: str) -> str:
    """With the sheet where a file has several lists: row 3 stands in all of them."""
    return f"【{row.sheet}】{reason}" if row.sheet else reason
