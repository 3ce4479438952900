"""Lines of the two lists on the left: pairs to judge, and what was merged in 30 days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from advisorcrm.columns import Column, show_instant
from advisorcrm.i18n import _
from advisorcrm.terms import DuplicateVerdict

if TYPE_CHECKING:
    from advisorcrm.services.merges.client_merges import MergeRow
    from advisorcrm.services.merges.duplicates import DuplicatePair


@dataclass(frozen=True, slots=True)
class PairLine:
    """Two names, what they have in common, and how like they are."""

    id: int
    names: Annotated[str, Column("待判", width=16)]
    state: Annotated[str, Column("相似", width=5, align="right")]
    remark: str
    kind: str


def pair_line(place: int, pair: DuplicatePair) -> PairLine:
    """A pair to judge, by its place in the list."""
    if pair.verdict is DuplicateVerdict.LATER:
        state, kind = pair.verdict.label, "mute"
    elif pair.is_very_like:
        state, kind = _("很像"), "crit"
    else:
        state, kind = _("像"), "warn"
    facts = _("、").join(fact.label for fact in pair.facts)
    return PairLine(place, _names(pair.first_name, pair.second_name), state, facts, kind)


def merge_line(merge: MergeRow) -> PairLine:
    """A merge of the last 30 days."""
    state = _("可撤销") if merge.may_undo else _("已撤销")
    remark = _("{at} 合并 · {name}").format(at=show_instant(merge.at)[5:], name=merge.user_name)
    return PairLine(
        merge.id, _names(merge.kept_name, merge.merged_name), state, remark,
        "info" if merge.may_undo else "mute",
    )  # fmt: skip


def _names(first: str, second: str) -> str:
    return f"{first} · {second}"
