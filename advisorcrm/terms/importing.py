"""Imports: rules, results and decisions."""

from __future__ import annotations

from advisorcrm.i18n import N_
from advisorcrm.terms.term import Term


class ImportRule(Term):
    """What an import does with a client that is already there."""

    FILL_BLANKS = "fill-blanks", N_("只补空白")
    OVERWRITE = "overwrite", N_("覆盖")
    SKIP = "skip", N_("跳过")


class ImportResult(Term):
    """What becomes of one row of a file."""

    NEW = "new", N_("新增")
    UPDATED = "updated", N_("更新")
    UNCHANGED = "unchanged", N_("无变化")
    UNDECIDED = "undecided", N_("需决定")
    FAILED = "failed", N_("失败")


class DoubtDecision(Term):
    """What is done with a row that an import left undecided."""

    KEEP = "keep", N_("保留系统")
    TAKE = "take", N_("采用文件")
    SEPARATE = "separate", N_("另建新客户")
