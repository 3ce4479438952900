"""What stands at the edge of every paper and sheet: whose it is, who made it, when, what for.

An imprint is only given out by ``take_imprint``, which demands the right and writes the access
log: what leaves the program without one cannot be built.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.errors import InvalidFieldError
from advisorcrm.exports.held_back import demand_not_held_back
from advisorcrm.i18n import _
from advisorcrm.models import AccessLog
from advisorcrm.services.access import Actor, Right, demand
from advisorcrm.services.access_logs import record_access
from advisorcrm.services.branch.branches import get_branch
from advisorcrm.terms import AccessKind

_PURPOSE_LENGTH = 120
_MOST_AT_ONCE = 1000
_LETTER = "邮寄"


@dataclass(frozen=True, slots=True)
class Leaving:
    """What is about to leave the program: which matter, of whom, masked or not."""

    subject: str
    kind: AccessKind = AccessKind.EXPORT
    client_id: int | None = None
    client_count: int = 1
    unmasked: bool = False
    purpose: str = ""
    even_restricted: bool = False  # what the person himself asked for
    is_letter: bool = False  # an address on an envelope: shown in full to be written to


@dataclass(frozen=True, slots=True)
class Imprint:
    """One print or export: the branch, the person, the time, whether numbers are masked."""

    branch: str
    company: str
    printed_by: str
    at: datetime
    is_masked: bool = True
    purpose: str = ""
    print_number: int = 0  # the how-manieth print of the same matter; 0: an export

    @property
    def watermark(self) -> str:
        """Who took unmasked numbers out of the program, when and what for (R148)."""
        if self.is_masked:
            return ""
        return f"{self.printed_by} {self._time()} {self.purpose}"

    def words(self) -> dict[str, str]:
        """The words that every form knows."""
        return {
            "branch": self.branch,
            "company": self.company,
            "printed_by": self.printed_by,
            "printed_at": self._time(),
            "printed_on": self._time()[:10],
            "print_number": f"第 {self.print_number} 次打印" if self.print_number else "",
            "purpose": f"　用途：{self.purpose}" if self.purpose else "",
            "mask_note": " · 号码已掩码" if self.is_masked else " · 完整号码",
        }

    def _time(self) -> str:
        return self.at.astimezone(BRANCH_TIME).strftime("%Y-%m-%d %H:%M")


def take_imprint(session: Session, actor: Actor, leaving: Leaving, *, now: datetime) -> Imprint:
    """Record a print or export before it is made, and say what stands at its edge.

    A write. Raises NotAllowedError without the right and for a restricted file (2.7d),
    InvalidFieldError for unmasked numbers without a purpose.
    """
    demand(actor, Right.EXPORT)
    if not leaving.even_restricted:
        demand_not_held_back(session, leaving.client_id)
    purpose = leaving.purpose.strip()[:_PURPOSE_LENGTH]
    if leaving.is_letter:
        demand(actor, Right.REVEAL)
        purpose = purpose or _LETTER
    if leaving.unmasked:
        demand(actor, Right.EXPORT_UNMASKED)
        if not purpose:
            raise InvalidFieldError("purpose", _("输出完整号码须写明用途。"))
    branch = get_branch(session, actor)
    number = _earlier_prints(session, leaving) + 1 if leaving.kind is AccessKind.PRINT else 0
    record_access(
        session,
        actor,
        leaving.kind,
        subject=leaving.subject,
        purpose=purpose,
        now=now,
        client_id=leaving.client_id,
        was_masked=not (leaving.unmasked or leaving.is_letter),
        client_count=leaving.client_count,
    )
    return Imprint(
        branch=branch.name,
        company=branch.company,
        printed_by=f"{actor.name}（{actor.employee_no}）",
        at=now,
        is_masked=not leaving.unmasked,
        purpose=purpose,
        print_number=number,
    )


def count_prints(session: Session, subject: str, client_ids: Sequence[int]) -> dict[int, int]:
    """How often the matter was printed for each of these clients, this time included."""
    found: dict[int, int] = {}
    for start in range(0, len(client_ids), _MOST_AT_ONCE):
        part = client_ids[start : start + _MOST_AT_ONCE]
        counted = session.execute(
            select(AccessLog.client_id, func.count(AccessLog.id))
            .where(
                AccessLog.kind == AccessKind.PRINT,
                AccessLog.subject == subject,
                AccessLog.client_id.in_(part),
            )
            .group_by(AccessLog.client_id)
        )
        found |= {client_id: count for client_id, count in counted if client_id is not None}
    return found


def _earlier_prints(session: Session, leaving: Leaving) -> int:
    """How often the same matter was printed before."""
    same = (
        AccessLog.client_id.is_(None)
        if leaving.client_id is None
        else AccessLog.client_id == leaving.client_id
    )
    found = select(func.count(AccessLog.id)).where(
        AccessLog.kind == AccessKind.PRINT, AccessLog.subject == leaving.subject, same
    )
    return session.scalar(found) or 0
