"""The badges that tell at a glance who a client is: tier, risk, do not disturb, documents."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from advisorcrm import terms
from advisorcrm.columns import CodeBook
from advisorcrm.i18n import _
from advisorcrm.services.files.client_files import ClientFile
from advisorcrm.terms import ClientKind, ClientStage
from advisorcrm.views.clients.consent_looks import channel_badges

CONSENTS, TESTS, PRIVACY, CONVERSION = "consents", "tests", "privacy", "conversion"
"""Doors that badges open."""


class BadgeLook(NamedTuple):
    """What a badge of the header says."""

    text: str
    kind: str = "mute"
    icon: str = ""
    door: str = ""
    """What is opened by it: the proof of what it says."""
    deed: str = ""
    """What is done behind the door, where that is no proof."""


def badges_of(file: ClientFile, book: CodeBook, today: date) -> list[BadgeLook]:
    """All badges of one client, the most important first."""
    found = []
    if file.tier:
        found.append(BadgeLook(book.label(terms.TIER, file.tier), file.tier))
    if file.is_restricted:
        found.append(BadgeLook(_("限制处理中"), "crit", "lock", PRIVACY))
    found += [badge for badge in (_risk(file, today), _service(file)) if badge]
    found += [BadgeLook(text, kind, "", CONSENTS) for text, kind in channel_badges(file.consents)]
    found += [badge for badge in (_investor(file), _document(file, today)) if badge]
    if file.kind is ClientKind.INSTITUTION:
        found.append(BadgeLook(file.kind.label, "mute", "building-2"))
    if file.stage is not ClientStage.ACTIVE:
        found.append(_stage(file))
    return found


def _stage(file: ClientFile) -> BadgeLook:
    """Where a client stands who is none yet or none any more; a prospect can become one (R11)."""
    if file.stage is ClientStage.PROSPECT and file.may_edit:
        deed = _("转为正式客户")
        return BadgeLook(file.stage.label, "warn", "user-check", CONVERSION, deed)
    return BadgeLook(file.stage.label, "crit" if file.stage is ClientStage.CHURNED else "warn")


def _risk(file: ClientFile, today: date) -> BadgeLook | None:
    if file.risk_level is None:
        return BadgeLook(_("未测评"), "mute", "shield-alert", TESTS)
    level, until = file.risk_level.value, file.risk_expires_on
    if until is None:
        return BadgeLook(_("风险等级 {level}").format(level=level), "mute", "shield-check", TESTS)
    if until < today:
        text = _("风险等级 {level} · {date} 已过期").format(level=level, date=until.isoformat())
        return BadgeLook(text, "crit", "shield-alert", TESTS)
    text = _("风险等级 {level} · 至 {date}").format(level=level, date=until.isoformat())
    kind = "warn" if (until - today).days <= file.risk_warning_days else "ok"
    return BadgeLook(text, kind, "shield-check", TESTS)


def _service(file: ClientFile) -> BadgeLook | None:
    if file.service_need == terms.DO_NOT_DISTURB:
        return BadgeLook(_("免打扰"), "warn", "bell-off")
    if file.consents.is_phone_only:
        return BadgeLook(_("仅电话联系"), "warn", "bell-off", CONSENTS)
    return None


def _investor(file: ClientFile) -> BadgeLook | None:
    if file.investor_kind is None:
        return None
    return BadgeLook(file.investor_kind.label, "mute", "", TESTS)


def _document(file: ClientFile, today: date) -> BadgeLook | None:
    until = file.id_expires_on
    if until is None or file.id_is_permanent or (until - today).days > file.id_warning_days:
        return None
    if until < today:
        return BadgeLook(_("证件 {date} 已过期").format(date=until.isoformat()), "crit", "id-card")
    return BadgeLook(_("证件至 {date}").format(date=until.isoformat()), "warn", "id-card")
