"""What every step of the first run can do: fields, what is missing, values for the draft."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.level import Level


class Step(QWidget):
    """One page of the wizard; ``changed`` after every key."""

    changed = Signal()
    title = ""
    remark = ""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(12)

    def summary(self) -> str:
        """One line for the list of steps."""
        return ""

    def is_begun(self) -> bool:
        """Whether the person was here and typed something."""
        return any(field.value() for field in self.fields.values())

    def missing(self) -> list[Field]:
        """Fields that stop the next step: empty ones that are required, and wrong ones."""
        return [
            field
            for field in self.fields.values()
            if field.level() is Level.ERROR or (field.is_required and not field.value())
        ]

    def check(self) -> bool:
        """Judge every field, as on leaving the step."""
        judged = [field.check() for field in self.fields.values()]
        return all(judged)

    def values(self) -> dict[str, str]:
        """What the draft keeps of this step."""
        return {name: field.value() for name, field in self.fields.items()}

    def fill(self, values: dict[str, str]) -> None:
        """Show what a draft kept."""
        for name, field in self.fields.items():
            if values.get(name):
                field.set_value(values[name])

    def add_field(self, name: str, field: Field) -> Field:
        """Take a field into the step."""
        self.fields[name] = field
        field.changed.connect(self.changed)
        return field


def grid(*rows: tuple[tuple[Field, int], ...]) -> QGridLayout:
    """Fields in rows, each with the share of twelve columns it takes."""
    layout = QGridLayout()
    layout.setHorizontalSpacing(12)
    layout.setVerticalSpacing(10)
    for line, row in enumerate(rows):
        column = 0
        for field, span in row:
            layout.addWidget(field, line, column, 1, span)
            column += span
    for column in range(12):
        layout.setColumnStretch(column, 1)
    return layout
