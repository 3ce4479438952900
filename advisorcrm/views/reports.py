"""What leaves the program as paper or file; ``report_making`` makes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from advisorcrm.exports.callbacks import CallbackRequest
    from advisorcrm.exports.client_list import ClientListRequest
    from advisorcrm.exports.contact_log import LogRequest
    from advisorcrm.exports.imprint import Imprint
    from advisorcrm.exports.record_list import RecordList
    from advisorcrm.exports.sheet import Sheet
    from advisorcrm.services.meetings.meetings import Minutes
    from advisorcrm.terms import AccessKind


@dataclass(frozen=True, slots=True)
class Report:
    """One report: how it is registered, filled as a sheet and written as a workbook.

    ``file_name`` where a rule gives the document its name; its ending is offered first.
    ``beside`` writes what lies beside the document and answers where.
    """

    name: str
    register: Callable[..., Imprint]
    sheets: Callable[..., Sheet | list[Sheet]]
    workbook: Callable[..., int]
    file_name: str = ""
    beside: Callable[..., Path | None] | None = None


def client_list(request: ClientListRequest) -> Report:
    """营业部客户明细表 of a filtered list."""
    from advisorcrm.exports import client_list as module

    return Report(
        "客户明细表",  # chinese: data
        partial(module.register_client_list, request=request),
        partial(module.client_list_sheet, request=request),
        partial(module.export_client_list, request=request),
    )


def client_cards(client_ids: Sequence[int]) -> Report:
    """客户资料卡, a card for each client."""
    from advisorcrm.exports import card_set
    from advisorcrm.terms import AccessKind

    ids = tuple(client_ids)
    return Report(
        "客户资料卡",  # chinese: data
        partial(card_set.register_card_set, client_ids=ids, kind=AccessKind.PRINT),
        partial(card_set.card_sheets, client_ids=ids),
        partial(card_set.export_card_set, client_ids=ids),
    )


def record_list(listed: RecordList, kind: AccessKind) -> Report:
    """One of the desk's lists, to print or as a file."""
    from advisorcrm.exports import record_list as module

    return Report(
        listed.subject,
        partial(module.register_record_list, listed=listed, kind=kind),
        partial(module.record_list_sheet, listed=listed),
        partial(module.export_record_list, listed=listed),
    )


def envelopes(client_ids: Sequence[int], form: str = "envelope_dl") -> Report:
    """信封, one for each client with an address."""
    from advisorcrm.exports import envelopes as module

    ids = tuple(client_ids)
    return Report(
        "信封",  # chinese: data
        partial(module.register_envelopes, client_ids=ids),
        partial(module.envelope_sheets, client_ids=ids, form=form),
        partial(module.export_envelopes, client_ids=ids, form=form),
    )


def on_site_list() -> Report:
    """现场客户档案 as a workbook in the columns of 客户明细表, on paper as the short list."""
    from advisorcrm.exports import on_site_list as module
    from advisorcrm.exports.record_list import record_list_sheet
    from advisorcrm.exports.record_lists import on_site_clients

    return Report(
        "现场客户档案",  # chinese: data
        module.register_on_site_list,
        partial(record_list_sheet, listed=on_site_clients()),
        module.export_on_site_list,
    )


def branch_settings() -> Report:
    """What the branch has set: parameters, tiers, weights, lists and own fields."""
    from advisorcrm.exports import settings_book as module

    return Report(
        "设置",  # chinese: data
        module.register_settings,
        module.settings_sheets,
        module.export_settings,
    )


def family(client_id: int) -> Report:
    """家庭与关系 of one client on one page."""
    from advisorcrm.exports import family as module

    return Report(
        "家庭与关系",  # chinese: data
        partial(module.register_family, client_id=client_id),
        partial(module.family_sheet, client_id=client_id),
        partial(module.export_family, client_id=client_id),
    )


def client_card(client_id: int) -> Report:
    """客户资料卡 of one client."""
    return client_cards([client_id])


def visit_brief(client_id: int) -> Report:
    """访前准备 of one client on one page."""
    from advisorcrm.exports import visit_brief as module

    return Report(
        "访前准备",  # chinese: data
        partial(module.register_visit_brief, client_id=client_id),
        partial(module.visit_brief_sheet, client_id=client_id),
        partial(module.export_visit_brief, client_id=client_id),
    )


def minutes(meeting: Minutes, kind: AccessKind) -> Report:
    """晨会纪要 or 夕会纪要."""
    from advisorcrm.exports import minutes as module

    return Report(
        module.file_stem(meeting),
        partial(module.register_minutes, meeting_id=meeting.id, kind=kind),
        partial(module.minutes_sheet, meeting_id=meeting.id),
        partial(module.export_minutes, meeting_id=meeting.id),
    )


def contact_log(request: LogRequest) -> Report:
    """客户沟通记录表 of one client, or the day sheet of an advisor."""
    from advisorcrm.exports import contact_log as module

    return Report(
        "沟通记录表",  # chinese: data
        partial(module.register_contact_log, request=request),
        partial(module.contact_log_sheet, request=request),
        partial(module.export_contact_log, request=request),
    )


def callbacks(request: CallbackRequest) -> Report:
    """A form or report of return calls."""
    from advisorcrm.exports import callbacks as module

    return Report(
        request.paper.label_zh.replace("/", "-"),
        partial(module.register_callbacks, request=request),
        partial(module.callback_sheets, request=request),
        partial(module.export_callbacks, request=request),
    )
