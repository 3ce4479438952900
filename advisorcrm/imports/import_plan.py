"""What an import would do, row by row, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from advisorcrm.errors import ImportRejectedError
from advisorcrm.imports.client_sheet import CellFault, ClientSheet
from advisorcrm.imports.doubt_reasons import DoubtReason
from advisorcrm.terms import ImportResult, ImportRule


class FieldChange(NamedTuple):
    """One field an update would change; old and new as lists show them, masked."""

    field: str
    label: str
    old: str
    new: str


class PlannedRow(NamedTuple):
    """What becomes of one row of the file."""

    row: int
    result: ImportResult
    name: str = ""
    account: str = ""
    """Masked, for the list of the dry run."""
    reason: str = ""
    changes: tuple[FieldChange, ...] = ()
    faults: tuple[CellFault, ...] = ()
    notes: tuple[CellFault, ...] = ()
    column: str = ""
    """Heading of what tells who the row means: in an undecided row, of what collides."""
    doubt: DoubtReason | None = None
    """Why an undecided row is undecided; ``reason`` says it in the language of the window."""
    sheet: str = ""
    place: int = 0
    """Place of the row in ``ClientSheet.rows``."""
    client_id: int | None = None
    version: int = 0
    record: Mapping[str, Any] = {}
    """Fields to store: all of a new client, the changed ones of a known one."""


@dataclass(frozen=True)
class ImportRules:
    """What happens to clients that are already there: one rule, and others for single fields.

    ``decided`` says of single rows, by place, which client they mean; None is a new one.
    """

    default: ImportRule = ImportRule.FILL_BLANKS
    by_field: Mapping[str, ImportRule] = field(default_factory=dict)
    decided: Mapping[int, int | None] = field(default_factory=dict)

    def of(self, name: str) -> ImportRule:
        """The rule for one field."""
        return self.by_field.get(name, self.default)


@dataclass(frozen=True)
class ImportPlan:
    """A dry run: nothing is written, every row has its answer."""

    sheet: ClientSheet
    rules: ImportRules
    rows: Sequence[PlannedRow]
    new_groups: tuple[str, ...] = ()
    """Client groups of the file that the branch does not have yet."""

    @cached_property
    def counts(self) -> Mapping[ImportResult, int]:
        """Rows of each kind."""
        found = Counter(row.result for row in self.rows)
        return {result: found[result] for result in ImportResult}

    def of(self, result: ImportResult) -> list[PlannedRow]:
        """The rows of one kind."""
        return [row for row in self.rows if row.result is result]


@dataclass(frozen=True, slots=True)
class ImportFigures:
    """What an import did (or, as a dry run, would do)."""

    read: int
    new: int
    updated: int
    unchanged: int
    undecided: int
    failed: int
    failures: Sequence[CellFault] = ()
    """Every faulty cell of the rows that failed."""
    doubts: Sequence[CellFault] = ()
    """Why each undecided row was left out."""
    notes: Sequence[CellFault] = ()
    """Cells that were taken with a small loss, in rows that went in."""
    batch_id: int | None = None


class NothingUsableError(ImportRejectedError):
    """Every row of the file failed; ``plan`` tells each of them."""

    def __init__(self, reason: str, plan: ImportPlan) -> None:
        super().__init__(reason)
        self.plan = plan


def figures_of(plan: ImportPlan, *, batch_id: int | None = None) -> ImportFigures:
    """The figures and reasons of a plan."""
    counts = plan.counts
    return ImportFigures(
        read=len(plan.rows),
        new=counts[ImportResult.NEW],
        updated=counts[ImportResult.UPDATED],
        unchanged=counts[ImportResult.UNCHANGED],
        undecided=counts[ImportResult.UNDECIDED],
        failed=counts[ImportResult.FAILED],
        failures=_reasons(plan, ImportResult.FAILED),
        doubts=_reasons(plan, ImportResult.UNDECIDED),
        notes=[note for row in plan.rows if row.record for note in row.notes],
        batch_id=batch_id,
    )


def _reasons(plan: ImportPlan, result: ImportResult) -> list[CellFault]:
    found: list[CellFault] = []
    for row in plan.of(result):
        found.extend(row.faults or (CellFault(row.row, row.column, row.reason, row.sheet),))
    return found
