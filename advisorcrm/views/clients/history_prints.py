"""打印时间线 and 打印比较: what leaves the client's page of its stream and its versions."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from advisorcrm.services.contacts.timelines import StreamKind
from advisorcrm.views.reports import Report

if TYPE_CHECKING:
    from advisorcrm.exports.file_history import HistoryRequest


def timeline_report(client_id: int, kind: StreamKind | None) -> Report:
    """沟通时间线 as it is filtered, of corrections both wordings."""
    from advisorcrm.exports.file_history import HistoryRequest

    return _report("沟通时间线", HistoryRequest(client_id, kind=kind))  # chinese: data


def comparison_report(client_id: int, versions: tuple[int, int]) -> Report:
    """The differences of two versions of a file."""
    from advisorcrm.exports.file_history import HistoryRequest

    return _report("修改历史比较", HistoryRequest(client_id, versions))  # chinese: data


def _report(name: str, request: HistoryRequest) -> Report:
    from advisorcrm.exports import file_history as module

    return Report(
        name,
        partial(module.register_history, request=request),
        partial(module.history_sheet, request=request),
        partial(module.export_history, request=request),
    )
