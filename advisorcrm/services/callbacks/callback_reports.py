"""What the return calls of a period or a round say together: figures, scores, matters (R241)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Annotated

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import Column, branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.models import Callback, CallbackCampaign, Client, User
from advisorcrm.rules.callback_records import CallbackAnswers
from advisorcrm.services.access import Right, demand
from advisorcrm.services.callbacks.callback_corrections import (
    CorrectedCall,
    CorrectionRow,
    corrections_of,
)
from advisorcrm.services.callbacks.callbacks import answers_of
from advisorcrm.services.clients.client_matters import start_of
from advisorcrm.terms import CallbackGrade, CallbackOutcome, CallbackState


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One call as reports and forms list it, as it was recorded; ``counted`` with corrections."""

    id: int
    client_id: int
    client_name: Annotated[str, Column("客户姓名", width=10)]
    spoken_at: Annotated[datetime | None, Column("回访时间", width=15)]
    due_on: date
    state: Annotated[CallbackState, Column("状态", width=10)]
    kind: Annotated[str, Column("回访类型", codes=terms.CALLBACK_KIND, width=12)]
    purpose: Annotated[str, Column("回访目的", width=18)]
    content: Annotated[str, Column("回访内容", width=30)]
    outcome: Annotated[CallbackOutcome | None, Column("回访结果", width=10)]
    service_grade: Annotated[CallbackGrade | None, Column("服务满意度", width=10)]
    product_grade: Annotated[CallbackGrade | None, Column("产品满意度", width=10)]
    wishes: Annotated[str, Column("客户意见和要求", width=24)]
    measures: Annotated[str, Column("对策与建议", width=24)]
    follow_up: Annotated[str, Column("需跟进", width=20)]
    followed_up_on: Annotated[date | None, Column("跟进日期", width=11)]
    follow_up_note: Annotated[str, Column("跟进结果", width=20)]
    caller_name: Annotated[str, Column("回访人", width=10)]
    recorded: CallbackAnswers = field(default_factory=CallbackAnswers)
    counted: CallbackAnswers = field(default_factory=CallbackAnswers)
    corrections: tuple[CorrectionRow, ...] = ()

    @property
    def is_in_time(self) -> bool:
        """Whether the client was spoken to by the last of the days (R224)."""
        if self.spoken_at is None:
            return False
        return branch_date(self.spoken_at) <= self.due_on


@dataclass(frozen=True, slots=True)
class CallTotals:
    """The figures of many calls; scores are averages in hundredths."""

    calls: int = 0
    done: int = 0
    in_time: int = 0
    unreachable: int = 0
    outcomes: Mapping[CallbackOutcome, int] = field(default_factory=dict)
    grades: Mapping[CallbackGrade, int] = field(default_factory=dict)
    averages: Mapping[str, int] = field(default_factory=dict)
    scored: Mapping[str, int] = field(default_factory=dict)
    by_caller: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    follow_ups: int = 0
    open_follow_ups: int = 0
    corrected: int = 0

    @property
    def coverage(self) -> int:
        """Whole percent of the calls that were done, never rounded up."""
        return 100 * self.done // self.calls if self.calls else 100

    @property
    def satisfied(self) -> int | None:
        """Whole percent of the clients asked who were satisfied."""
        asked = sum(self.outcomes.values())
        return 100 * self.outcomes.get(CallbackOutcome.SATISFIED, 0) // asked if asked else None


def list_call_records(
    session: Session,
    actor: Actor,
    *,
    campaign_id: int | None = None,
    from_on: date | None = None,
    to_on: date | None = None,
) -> list[CallRecord]:
    """Calls of a round, or those that were made or due in a period, the earliest first (R241)."""
    demand(actor, Right.SEE_CALLBACKS)
    statement = (
        select(
            Callback, Client.name, CallbackCampaign.kind, CallbackCampaign.purpose,
            func.coalesce(User.name, ""),
        )
        .join(Client, Client.id == Callback.client_id)
        .join(CallbackCampaign, CallbackCampaign.id == Callback.callback_campaign_id)
        .outerjoin(User, User.id == Callback.caller_id)
        .where(Client.archived_at.is_(None), CallbackCampaign.archived_at.is_(None))
        .order_by(Callback.spoken_at.asc().nulls_last(), Callback.due_on, Callback.id)
    )  # fmt: skip
    if campaign_id is not None:
        statement = statement.where(Callback.callback_campaign_id == campaign_id)
    if from_on is not None and to_on is not None:
        end = start_of(to_on + timedelta(days=1))
        statement = statement.where(
            or_(
                and_(Callback.spoken_at >= start_of(from_on), Callback.spoken_at < end),
                and_(Callback.spoken_at.is_(None), Callback.due_on.between(from_on, to_on)),
            )
        )
    found = session.execute(statement).all()
    corrected = corrections_of(session, [row[0] for row in found])
    return [
        _record(call, name, kind, purpose, caller, corrected[call.id])
        for call, name, kind, purpose, caller in found
    ]


def add_up(records: Iterable[CallRecord]) -> CallTotals:
    """The figures of these calls; only complete records count as done (R222, R223, R242).

    An answer that was put right counts as it was put right last.
    """
    records = list(records)
    done = [call for call in records if call.state is CallbackState.DONE]
    sums: Counter[str] = Counter()
    scored: Counter[str] = Counter()
    for call in done:
        sums.update(call.counted.scores)
        scored.update(call.counted.scores.keys())
    follow = [call for call in records if call.follow_up]
    callers = {call.caller_name for call in records}
    return CallTotals(
        calls=len(records),
        done=len(done),
        in_time=sum(call.is_in_time for call in done),
        unreachable=sum(call.state is CallbackState.UNREACHABLE for call in records),
        outcomes=Counter(call.counted.outcome for call in done if call.counted.outcome),
        grades=Counter(call.counted.service_grade for call in done if call.counted.service_grade),
        averages={item: round(100 * sums[item] / count) for item, count in scored.items()},
        scored=scored,
        by_caller={
            name: (
                sum(call.caller_name == name for call in records),
                sum(call.caller_name == name for call in done),
            )
            for name in sorted(callers)
        },
        follow_ups=len(follow),
        corrected=sum(bool(call.corrections) for call in records),
        open_follow_ups=sum(call.followed_up_on is None for call in follow),
    )


def _record(
    call: Callback, name: str, kind: str, purpose: str, caller: str, corrected: CorrectedCall
) -> CallRecord:
    said = answers_of(call)
    return CallRecord(
        call.id, call.client_id, name, call.spoken_at, call.due_on, call.state, kind, purpose,
        said.content, said.outcome, said.service_grade, said.product_grade, said.wishes,
        said.measures, call.follow_up, call.followed_up_on, call.follow_up_note, caller, said,
        corrected.counted, corrected.rows,
    )  # fmt: skip
