"""What a choice is: a stored code and a label."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from advisorcrm.i18n import _


class Term(StrEnum):
    """A choice with an English code for storage and a Chinese label for people."""

    _label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        """A member with its code as value; called with the code alone it finds the member."""
        member = str.__new__(cls, code)
        member._value_ = code
        member._label = label  # noqa: SLF001 - its own, being made
        return member

    @property
    def label(self) -> str:
        """The label in the language of the person."""
        return _(self._label)

    @property
    def label_zh(self) -> str:
        """The Chinese label, for prescribed forms and sheets."""
        return self._label
