"""Which product grade suits which client: C levels against R grades (2.4b)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from advisorcrm.i18n import N_, _
from advisorcrm.terms import ProductRisk, RiskLevel, Term

LOWEST = "C1-lowest"
"""The row of the matrix for clients of the lowest category (最低类别)."""

Matrix = Mapping[tuple[str, ProductRisk], bool]


class Fit(Term):
    """Whether a product suits; only ``MATCH`` is a yes."""

    MATCH = "match", N_("匹配")
    NO_MATCH = "no_match", N_("不匹配")
    EXPIRED = "expired", N_("测评已过期")
    UNKNOWN = "unknown", N_("未测评")


@dataclass(frozen=True, slots=True)
class Suitability:
    """The answer with its sentence; ``may_insist``: a signed request of his own could lead on."""

    fit: Fit
    sentence: str
    may_insist: bool = False


@dataclass(frozen=True, slots=True)
class TestedLevel:
    """What the newest test of a client says."""

    level: RiskLevel | None
    expires_on: date | None
    is_lowest: bool = False

    @property
    def row(self) -> str:
        """The row of the matrix."""
        return LOWEST if self.is_lowest else str(self.level and self.level.value)


def default_matrix() -> dict[tuple[str, ProductRisk], bool]:
    """Cn may be offered R1 to Rn; the lowest category R1 alone."""
    rows = [(level.value, place) for place, level in enumerate(RiskLevel)] + [(LOWEST, 0)]
    return {
        (name, grade): number <= place
        for name, place in rows
        for number, grade in enumerate(ProductRisk)
    }


def fit(tested: TestedLevel, grade: ProductRisk, matrix: Matrix, today: date) -> Suitability:
    """Whether a product of this grade suits; without a valid test nothing does.

    The lowest category gets nothing above the lowest grade, whatever the matrix says.
    """
    words = {"grade": grade.value, "level": tested.level.value if tested.level else ""}
    if tested.level is None or tested.expires_on is None:
        return Suitability(Fit.UNKNOWN, _("没有有效的风险测评，不能视为匹配。"))
    if tested.expires_on < today:
        text = _("风险测评已于 {date} 过期，不能视为匹配。")
        return Suitability(Fit.EXPIRED, text.format(date=tested.expires_on.isoformat()))
    if tested.is_lowest and grade is not ProductRisk.R1:
        text = _("客户属最低风险承受类别，只能推荐 R1，产品 {grade} 不得例外。")
        return Suitability(Fit.NO_MATCH, text.format(**words))
    if matrix.get((tested.row, grade), False):
        return Suitability(Fit.MATCH, _("产品 {grade} ≤ 客户 {level}，匹配").format(**words))
    text = _("客户风险等级 {level} 低于产品 {grade}，不匹配。")
    return Suitability(Fit.NO_MATCH, text.format(**words), may_insist=not tested.is_lowest)
