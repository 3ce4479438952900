"""What a person has chosen for a file: columns mapped by hand, rules, and from which scheme."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from advisorcrm.terms import ImportRule

if TYPE_CHECKING:
    from advisorcrm.imports.import_plan import ImportRules
    from advisorcrm.imports.schemes import Scheme


@dataclass
class ImportChoices:
    """Begins empty with each file; a saved scheme of the layout fills it once."""

    chosen: dict[str, str] = field(default_factory=dict)
    by_column: dict[str, ImportRule] = field(default_factory=dict)
    scheme_name: str = ""
    sheets: frozenset[str] = frozenset()
    """The sheets to take; empty for all that look like client lists. Nothing keeps it."""
    has_asked: bool = False
    """Whether a saved scheme was looked for; what is chosen by hand afterwards counts more."""

    def take(self, scheme: Scheme) -> None:
        """Go on as the last time a file of this layout was imported."""
        self.chosen = dict(scheme.chosen)
        self.by_column = dict(scheme.by_column)
        self.scheme_name = scheme.name

    def set_rule(self, column: str, code: str) -> None:
        """A column's own rule; empty follows the file's."""
        self.by_column.pop(column, None)
        if code:
            self.by_column[column] = ImportRule(code)

    def rules(self, default: ImportRule) -> ImportRules:
        """The rules of the dry run."""
        from advisorcrm.imports.field_rules import rules_of_columns

        return rules_of_columns(default, self.by_column)

    def as_scheme(self, name: str, default: ImportRule) -> Scheme:
        """What is kept under a name."""
        from advisorcrm.imports.schemes import Scheme

        return Scheme(0, name, dict(self.chosen), default, dict(self.by_column))
